"""Reading the open rows of a municipality as HSDS records, in a constant number of queries for any number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from samenspel.audit.models import AuditEvent
from samenspel.people.models import Organization
from samenspel.socialmap.hsds.profile import (
    HSDS_VERSION,
    PROFILE,
    Record,
    taxonomy_records,
    term_records,
)
from samenspel.socialmap.hsds.records import is_event, location_record, organization_record, service_record
from samenspel.socialmap.hsds.remainder import (
    CONFIRMED,
    CONTACT_FIELDS,
    HOST_FIELDS,
    as_it_came,
    held_back,
    without,
    without_contact,
)
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, SourceRecord
from samenspel.socialmap.open import open_offerings, open_organizations, open_places

KEY = "hsds"
"""Where in `SourceRecord.remainder` the part of this format stands."""
_AT_ONCE = 200


def organizations(*, municipality: str) -> QuerySet[Organization]:
    """The listed organizations, by id."""
    return open_organizations(municipality=municipality)


def services(*, municipality: str, at: datetime, events: bool = False) -> QuerySet[Offering]:
    """What residents may see, by id: what goes on, or (`events`) what happens on named dates only."""
    lines = Schedule.objects.filter(offering=OuterRef("pk"))
    on_dates = Exists(lines) & ~Exists(lines.exclude(rrule=""))
    rows = open_offerings(municipality=municipality, at=at).filter(on_dates if events else ~on_dates)
    return complete(rows)


def complete(rows: QuerySet[Offering]) -> QuerySet[Offering]:
    """With the host and the confirmations of the place, which its record shows."""
    return rows.select_related("place__host").prefetch_related("place__verifications")


def places(*, municipality: str, at: datetime) -> QuerySet[MeetingPlace]:
    """The meeting places that have not closed, by id; a closed one stands only with the services that name it."""
    return open_places(municipality=municipality, at=at)


@dataclass(frozen=True)
class Sources:
    """What is known of rows besides their columns: what came from a feed, and when they last changed."""

    remainders: dict[UUID, dict[str, Any]]
    at_locations: dict[UUID, str]
    """The id that a feed gave to an offering at its place."""
    modified: dict[str, datetime]

    @classmethod
    def of(cls, rows: Collection[Organization | MeetingPlace | Offering]) -> "Sources":
        """Read them for rows and what hangs on them; two queries."""
        offerings = [row for row in rows if isinstance(row, Offering)]
        wanted = {row.pk for row in rows} | {one.organization_id for one in offerings}
        wanted |= {one.place_id for one in offerings if one.place_id}
        read = SourceRecord.objects.filter(object_id__in=wanted).order_by("pk")
        remainders = {}
        at_locations = {}
        for one in read:
            if KEY in one.remainder:
                remainders[one.object_id] = one.remainder[KEY]
            elif not one.fingerprint and one.kind == SourceRecord.Kind.OFFERING:
                at_locations[one.object_id] = one.source_id
        return cls(remainders, at_locations, _modified(offerings))

    def remainder(self, row: Organization | MeetingPlace | Offering) -> dict[str, Any]:
        return self.remainders.get(row.pk, {})


def _modified(offerings: Sequence[Offering]) -> dict[str, datetime]:
    if not offerings:
        return {}
    events = AuditEvent.objects.filter(
        municipality__in={one.municipality for one in offerings},
        object_kind="socialmap.offering",
        object_id__in=[str(one.pk) for one in offerings],
    )
    return dict(events.values_list("object_id").annotate(last=Max("at")).values_list("object_id", "last"))


def organization_of(row: Organization, sources: Sources) -> Record:
    """The record of an organization."""
    record = as_it_came(organization_record(row), sources.remainder(row))
    return without_contact(record) if row.contact_shielded else record


def location_of(row: MeetingPlace, sources: Sources) -> Record:
    """The record of a meeting place; what a feed says of the host and of reaching it waits for the host's yes."""
    remainder = sources.remainder(row)
    if row.host is None or not row.host.is_listed:
        remainder = held_back(remainder, HOST_FIELDS)
    elif row.host.contact_shielded:
        remainder = held_back(remainder, CONTACT_FIELDS)
    return as_it_came(location_record(row), remainder)


def service_of(row: Offering, sources: Sources, *, nested: bool = True) -> Record:
    """The record of an offering; `nested` with its organization in it.

    What a feed said of its places is of their hosts, who may have said no: only the record of a place says that.
    """
    remainder = dict(sources.remainder(row))
    if there := remainder.get("came", {}).get("service_at_locations"):
        remainder["came"] = remainder["came"] | {"service_at_locations": without(there, HOST_FIELDS | CONFIRMED)}
    record = as_it_came(_ours_of_service(row, sources), remainder)
    organization = organization_of(row.organization, sources)
    record = {**record, "organization": organization} if nested else {"organization_id": organization["id"], **record}
    return without_contact(record) if row.organization.contact_shielded else record


