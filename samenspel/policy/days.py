"""Which days a person can state: of what was done not one to come or long ago, of what is to be done not one past."""

from datetime import date, datetime, timedelta

from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused

LATELY = timedelta(days=30)
"""So far back one can say that something late was done in time: room to write it down after a holiday."""
YEARS_AHEAD = 10
"""So far ahead a day can be promised; later is a slip of the pen."""


def check_past(field: str, day: date, at: datetime) -> None:
    """Refuse a day that must still come; raises FactRefused."""
    if day > at.astimezone(ZONE).date():
        raise FactRefused(field, "deze dag moet nog komen")


def check_lately(field: str, day: date, at: datetime) -> None:
    """Refuse a day that must still come or is longer ago than LATELY; raises FactRefused."""
    check_past(field, day, at)
    if day < at.astimezone(ZONE).date() - LATELY:
        raise FactRefused(field, f"deze dag is meer dan {LATELY.days} dagen geleden")


def check_coming(field: str, day: date, at: datetime) -> None:
    """Refuse a day before today or too far ahead (`check_not_far`); raises FactRefused."""
    if day < at.astimezone(ZONE).date():
        raise FactRefused(field, "deze dag is al voorbij: kies vandaag of een latere dag")
    check_not_far(field, day, at)


def check_not_far(field: str, day: date, at: datetime) -> None:
    """Refuse a day more than YEARS_AHEAD years ahead; raises FactRefused."""
    today = at.astimezone(ZONE).date()
    if (day.year - YEARS_AHEAD, day.month, day.day) > (today.year, today.month, today.day):
        raise FactRefused(field, f"deze dag is meer dan {YEARS_AHEAD} jaar vooruit")
