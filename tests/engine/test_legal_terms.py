"""Terms of law against a slow reading of the Algemene termijnenwet, and against days that anyone can look up."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.legal_terms import ends_on, is_holiday

DAYS = st.dates(date(2023, 1, 1), date(2028, 6, 1))


@pytest.mark.parametrize(
    ("since", "term", "last"),
    [
        (date(2026, 11, 21), {"weeks": 6}, date(2027, 1, 4)),  # six weeks end on Saturday 2 January
        (date(2026, 3, 24), {"weeks": 6}, date(2026, 5, 6)),  # 5 May, in a year in which few are free
        (date(2026, 4, 3), {"weeks": 6}, date(2026, 5, 18)),  # Friday 15 May, designated by decree
        (date(2026, 12, 23), {"days": 3}, date(2026, 12, 28)),  # one working day alone among Christmas
        (date(2026, 4, 2), {"days": 3}, date(2026, 4, 8)),  # Good Friday, weekend, Easter Monday
        (date(2026, 11, 23), {"days": 2}, date(2026, 11, 25)),
        (date(2026, 1, 5), {"weeks": 13}, date(2026, 4, 6)),  # more than twelve weeks: ends on Easter Monday
    ],
    ids=["weekend", "5 May", "designated", "Christmas", "Easter", "plain", "long"],
)
def test_a_term_ends_where_the_law_lets_it_end(since: date, term: dict[str, int], last: date):
    assert ends_on(since, **term).ends_on == last


@settings(deadline=None)
@given(DAYS, st.integers(1, 90))
def test_it_never_ends_early_on_a_free_day_or_without_two_working_days(since: date, length: int):
    last = ends_on(since, days=length).ends_on
    working = [
        day
        for ahead in range(1, (last - since).days + 1)
        if (day := since + timedelta(days=ahead)).weekday() < 5 and not is_holiday(day)
    ]
    assert last in working
    assert length < 3 or len(working) >= 2
    shorter = [day for day in working if day != last and (day - since).days >= length]
    assert not shorter or len([day for day in working if day <= shorter[0]]) < 2  # nothing nearer would have done


@settings(deadline=None)
@given(DAYS)
def test_every_holiday_of_the_library_counts_except_the_sundays_and_5_may_counts_beside_it(day: date):
    library = country_holidays("NL", years=day.year)
    assert day.weekday() == 6 or day not in library or is_holiday(day)
    assert is_holiday(date(day.year, 5, 5))


def test_a_term_beyond_the_decrees_that_are_known_is_an_expectation():
    assert ends_on(date(2028, 12, 1), weeks=4).is_certain
    assert not ends_on(date(2028, 12, 20), weeks=4).is_certain


def test_a_term_has_a_length():
    with pytest.raises(ValueError, match="at least a day"):
        ends_on(date(2026, 1, 1))
