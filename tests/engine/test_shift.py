"""The shift ledger: a movement, its brake and its money, followed by hand on a small town."""

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
    Count,
    Load,
    Money,
    Shift,
    Spread,
    Verdict,
    collective_share,
    guard_counts,
    judge,
    load_of,
    money_of,
)

NOTHING = Spread((0, 0, 0, 0, 0), 0)
PRICES = {0: (0, 0), 1: (50, 100), 2: (100, 200), 3: (600, 900), 4: (2000, 5000)}


def counts(moment: str, *layers: int, area: str = "WK1", theme: str = "care", form: str = "unknown") -> list[Count]:
    return [Count(area, theme, moment, layer, form, times) for layer, times in enumerate(layers) if times]


def told(*given: list[Count]) -> dict[str, Spread]:
    return dict(guard_counts([one for some in given for one in some]).whole)


def judged(*given: list[Count], level: float | None = None, load: Load | None = None) -> Shift:
    return judge(told(*given), level=level, load=load)


def test_a_small_town_followed_by_hand():
    """Asked 0-0-0-60-20, solved 40-20-20-20-0: shown as such, for all are multiples of 5 and 10 or more.

    A figure stands for the middle of what it may be: 62 and 22, so the mean asked is 3 + 22/84 = 3.26; of solved 42,
    22, 22 and 22 in 108 make (22 + 44 + 66) / 108 = 1.22.
    """
    found = judged(counts(ASKED, 0, 0, 0, 60, 20), counts(SOLVED, 40, 20, 20, 20), counts(RETURNED, 0, 0, 0, 15))

    assert (found.asked.layers, found.asked.n, found.asked.mean) == ((0, 0, 0, 60, 20), 80, 3.26)
    assert (found.solved.layers, found.solved.n, found.solved.mean) == ((40, 20, 20, 20, 0), 100, 1.22)
    assert found.movement == 2.04
    assert found.return_rate == 0.15
    assert found.verdict == Verdict.LIGHTER
    assert found.offered == NOTHING
    assert found.toward is None


def test_money_is_the_cheapest_and_dearest_way_in_which_both_sides_may_be():
    """Of 100: asked costs 62/84 x 600 + 22/84 x 2000 = 966.67 to 62/84 x 900 + 22/84 x 5000 = 1973.81 each; solved
    (22 x 50 + 22 x 100 + 22 x 600) / 108 = 152.78 to (22 x 100 + 22 x 200 + 22 x 900) / 108 = 244.44 each. The
    movement is sure to 0.24 of a layer, and a layer is at most 5000 - 600 = 4400 more: 105,600 to either side."""
    found = judged(counts(ASKED, 0, 0, 0, 60, 20), counts(SOLVED, 40, 20, 20, 20))

    assert found.margin == 0.24
    assert money_of(found, PRICES) == Money(72222 - 105_600, 182104 + 105_600)


def test_where_nothing_became_lighter_or_heavier_nothing_is_said_of_money():
    same = judged(counts(ASKED, 0, 0, 0, 60, 20), counts(SOLVED, 0, 0, 0, 60, 20))

    assert same.verdict == Verdict.SAME
    assert money_of(same, PRICES) is None


def test_without_a_price_of_a_layer_concerned_nothing_is_said_of_money():
    found = judged(counts(ASKED, 0, 0, 0, 60, 20), counts(SOLVED, 40, 20, 20, 20))

    assert money_of(found, {}) is None
    assert money_of(found, {layer: price for layer, price in PRICES.items() if layer != 0}) is None
    assert money_of(judged(counts(SOLVED, 40)), PRICES) is None


tables = st.lists(st.integers(0, 60), min_size=5, max_size=5)
prices = st.fixed_dictionaries({layer: st.tuples(st.integers(0, 900), st.integers(0, 900)) for layer in range(5)})


