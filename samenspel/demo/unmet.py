"""What residents of the demo did not find in the quarters that are over, so that the page of it shows something."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from samenspel.demo.load import MARKERWAARD
from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import OwnCircle, UnmetNeed
from samenspel.outcomes.periods import Period, quarter_with

_FILE = Path(__file__).with_suffix(".toml")


def load_unmet(at: datetime) -> None:
    """Make the counts up to the running quarter, once."""
    if UnmetNeed.objects.filter(municipality=MARKERWAARD).exists():
        return
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    quarters = before(at.astimezone(ZONE).date(), len(data["percent"]))
    UnmetNeed.objects.bulk_create(
        UnmetNeed(municipality=MARKERWAARD, week=week, area=area, need=row["need"], why=row["why"], times=times)
        for row in data["unmet"]
        for quarter, percent in zip(quarters, data["percent"], strict=True)
        for area, whole in row["times"].items()
        for week, times in _by_week(quarter, whole * percent // 100)
    )
    OwnCircle.objects.bulk_create(
        OwnCircle(municipality=MARKERWAARD, week=week, area=area, times=times)
        for quarter, percent in zip(quarters, data["percent"], strict=True)
        for area, whole in data["own_circle"].items()
        for week, times in _by_week(quarter, whole * percent // 100)
    )


def before(day: date, number: int) -> list[Period]:
    """The whole quarters before a day, oldest first."""
    found = [quarter_with(day)]
    while len(found) <= number:
        found.append(quarter_with(found[-1].begins - timedelta(days=1)))
    return found[:0:-1]


def _by_week(quarter: Period, times: int) -> Iterator[tuple[date, int]]:
    """Spread a count over the weeks of a quarter; a week without is left out."""
    weeks = (quarter.ends - quarter.begins).days // 7
    for number in range(weeks):
        share = times * (number + 1) // weeks - times * number // weeks
        if share:
            yield quarter.begins + timedelta(weeks=number), share
