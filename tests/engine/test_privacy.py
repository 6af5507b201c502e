"""Small numbers: hidden, and not to be worked out from what is shown beside them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.privacy import LEAST, STEP, Guarded, guarded, sum_may_be_told


def largest_possible(shown: Guarded) -> list[int | None]:
    """For each hidden part the largest it may be for who knows all that is shown; None is without end."""
    hidden = [number for number, part in enumerate(shown.parts) if part is None]
    if shown.total is None:
        return [None for _ in hidden]
    left = shown.total + STEP - 1 - sum(part or 0 for part in shown.parts)
    return [left - (len(hidden) - 1) for _ in hidden]


@pytest.mark.parametrize(
    ("parts", "shown", "total"),
    [
        ((), (), 0),
        ((0, 0), (0, 0), 0),
        ((12, 30), (10, 30), 40),
        ((12, 30, 9), (None, 30, None), 50),
        ((5, 6, 0), (None, None, 0), 10),
        ((1, 9), (None, None), None),
        ((3,), (None,), None),
        ((10, 0), (10, 0), 10),
    ],
    ids=["nothing", "zeros", "large", "one small hides the next", "together enough", "too few", "alone", "just enough"],
)
def test_small_parts_are_hidden_with_as_much_as_guards_them(parts, shown, total):
    assert guarded(parts) == Guarded(shown, total)


def test_in_no_small_table_can_a_hidden_number_be_known_to_be_small():
    """Every table of up to three parts from 0 to 12: an attacker who subtracts learns of none that it is small."""
    for length in (1, 2, 3):
        for parts in product(range(13), repeat=length):
            shown = guarded(parts)
            assert all(part is None or part == 0 or part >= LEAST for part in (*shown.parts, shown.total)), parts
            assert all(most is None or most >= LEAST for most in largest_possible(shown)), parts


@given(st.lists(st.integers(0, 200), max_size=12))
def test_a_shown_number_is_true_to_five_and_what_is_hidden_can_be_large(parts: list[int]):
    shown = guarded(parts)

    assert all(told in (None, part - part % STEP) for told, part in zip(shown.parts, parts, strict=True))
    assert shown.total in (None, sum(parts) - sum(parts) % STEP)
    assert all(most is None or most >= LEAST for most in largest_possible(shown))
    assert sum(part is None for part in shown.parts) <= sum(0 < part < LEAST for part in parts) + 1


@given(st.integers(1, 9), st.integers(0, 200))
def test_who_adds_to_a_figure_never_reads_off_exactly_what_others_added(others: int, own: int):
    """Whatever somebody adds, at least one other number of others looks the same."""
    told = guarded([others + own])

    assert any(guarded([other + own]) == told for other in range(LEAST + STEP) if other != others)


@pytest.mark.parametrize(
    ("hidden", "may"), [((), True), ((40,), False), ((1, 9), False), ((2, 9), True), ((1,) * 10, False)]
)
def test_a_sum_is_told_only_when_each_hidden_figure_may_be_large(hidden: tuple[int, ...], may: bool):
    assert sum_may_be_told(hidden) is may
