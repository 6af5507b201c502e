"""One question that goes to a club and is solved there is on no public page: not while its quarter runs, nor after it.

The pages of the shift lie beside each other as who subtracts reads them: a wijk and the municipality, a theme and all.
"""

import csv
import io
from collections import defaultdict
from datetime import UTC, datetime

import numpy as np
import pytest
import shapely
from django.test import Client
from django.utils import timezone

from samenspel.engine.privacy import LEAST, STEP
from samenspel.outcomes.models import ShiftCount
from samenspel.places.geometry import boundary_fields
from samenspel.places.models import Area, AreaFigures
from tests.cockpit.test_shift_page import URL, a_quarter, counted, two_years
from tests.handover.test_one_holder import World, a_world
from tests.handover.test_shift import Step, helped, step, taken
from tests.people.rows import GM, an_area
from tests.policy.block_rows import EAST, WEST

pytestmark = pytest.mark.django_db
__all__ = ("step",)
PAGES = (URL, f"{URL}?wijk=west", f"{URL}?wijk=oost", f"{URL}?thema=care", f"{URL}?thema=eat", f"{URL}.csv",
         "/en/raad/verschuiving", "/raad/cijfers.csv", "/raad/wijk/oost")  # fmt: skip
NEW_YEAR = datetime(2027, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """West, where much was counted for two years, and East, where somebody asks."""
    an_area(GM, "municipality", name="Markerwaard")
    made = a_world()
    for code, name in ((WEST, "West"), (EAST, "Oost")):
        (square,) = boundary_fields(np.array([shapely.box(5.2, 52.5, 5.3, 52.6)]))
        wijk = an_area(code, "district", name=name, **square)
        AreaFigures.objects.create(municipality=GM, area=wijk, year=2025, source="test", values={"residents": 2000})
    Area.objects.filter(code="BU99010101").update(parent=Area.objects.get(code=EAST))
    made.request.refresh_from_db()
    two_years()
    return made


def told(at: datetime, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(timezone, "now", lambda: at)
    found = {path: Client().get(path) for path in PAGES}
    assert {answer.status_code for answer in found.values()} == {200}
    return {path: answer.content for path, answer in found.items()}


def test_a_handover_in_a_running_quarter_changes_no_page(world: World, step: Step, monkeypatch: pytest.MonkeyPatch):
    before = told(world.tick(), monkeypatch)
    step(lambda: taken(world, "holder"))
    step(lambda: helped(world))

    assert ShiftCount.objects.filter(quarter="2026Q4", area=EAST).count() == 1
    assert told(world.tick(), monkeypatch) == before


@pytest.mark.parametrize("others", [0, 8, 40], ids=["alone", "among few", "among many"])
def test_when_its_quarter_is_over_nobody_subtracts_it_from_what_is_shown(
    world: World, step: Step, monkeypatch: pytest.MonkeyPatch, others: int
):
    a_quarter("2026Q4", returned=20)
    counted("solved", {2: others} if others else {}, quarter="2026Q4", area=GM)
    step(lambda: taken(world, "holder"))
    step(lambda: helped(world))
    rows = csv.DictReader(io.StringIO(told(NEW_YEAR, monkeypatch)[f"{URL}.csv"].decode("utf-8-sig")), delimiter=";")
    columns: dict[tuple[str, str], dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        figure = int(row["aantal"]) if row["aantal"] else None
        columns[row["moment"], f"{row['kwartaal']} {row['laag']}"][row["waarvan"]].append(figure)

    assert None in columns["solved", "2026Q4 2"]["wijk"]
    for split in columns.values():
        (whole,) = split["gemeente"]
        for parts in (split["wijk"], split["thema"]):
            assert most(whole, parts) >= LEAST
        assert not any(figure and figure < LEAST for figures in split.values() for figure in figures)


def most(whole: int | None, parts: list[int | None]) -> float:
    """What one hidden part may be at most, for who subtracts the others; endless when none is, or the whole is hidden.

    Each hidden part is 1 at least, and the whole STEP - 1 more than it says at most.
    """
    hidden = parts.count(None)
    if whole is None or not hidden:
        return float("inf")
    return whole + STEP - 1 - sum(part or 0 for part in parts) - (hidden - 1)


def test_the_same_reckoning_finds_a_small_figure_where_only_it_is_hidden():
    assert most(160, [155, None]) < LEAST
