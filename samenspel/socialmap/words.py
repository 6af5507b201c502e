"""Recurrence rules in plain words, for the rules that people use; others are "op wisselende dagen"."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = frozenset(_DAYS[:5])


def days_in_words(parts: Mapping[str, str], starts_on: date) -> str:
    """The days of a rule (from `engine.calendar.parts_of`), in the language of the reader."""
    every = int(parts.get("INTERVAL", 1))
    if parts["FREQ"] == "DAILY":
        return _daily(parts, every)
    if parts["FREQ"] == "WEEKLY":
        return _with_months(_weekly(parts, every, starts_on), parts)
    if parts["FREQ"] == "MONTHLY":
        return _with_months(_monthly(parts, every, starts_on), parts)
    return _yearly(parts, every, starts_on)


def _daily(parts: Mapping[str, str], every: int) -> str:
    if "BYDAY" in parts:
        return _with_months(_of_the_week(parts["BYDAY"].split(",")), parts)
    if every == 1:
        return _with_months(_("elke dag"), parts)
    return _("om de dag") if every == 2 else _("eens in de %(number)s dagen") % {"number": every}


def _weekly(parts: Mapping[str, str], every: int, starts_on: date) -> str:
    days = parts.get("BYDAY", _DAYS[starts_on.weekday()]).split(",")
    if every == 1:
        return _of_the_week(days)
    if every == 2:
        return _("om de week op %(days)s") % {"days": _and(_named(days))}
    return _("eens in de %(number)s weken op %(days)s") % {"number": every, "days": _and(_named(days))}


def _of_the_week(days: Sequence[str]) -> str:
    if len(set(days)) == len(_DAYS):
        return _("elke dag")
    if set(days) == _WORKDAYS:
        return _("elke werkdag")
    return _("elke %(days)s") % {"days": _and(_named(days))}


def _monthly(parts: Mapping[str, str], every: int, starts_on: date) -> str:
    days = _and(_in_a_month(parts, starts_on))
    if not days:
        return _("op wisselende dagen")
    if every == 1:
        return _("elke %(days)s van de maand") % {"days": days}
    return _("eens in de %(number)s maanden op de %(days)s van de maand") % {"number": every, "days": days}


def _in_a_month(parts: Mapping[str, str], starts_on: date) -> list[str]:
    """["eerste maandag", "derde maandag"] or ["15e"]; empty when it cannot be said simply."""
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        return []
    if "BYDAY" in parts:
        chosen = parts.get("BYSETPOS")
        days = parts["BYDAY"].split(",")
        if chosen and len(days) == 1 and len(days[0]) == 2 and "," not in chosen:
            days = [chosen + days[0]]
        elif chosen:
            return []
        return [_ordinal_day(day) for day in days] if all(len(day) > 2 for day in days) else []
    numbers = parts.get("BYMONTHDAY", str(starts_on.day)).split(",")
    return [_day_of_month(number) for number in numbers]


def _ordinal_day(day: str) -> str:
    ordinals = {
        1: _("eerste"),
        2: _("tweede"),
        3: _("derde"),
        4: _("vierde"),
        5: _("vijfde"),
        -1: _("laatste"),
        -2: _("op één na laatste"),
    }
    number = int(day[:-2])
    ordinal = ordinals.get(number, _("%(number)s na laatste") % {"number": -number})
    return f"{ordinal} {_named([day[-2:]])[0]}"


def _day_of_month(number: str) -> str:
    if number == "-1":
        return _("laatste dag")
    return _("%(number)se dag") % {"number": number}


def _yearly(parts: Mapping[str, str], every: int, starts_on: date) -> str:
    if "BYDAY" in parts or "," in parts.get("BYMONTH", "") + parts.get("BYMONTHDAY", ""):
        return _("op wisselende dagen")
    month = str(MONTHS[int(parts.get("BYMONTH", starts_on.month))])
    day = f"{parts.get('BYMONTHDAY', starts_on.day)} {month}"
    if every == 1:
        return _("elk jaar op %(day)s") % {"day": day}
    return _("eens in de %(number)s jaar op %(day)s") % {"number": every, "day": day}


def _with_months(text: str, parts: Mapping[str, str]) -> str:
    if "BYMONTH" not in parts:
        return text
    months = [str(MONTHS[number]) for number in sorted(map(int, parts["BYMONTH"].split(",")))]
    return _("%(days)s in %(months)s") % {"days": text, "months": _and(months)}


def _named(days: Sequence[str]) -> list[str]:
    return [str(WEEKDAYS[number]) for number, day in enumerate(_DAYS) if day in days]


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
