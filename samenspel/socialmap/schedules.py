"""When an offering happens: its next dates, and its times in plain words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from samenspel.engine.calendar import ZONE, Occurrence, RecurrenceInvalid, occurrences, parts_of
from samenspel.socialmap.facts import rule_of
from samenspel.socialmap.holidays import DaysOff, days_off, of_region
from samenspel.socialmap.models import Offering, Schedule
from samenspel.socialmap.words import days_in_words

LOOK_AHEAD = timedelta(days=400)
"""A date further away than a year says nothing to a visitor."""
_FIRST_LOOK = timedelta(days=42)

Happening = tuple[Occurrence, Offering]


def occurrences_of(
    offering: Offering, *, start: datetime, end: datetime, off: DaysOff | None = None
) -> list[Occurrence]:
    """When an offering happens from `start` up to `end`, from `active_from` and before `active_until`, pauses left out.

    No query when its schedules are prefetched and `off` is given (`holidays.days_off` of the municipality; once for
    all offerings). Without `off` there is one query, and only for an offering that skips school holidays.
    """
    lines = list(offering.schedules.all())
    if off is None:
        skips = any(line.skips_school_holidays for line in lines)
        off = days_off(offering.municipality) if skips else of_region(None)
    found = occurrences(
        map(rule_of, lines), start=start, end=end, school_holidays=off.school, public_holidays=off.public
    )
    return [one for one in found if _is_there(offering, one.start.date())]


def happening(
    offerings: Iterable[Offering], *, municipality: str, start: datetime, end: datetime
) -> tuple[Happening, ...]:
    """Every occurrence from `start` up to `end`, in order; one query when the schedules are prefetched."""
    off = days_off(municipality)
    found = [
        (one, offering) for offering in offerings for one in occurrences_of(offering, start=start, end=end, off=off)
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].name, pair[1].slug)))


def next_dates(
    offering: Offering, *, at: datetime, count: int = 3, off: DaysOff | None = None
) -> tuple[Occurrence, ...]:
    """The first `count` occurrences from `at`, at most 400 days ahead; queries as `occurrences_of`."""
    near = occurrences_of(offering, start=at, end=at + _FIRST_LOOK, off=off)
    if len(near) < count:
        near = occurrences_of(offering, start=at, end=at + LOOK_AHEAD, off=off)
    return tuple(near[:count])


def _is_there(offering: Offering, day: date) -> bool:
    begun = offering.goes_on_from is None or offering.goes_on_from <= day
    return begun and (offering.active_until is None or day < offering.active_until)


def times_in_words(offering: Offering, *, at: datetime) -> tuple[str, ...]:
    """Every line in one plain sentence part: "elke dinsdag van 10.00 tot 11.30 uur, niet in schoolvakanties".

    Lines that are over are left out; in the language of the reader. No query when schedules are prefetched.
    """
    today = at.astimezone(ZONE).date()
    lines = sorted(offering.schedules.all(), key=lambda line: (line.starts_on, line.starts, line.pk))
    return tuple(in_words(line, today=today) for line in lines if not _is_over(line, today))


def _is_over(line: Schedule, today: date) -> bool:
    last = line.until if line.rrule else line.starts_on
    return last is not None and last < today


def in_words(line: Schedule, *, today: date) -> str:
    """One line of a schedule in plain words."""
    text = _("%(days)s van %(starts)s tot %(ends)s uur") % {
        "days": _days(line),
        "starts": time_format(line.starts, _("H.i")),
        "ends": time_format(line.ends, _("H.i")),
    }
    return ", ".join([text, *_limits(line, today)])


def _days(line: Schedule) -> str:
    if not line.rrule:
        return date_format(line.starts_on, "l j F Y")
    try:
        return days_in_words(parts_of(line.rrule), line.starts_on)
    except RecurrenceInvalid:
        return _("op wisselende dagen")


def _limits(line: Schedule, today: date) -> Iterable[str]:
    if line.rrule and line.starts_on > today:
        yield _("vanaf %(day)s") % {"day": date_format(line.starts_on, "j F Y")}
    if line.rrule and line.until:
        yield _("tot en met %(day)s") % {"day": date_format(line.until, "j F Y")}
    if line.rrule and (skipped := _skipped(line)):
        yield skipped
    if line.note:
        yield line.note


def _skipped(line: Schedule) -> str:
    if line.skips_school_holidays and line.skips_public_holidays:
        return _("niet in schoolvakanties en op feestdagen")
    if line.skips_school_holidays:
        return _("niet in schoolvakanties")
    return _("niet op feestdagen") if line.skips_public_holidays else ""
