"""Which days a person can state: not one that must still come, and where lateness shows, not one long ago."""

from datetime import date, datetime, timedelta

from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused

LATELY = timedelta(days=30)
"""So far back one can say that something late was done in time: room to write it down after a holiday."""


def check_past(field: str, day: date, at: datetime) -> None:
    """Refuse a day that must still come; raises FactRefused."""
    if day > at.astimezone(ZONE).date():
        raise FactRefused(field, "deze dag moet nog komen")


def check_lately(field: str, day: date, at: datetime) -> None:
    """Refuse a day that must still come or is longer ago than LATELY; raises FactRefused."""
    check_past(field, day, at)
    if day < at.astimezone(ZONE).date() - LATELY:
        raise FactRefused(field, f"deze dag is meer dan {LATELY.days} dagen geleden")
