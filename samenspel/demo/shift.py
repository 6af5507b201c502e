"""The shift ledger of the demo in the quarters that are over: counts, unit prices, links, and what groups shared."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

from samenspel.audit.action import Actor, action, record
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.demo.unmet import before
from samenspel.engine.calendar import ZONE
from samenspel.engine.shift import ASKED, COLLECTIVE, OFFERED, RETURNED, SOLVED
from samenspel.outcomes.links import note_link
from samenspel.outcomes.models import ReleasedFigure, ShiftCount
from samenspel.outcomes.periods import Period, quarter_of
from samenspel.outcomes.prices import set_unit_price
from samenspel.people.models import Organization
from samenspel.policy.evidence import note_handover
from samenspel.policy.models import BlockEvidence
from samenspel.socialmap.models import Offering

_FILE = Path(__file__).with_suffix(".toml")
_GIVEN = 5
"""Quarters in which questions went from hand to hand: just over a year."""
_FIVE = Sequence[int]
"""Of the layers 0 to 4."""


def load_shift(at: datetime) -> None:
    """Make the ledger up to the running quarter, once."""
    if ShiftCount.objects.filter(municipality=MARKERWAARD, quarter__lt=quarter_of(at)).exists():
        return
    data = _read()
    today = at.astimezone(ZONE).date()
    quarters = before(_inside(today), len(data["quarters"][SOLVED]))
    ShiftCount.objects.bulk_create(_counts(data, quarters))
    for price in data["price"]:
        since = date(quarters[0].year, 1, 1)
        set_unit_price(municipality=MARKERWAARD, since=since, source="verzonnen: Markerwaard", **price, by=BY, at=at)
    organizations = {one.slug: one for one in Organization.objects.filter(municipality=MARKERWAARD)}
    offerings = {one.slug: one for one in Offering.objects.filter(municipality=MARKERWAARD, slug__in=data["shared"])}
    load_given(data=data, organizations=organizations, quarters=quarters[-_GIVEN:], by=BY, at=at)
    load_shared(shared=data["shared"], offerings=offerings, quarters=before(today, 2), by=BY, at=at)


@action
def load_given(
    *,
    data: Mapping[str, Any],
    organizations: Mapping[str, Organization],
    quarters: Sequence[Period],
    by: Actor,
    at: datetime,
) -> None:
    """Keep who gave questions to whom, and in which wijken they went which way."""
    for number, link in enumerate(data["link"]):
        giver, receiver = (organizations[slug] if (slug := link[side]) else None for side in ("giver", "receiver"))
        for period in quarters[number % 2 :]:  # not all of them in every quarter
            note_link(municipality=MARKERWAARD, giver=giver, receiver=receiver, quarter=_name(period))
    for kind, areas in data["given"].items():
        for area in areas:
            for period in quarters:
                noon = datetime(period.begins.year, period.begins.month, 15, 12, tzinfo=ZONE)
                note_handover(municipality=MARKERWAARD, area=area, kind=kind, at=noon)
    row = BlockEvidence.objects.filter(municipality=MARKERWAARD).earliest("on")
    record(action="load_given", on=row, by=by, at=at, municipality=MARKERWAARD)


@action
def load_shared(
    *,
    shared: Mapping[str, Mapping[str, int]],
    offerings: Mapping[str, Offering],
    quarters: Sequence[Period],
    by: Actor,
    at: datetime,
) -> None:
    """Keep what groups shared of themselves, as if by their own link."""
    for slug, figures in shared.items():
        offering = offerings[slug]
        for period in quarters:
            ReleasedFigure.objects.create(
                municipality=MARKERWAARD,
                offering=offering,
                begins=period.begins,
                ends=period.ends,
                released_at=at,
                by_request=uuid5(offering.pk, "shared"),
                **figures,
            )
        record(action="load_shared", on=offering, by=by, at=at, municipality=MARKERWAARD)


def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _counts(data: Mapping[str, Any], quarters: Sequence[Period]) -> Iterator[ShiftCount]:
    for number, period in enumerate(quarters):
        changed = {moment: rows[number] for moment, rows in data["quarters"].items()}
        for area in data["area"]:
            here = {"municipality": MARKERWAARD, "quarter": _name(period), "area": area["code"]}
            for theme, times in data[ASKED].items():
                yield from _layers(here, ASKED, theme, "unknown", times, changed[ASKED], area["percent"])
            for theme, times in data[OFFERED].items():
                together = data["together"][theme]
                for form, share in ((COLLECTIVE, together), ("individual", 100 - together)):
                    percent = area["percent"] * share
                    yield from _layers(here, OFFERED, theme, form, times, changed[OFFERED], percent, of=10_000)
            yield from _layers(here, SOLVED, "", COLLECTIVE, [0, *area[SOLVED][1:3], 0, 0], changed[SOLVED], 100)
            yield from _layers(here, SOLVED, "", "individual", _alone(area[SOLVED]), changed[SOLVED], 100)
            yield from _layers(here, RETURNED, "", "unknown", area[RETURNED], changed[RETURNED], 100)


def _alone(solved: _FIVE) -> list[int]:
    """What is solved for one household: by its own people, by professionals and specialists."""
    return [solved[0], 0, 0, *solved[3:]]


def _layers(
    here: Mapping[str, str],
    moment: str,
    theme: str,
    form: str,
    times: _FIVE,
    changed: _FIVE,
    percent: int,
    of: int = 100,
) -> Iterator[ShiftCount]:
    for layer, (most, change) in enumerate(zip(times, changed, strict=True)):
        if number := most * change * percent // (100 * of):
            yield ShiftCount(**here, theme=theme, moment=moment, layer=layer, form=form, times=number)


def _inside(today: date) -> date:
    """A day in the quarter of the calendar of a day that no other quarter of whole weeks has."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 15)


def _name(period: Period) -> str:
    return f"{period.year}Q{period.quarter}"
