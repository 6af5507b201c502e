"""By when the team reacts, and until when a question is kept."""

from datetime import date, timedelta

from holidays import country_holidays

DAYS_KEPT = (14, 30, 60)
"""What the resident may choose; the last unless something else is chosen."""


def next_working_day(after: date) -> date:
    """The first day after `after` that is no Saturday, Sunday or Dutch public holiday."""
    return working_days_after(after, 1)


def working_days_after(day: date, number: int) -> date:
    """The day that lies `number` working days after `day`."""
    return _step(day, number, timedelta(days=1))


def working_days_before(day: date, number: int) -> date:
    """The day that lies `number` working days before `day`."""
    return _step(day, number, timedelta(days=-1))


def _step(day: date, number: int, step: timedelta) -> date:
    free = country_holidays("NL", years=(day.year - 1, day.year, day.year + 1))
    while number:
        day += step
        number -= day.weekday() < 5 and day not in free
    return day
