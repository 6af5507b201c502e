"""The shift ledger: what changed over the quarters, and its brake, followed by hand on a small town."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.shift import (
    ASKED,
    LEAST_GROUPS,
    MOMENTS,
    OFFERED,
    RETURNED,
    SOLVED,
    Change,
    Count,
    Load,
    Shift,
    Spread,
    Verdict,
    change_of,
    collective_share,
    guard_counts,
    load_of,
    measured,
)

NOTHING = Spread((0, 0, 0, 0, 0), 0)
ASKED_THERE = (0, 0, 20, 60, 20)
FAR, NEARBY = (0, 0, 40, 40, 20), (20, 30, 20, 20, 10)
"""Two ways in which a hundred questions were solved."""


def counts(moment: str, *layers: int, area: str = "WK1", theme: str = "care", form: str = "unknown") -> list[Count]:
    return [Count(area, theme, moment, layer, form, times) for layer, times in enumerate(layers) if times]


def quarter(*solved: int, asked: tuple[int, ...] = ASKED_THERE, returned: int = 20) -> Shift:
    """Of the whole municipality."""
    rows = counts(ASKED, *asked) + counts(SOLVED, *solved) + counts(RETURNED, 0, 0, 0, returned)
    return measured(guard_counts(rows).whole)


def change(*quarters: Shift | None, loads: tuple[Load | None, ...] = (), is_whole: bool = True) -> Change:
    return change_of(quarters, loads or [None] * len(quarters), is_whole=is_whole)


def year(*solved: int, returned: int = 20, asked: tuple[int, ...] = ASKED_THERE) -> list[Shift]:
    return [quarter(*solved, returned=returned, asked=asked)] * 4


def test_a_small_town_followed_by_hand():
    """Two quarters of FAR, then two of NEARBY; the reckoning stands at `Change`.

    A figure stands for the middle of what it may be: asked 22 + 62 + 22 = 106, of which 22 near home; solved 42 of 106
    and then 22 + 32 + 22 = 76 of 110. The interval adds the squares of 0.0753, 0.0744, 0.0676 and 0.0587: 0.1386^2.
    """
    found = change(quarter(*FAR), quarter(*FAR), quarter(*NEARBY), quarter(*NEARBY))

    assert found.before
    assert found.now
    assert found.nearer
    assert (found.before.asked.near.part, found.before.asked.near.of) == (2 * 22, 2 * 106)
    assert (found.before.found.near.part, found.now.found.near.part, found.now.found.near.of) == (84, 152, 220)
    assert (round(found.before.nearer, 3), round(found.now.nearer, 3)) == (0.189, 0.483)
    assert (round(found.nearer.value, 3), round(found.nearer.low, 3), round(found.nearer.high, 3)) == (
        0.295, 0.156, 0.429,
    )  # fmt: skip
    assert found.verdict == Verdict.LIGHTER


def test_what_leans_to_nearer_in_every_quarter_is_no_change():
    """Asked is never of layer 0 or 1 and solved often is: that alone says nothing."""
    always = quarter(60, 40, 20, 20, 10)

    assert always.movement is not None
    assert always.movement > 1
    assert change(*[always] * 8).verdict == Verdict.UNSURE


def test_where_people_look_nearer_by_as_much_as_it_is_solved_nothing_changed():
    before, now = year(0, 100, 0, 100), year(0, 150, 0, 50)
    sought = quarter(0, 150, 0, 50, asked=(0, 0, 90, 110))

    assert change(*before, *now).verdict == Verdict.LIGHTER
    assert change(*year(0, 100, 0, 100, asked=(0, 0, 40, 160)), *[sought] * 4).verdict == Verdict.UNSURE


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (FAR, NEARBY, Verdict.LIGHTER),
        (NEARBY, FAR, Verdict.HEAVIER),
        (FAR, FAR, Verdict.UNSURE),
        ((0, 0, 20, 20), (0, 0, 25, 15), Verdict.UNSURE),
    ],
    ids=["nearer", "farther", "the same", "maybe chance"],
)
def test_a_change_is_one_when_it_is_more_than_chance(before, now, verdict):
    assert change(*year(*before), *year(*now)).verdict == verdict


@pytest.mark.parametrize(
    ("number", "eras"),
    [(3, None), (4, (2, 2)), (5, (1, 4)), (7, (3, 4)), (8, (4, 4))],
    ids=lambda one: str(one) if isinstance(one, int) else "",
)
def test_the_last_four_are_laid_beside_those_before_and_four_are_halved(number, eras):
    found = change(*(year(*FAR) + year(*NEARBY))[-number:])

    assert (found.verdict == Verdict.FEW_QUARTERS) == (eras is None)
    assert (found.before and found.now and (found.before.quarters, found.now.quarters)) == eras


def test_a_quarter_that_is_missing_ends_the_row_before_it():
    whole = year(*FAR) + year(*NEARBY)

    assert change(*whole[:3], None, *whole[4:]).before == change(*whole[4:]).before
    assert change(*whole[:5], None, *whole[6:]).verdict == Verdict.FEW_QUARTERS
    assert change(*whole, None).verdict == Verdict.FEW_QUARTERS
    assert change().verdict == Verdict.FEW_QUARTERS


def test_a_quarter_with_too_few_questions_is_not_guessed_at():
    whole = year(*FAR) + year(*NEARBY)

    assert change(*whole[:-1], quarter(0, 0, 4, 3)).verdict == Verdict.FEW_QUESTIONS
    assert change(*whole[:-1], quarter(*FAR, asked=(0, 0, 0, 9))).verdict == Verdict.FEW_QUESTIONS


def test_a_hidden_figure_of_an_area_breaks_its_row_for_it_may_be_large():
    """40 stands hidden beside 7 of another area to guard it; of the whole only what is small is hidden."""
    rows = counts(ASKED, *ASKED_THERE) + counts(SOLVED, 40, 20, 20, 20) + counts(SOLVED, 7, area="WK2")
    one = measured(guard_counts(rows).areas["WK1"])
    assert one.solved.layers[0] is None

    assert change(*[one] * 8, is_whole=False).verdict == Verdict.FEW_QUESTIONS
    assert change(*[quarter(40, 20, 20, 20, 7)] * 8).verdict == Verdict.UNSURE


LIGHT, MIDDLING, TOO_HEAVY = Load(2.0, 6), Load(2.6, 6), Load(4.0, 6)


@pytest.mark.parametrize(
    ("before", "now", "loads", "verdict"),
    [
        (20, 20, (None, None), Verdict.LIGHTER),
        (20, 10, (None, None), Verdict.LIGHTER),
        (0, 0, (None, None), Verdict.LIGHTER),
        (20, 25, (None, None), Verdict.UNPROVEN),
        (9, 20, (None, None), Verdict.UNPROVEN),
        (20, 9, (None, None), Verdict.UNPROVEN),
        (20, 60, (None, None), Verdict.NO_GAIN),
        (20, 20, (LIGHT, LIGHT), Verdict.LIGHTER),
        (20, 20, (LIGHT, MIDDLING), Verdict.NO_GAIN),
        (20, 20, (MIDDLING, LIGHT), Verdict.LIGHTER),
        (20, 20, (None, MIDDLING), Verdict.LIGHTER),
        (20, 20, (None, TOO_HEAVY), Verdict.NO_GAIN),
        (20, 20, (TOO_HEAVY, TOO_HEAVY), Verdict.NO_GAIN),
        (20, 20, (TOO_HEAVY, None), Verdict.LIGHTER),
    ],
    ids=[
        "as many come back", "fewer", "none", "more, maybe chance", "unknown before", "unknown now", "more",
        "as light", "heavier", "lighter", "unknown before, bearable", "too heavy", "as heavy", "unknown load now",
    ],
)  # fmt: skip
def test_nearer_is_no_gain_when_more_comes_back_or_it_weighs_on_volunteers(before, now, loads, verdict):
    found = change(*year(*FAR, returned=before), *year(*NEARBY, returned=now), loads=(*[loads[0]] * 4, *[loads[1]] * 4))

    assert found.verdict == verdict


def test_what_did_not_come_nearer_has_no_brake():
    heavy = (*[LIGHT] * 4, *[TOO_HEAVY] * 4)

    assert change(*year(*NEARBY), *year(*FAR, returned=60), loads=heavy).verdict == Verdict.HEAVIER


def test_the_load_of_some_quarters_weighs_each_by_its_groups():
    found = change(*year(*FAR), *year(*NEARBY), loads=(*[None] * 6, Load(2.0, 5), Load(3.0, 15)))

    assert found.before
    assert found.now
    assert (found.before.load, found.now.load) == (None, 2.75)


def test_of_a_theme_what_was_offered_is_laid_beside_what_was_asked():
    rows = counts(ASKED, *ASKED_THERE)
    far, near = (
        measured(guard_counts(rows + counts(OFFERED, *layers)).themes["care"])
        for layers in ((0, 0, 40, 40, 20), (0, 50, 20, 20, 10))
    )
    nobody = [None] * 8

    assert change_of([far] * 4 + [near] * 4, nobody, is_whole=False, found=OFFERED).verdict == Verdict.LIGHTER
    assert change_of([far] * 4 + [near] * 4, nobody, is_whole=False).verdict == Verdict.FEW_QUESTIONS


tables = st.lists(st.integers(0, 60), min_size=5, max_size=5)


@given(tables, tables, st.integers(0, 4), st.integers(0, 40))
def test_more_that_comes_back_never_makes_a_verdict_better(first, last, returned, more):
    order = [Verdict.NO_GAIN, Verdict.UNPROVEN, Verdict.LIGHTER]

    def verdict(back: int) -> Verdict:
        return change(*year(*first, returned=20), *year(*last, returned=back)).verdict

    one, other = verdict(10 * returned), verdict(10 * returned + 10 + more)
    assert (one in order) == (other in order)
    assert one == other or order.index(other) <= order.index(one)


@given(tables, st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_a_change_tells_nothing_that_the_figures_shown_do_not_tell(last, hidden):
    """Two towns of which the same is shown, though other numbers lie behind it, are judged alike."""
    rounded = [5 * (figure // 5) if figure >= 10 else 0 for figure in last]
    other = [figure + more if figure else 0 for figure, more in zip(rounded, hidden, strict=True)]

    assert change(*year(*FAR), *year(*rounded)) == change(*year(*FAR), *year(*other))


def test_a_quarter_has_a_rate_of_return_and_a_mean_layer_and_no_verdict_of_its_own():
    found = quarter(40, 20, 20, 20, asked=(0, 0, 0, 60, 20), returned=15)

    assert (found.asked.layers, found.asked.n, found.asked.mean) == ((0, 0, 0, 60, 20), 80, 3.26)
    assert (found.solved.layers, found.solved.n, found.solved.mean) == ((40, 20, 20, 20, 0), 100, 1.22)
    assert (found.movement, found.return_rate) == (2.04, 0.15)
    assert found.offered == NOTHING
    assert found.verdict == Verdict.FEW_QUARTERS


@pytest.mark.parametrize("returned", [0, 9, 10], ids=str)
def test_the_rate_of_return_is_none_when_what_came_back_is_hidden(returned: int):
    assert quarter(0, 50, returned=returned).return_rate == {0: 0, 9: None, 10: 0.2}[returned]


def test_a_mean_of_figures_that_are_half_hidden_is_none():
    """Three hidden figures stand for 15; the one told for 12."""
    assert Spread((None, None, None, 10, 0), None).mean is None
    assert Spread((None, 0, 0, 10, 0), None).mean == round(3 * 12 / 17, 2)


def test_hidden_figures_share_what_is_left_of_a_number_that_is_told():
    """27 of which 22 are told: the two that are hidden stand for 2.5 each."""
    assert Spread((None, None, 20, 0, 0), 25).weights == (2.5, 2.5, 22.0, 0.0, 0.0)


def test_a_share_is_told_only_when_both_sides_are_large_enough():
    def share(together: int, apart: int, unknown: int = 0) -> int | None:
        given = (("collective", together), ("individual", apart), ("unknown", unknown))
        return collective_share([Count("WK1", "care", OFFERED, 2, form, times) for form, times in given if times])

    assert share(40, 20) == 65
    assert share(40, 10, 10) == 65
    assert (share(9, 40), share(40, 9), share(40, 4, 4)) == (None, None, None)
    assert (share(40, 0), share(0, 40), share(0, 0)) == (100, 0, None)


def test_the_load_of_too_few_groups_is_not_told():
    assert load_of([4] * (LEAST_GROUPS - 1)) is None
    assert load_of([4, 4, 5, 3, 5]) == Load(4.2, 5)


def test_an_area_without_a_moment_has_zeros():
    one = guard_counts(counts(ASKED, 0, 0, 0, 30)).areas["WK1"]

    assert set(one) == set(MOMENTS)
    assert one[RETURNED] == NOTHING
    assert measured(one).movement is None