@given(tables, tables, prices, st.integers(0, 4), st.integers(0, 500))
def test_wider_prices_never_make_the_money_surer(asked, solved, given, layer, wider):
    prices = {key: (min(pair), max(pair)) for key, pair in given.items()}
    found = judged(counts(ASKED, 0, *asked[1:]), counts(SOLVED, *solved))
    one = money_of(found, prices)
    other = money_of(found, prices | {layer: (prices[layer][0] - wider, prices[layer][1] + wider)})

    assert (one is None) == (other is None)
    assert found.movement is not None or one is None
    if one and other:
        assert one.low <= one.high
        assert other.low <= one.low
        assert one.high <= other.high


@pytest.mark.parametrize(
    ("asked", "solved", "verdict"),
    [
        ((0, 0, 0, 50), (0, 0, 50), Verdict.LIGHTER),
        ((0, 0, 50), (0, 0, 0, 50), Verdict.HEAVIER),
        ((0, 0, 0, 50), (0, 0, 0, 50), Verdict.SAME),
        ((0, 0, 10, 15), (0, 0, 15, 10), Verdict.SAME),
        ((0, 0, 0, 50), (0, 0, 9), Verdict.NOT_MEASURED),
        ((0, 0, 0, 9), (0, 0, 50), Verdict.NOT_MEASURED),
        ((), (), Verdict.NOT_MEASURED),
    ],
    ids=["lighter", "heavier", "same", "maybe chance", "few solved", "few asked", "nothing"],
)
def test_a_movement_is_one_when_it_is_more_than_chance(asked, solved, verdict):
    assert judged(counts(ASKED, *asked), counts(SOLVED, *solved)).verdict == verdict


@pytest.mark.parametrize(
    ("returned", "level", "load", "verdict"),
    [
        (20, 0.1, None, Verdict.NO_GAIN),
        (10, 0.1, None, Verdict.LIGHTER),
        (10, 0.2, None, Verdict.LIGHTER),
        (10, None, None, Verdict.LIGHTER),
        (0, 0.0, None, Verdict.LIGHTER),
        (9, 0.0, None, Verdict.LIGHTER),
        (0, None, Load(4.0, 6), Verdict.NO_GAIN),
        (0, None, Load(3.9, 6), Verdict.LIGHTER),
    ],
    ids=[
        "more come back",
        "more by rounding alone",
        "as many",
        "no level",
        "none",
        "unknown return",
        "too heavy",
        "bearable",
    ],
)
def test_lighter_is_no_gain_when_it_comes_back_or_weighs_on_volunteers(returned, level, load, verdict):
    found = judged(counts(ASKED, 0, 0, 0, 50), counts(SOLVED, 0, 50), counts(RETURNED, 0, 0, 0, returned), level=level,
                   load=load)  # fmt: skip

    assert found.verdict == verdict
    assert found.return_rate == (None if returned == 9 else returned / 50)


def test_what_did_not_become_lighter_has_no_brake():
    heavier = judged(counts(ASKED, 0, 50), counts(SOLVED, 0, 0, 0, 50), load=Load(5.0, 9))

    assert heavier.verdict == Verdict.HEAVIER


@given(tables, tables, st.integers(0, 4), st.integers(0, 40))
def test_more_returned_never_makes_a_verdict_better(asked, solved, returned, more):
    order = [Verdict.NOT_MEASURED, Verdict.HEAVIER, Verdict.SAME, Verdict.NO_GAIN, Verdict.LIGHTER]
    rows = (counts(ASKED, 0, *asked[1:]), counts(SOLVED, *solved))
    before = judged(*rows, counts(RETURNED, 0, 0, 0, 10 * returned), level=0.3)
    after = judged(*rows, counts(RETURNED, 0, 0, 0, 10 * returned + 10 + more), level=0.3)

    assert order.index(after.verdict) <= order.index(before.verdict)


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


def test_an_area_without_a_moment_has_zeros_and_no_verdict():
    one = guard_counts(counts(ASKED, 0, 0, 0, 30)).areas["WK1"]

    assert set(one) == set(MOMENTS)
    assert one[RETURNED] == NOTHING
    assert judge(one, level=None, load=None).verdict == Verdict.NOT_MEASURED
