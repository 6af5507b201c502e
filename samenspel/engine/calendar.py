"""When something happens: recurrence rules (RFC 5545) on the wall clock of the Netherlands.

A rule names days; the hour belongs to the clock on the wall, so "Tuesday 10:00" stays 10:00 when summer time begins.
Days that are skipped (exceptions, school holidays, public holidays) count for COUNT as RFC 5545 lets EXDATE count.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

ZONE = ZoneInfo("Europe/Amsterdam")

MAX_COUNT = 500
MAX_YEARS = 30
"""A rule that would run longer than a generation is a typing error."""
LOOK_FOR_A_DAY = timedelta(days=8 * 366)
"""A rule without a day in 8 years (29 February comes back within 8) has none at all."""

_WEEKDAY = r"(MO|TU|WE|TH|FR|SA|SU)"
_ORDINAL = r"[+-]?[1-5]"
_DAY_OF_MONTH = r"-?([1-9]|[12]\d|3[01])"
_MONTH = r"([1-9]|1[0-2])"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]|[1-4]\d|5[0-2]",
    "BYDAY": rf"({_ORDINAL})?{_WEEKDAY}(,({_ORDINAL})?{_WEEKDAY})*",
    "BYMONTHDAY": rf"{_DAY_OF_MONTH}(,{_DAY_OF_MONTH})*",
    "BYMONTH": rf"{_MONTH}(,{_MONTH})*",
    "BYSETPOS": rf"{_ORDINAL}(,{_ORDINAL})*",
    "WKST": _WEEKDAY,
    "COUNT": r"[1-9]\d{0,4}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
}
"""The parts of a rule that name days. Hours, minutes and seconds do not: the times stand beside the rule."""

_TOGETHER = (
    ("COUNT", "UNTIL", "geef een aantal keer of een laatste dag, niet allebei"),
    ("BYSETPOS", "BYMONTHDAY", "BYSETPOS kiest uit dagen van de week, niet uit dagen van de maand"),
)
"""Parts that do not go together. These refusals, with those in `_check_parts`, keep out rules without any day: dateutil
would look for one up to the year 9999, which takes seconds."""


class RecurrenceInvalid(ValueError):
    """A recurrence rule cannot be read or goes too far; the message (Dutch) says what is wrong."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a schedule; `rrule` is empty for one event on `starts_on`, `until` is the last possible day."""

    starts_on: date
    starts: time
    ends: time
    rrule: str = ""
    until: date | None = None
    skips_school_holidays: bool = False
    skips_public_holidays: bool = False
    exdates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that it happens; both moments carry the zone Europe/Amsterdam."""

    start: datetime
    end: datetime


def occurrences(
    rules: Iterable[Rule],
    *,
    start: datetime,
    end: datetime,
    school_holidays: Sequence[Period] = (),
    public_holidays: Collection[date] = (),
) -> list[Occurrence]:
    """Every occurrence that begins from `start` up to but not on `end` (both aware), in order, each once.

    Raises RecurrenceInvalid for a rule that `parts_of` refuses.
    """
    first, last = start.astimezone(ZONE).date(), end.astimezone(ZONE).date()
    found = {
        _on(day, rule)
        for rule in rules
        for day in _days(rule, first, last)
        if not _is_skipped(day, rule, school_holidays, public_holidays)
    }
    return sorted(one for one in found if start <= one.start < end)


def check_rule(rule: Rule) -> None:
    """Refuse a rule that is written wrongly, runs too long or has no day at all; raises RecurrenceInvalid."""
    parts = parts_of(rule.rrule) if rule.rrule else {}
    last = _last_day(rule, parts)
    limit = rule.starts_on + timedelta(days=366 * MAX_YEARS)
    if last is not None and last > limit:
        raise RecurrenceInvalid(f"de herhaling loopt langer dan {MAX_YEARS} jaar door")
    if next(_days(rule, rule.starts_on, rule.starts_on + LOOK_FOR_A_DAY), None) is None:
        raise RecurrenceInvalid("met deze herhaling is er geen enkele dag")


@lru_cache(maxsize=4096)
def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule by name, in capitals; raises RecurrenceInvalid."""
    parts: dict[str, str] = {}
    for part in text.upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise RecurrenceInvalid(f"'{name[:20]}' kan niet in een herhaling staan")
        if name in parts:
            raise RecurrenceInvalid(f"{name} staat er twee keer")
        if not re.fullmatch(_PARTS[name], value, flags=re.ASCII):
            raise RecurrenceInvalid(f"{name} kan niet '{value[:20]}' zijn")
        parts[name] = value
    _check_parts(parts)
    return parts


