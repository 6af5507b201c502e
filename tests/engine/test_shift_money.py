"""What a change is worth: the same price then and now, and never surer than prices and chance allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.shares import Interval
from samenspel.engine.shift import Change, Era, Pool, Verdict
from samenspel.engine.shift_money import Money, money_of

SHARP = (0.0,) * 5


def pool(*layers: float) -> Pool:
    return Pool((*layers, *[0.0] * (5 - len(layers))), SHARP)


def a_change(before: Pool, now: Pool, asked: Pool, verdict: Verdict = Verdict.LIGHTER) -> Change:
    eras = (Era(4, asked, found, None, None) for found in (before, now))
    return Change(verdict, *eras, Interval(0.5, 0.3, 0.7))


NEARER = a_change(before=pool(0, 0, 0, 100), now=pool(0, 0, 100), asked=pool(0, 0, 0, 100))


def test_all_that_moved_is_the_difference_between_two_prices_and_nothing_is_left_to_chance():
    """100 questions that cost 600 to 900 now cost 100 to 200: 400 to 800 less each. All alike: none by chance."""
    assert money_of(NEARER, {2: (100, 200), 3: (600, 900)}) == Money(40_000, 80_000)


def test_a_price_is_the_same_then_and_now_so_what_did_not_move_costs_nothing():
    """Half of a hundred moved from 3 to 2: 50 times 400 to 800 less. The other half has some price, twice the same."""
    half = a_change(before=pool(0, 0, 0, 100_000_000), now=pool(0, 0, 50_000_000, 50_000_000), asked=pool(0, 0, 0, 1))
    found = money_of(half, {2: (100, 200), 3: (600, 900)})

    assert found is not None
    assert found.low / 50_000_000 == pytest.approx(400, rel=0.001)
    assert found.high / 50_000_000 == pytest.approx(800, rel=0.001)


def test_by_chance_half_of_a_hundred_may_be_ten_more_or_less():
    """50 of 100 at 500 less each: 25,000; of one question 250, give or take 1.96 times 250 / 10 = 49."""
    half = a_change(before=pool(0, 0, 0, 100), now=pool(0, 0, 50, 50), asked=pool(0, 0, 0, 100))

    assert money_of(half, {2: (100, 100), 3: (600, 600)}) == Money(20_100, 29_900)


@pytest.mark.parametrize(
    "verdict",
    [one for one in Verdict if one not in (Verdict.LIGHTER, Verdict.HEAVIER)],
    ids=str,
)
def test_without_a_clear_gain_or_loss_nothing_is_said_of_money(verdict: Verdict):
    change = a_change(before=pool(0, 0, 0, 9), now=pool(0, 0, 9), asked=pool(0, 0, 9), verdict=verdict)

    assert money_of(change, {2: (1, 2), 3: (3, 4)}) is None
    assert money_of(Change(verdict), {2: (1, 2), 3: (3, 4)}) is None


def test_without_a_price_of_a_layer_concerned_nothing_is_said_of_money():
    assert money_of(NEARER, {}) is None
    assert money_of(NEARER, {3: (600, 900)}) is None
    assert money_of(NEARER, {2: (100, 200)}) is None


pools = st.builds(pool, *[st.floats(1, 200)] * 5)
prices = st.fixed_dictionaries({layer: st.tuples(st.integers(0, 900), st.integers(0, 900)) for layer in range(5)})


@given(pools, pools, pools, prices, st.integers(0, 4), st.integers(0, 500))
def test_wider_prices_never_make_the_money_surer(before, now, asked, given, layer, wider):
    pairs = {key: (min(pair), max(pair)) for key, pair in given.items()}
    change = a_change(before=before, now=now, asked=asked)
    one = money_of(change, pairs)
    other = money_of(change, pairs | {layer: (pairs[layer][0] - wider, pairs[layer][1] + wider)})

    assert one
    assert other
    assert other.low <= one.low <= one.high <= other.high
