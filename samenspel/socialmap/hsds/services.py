"""Reading one service or event of a feed into an offering, its times and its confirmations."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.places.importers.report import LineRefused
from samenspel.places.models import Area
from samenspel.socialmap.actions import (
    ConfirmedInFuture,
    confirm_offering,
    confirm_place,
    end_offering,
    mark_available,
    mark_full,
    set_schedules,
)
from samenspel.socialmap.checks import CONFIRMERS, RecurrenceRefused, check_schedules
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.hsds.feed import KEY, ours_of
from samenspel.socialmap.hsds.mapping import day, dicts, offering_facts, text
from samenspel.socialmap.hsds.package import MAX_ID, Entry
from samenspel.socialmap.hsds.profile import Record
from samenspel.socialmap.hsds.reading import OFFERING, ORGANIZATION, PLACE, Reading, Written
from samenspel.socialmap.hsds.times import schedule_facts
from samenspel.socialmap.models import MeetingPlace, Offering

_EXTENT = re.compile(r"[a-z-]+-(?P<year>[0-9]{4})")
_ACTIVE = ("active", "")


def take_service(reading: Reading, entry: Entry) -> Written:
    """Add or change the offering of a record. Raises LineRefused, FactRefused."""
    organization = _organization(reading, entry)
    row: Offering | None = reading.row(OFFERING, entry.key)
    if text(entry.record, "status") not in _ACTIVE:
        return _stop(reading, entry, row)
    before = _came(reading, entry)
    written = reading.write(
        OFFERING,
        entry,
        lambda record: offering_facts(
            record, organization=organization, place=_place(reading, record), areas=_areas(reading, record)
        ),
    )
    if row is not None and row.active_until and row.active_until <= reading.at.astimezone(ZONE).date():
        reading.note(entry, "status", "is er volgens de bron weer, maar is hier gestopt en blijft dat")
    _tell_what_is_elsewhere(reading, entry, written.row)
    _set_times(reading, entry, written, before)
    _set_state(reading, entry, written, before)
    confirm_as_told(reading, entry, dicts(entry.record, "verifications"), written.row)
    return replace(written, other_keys=_at_location_keys(reading, entry))


def confirm_as_told(reading: Reading, entry: Entry, told: list[Record], row: Offering | MeetingPlace) -> None:
    """Add the confirmations of our own profile that are not here yet; others' `assured_date` does not say how.

    One by who is no known function may name a person, and stays out.
    """
    if not told:
        return
    here = set(row.verifications.values_list("confirmed_at", "method", "confirmed_by"))
    for one in told:
        try:
            moment = datetime.fromisoformat(text(one, "confirmed_at"))
            said = {"method": text(one, "method"), "confirmed_by": text(one, "confirmed_by")}
            if moment.tzinfo is None or (moment, said["method"], said["confirmed_by"]) in here:
                continue
            if said["confirmed_by"] not in CONFIRMERS:
                raise FactRefused("confirmed_by", "geen functie die wij kennen")
            stated: dict[str, Any] = {**said, "confirmed_at": moment, "by": reading.by, "at": reading.at}
            confirm_offering(offering=row, **stated) if isinstance(row, Offering) else confirm_place(
                place=row, **stated
            )
        except (ConfirmedInFuture, FactRefused, ValueError):
            reading.note(entry, "verifications", "een bevestiging kan niet en is niet overgenomen")


def _organization(reading: Reading, entry: Entry) -> Organization:
    reading.refuse_withdrawn(entry.owner)
    found: Organization | None = reading.row(ORGANIZATION, entry.owner)
    if found is None:
        raise LineRefused(
            "organization_id", "deze organisatie staat niet in dit bestand, of is er niet uit overgenomen"
        )
    return found


def _stop(reading: Reading, entry: Entry, row: Offering | None) -> Written:
    """End an offering that the feed says is no longer there; one that never was here stays out."""
    if row is None:
        raise LineRefused("status", "is er nu niet (inactive, defunct of temporarily closed); niet overgenomen")
    today = reading.at.astimezone(ZONE).date()
    ours = ours_of(Offering, [row.pk])[row.pk]
    if row.active_until is None or row.active_until > today:
        end_offering(offering=row, on=today, by=reading.by, at=reading.at)
        reading.note(entry, "status", "is er volgens de bron niet meer; hier vandaag gestopt")
    return Written(row, ours, is_new=False)


def _came(reading: Reading, entry: Entry) -> Record | None:
    known = reading.known.get((OFFERING.kind, entry.key))
    return known.remainder.get(KEY, {}).get("came") if known else None


def _place(reading: Reading, record: Record) -> MeetingPlace | None:
    """The first of its locations that is on the map here."""
    found = (reading.row(PLACE, key) for key in map(_location_key, dicts(record, "service_at_locations")))
    return next((place for place in found if place is not None), None)


def _location_key(at_location: Record) -> str:
    nested = at_location.get("location")
    return str(nested.get("id") if isinstance(nested, dict) else at_location.get("location_id"))


def _areas(reading: Reading, record: Record) -> tuple[Area, ...]:
    """The areas that the profile's codes name; of a year that is not here, none."""
    found = []
    for one in dicts(record, "service_areas"):
        extent = _EXTENT.fullmatch(text(one, "extent_type"))
        if extent and (area := reading.areas.get((text(one, "extent"), int(extent["year"])))):
            found.append(area)
    return tuple(found)


