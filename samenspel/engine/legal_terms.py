"""When a legal term ends: calendar days and weeks with the rules of the Algemene termijnenwet (Atw).

Not for reminders of our own: those count working days of the office (`handover.terms`).
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from dateutil.easter import easter

SHORT, LEAST_WORKING_DAYS = timedelta(days=3), 2
MOST_WEEKS, MOST_DAYS = 12, 90
"""The Atw is not about longer terms (art. 4)."""


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term, and whether a decree that is not known yet may still move it."""

    ends_on: date
    is_certain: bool


def ends_on(since: date, *, weeks: int = 0, days: int = 0) -> Term:
    """The last day of a term that begins on the day after `since` (Awb 4:13; Atw art. 1 and 2).

    A term that ends on a Saturday, Sunday or holiday runs on to the first day that is none. A term of three days or
    more holds at least two days that are none. A longer term than the Atw is about ends on its day.
    Raises ValueError for a term of no length.
    """
    length = timedelta(weeks=weeks, days=days)
    if length <= timedelta(0):
        raise ValueError("a term is at least a day long")
    last = since + length
    if weeks <= MOST_WEEKS and days <= MOST_DAYS:
        last = _with_working_days(since, last) if length >= SHORT else last
        last = _run_on(last)
    return Term(last, last <= _known_until())


def is_holiday(day: date) -> bool:
    """Whether the Atw counts this day as a generally recognised holiday, or puts it on a par (art. 3)."""
    return day in _holidays(day.year) or day in _designated()


def _works(day: date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def _run_on(day: date) -> date:
    while not _works(day):
        day += timedelta(days=1)
    return day


def _with_working_days(since: date, last: date) -> date:
    """Put off `last` until two days of the term are neither weekend nor holiday (art. 2)."""
    found = sum(_works(since + timedelta(days=ahead)) for ahead in range(1, (last - since).days + 1))
    while found < LEAST_WORKING_DAYS:
        last += timedelta(days=1)
        found += _works(last)
    return last


@cache
def _holidays(year: int) -> frozenset[date]:
    """The holidays of art. 3 lid 1 and 2; 5 May counts every year, Koningsdag is put forward from a Sunday."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
            kings_day - timedelta(days=kings_day.weekday() == 6),
            *(sunday + timedelta(days=after) for after in (-2, 1, 39, 50)),
        }
    )


@cache
def _data() -> dict[str, object]:
    return tomllib.loads((Path(__file__).parent / "legal_days.toml").read_text("utf-8"))


@cache
def _designated() -> frozenset[date]:
    days = _data()["designated"]
    assert isinstance(days, list)
    return frozenset(days)


def _known_until() -> date:
    until = _data()["known_until"]
    assert isinstance(until, date)
    return until
