"""The table of unmet needs: whole quarters and years, and no small number to read or to work out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.privacy import LEAST, STEP
from samenspel.outcomes.models import UnmetNeed
from samenspel.outcomes.periods import finished, quarter_of_weeks, quarter_with, quarters_of, year_of_weeks
from samenspel.outcomes.unmet import UnmetRow, in_year, periods_of, unmet_needs
from tests.outcomes.rows import FULL, NOTHING, SUMMER, UNCLEAR, a_count
from tests.people.rows import ELSEWHERE, GM, an_area

THIRD = quarter_of_weeks(2026, 3)
ALL_OF_2026 = year_of_weeks(2026)
WEEK = timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_week_lies_in_one_quarter_and_one_year(day: date):
    monday = day - timedelta(days=day.weekday())
    quarter = quarter_with(day)

    assert quarter.begins <= monday < quarter.ends
    assert quarter in quarters_of(quarter.year)
    assert quarter.begins.weekday() == quarter.ends.weekday() == 0
    assert [one.begins for one in quarters_of(day.year)[1:]] == [one.ends for one in quarters_of(day.year)[:-1]]
    assert (quarters_of(day.year)[0].begins, quarters_of(day.year)[3].ends) == (
        year_of_weeks(day.year).begins,
        year_of_weeks(day.year + 1).begins,
    )


def test_only_what_is_over_can_be_told():
    first = date(2025, 8, 4)

    assert [one.key for one in finished(first, date(2026, 10, 4))] == ["2026-2", "2026-1", "2025", "2025-4", "2025-3"]
    assert next(finished(first, date(2026, 10, 5))).key == "2026-3"


@pytest.mark.django_db
def test_periods_begin_with_the_first_count_of_the_municipality():
    a_count(40, week=date(2024, 1, 1), municipality=ELSEWHERE)

    assert periods_of(GM, at=datetime(2026, 11, 22, tzinfo=UTC)) == ()
    a_count(40)
    assert [one.label for one in periods_of(GM, at=datetime(2026, 11, 22, tzinfo=UTC))] == ["Derde kwartaal 2026"]


@pytest.mark.django_db
def test_a_quarter_adds_its_weeks_and_names_areas_needs_and_reasons():
    an_area("WK990101", "district", name="Wijk 01 Dorp")
    for number in range(3):
        a_count(10, week=SUMMER + number * WEEK)
    a_count(12, area="WK-GONE")
    a_count(11, need="coffee", why=FULL, area=GM)
    a_count(50, need="", why=UNCLEAR)
    a_count(90, week=THIRD.ends)
    a_count(90, week=THIRD.begins - WEEK)
    a_count(90, municipality=ELSEWHERE)

    table = unmet_needs(GM, THIRD)

    assert table.areas == ("Dorp", "WK-GONE", "Plaats niet genoemd")
    assert table.rows == (
        UnmetRow("", "Vraag niet begrepen", "", (50, 0, 0), 50),
        UnmetRow("eat_together", "samen eten", "niets in de buurt", (30, 10, 0), 40),
        UnmetRow("coffee", "koffie en inloop", "alles vol", (0, 0, 10), 10),
    )


@pytest.mark.django_db
def test_a_need_that_left_the_vocabulary_keeps_its_count():
    a_count(14, need="fax_machines")

    assert unmet_needs(GM, THIRD).rows[0].label == "fax_machines"


@pytest.mark.django_db
def test_a_small_number_is_hidden_and_guarded():
    a_count(4, area="WK990101")
    a_count(20, area="WK990102")
    a_count(30, area="WK990103")

    (row,) = unmet_needs(GM, THIRD).rows

    assert (row.areas, row.total) == ((None, None, 30), 50)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quarters", "total"),
    [
        ((20, 30, 40, 50), 140),
        ((20, 30, 40, 5), None),
        ((20, 30, 6, 6), 60),
        ((3, 3, 3, 2), None),
        ((20, 0, 0, 0), 20),
    ],
    ids=["all shown", "one hidden", "two hidden", "all small", "one quarter"],
)
def test_a_year_is_told_when_no_hidden_quarter_follows_from_it(quarters: tuple[int, ...], total: int | None):
    for period, times in zip(quarters_of(2026), quarters, strict=True):
        if times:
            a_count(times, week=period.begins)

    table = unmet_needs(GM, ALL_OF_2026)

    assert table.areas == ()
    assert [(row.areas, row.total) for row in table.rows] == [((), total)]


counts = st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=4, max_size=4)


@pytest.mark.django_db
def test_who_subtracts_all_that_is_told_finds_no_small_number():
    """For each hidden figure another truth with the same tables exists in which it is 10 or more."""

    @settings(deadline=None, max_examples=40)
    @given(counts)
    def attack(by_quarter: list[list[int]]) -> None:
        UnmetNeed.objects.all().delete()
        for period, row in zip(quarters_of(2026), by_quarter, strict=True):
            for number, times in enumerate(row):
                if times:
                    a_count(times, week=period.begins, area=f"WK99010{number}", why=NOTHING)
        told = [unmet_needs(GM, period).rows for period in quarters_of(2026)]
        year = unmet_needs(GM, ALL_OF_2026).rows
        spread = [_most(rows[0]) for rows in told if rows]
        assert all(most is None or most >= LEAST for most in spread)
        if year and year[0].total is not None:
            hidden = [sum(row) for row, rows in zip(by_quarter, told, strict=True) if rows and rows[0].total is None]
            left = year[0].total + STEP - 1 - sum(rows[0].total or 0 for rows in told if rows)
            assert sum(hidden) <= left
            assert not hidden or left - (len(hidden) - 1) >= LEAST
            assert len(hidden) != 1

    attack()


def _most(row: UnmetRow) -> int | None:
    """The largest that a hidden figure of a row may be for who knows the rest; None when that is without end."""
    hidden = sum(figure is None for figure in row.areas)
    if not hidden or row.total is None:
        return None
    return row.total + STEP - 1 - sum(figure or 0 for figure in row.areas) - (hidden - 1)


def test_a_year_of_many_single_counts_is_not_told():
    """14 wijken with 1 in every quarter: 56 hidden parts that are told to be 55 together are each less than LEAST."""
    assert in_year([(1,) * 14] * 4) is None
    assert in_year([(9,) * 14] * 4) is not None