def _tell_what_is_elsewhere(reading: Reading, entry: Entry, row: Offering) -> None:
    places = len(dicts(entry.record, "service_at_locations"))
    if places and row.place is None:
        reading.note(entry, "service_at_locations", "de plek ligt niet op onze kaart; het staat er nu als op afstand")
    elif places > 1:
        reading.note(entry, "service_at_locations", f"is op {places} plekken; hier staat de eerste")
    if len(_areas(reading, entry.record)) < len(dicts(entry.record, "service_areas")):
        reading.note(entry, "service_areas", "een gebied kennen wij niet; het blijft bewaard zoals het kwam")


def _set_times(reading: Reading, entry: Entry, written: Written, before: Record | None) -> None:
    """Set the times when they are new or when the feed changed them."""
    today = reading.at.astimezone(ZONE).date()
    lines, unread = schedule_facts(entry.record, today=today)
    possible = [line for line in lines if _is_possible(line)]
    if unread + len(lines) - len(possible):
        reading.note(entry, "schedules", "niet alle tijden passen hier; ze blijven bewaard zoals ze kwamen")
    if lines != (schedule_facts(before, today=today)[0] if before else []):
        set_schedules(offering=written.row, schedules=possible, by=reading.by, at=reading.at)


def _is_possible(line: ScheduleFacts) -> bool:
    try:
        check_schedules([line])
    except RecurrenceRefused:
        return False
    return True


def _set_state(reading: Reading, entry: Entry, written: Written, before: Record | None) -> None:
    """Full or not, and until when: what has actions of its own."""
    stated: dict[str, Any] = {"offering": written.row, "by": reading.by, "at": reading.at}
    full, was_full = _is_full(entry.record), _is_full(before or {})
    if full != was_full:
        mark_full(**stated) if full else mark_available(**stated)
    ends = day(entry.record, "active_until")
    if ends and ends != day(before or {}, "active_until"):
        end_offering(on=ends, **stated)


def _is_full(record: Record) -> bool:
    capacity = record.get("capacity")
    return isinstance(capacity, dict) and capacity.get("is_full") is True


def _at_location_keys(reading: Reading, entry: Entry) -> tuple[str, ...]:
    """The id that the feed gives to the offering at the place that is shown."""
    here = (one for one in dicts(entry.record, "service_at_locations") if reading.row(PLACE, _location_key(one)))
    key = text(next(here, {}), "id")
    return (key,) if key and len(key) <= MAX_ID else ()
