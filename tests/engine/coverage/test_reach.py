"""Reach and capacity against a reading of the definitions in plain Python, and changes against doing it all again."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.coverage.reach import (
    Measure,
    Places,
    Reach,
    Residents,
    reach_of,
    with_place,
    without_place,
)

MEASURE = Measure(within=(800, 1_500))
coordinate = st.integers(0, 6_000).map(float)
point = st.tuples(coordinate, coordinate)


def residents_of(rows: list[tuple[tuple[float, float], int, int, int]], areas: int = 3) -> Residents:
    return Residents(
        at=np.array([at for at, *_ in rows]).reshape(-1, 2),
        area=np.array([area for _, area, _, _ in rows]),
        people=np.array([people for *_, people, _ in rows], dtype=float),
        older=np.array([older for *_, older in rows], dtype=float),
        areas=areas,
    )


def places_of(rows: list[tuple[tuple[float, float], int, float]]) -> Places:
    return Places(
        at=np.array([at for at, *_ in rows], dtype=float).reshape(-1, 2),
        column=np.array([block for _, block, _ in rows], dtype=np.int64),
        amount=np.array([amount for *_, amount in rows], dtype=float),
    )


residents = st.lists(
    st.tuples(point, st.integers(0, 2), st.integers(1, 500), st.integers(0, 1)), min_size=1, max_size=8
)
places = st.lists(st.tuples(point, st.integers(0, 1), st.integers(1, 40).map(float)), max_size=8)


def weight(metres: float, measure: Measure) -> float:
    return next((weight for edge, weight in measure.bands if metres <= edge), 0.0)


def by_hand(people: Residents, there: Places, measure: Measure) -> tuple[list[list[int]], list[list[float]]]:
    """E2SFCA and counts as the paper writes them: first per place its supply per head, then per point what it gets."""
    far = [[math.dist(a, b) * measure.detour for b in there.at] for a in people.at]
    near = [[0, 0] for _ in people.at]
    access = [[0.0, 0.0] for _ in people.at]
    for j, block in enumerate(there.column):
        heads = sum(weight(far[i][j], measure) * people.people[i] for i in range(len(people.at)))
        for i in range(len(people.at)):
            near[i][block] += far[i][j] <= measure.within[block]
            access[i][block] += weight(far[i][j], measure) * there.amount[j] / heads if heads else 0.0
    return near, access


@given(residents, places, st.sampled_from([1.0, 1.3]))
@settings(max_examples=150, deadline=None)
def test_it_is_what_the_definitions_say(rows: list, there: list, detour: float):
    measure = Measure(within=(800, 1_500), detour=detour)
    near, access = by_hand(residents_of(rows), places_of(there), measure)

    found = reach_of(residents_of(rows), places_of(there), measure)

    assert found.near.tolist() == near
    assert found.access == pytest.approx(np.array(access), abs=1e-9)


def same(one: Reach, other: Reach) -> bool:
    return bool((one.near == other.near).all()) and np.allclose(one.access, other.access, atol=1e-9)


@given(residents, places, point, st.integers(0, 1), st.integers(1, 40).map(float))
@settings(max_examples=150, deadline=None)
def test_one_place_more_or_less_is_the_same_as_doing_all_again(
    rows: list, there: list, at: tuple[float, float], block: int, amount: float
):
    people = residents_of(rows)
    before = reach_of(people, places_of(there), MEASURE)
    after = reach_of(people, places_of([*there, (at, block, amount)]), MEASURE)

    assert same(with_place(before, at, block, amount), after)
    assert same(without_place(after, at, block, amount), before)


def test_a_change_leaves_the_reach_it_began_with_as_it_was():
    people = residents_of([((0.0, 0.0), 0, 100, 10)])
    before = reach_of(people, places_of([]), MEASURE)

    with_place(before, (100.0, 0.0), 0, 5.0)

    assert before.near.tolist() == [[0, 0]]
    assert before.access.tolist() == [[0.0, 0.0]]


def test_one_more_place_never_lowers_the_share_or_the_capacity_of_anyone():
    people = residents_of([((0.0, 0.0), 0, 100, 10), ((1_000.0, 0.0), 1, 50, 5)])
    before = reach_of(people, places_of([((900.0, 0.0), 0, 10.0)]), MEASURE)
    after = with_place(before, (0.0, 200.0), 0, 5.0)

    assert (after.share(people.people)[:2] >= before.share(people.people)[:2]).all()
    assert (after.access >= before.access).all()


def test_an_area_where_nobody_lives_has_no_share():
    people = residents_of([((0.0, 0.0), 0, 100, 10)], areas=2)
    found = reach_of(people, places_of([((0.0, 10.0), 0, 5.0)]), MEASURE)

    assert found.share(people.people)[0].tolist() == [1.0, 0.0]
    assert np.isnan(found.share(people.people)[1]).all()
    assert np.isnan(found.per_person()[1]).all()


def test_people_inside_an_area_weigh_by_where_they_live():
    """300 of 400 residents, and 10 of 50 older people, live near the one place."""
    people = residents_of([((0.0, 0.0), 0, 300, 10), ((5_000.0, 0.0), 0, 100, 40)], areas=1)
    found = reach_of(people, places_of([((0.0, 700.0), 0, 5.0)]), MEASURE)

    assert found.share(people.people)[0, 0] == 0.75
    assert found.share(people.older)[0, 0] == 0.2


def test_three_buurten_and_four_places_followed_by_hand():
    """Dorp (1,000 people), Rand (500) and Veld (200) on one line; four places of block 0.

    Supply per head, from the dorpshuis (20 hours, 100 m from Dorp, 1,400 m from Rand, 2,900 m from Veld):
    20 / (1,000 * 1 + 500 * 0.68 + 200 * 0.22) = 20 / 1,384.
    """
    people = residents_of(
        [((0.0, 0.0), 0, 1_000, 200), ((1_500.0, 0.0), 1, 500, 150), ((3_000.0, 0.0), 2, 200, 80)], areas=3
    )
    there = places_of(
        [
            ((100.0, 0.0), 0, 20.0),  # dorpshuis: Dorp 100, Rand 1,400, Veld 2,900
            ((700.0, 0.0), 0, 10.0),  # kerk: Dorp 700, Rand 800, Veld 2,300
            ((1_500.0, 0.0), 0, 5.0),  # kantine: Dorp 1,500, Rand 0, Veld 1,500
            ((9_000.0, 0.0), 0, 30.0),  # too far from all
        ]
    )
    hall = 20 / (1_000 * 1 + 500 * 0.68 + 200 * 0.22)
    church = 10 / (1_000 * 1 + 500 * 1 + 200 * 0.22)
    canteen = 5 / (1_000 * 0.68 + 500 * 1 + 200 * 0.68)

    found = reach_of(people, there, MEASURE)

    assert found.near[:, 0].tolist() == [2, 2, 0]
    assert found.per_person()[:, 0] == pytest.approx(
        [
            hall + church + 0.68 * canteen,
            0.68 * hall + church + canteen,
            0.22 * hall + 0.22 * church + 0.68 * canteen,
        ]
    )