def _check_parts(parts: dict[str, str]) -> None:
    if "FREQ" not in parts:
        raise RecurrenceInvalid("FREQ ontbreekt: zeg of het elke dag, week, maand of elk jaar is")
    for one, other, reason in _TOGETHER:
        if one in parts and other in parts:
            raise RecurrenceInvalid(reason)
    if int(parts.get("COUNT", 0)) > MAX_COUNT:
        raise RecurrenceInvalid(f"COUNT is hoogstens {MAX_COUNT}")
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        _check_short(parts)
    elif not _months_have_days(parts):
        raise RecurrenceInvalid("die dag van de maand bestaat niet in die maand")
    try:
        _days_of_a_rule(_without_end(parts))
        _until(parts)
    except ValueError as error:
        raise RecurrenceInvalid("een dag, maand of datum in de herhaling bestaat niet") from error


def _check_short(parts: dict[str, str]) -> None:
    """Days and weeks: no ordinals, and a choice of days only when every day or week counts."""
    if "BYMONTHDAY" in parts or "BYSETPOS" in parts or re.search(r"\d", parts.get("BYDAY", "")):
        raise RecurrenceInvalid("de zoveelste dag hoort bij elke maand of elk jaar (FREQ=MONTHLY of YEARLY)")
    chooses = {"DAILY": ("BYDAY", "BYMONTH"), "WEEKLY": ("BYMONTH",)}[parts["FREQ"]]
    if parts.get("INTERVAL", "1") != "1" and any(name in parts for name in chooses):
        raise RecurrenceInvalid(f"INTERVAL en {' of '.join(chooses)} gaan hier niet samen")


def _months_have_days(parts: dict[str, str]) -> bool:
    if "BYMONTH" not in parts or "BYMONTHDAY" not in parts:
        return True
    longest = max(monthrange(2024, int(month))[1] for month in parts["BYMONTH"].split(","))
    return any(abs(int(day)) <= longest for day in parts["BYMONTHDAY"].split(","))


def _without_end(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")


@lru_cache(maxsize=4096)
def _days_of_a_rule(text: str) -> rrule:
    found = rrulestr(text, dtstart=datetime(2024, 1, 1))  # noqa: DTZ001  days only; the zone comes with the hour
    if not isinstance(found, rrule):
        raise ValueError("not one rule")
    return found


def _until(parts: dict[str, str]) -> date | None:
    return date.fromisoformat(parts["UNTIL"][:8]) if "UNTIL" in parts else None


def _last_day(rule: Rule, parts: dict[str, str]) -> date | None:
    return min((day for day in (rule.until, _until(parts)) if day is not None), default=None)


def _days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of a rule from `first` to `last`, both included, before anything is skipped."""
    if not rule.rrule:
        if first <= rule.starts_on <= last:
            yield rule.starts_on
        return
    parts = parts_of(rule.rrule)
    stop = min(day for day in (last, _last_day(rule, parts)) if day is not None)
    days = _days_of_a_rule(_without_end(parts))
    begin = _jump(rule, parts, first)
    for moment in days.replace(dtstart=datetime.combine(begin, time.min)):
        if moment.date() > stop:
            return
        if moment.date() >= first:
            yield moment.date()


def _jump(rule: Rule, parts: dict[str, str], first: date) -> date:
    """The last day in step with the rule that is not after `first`, so that a rule of long ago costs no time."""
    step = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", 1))
    if not step or "COUNT" in parts or first <= rule.starts_on:
        return rule.starts_on
    return rule.starts_on + timedelta(days=(first - rule.starts_on).days // step * step)


def _is_skipped(day: date, rule: Rule, school_holidays: Sequence[Period], public_holidays: Collection[date]) -> bool:
    if day in rule.exdates:
        return True
    if rule.skips_public_holidays and day in public_holidays:
        return True
    return rule.skips_school_holidays and any(period.first <= day <= period.last for period in school_holidays)


def _on(day: date, rule: Rule) -> Occurrence:
    return Occurrence(_moment(day, rule.starts), _moment(day, rule.ends))


def _moment(day: date, clock: time) -> datetime:
    """The moment at which the clock shows it; in the hour that summer time skips, the clock shows one hour later."""
    return datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC).astimezone(ZONE)
