"""The last gate: a small count never leaves, nor a total that tells of one, and the rest leaves as it is."""

from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.privacy import LEAST, guarded
from samenspel.strength.statistics import as_data
from samenspel.strength.suppression import Row, gated, sums
from tests.strength.attack import ENDLESS, intervals, smallest_of_largest

figures = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def rows(total: float | None, *parts: float | None, split: str = "area") -> list[Row]:
    """A total and its parts, as they would be told."""
    whole = Row(measure="unmet", period="2026Q3", area="GM9901", area_name="", value=total, is_count=True)
    whole = whole if total is not None else hidden(whole)
    found = [whole]
    for number, value in enumerate(parts):
        part = Row(
            measure="unmet", period="2026Q3", area=f"WK{number}", area_name="", value=value, is_hidden=value is None,
            adds_to=whole.id, split=split, is_count=True,
        )  # fmt: skip
        found.append(part)
    return found


def hidden(row: Row) -> Row:
    return Row(measure=row.measure, period=row.period, area=row.area, area_name="", is_hidden=True, is_count=True)


def values(told: "tuple[Row, ...]") -> list[float | None]:
    return [row.value for row in told]


def test_a_small_count_is_hidden_and_with_it_the_total_that_would_tell_it():
    assert values(gated(rows(20, 15, 5))) == [None, 15, None]


def test_a_count_that_is_not_rounded_is_hidden():
    assert values(gated(rows(None, 12, 15))) == [None, None, 15]


def test_the_only_hidden_part_of_a_total_hides_the_total():
    assert values(gated(rows(40, 15, None, 10))) == [None, 15, None, 10]


def test_a_total_stays_where_its_hidden_parts_may_be_large():
    assert values(gated(rows(60, 15, None, None))) == [60, 15, None, None]


def test_hidden_parts_that_must_be_small_hide_the_total():
    assert values(gated(rows(20, 15, None, None))) == [None, 15, None, None]


def test_a_total_that_is_hidden_hides_the_total_it_is_a_part_of():
    number = Row(measure="shift_asked", period="2026Q3", area="GM9901", area_name="", value=60, is_count=True)
    layers = [number._replace(part=f"layer-{layer}", value=20, adds_to=number.id, split="layer") for layer in range(3)]
    areas = [
        layers[1]._replace(area=f"WK{area}", value=value, is_hidden=value is None, adds_to=layers[1].id, split="area")
        for area, value in enumerate((15, None))
    ]
    told = gated([number, *layers, *areas])

    assert values(told) == [None, 20, None, 20, 15, None]
    assert smallest_of_largest([as_data(row) for row in told]) >= LEAST


def test_themes_may_leave_a_rest_so_one_hidden_theme_tells_less():
    assert values(gated(rows(60, 15, None, split="theme"))) == [60, 15, None]
    assert values(gated(rows(20, 15, None, split="theme"))) == [None, 15, None]


def test_what_counts_no_people_stays_as_it_is():
    row = Row(measure="block_amount", period="2026-11-22", area="WK1", area_name="", value=3.4)
    assert gated([row]) == (row,)


def test_sums_tell_what_adds_up_to_what():
    (found,) = sums(rows(40, 15, 25))
    assert (found.total.area, [part.value for part in found.parts]) == ("GM9901", [15, 25])


@given(figures)
def test_what_is_guarded_already_passes_unchanged(parts: list[int]):
    told = guarded(parts)
    given_rows = rows(told.total, *told.parts)
    assert list(gated(given_rows)) == given_rows


@given(figures)
def test_after_the_gate_no_hidden_count_can_be_pinned_even_when_nothing_was_guarded(parts: list[int]):
    told = [
        as_data(row)
        for row in gated(rows(sum(parts) // 5 * 5, *(part // 5 * 5 if part >= 5 else part for part in parts)))
    ]
    assert smallest_of_largest(told) >= LEAST


def test_the_attack_finds_a_count_that_nothing_guards():
    told = [as_data(row) for row in rows(20, 15, None)]
    assert [(one.least, one.most) for one in intervals(told)] == [(1, 9)]


def test_the_attack_finds_nothing_where_nothing_is_told():
    told = [as_data(row) for row in rows(None, None, None)]
    assert {one.most for one in intervals(told)} >= {ENDLESS}
