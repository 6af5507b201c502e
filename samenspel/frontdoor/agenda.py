"""What happens as a calendar feed (RFC 5545): subscribe once, and a calendar on a phone follows every change."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from samenspel.engine.calendar import Occurrence
from samenspel.socialmap.models import Offering
from samenspel.socialmap.schedules import Happening

AHEAD = timedelta(days=56)
"""How far a feed looks ahead; calendars fetch it again and again."""
REFRESH = timedelta(hours=12)
_MAX_AGE = 3600


def feed(happenings: Iterable[Happening], *, name: str, at: datetime) -> HttpResponse:
    """Answer with the happenings as `text/calendar`, by the clock of Amsterdam.

    An event keeps its UID for as long as it stays on its day and hour, so a calendar never shows it twice.
    """
    calendar = Calendar.new(name=name, language="nl", refresh_interval=REFRESH, prodid="-//Samenspel//NL")
    for occurrence, offering in happenings:
        calendar.add_component(_event(occurrence, offering, at))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_MAX_AGE}"
    return response


def _event(occurrence: Occurrence, offering: Offering, at: datetime) -> Event:
    return Event.new(
        uid=f"{offering.pk}-{occurrence.start:%Y%m%dT%H%M}@samenspel",
        stamp=at,
        start=occurrence.start,
        end=occurrence.end,
        summary=offering.name,
        description=offering.summary,
        location=_where(offering) or None,
        url=settings.ADDRESS + reverse("frontdoor:offering", kwargs={"slug": offering.slug}),
    )


def _where(offering: Offering) -> str:
    place = offering.place
    if place is None:
        return ""
    street = f"{place.street} {place.house_number}".strip()
    return ", ".join(part for part in (place.name, street, place.city) if part)
