"""Quarters and years of whole weeks (a week belongs to where its Monday is), and the quarter of the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samenspel.engine.calendar import ZONE


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter (1-4) of a year, or the whole year (0); from the Monday `begins` up to the Monday `ends`."""

    year: int
    quarter: int
    begins: date
    ends: date

    @property
    def key(self) -> str:
        return f"{self.year}-{self.quarter}" if self.quarter else str(self.year)

    @property
    def label(self) -> str:
        return f"{_NUMBERED[self.quarter]} kwartaal {self.year}" if self.quarter else f"Heel {self.year}"

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


_NUMBERED = ("", "Eerste", "Tweede", "Derde", "Vierde")


def quarter_of_weeks(year: int, quarter: int) -> Period:
    return Period(year, quarter, _first_monday(year, 3 * quarter - 2), _first_monday(year, 3 * quarter + 1))


def year_of_weeks(year: int) -> Period:
    return Period(year, 0, _first_monday(year, 1), _first_monday(year + 1, 1))


def quarters_of(year: int) -> tuple[Period, ...]:
    return tuple(quarter_of_weeks(year, quarter) for quarter in (1, 2, 3, 4))


def quarter_with(day: date) -> Period:
    """The quarter that the week of a day belongs to."""
    monday = day - timedelta(days=day.weekday())
    return quarter_of_weeks(monday.year, (monday.month + 2) // 3)


def finished(first: date, today: date) -> Iterator[Period]:
    """The quarters and years that are over, newest first, back to the one in which the week `first` lies."""
    for year in range(today.year, first.year - 1, -1):
        for period in (year_of_weeks(year), *reversed(quarters_of(year))):
            if first < period.ends <= today:
                yield period


def quarter_of(at: datetime) -> str:
    """The quarter of the calendar of a moment: "2026Q4"."""
    day = at.astimezone(ZONE).date()
    return f"{day.year}Q{(day.month + 2) // 3}"


def _first_monday(year: int, month: int) -> date:
    """The first Monday of a month; month 13 is the January after."""
    first = date(year + month // 13, (month - 1) % 12 + 1, 1)
    return first + timedelta(days=-first.weekday() % 7)
