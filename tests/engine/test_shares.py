"""Intervals of shares, beside the examples of their source and a library that is not used for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from samenspel.engine.shares import Share, combined


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
    ids=["large", "small", "one is none", "all and none", "all and none of ten"],
)
def test_a_difference_is_as_in_table_two_of_newcombe(one, other, low, high):
    found = combined([Share(*one)], [Share(*other)])

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500), st.floats(0, 1))
def test_one_share_has_the_interval_of_wilson(number: int, part: float):
    share = Share(int(part * number), number)
    peer = binomtest(int(part * number), number).proportion_ci(method="wilson")

    assert share.value - share.below == pytest.approx(peer.low, abs=1e-6)
    assert share.value + share.above == pytest.approx(peer.high, abs=1e-6)


shares = st.builds(lambda of, part: Share(of * part, of), st.floats(1, 500), st.floats(0, 1))


@given(shares, shares, shares, shares, st.floats(0, 50))
def test_what_is_rounded_is_never_surer_and_sides_mirror(one, two, three, four, blur):
    sharp = combined([one, two], [three, four])
    blurred = combined([Share(one.part, one.of, blur), two], [three, four])
    turned = combined([three, four], [one, two])

    assert blurred.low <= sharp.low <= sharp.value <= sharp.high <= blurred.high
    assert (turned.low, turned.high) == pytest.approx((-sharp.high, -sharp.low))
