"""docs/blocks-by-hand.md: the same three buurten and four places, the same numbers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from samenspel.engine.coverage.changes import moved
from samenspel.engine.coverage.matrix import Record, coverage_of, measured, rows_of
from samenspel.engine.coverage.reach import Residents
from samenspel.engine.coverage.remedies import Kind, centres_of, named, nearest
from samenspel.engine.coverage.states import Judged, Norm, State, Why, state_of

TODAY = date(2026, 11, 22)
BLOCK, EVENING = 3, (3, "evening")
NORTH, SOUTH = 0, 1
NORM = Norm(
    block=BLOCK, since=date(2026, 1, 1), metres=800, share=0.8, amount=20, months=12, source="", parts=("evening",)
)
NORMS = {BLOCK: NORM}
RESIDENTS = Residents(
    at=np.array([[0.0, 0.0], [1_000.0, 0.0], [5_000.0, 0.0]]),
    area=np.array([NORTH, NORTH, SOUTH]),
    people=np.array([1_000.0, 500.0, 200.0]),
    older=np.array([200.0, 100.0, 50.0]),
    areas=2,
)
VILLAGE_HALL = Record("Dorpshuis", {(BLOCK, ""): 10}, date(2026, 10, 22), (300, 0), NORTH)
LOCK_HALL = Record("Sluiszaal", {(BLOCK, ""): 20, EVENING: 20}, date(2026, 10, 22), (1_300, 0), NORTH)
BARN = Record("Schuur", {(BLOCK, ""): 6}, date(2024, 11, 22), (5_600, 0), SOUTH)
SCHOOL = Record("School", {}, date(2026, 10, 22), (4_800, 0), SOUTH)
RECORDS = (VILLAGE_HALL, LOCK_HALL, BARN, SCHOOL)
PAGE = Path(__file__).parents[3] / "docs" / "blocks-by-hand.md"


def test_north_is_partly_there_because_too_few_live_near_an_evening_place():
    found = measured(coverage_of(RESIDENTS, rows_of(RECORDS, NORMS, TODAY), NORMS))
    cell = found.cell(NORTH, BLOCK)

    assert cell.reached == pytest.approx(500 / 1_500)
    assert found.reached_older[NORTH, 0] == pytest.approx(100 / 300)
    assert cell.amount == pytest.approx((1_000 * 10 + 500 * 30) / 1_500)
    assert found.per_thousand[NORTH, 0] == pytest.approx(20)
    assert (cell.fresh, cell.old) == (2, 0)
    assert state_of(cell, NORM) == Judged(State.PARTLY, Why.TOO_FEW_REACHED)


def test_south_is_unknown_and_a_call_to_the_barn_comes_before_the_school():
    found = measured(coverage_of(RESIDENTS, rows_of(RECORDS, NORMS, TODAY), NORMS))
    lending = {Kind.ROOM: np.array([SCHOOL.at]), Kind.CALL: np.array([BARN.at])}

    assert state_of(found.cell(SOUTH, BLOCK), NORM) == Judged(State.UNKNOWN, Why.ONLY_OLD)
    near = nearest(centres_of(RESIDENTS), lending, farthest=10_000)
    assert named(near, SOUTH, BLOCK) == [(Kind.CALL, 0, 600), (Kind.ROOM, 0, 200)]


def test_when_the_school_opens_the_south_has_a_place_and_nobody_loses_one():
    opened = replace(SCHOOL, counts={(BLOCK, ""): 25, EVENING: 25})
    before = coverage_of(RESIDENTS, rows_of(RECORDS, NORMS, TODAY), NORMS)
    after = coverage_of(RESIDENTS, rows_of((*RECORDS[:3], opened), NORMS, TODAY), NORMS)

    assert state_of(measured(after).cell(SOUTH, BLOCK), NORM) == Judged(State.PRESENT, Why.ENOUGH)
    assert measured(after).cell(SOUTH, BLOCK).amount == 25
    assert measured(after).cell(NORTH, BLOCK) == measured(before).cell(NORTH, BLOCK)
    people, older = (moved(before, after, of) for of in (RESIDENTS.people, RESIDENTS.older))
    assert (people.won.tolist(), people.lost.tolist()) == ([[0], [200]], [[0], [0]])
    assert older.won.tolist() == [[0], [50]]


@pytest.mark.parametrize(
    "said",
    ["500 of 1,500 residents, 33 %", "100 of 300, 33 %", "16.7 hours", "20\nhours for every 1,000", "200 m from where"],
)
def test_the_page_says_the_same(said: str):
    assert said in PAGE.read_text(encoding="utf-8")
