#!/usr/bin/env python3
"""P12: who holds every public figure of two publications cannot work out that a hidden count is small.

The running demo is asked for all its public figures by file, table and API, which must be the same. A linear program
then bounds every hidden count by all that is told with it; one that must be below 10, or that can be one number only,
is a fault. So is a count that is shown below 10, not rounded to fives, or of a quarter that is not over. Then residents
go on asking, and a second publication may differ in nothing that was told of people.
"""

import csv
import datetime
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.strength.attack import intervals
from trust.harness import PYTHON, ROOT, Site, demo_site, report

LEAST = 10
STEP = 5
FEWEST_HIDDEN = 100
"""Less than this and the check looks in the wrong place."""
PEOPLE = ("unmet", "shift_asked", "shift_offered", "shift_solved", "shift_returned")
ASK_ON = """
import django
django.setup()
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from samenspel.outcomes.models import ShiftCount, UnmetNeed
from samenspel.outcomes.periods import quarter_of
today = timezone.localdate()
week = today - timedelta(days=today.weekday())
for area in ("WK990101", "WK990102", "GM9901"):
    made, _ = UnmetNeed.objects.get_or_create(
        municipality="GM9901", week=week, area=area, need="eat_together", why="nothing_near"
    )
    UnmetNeed.objects.filter(pk=made.pk).update(times=F("times") + 1)
    made, _ = ShiftCount.objects.get_or_create(
        municipality="GM9901", quarter=quarter_of(timezone.now()), area=area, moment="asked", layer=3
    )
    ShiftCount.objects.filter(pk=made.pk).update(times=F("times") + 1)
"""

Item = dict[str, Any]


def published(site: Site) -> list[Item]:
    """The rows of the JSON file, after a look whether the table and the API tell the same."""
    items: list[Item] = json.loads(site.get("/raad/cijfers.json")[2])["items"]
    table = list(csv.DictReader(io.StringIO(site.get("/raad/cijfers.csv")[2].decode("utf-8-sig")), delimiter=";"))
    given: list[Item] = []
    after = "/api/v1/statistics?pageSize=100"
    while after:
        page = json.loads(site.get(after)[2])
        given += page["items"]
        after = (page["links"]["next"] or "").partition(f":{site.port}")[2]
    assert given == items, "the API tells something else"
    assert [row["id"] for row in table] == [one["id"] for one in items], "the table has other rows"
    assert all((row["value"] == "") == (one["value"] is None) for row, one in zip(table, items, strict=True)), "values"
    return items


def faults(items: list[Item]) -> Iterator[str]:
    today = datetime.datetime.now(datetime.UTC).date()
    running = f"{today.year}Q{(today.month + 2) // 3}"
    for one in items:
        if one["measure"] in PEOPLE:
            value = one["value"]
            if value is not None and (0 < value < LEAST or value % STEP):
                yield f"{one['id']}: {value} is shown"
            if one["period"] == running:
                yield f"{one['id']}: that quarter is not over"
    for found in intervals(items):
        if found.most < LEAST or found.most == found.least:
            yield f"{found.id}: lies between {found.least:g} and {found.most:g}"


def of_people(items: list[Item]) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in items if one["measure"] in PEOPLE}


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.public_figures" if control else None) as site:
        first = published(site)
        subprocess.run([PYTHON, "-c", ASK_ON], env=site.environment, cwd=ROOT, check=True)
        second = published(site)
    wrong = list(faults(second))
    wrong += [f"{key}: differs" for key, value in of_people(second).items() if of_people(first).get(key, "") != value]
    print("\n".join(f"  {one}" for one in wrong[:12]))
    hidden = sum(one["is_hidden"] for one in second)
    return f"{len(wrong)}-faults-with-{hidden}-hidden-of-{len(second)}", not wrong and hidden > FEWEST_HIDDEN


if __name__ == "__main__":
    report("P12", "0-faults", check)
