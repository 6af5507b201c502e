"""Cells from records: more evidence never makes a state worse, and no evidence is unknown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.coverage.changes import moved
from samenspel.engine.coverage.matrix import Record, columns_of, coverage_of, judged, measured, rows_of
from samenspel.engine.coverage.reach import Residents
from samenspel.engine.coverage.remedies import HELPS, Kind, centres_of, named, nearest
from samenspel.engine.coverage.states import Norm, State, Why

TODAY = date(2026, 11, 22)
RECENTLY, LONG_AGO = date(2026, 11, 1), date(2020, 1, 1)
ORDER = {State.UNKNOWN: 0, State.MISSING: 0, State.PARTLY: 1, State.PRESENT: 2}


def norm(block: int, **given: object) -> Norm:
    return replace(Norm(block, date(2026, 1, 1), metres=800, share=0.8, amount=1, months=12, source=""), **given)


NORMS = {
    1: norm(1),
    2: norm(2, amount=0, parts=("meet", "money"), parts_are_amount=True),
    3: norm(3, parts=("evening",)),
}
COLUMNS = columns_of(NORMS)
coordinate = st.integers(0, 4_000).map(float)
points = st.tuples(coordinate, coordinate)
counts = st.dictionaries(st.sampled_from(COLUMNS), st.integers(1, 30).map(float), min_size=1)
days = st.sampled_from([None, RECENTLY, LONG_AGO])
at_places = st.builds(Record, st.just("a place"), counts, days, points, st.sampled_from([None, 0, 1]))
at_homes = st.builds(
    Record, st.just("at home"), counts, days, st.none(), st.none(), st.frozensets(st.integers(0, 1), min_size=1)
)
records = st.lists(at_places | at_homes, max_size=6)
residents = st.lists(
    st.tuples(points, st.integers(0, 1), st.integers(1, 500), st.integers(0, 50)), min_size=1, max_size=6
).map(
    lambda rows: Residents(
        at=np.array([row[0] for row in rows]),
        area=np.array([row[1] for row in rows]),
        people=np.array([row[2] for row in rows], dtype=float),
        older=np.array([row[3] for row in rows], dtype=float),
        areas=2,
    )
)


@given(residents, records, at_places | at_homes)
def test_a_record_more_never_makes_a_state_worse(people: Residents, known: list[Record], more: Record):
    before = judged(measured(coverage_of(people, rows_of(known, NORMS, TODAY), NORMS)), NORMS)
    after = judged(measured(coverage_of(people, rows_of([*known, more], NORMS, TODAY), NORMS)), NORMS)

    for was, now in zip(before, after, strict=True):
        assert all(ORDER[now[block].state] >= ORDER[was[block].state] for block in NORMS)


@given(residents, st.lists(at_places, max_size=5))
def test_what_is_too_old_makes_nothing_present_and_nothing_missing(people: Residents, known: list[Record]):
    stale = [replace(record, confirmed_on=LONG_AGO) for record in known]

    for row in judged(measured(coverage_of(people, rows_of(stale, NORMS, TODAY), NORMS)), NORMS):
        assert {one.state for one in row.values()} == {State.UNKNOWN}


@given(residents, records, records)
def test_who_wins_and_who_loses_make_up_the_difference(people: Residents, first: list[Record], then: list[Record]):
    before, after = (coverage_of(people, rows_of(which, NORMS, TODAY), NORMS) for which in (first, then))
    change = moved(before, after, people.people)
    back = moved(after, before, people.people)

    assert np.array_equal(change.won, back.lost)
    assert (change.won + change.lost <= people.people.sum()).all()


def test_a_record_counts_once_for_a_block_however_many_of_its_columns_it_has():
    record = Record("hall", {(3, ""): 8.0, (3, "evening"): 3.0}, RECENTLY, (0, 0), 0)
    people = Residents(np.zeros((1, 2)), np.array([0]), np.array([10.0]), np.array([1.0]), 1)

    found = measured(coverage_of(people, rows_of([record], NORMS, TODAY), NORMS))

    assert found.cell(0, 3).fresh == 1


def test_what_comes_to_the_home_reaches_all_who_live_there_and_nobody_else():
    record = Record("meals", {(1, ""): 1.0}, RECENTLY, serves=frozenset({1}))
    people = Residents(
        np.array([[0.0, 0.0], [9e4, 0.0]]), np.array([0, 1]), np.array([10.0, 20.0]), np.array([1.0, 2.0]), 2
    )

    found = judged(measured(coverage_of(people, rows_of([record], NORMS, TODAY), NORMS)), NORMS)

    assert [row[1].state for row in found] == [State.UNKNOWN, State.PRESENT]


def test_of_themes_an_average_resident_has_the_sum_of_their_shares():
    near = Record("walk", {(2, "meet"): 1.0}, RECENTLY, (0, 0), 0)
    people = Residents(
        np.array([[0.0, 0.0], [2_000.0, 0.0]]), np.array([0, 0]), np.array([30.0, 10.0]), np.array([0.0, 0.0]), 1
    )

    cell = measured(coverage_of(people, rows_of([near], NORMS, TODAY), NORMS)).cell(0, 2)

    assert (cell.amount, cell.reached) == (pytest.approx(0.75), 0)


def test_where_nobody_lives_nothing_is_said():
    people = Residents(np.zeros((1, 2)), np.array([0]), np.array([0.0]), np.array([0.0]), 1)

    (row,) = judged(measured(coverage_of(people, rows_of([], NORMS, TODAY), NORMS)), NORMS)

    assert {one.why for one in row.values()} == {Why.NOBODY_LIVES_HERE}


def test_a_remedy_is_the_nearest_of_its_kind_and_none_lies_too_far():
    people = Residents(
        np.array([[0.0, 0.0], [100.0, 0.0]]), np.array([0, 0]), np.array([1.0, 3.0]), np.array([0.0, 0.0]), 2
    )
    centres = centres_of(people)
    found = nearest(
        centres, {Kind.ROOM: np.array([[9e5, 0.0], [175.0, 0.0]]), Kind.HOST: np.array([[9e5, 0.0]])}, farthest=1_000
    )

    assert centres[0].tolist() == [75.0, 0.0]
    assert np.isnan(centres[1]).all()
    assert named(found, 0, 3) == [(Kind.ROOM, 1, 100.0)]
    assert named(found, 1, 3) == []
    assert set(HELPS) == {1, 2, 3, 4, 5}
