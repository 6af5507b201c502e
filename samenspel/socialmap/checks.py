"""Checks of what an editor states: known words, recurrence rules, rooms; each error names the field."""

import re
from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from samenspel.engine.calendar import RecurrenceInvalid, check_rule
from samenspel.people.checks import (
    MAX_NOTE,
    FactRefused,
    check_hours,
    check_phone,
    check_same_municipality,
)
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts, rule_of
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import Audience, Theme

MAX_SCHEDULES = 30
MAX_EXCEPTIONS = 400
MAX_KEYS = 25
MAX_ROOMS = 50
_NUMBERS = {"minimum_age": 130, "maximum_age": 130, "cost_cents": 1_000_000, "capacity": 30_000}
"""The most that each number can be; none is below 0."""
FUNCTIONS = (
    "contactpersoon",
    "bestuurslid",
    "voorzitter",
    "secretaris",
    "penningmeester",
    "coördinator",
    "begeleider",
    "vrijwilliger",
    "medewerker",
    "eigenaar",
)
"""Who of a group confirms: a function, never a name."""
CONFIRMERS = frozenset({*FUNCTIONS, "verbinder", "preventiewerker", "gastheer", "gastvrouw", "beheerder"})
"""Whose confirmation a file can bring: also who works in the area or at the place."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class UnknownKey(FactRefused):
    """A need, theme, audience or language that the vocabulary does not have."""


class RecurrenceRefused(FactRefused):
    """A line of the schedule cannot be: a rule that is wrong, hostile, endless or without any day."""


class RoomsRefused(FactRefused):
    """Rooms are not in the form of `MeetingPlace.rooms`."""


def check_offering(facts: OfferingFacts, municipality: str) -> None:
    """Check what the columns cannot; raises FactRefused."""
    check_same_municipality(municipality, organization=facts.organization, place=facts.place)
    for area in facts.serves:
        check_same_municipality(municipality, serves=area)
    _check_keys("themes", facts.themes, Theme.values)
    _check_keys("audiences", facts.audiences, Audience.values)
    _check_keys("needs", facts.needs, vocabulary().needs)
    _check_languages(facts.languages)
    _check_numbers(facts)
    check_phone("phone", facts.phone)


def check_place(facts: PlaceFacts, municipality: str) -> None:
    """Check what the columns cannot; raises FactRefused."""
    check_same_municipality(municipality, host=facts.host)
    if not (isfinite(facts.latitude) and isfinite(facts.longitude)):
        raise FactRefused("latitude", _("dit is geen punt op de kaart"))
    check_hours("hours", facts.hours)
    check_phone("phone", facts.phone)
    _check_rooms(facts.rooms)


def check_schedules(schedules: Sequence[ScheduleFacts]) -> None:
    """Check every line; raises RecurrenceRefused, whose field names the line: "schedules.2.rrule"."""
    if len(schedules) > MAX_SCHEDULES:
        raise RecurrenceRefused("schedules", _("dit zijn meer dan %(most)s regels") % {"most": MAX_SCHEDULES})
    for number, line in enumerate(schedules, 1):
        _check_schedule(line, f"schedules.{number}")


def _check_schedule(line: ScheduleFacts, place: str) -> None:
    if line.starts >= line.ends:
        raise RecurrenceRefused(f"{place}.ends", _("het eindigt voordat het begint"))
    if line.until is not None and line.until < line.starts_on:
        raise RecurrenceRefused(f"{place}.until", _("de laatste dag ligt voor de eerste"))
    if len(line.exdates) > MAX_EXCEPTIONS:
        raise RecurrenceRefused(f"{place}.exdates", _("dit zijn te veel uitzonderingen"))
    try:
        rule = rule_of(line)
    except (TypeError, ValueError) as error:
        raise RecurrenceRefused(f"{place}.exdates", _("schrijf een datum als 2026-12-25")) from error
    try:
        check_rule(rule)
    except RecurrenceInvalid as error:
        raise RecurrenceRefused(f"{place}.rrule", str(error)) from error


def _check_keys(field: str, keys: Any, known: Collection[str]) -> None:
    if not isinstance(keys, list) or len(keys) > MAX_KEYS:
        raise UnknownKey(field, _("dit is geen korte lijst van woorden"))
    for key in keys:
        if not isinstance(key, str) or key not in known:
            raise UnknownKey(field, _("'%(key)s' kennen wij niet") % {"key": str(key)[:40]})
    if len(set(keys)) != len(keys):
        raise UnknownKey(field, _("een woord staat er twee keer"))


def _check_languages(languages: Any) -> None:
    if not isinstance(languages, list) or not all(
        isinstance(one, str) and _LANGUAGE.fullmatch(one) for one in languages
    ):
        raise UnknownKey("languages", _("schrijf een taal als nl, en of ar"))
    _check_keys("languages", languages, languages)


def _check_numbers(facts: OfferingFacts) -> None:
    for field, most in _NUMBERS.items():
        number = getattr(facts, field)
        if number is not None and not (type(number) is int and 0 <= number <= most):
            raise FactRefused(field, _("geef een heel getal van 0 tot en met %(most)s") % {"most": most})


def _check_rooms(rooms: Any) -> None:
    if not isinstance(rooms, list) or len(rooms) > MAX_ROOMS:
        raise RoomsRefused("rooms", _("dit is geen lijst van zalen"))
    for number, room in enumerate(rooms, 1):
        if not _is_room(room):
            raise RoomsRefused("rooms", _("regel %(number)s: geef name en capacity (een getal)") % {"number": number})


def _is_room(room: Any) -> bool:
    if not isinstance(room, Mapping) or not {"name"} <= set(room) <= {"name", "capacity"}:
        return False
    name, capacity = room["name"], room.get("capacity", 1)
    named = isinstance(name, str) and bool(name.strip()) and len(name) <= MAX_NOTE
    return named and type(capacity) is int and 0 < capacity < 100_000
