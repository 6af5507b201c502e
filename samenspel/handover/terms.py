"""By when the team reacts, and until when a question is kept."""

from datetime import date, timedelta

from holidays import country_holidays

DAYS_KEPT = (14, 30, 60)
"""What the resident may choose; the last unless something else is chosen."""


def next_working_day(after: date) -> date:
    """The first day after `after` that is no Saturday, Sunday or Dutch public holiday."""
    day = after + timedelta(days=1)
    free = country_holidays("NL", years=(day.year, day.year + 1))
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day
