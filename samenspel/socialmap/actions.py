"""What is done with offerings and meeting places. Every change tells the search index; only `confirm_…` confirms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, free_slug, whole_postcode
from samenspel.people.facts import differences, lock, names, state
from samenspel.places.lookup import Locator
from samenspel.places.models import Area
from samenspel.socialmap.changes import note_change, note_changes
from samenspel.socialmap.checks import check_offering, check_place, check_schedules
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, Verification

LONGEST_PAUSE = timedelta(days=366)


class ConfirmedInFuture(ValueError):
    """A confirmation carries a moment that is still to come."""


@action
def add_meeting_place(*, municipality: str, facts: PlaceFacts, by: Actor, at: datetime, slug: str = "") -> MeetingPlace:
    """Add a meeting place; raises FactRefused."""
    rows = MeetingPlace.objects.filter(municipality=municipality)
    slug = slug or free_slug(rows, facts.name, longest=80, otherwise="plek")
    place = MeetingPlace(municipality=municipality, slug=slug)
    _state_place(place, facts)
    place.save(force_insert=True)
    record(action="add_meeting_place", on=place, by=by, at=at, municipality=municipality)
    return place


@action
def change_meeting_place(*, place: MeetingPlace, facts: PlaceFacts, by: Actor, at: datetime) -> MeetingPlace:
    """Replace what is stated about a meeting place; raises FactRefused."""
    lock(place)
    changed = differences(PlaceFacts.of(place), facts)
    _state_place(place, facts)
    place.save(update_fields=[*names(facts), "neighborhood"])
    record(action="change_meeting_place", on=place, by=by, at=at, municipality=place.municipality, fields=changed)
    at_place = Offering.objects.filter(place=place).values_list("pk", flat=True)
    note_changes(municipality=place.municipality, object_ids=map(str, at_place), at=at)
    return place


@action
def add_offering(
    *,
    municipality: str,
    facts: OfferingFacts,
    by: Actor,
    at: datetime,
    schedules: Sequence[ScheduleFacts] = (),
    slug: str = "",
) -> Offering:
    """Add an offering with its times; residents see it once its organization is listed; raises FactRefused."""
    rows = Offering.objects.filter(municipality=municipality)
    offering = Offering(
        municipality=municipality, slug=slug or free_slug(rows, facts.name, longest=100, otherwise="aanbod")
    )
    _state_offering(offering, facts)
    offering.save(force_insert=True)
    offering.serves.set(facts.serves)
    _write_schedules(offering, schedules)
    _done("add_offering", offering, by, at)
    return offering


@action
def change_offering(*, offering: Offering, facts: OfferingFacts, by: Actor, at: datetime) -> Offering:
    """Replace what is stated about an offering; raises FactRefused."""
    lock(offering)
    changed = differences(OfferingFacts.of(offering), facts)
    _state_offering(offering, facts)
    offering.save(update_fields=facts.columns)
    offering.serves.set(facts.serves)
    _done("change_offering", offering, by, at, fields=changed)
    return offering


@action
def set_schedules(*, offering: Offering, schedules: Sequence[ScheduleFacts], by: Actor, at: datetime) -> Offering:
    """Replace when an offering happens; raises RecurrenceRefused."""
    lock(offering)
    Schedule.objects.filter(offering=offering).delete()
    _write_schedules(offering, schedules)
    _done("set_schedules", offering, by, at)
    return offering


@action
def mark_full(*, offering: Offering, by: Actor, at: datetime) -> Offering:
    """Say "vol": it stays findable and says so."""
    return _set_full(offering, True, by, at)


@action
def mark_available(*, offering: Offering, by: Actor, at: datetime) -> Offering:
    """Say that there is room again."""
    return _set_full(offering, False, by, at)


@action
def pause_offering(*, offering: Offering, until: date | None, by: Actor, at: datetime) -> Offering:
    """Let an offering rest: it goes on again on the day `until`, at once for None; raises FactRefused."""
    lock(offering)
    if until is not None and not at.astimezone(ZONE).date() < until <= (at + LONGEST_PAUSE).astimezone(ZONE).date():
        raise FactRefused("paused_until", _("kies een dag na vandaag en binnen een jaar"))
    if until is not None and offering.active_until is not None and until >= offering.active_until:
        raise FactRefused("paused_until", _("het is dan al gestopt"))
    offering.paused_until = until
    offering.save(update_fields=["paused_until"])
    _done("pause_offering", offering, by, at, until=until.isoformat() if until else "")
    return offering


@action
def end_offering(*, offering: Offering, on: date, by: Actor, at: datetime) -> Offering:
    """Let an offering end: `on` is the first day on which it is no longer there; raises FactRefused."""
    lock(offering)
    offering.active_until = on
    check_row(offering)
    offering.save(update_fields=["active_until"])
    _done("end_offering", offering, by, at, until=on.isoformat())
    return offering


@action
def note_role(*, offering: Offering, role: int | None, by: Actor, at: datetime) -> Offering:
    """Note the role (1-4) that the municipality decided on; None where it has none. Raises FactRefused."""
    lock(offering)
    offering.municipal_role = role
    check_row(offering)
    offering.save(update_fields=["municipal_role"])
    _done("note_role", offering, by, at)
    return offering


@action
def confirm_offering(
    *, offering: Offering, method: str, confirmed_by: str, by: Actor, at: datetime, confirmed_at: datetime | None = None
) -> Verification:
    """Note that someone (a function, never a name) found an offering true; raises ConfirmedInFuture, FactRefused."""
    row = Verification(municipality=offering.municipality, offering=offering)
    _confirm(row, method, confirmed_by, confirmed_at or at, at)
    _done("confirm_offering", offering, by, at, method=method)
    return row


@action
def confirm_place(
    *,
    place: MeetingPlace,
    method: str,
    confirmed_by: str,
    by: Actor,
    at: datetime,
    confirmed_at: datetime | None = None,
) -> Verification:
    """Note that someone (a function, never a name) found a place's entry true; raises as `confirm_offering`."""
    row = Verification(municipality=place.municipality, place=place)
    _confirm(row, method, confirmed_by, confirmed_at or at, at)
    record(action="confirm_place", on=place, by=by, at=at, municipality=place.municipality, method=method)
    return row