def ours_of(model: type[Any], keys: Collection[UUID]) -> dict[UUID, Record]:
    """What the columns of rows say now, read again, without what came from a feed; a constant number of queries."""
    if model is Organization:
        return {row.pk: organization_record(row) for row in Organization.objects.filter(pk__in=keys)}
    if model is MeetingPlace:
        here = (
            MeetingPlace.objects.filter(pk__in=keys)
            .select_related("host", "neighborhood")
            .defer("neighborhood__boundary")
            .prefetch_related("verifications")
        )
        return {row.pk: location_record(row) for row in here}
    rows = list(complete(Offering.objects.complete().filter(pk__in=keys)))
    sources = Sources.of(rows)
    return {row.pk: _ours_of_service(row, sources) for row in rows}


def _ours_of_service(row: Offering, sources: Sources) -> Record:
    location = location_of(row.place, sources) if row.place else None
    return service_record(row, location=location, modified=sources.modified.get(str(row.pk)))


def service_records(rows: Iterable[Offering], *, nested: bool = True) -> list[Record]:
    """The records of services or events."""
    found = list(rows)
    sources = Sources.of(found)
    return [service_of(row, sources, nested=nested) for row in found]


def minimal_records(rows: Iterable[Offering]) -> list[Record]:
    """Only the id and the moment of the last change of each."""
    found = list(rows)
    sources = Sources.of(found)
    return [_minimal(row, sources) for row in found]


def _minimal(row: Offering, sources: Sources) -> Record:
    moment = sources.modified.get(str(row.pk))
    ours = {"id": str(row.pk)} | ({"last_modified": moment.isoformat()} if moment else {})
    record = as_it_came(ours, sources.remainder(row))
    return {"id": record["id"], "modified_date": record.get("last_modified")}


def at_location_records(rows: Iterable[Offering]) -> list[Record]:
    """Each offering at its place, with its service nested; `rows` have a place."""
    found = list(rows)
    sources = Sources.of(found)
    return [_at_location(service_of(row, sources), sources.at_locations.get(row.pk)) for row in found]


def _at_location(service: Record, wanted: str | None) -> Record:
    several = service["service_at_locations"]
    one = next((one for one in several if one.get("id") == wanted), several[0])
    return {**one, "service": {name: value for name, value in service.items() if name != "service_at_locations"}}


def organization_records(rows: Iterable[Organization], *, at: datetime, full_service: bool = False) -> list[Record]:
    """The records of organizations with their services (id, name and status, or the whole) and events."""
    found = list(rows)
    offerings = complete(Offering.objects.visible(at).complete()).filter(organization__in=found).order_by("pk")
    of_organization = defaultdict(list)
    every = list(offerings)
    sources = Sources.of([*found, *every])
    for row in every:
        record = service_of(row, sources, nested=False)
        short = record if full_service else {name: record.get(name) for name in ("id", "name", "status")}
        of_organization[row.organization_id, is_event(row)].append(short)
    return [
        organization_of(row, sources)
        | {name: of_organization[row.pk, event] for name, event in (("services", False), ("events", True))
           if of_organization[row.pk, event]}
        for row in found
    ]  # fmt: skip


def package(*, municipality: str, at: datetime) -> Record:
    """All open data of a municipality as one document; sorted by id, so that equal stores give equal documents."""
    groups = list(_in_groups(organizations(municipality=municipality)))
    return {
        "version": HSDS_VERSION,
        "profile": PROFILE,
        "organizations": _by_id(record for rows in groups for record in _organizations(rows)),
        "locations": _by_id(
            record for rows in _in_groups(places(municipality=municipality, at=at)) for record in _locations(rows)
        ),
        **{
            name: _by_id(
                record
                for rows in _in_groups(services(municipality=municipality, at=at, events=events))
                for record in service_records(rows, nested=False)
            )
            for name, events in (("services", False), ("events", True))
        },
        "taxonomies": _by_id(taxonomy_records()),
        "taxonomy_terms": _by_id(term_records()),
        "loose": _loose([row for rows in groups for row in rows]),
    }


def _organizations(rows: Sequence[Organization]) -> list[Record]:
    sources = Sources.of(rows)
    return [organization_of(row, sources) for row in rows]


def _locations(rows: Sequence[MeetingPlace]) -> list[Record]:
    sources = Sources.of(rows)
    return [location_of(row, sources) for row in rows]


def _loose(rows: Sequence[Organization]) -> Record:
    """Rows of a feed's tables that hang on nothing; they are kept with an organization of that feed.

    Nobody said yes to being found by them, so no way to reach a person leaves.
    """
    found: dict[str, list[Record]] = defaultdict(list)
    for group in _in_groups(rows):
        for remainder in Sources.of(group).remainders.values():
            for table, lines in remainder.get("loose", {}).items():
                if table not in ("contact", "phone"):
                    found[table] += without_contact(lines)
    return {table: _by_id(lines) for table, lines in sorted(found.items())}


def _by_id(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: str(record.get("id", "")))


def _in_groups(rows: Any) -> Iterator[list[Any]]:
    """The rows in groups, by their order in the query: memory and queries do not grow with all rows at once."""
    keys = [row.pk for row in rows] if isinstance(rows, list) else list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        group = keys[start : start + _AT_ONCE]
        yield rows[start : start + _AT_ONCE] if isinstance(rows, list) else list(rows.filter(pk__in=group))
