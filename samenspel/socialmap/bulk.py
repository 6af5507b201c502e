"""Adding many rows at once, as the single actions do one by one: the same checks, events and change rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, QuerySet
from django.utils.text import slugify

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import MAX_TEXT, check_phone, check_row, whole_postcode
from samenspel.people.facts import OrganizationFacts, lock, state
from samenspel.people.models import Organization
from samenspel.places.lookup import Locator
from samenspel.socialmap.changes import note_changes
from samenspel.socialmap.checks import check_offering, check_place, check_schedules
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule

_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
LISTING = ["listing_agreed_at", "listing_agreed_via", "listing_withdrawn_at"]


@dataclass(frozen=True)
class NewOffering:
    """A checked row that is not saved yet, with what belongs to it."""

    row: Offering
    facts: OfferingFacts
    schedules: tuple[Schedule, ...]


class Checker:
    """Makes unsaved rows of facts and checks them as the single actions do.

    Each constraint judges each combination of its values once, which is what makes checking thousands of rows quick:
    judging all of them takes 6 ms a row, and few combinations differ.
    """

    def __init__(self, municipality: str) -> None:
        self._municipality = municipality
        self._seen: set[tuple[object, ...]] = set()

    def organization(self, identifier: UUID, facts: OrganizationFacts) -> Organization:
        """Raises FactRefused."""
        row = Organization(id=identifier, municipality=self._municipality)
        state(row, replace(facts, postcode=whole_postcode(facts.postcode)))
        check_phone("phone", facts.phone)
        self._check(row)
        return row

    def place(self, identifier: UUID, facts: PlaceFacts) -> MeetingPlace:
        """Raises FactRefused; the neighborhood follows when it is added."""
        check_place(facts, self._municipality)
        row = MeetingPlace(id=identifier, municipality=self._municipality)
        state(row, replace(facts, postcode=whole_postcode(facts.postcode)))
        self._check(row)
        return row

    def offering(self, identifier: UUID, facts: OfferingFacts, schedules: Sequence[ScheduleFacts]) -> NewOffering:
        """Raises FactRefused."""
        check_offering(facts, self._municipality)
        check_schedules(schedules)
        row = Offering(id=identifier, municipality=self._municipality)
        for column in facts.columns:
            setattr(row, column, getattr(facts, column))
        self._check(row)
        return NewOffering(row, facts, tuple(self._schedule(row, line) for line in schedules))

    def _schedule(self, offering: Offering, facts: ScheduleFacts) -> Schedule:
        row = Schedule(offering=offering, municipality=self._municipality)
        state(row, facts)
        self._check(row)
        return row

    def _check(self, row: models.Model) -> None:
        if not self._is_fine(row):
            check_row(row, skip=["slug"])

    def _is_fine(self, row: models.Model) -> bool:
        """Whether `check_row` will surely find nothing, found out in a twentieth of its time."""
        texts = [value for field in row._meta.fields if isinstance(value := getattr(row, field.attname), str)]
        if any(len(text) > MAX_TEXT or _ODD.search(text) for text in texts):
            return False
        try:
            named = [field.name for field in row._meta.fields if field.is_relation]
            row.full_clean(exclude=[*named, "slug"], validate_unique=False, validate_constraints=False)
            for constraint, names in _constraints(type(row)):
                key = (constraint.name, *(_judged(getattr(row, name)) for name in names))
                if key not in self._seen:
                    others = {field.name for field in row._meta.fields if field.attname not in names}
                    constraint.validate(type(row), row, exclude=others)
                    self._seen.add(key)
        except ValidationError:
            return False
        return True


def _judged(value: object) -> object:
    """A value as a constraint sees it: of a related row only whether there is one."""
    return value is not None if isinstance(value, UUID) else value


@cache
def _constraints(model: type[models.Model]) -> tuple[tuple[CheckConstraint, tuple[str, ...]], ...]:
    """The check constraints of a model with the columns that each looks at."""
    return tuple(
        (one, tuple(sorted(model._meta.get_field(name).attname for name in one.condition.referenced_base_fields)))  # type: ignore[union-attr]
        for one in model._meta.constraints
        if isinstance(one, CheckConstraint) and isinstance(one.condition, Q)
    )


@action
def add_rows(
    *,
    municipality: str,
    organizations: Sequence[Organization] = (),
    places: Sequence[MeetingPlace] = (),
    offerings: Sequence[NewOffering] = (),
    by: Actor,
    at: datetime,
    run: str = "",
) -> None:
    """Add checked rows (see `Checker`), organizations first; one event a row, with the id of the import `run`.

    Nothing is listed by it.
    """
    _name(Organization.objects.filter(municipality=municipality), organizations, longest=80, otherwise="groep")
    _name(MeetingPlace.objects.filter(municipality=municipality), places, longest=80, otherwise="plek")
    rows = [new.row for new in offerings]
    _name(Offering.objects.filter(municipality=municipality), rows, longest=100, otherwise="aanbod")
    _locate(municipality, places)
    Organization.objects.bulk_create(organizations)
    MeetingPlace.objects.bulk_create(places)
    Offering.objects.bulk_create(rows)
    Schedule.objects.bulk_create(line for new in offerings for line in new.schedules)
    serves = Offering.serves.through
    serves.objects.bulk_create(
        serves(offering_id=new.row.pk, area_id=area.pk) for new in offerings for area in new.facts.serves
    )
    for verb, added in (
        ("add_organization", organizations),
        ("add_meeting_place", places),
        ("add_offering", rows),
    ):
        _record_each(verb, added, municipality=municipality, by=by, at=at, run=run)
    note_changes(municipality=municipality, object_ids=[str(row.pk) for row in rows], at=at)


def _record_each(
    verb: str, rows: Sequence[models.Model], *, municipality: str, by: Actor, at: datetime, run: str
) -> None:
    """Write one event for each row: the first as every action does, the others like it in one query."""
    if not rows:
        return
    first = record(action=verb, on=rows[0], by=by, at=at, municipality=municipality, run=run)
    like = {field.attname: getattr(first, field.attname) for field in first._meta.fields if not field.primary_key}
    AuditEvent.objects.bulk_create(AuditEvent(**like | {"object_id": str(row.pk)}) for row in rows[1:])


def _name(known: QuerySet[Any], rows: Iterable[Any], *, longest: int, otherwise: str) -> None:
    """Give every row a slug that no other has; one query."""
    rows = list(rows)
    taken = set(known.values_list("slug", flat=True)) if rows else set()
    for row in rows:
        stem = slugify(row.name)[: longest - 6].strip("-") or otherwise
        number, row.slug = 1, stem
        while row.slug in taken:
            number += 1
            row.slug = f"{stem}-{number}"
        taken.add(row.slug)


def _locate(municipality: str, places: Sequence[MeetingPlace]) -> None:
    if places:
        found = Locator.of(municipality).find_all(
            latitudes=[place.latitude for place in places], longitudes=[place.longitude for place in places]
        )
        for place, area in zip(places, found, strict=True):
            place.neighborhood = area


@action
def agree_earlier(*, organization: Organization, on: date, via: str, by: Actor, at: datetime) -> Organization:
    """Note a yes to listing that the group gave on an earlier day, as a file says; raises FactRefused."""
    lock(organization)
    organization.listing_agreed_at = min(datetime.combine(on, time(12), tzinfo=ZONE), at)
    organization.listing_agreed_via = via
    organization.listing_withdrawn_at = None
    return _list(organization, "agree_to_listing", by, at, via=via, agreed_on=on.isoformat())


@action
def take_listing_back(
    *, organization: Organization, before: dict[str, datetime | str | None], by: Actor, at: datetime
) -> Organization:
    """Bring back how it stood with the listing before an import; `before` has the three fields of it."""
    lock(organization)
    for name in LISTING:
        setattr(organization, name, before[name])
    return _list(organization, "take_listing_back", by, at)


def _list(organization: Organization, verb: str, by: Actor, at: datetime, **detail: str) -> Organization:
    check_row(organization)
    organization.save(update_fields=LISTING)
    record(action=verb, on=organization, by=by, at=at, municipality=organization.municipality, **detail)
    found = Offering.objects.filter(organization=organization).values_list("pk", flat=True)
    note_changes(municipality=organization.municipality, object_ids=map(str, found), at=at)
    return organization


@action
def remove_rows(*, municipality: str, rows: Sequence[models.Model], by: Actor, at: datetime, run: str) -> None:
    """Delete rows of one kind that an import added and that nothing else refers to; raises ProtectedError."""
    _record_each("remove_imported", rows, municipality=municipality, by=by, at=at, run=run)
    ids = [row.pk for row in rows]
    type(rows[0])._default_manager.filter(pk__in=ids).delete()
    if isinstance(rows[0], Offering):
        note_changes(municipality=municipality, object_ids=map(str, ids), at=at)