def _confirm(row: Verification, method: str, confirmed_by: str, confirmed_at: datetime, at: datetime) -> None:
    if confirmed_at > at:
        raise ConfirmedInFuture(confirmed_at.isoformat())
    row.method = method
    row.confirmed_by = confirmed_by
    row.confirmed_at = confirmed_at
    check_row(row)
    row.save(force_insert=True)


def _state_place(place: MeetingPlace, facts: PlaceFacts) -> None:
    check_place(facts, place.municipality)
    state(place, replace(facts, postcode=whole_postcode(facts.postcode)))
    check_row(place)
    place.neighborhood = _neighborhood_at(place)


def _neighborhood_at(place: MeetingPlace) -> Area | None:
    """The newest neighborhood of the municipality around a point; one query for the few whose box holds it."""
    around = Area.objects.filter(
        municipality=place.municipality,
        kind=Area.Kind.NEIGHBORHOOD,
        west__lte=place.longitude,
        east__gte=place.longitude,
        south__lte=place.latitude,
        north__gte=place.latitude,
    )
    return Locator(around.newest()).find(latitude=place.latitude, longitude=place.longitude)


def _state_offering(offering: Offering, facts: OfferingFacts) -> None:
    check_offering(facts, offering.municipality)
    for column in facts.columns:
        setattr(offering, column, getattr(facts, column))
    check_row(offering)


def _write_schedules(offering: Offering, schedules: Sequence[ScheduleFacts]) -> None:
    check_schedules(schedules)
    rows = []
    for facts in schedules:
        row = Schedule(offering=offering, municipality=offering.municipality)
        state(row, facts)
        check_row(row)
        rows.append(row)
    Schedule.objects.bulk_create(rows)


def _set_full(offering: Offering, is_full: bool, by: Actor, at: datetime) -> Offering:
    lock(offering)
    offering.is_full = is_full
    offering.save(update_fields=["is_full"])
    _done("mark_full" if is_full else "mark_available", offering, by, at)
    return offering


def _done(what: str, offering: Offering, by: Actor, at: datetime, **detail: object) -> None:
    """Leave the event and the change row that every action on an offering leaves."""
    record(action=what, on=offering, by=by, at=at, municipality=offering.municipality, **detail)
    note_change(municipality=offering.municipality, object_id=str(offering.pk), at=at)
