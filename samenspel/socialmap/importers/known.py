"""What the map of a municipality holds already, by everything by which a record of a file can be recognized."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samenspel.engine.calendar import ZONE
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.importers.columns import key_of
from samenspel.socialmap.importers.records import Kind, Record
from samenspel.socialmap.models import MeetingPlace, Offering, SourceRecord

MODELS: dict[str, type[Any]] = {Kind.ORGANIZATION: Organization, Kind.PLACE: MeetingPlace, Kind.OFFERING: Offering}
_AREA_KINDS = (Area.Kind.NEIGHBORHOOD, Area.Kind.DISTRICT, Area.Kind.VILLAGE, Area.Kind.WORKING_AREA)


class Known:
    """Ids by source record and by natural key; four queries, whatever the size of the file.

    Identity: the record of the source when it was read before; else an organization by its name, a place by its
    postcode and house number or else its name, an offering by its name, organization and place.
    """

    def __init__(self, municipality: str) -> None:
        self.municipality = municipality
        self.organizations: dict[str, UUID] = {}
        self.withdrawn: dict[UUID, date] = {}
        self.listed: set[UUID] = set()
        self.addresses: dict[tuple[str, str], UUID] = {}
        self.places: dict[str, UUID] = {}
        self.offerings: dict[tuple[str, UUID, UUID | None], UUID] = {}
        self.sources: dict[tuple[str, str, str], tuple[UUID, str]] = {}
        self.erased: set[tuple[str, str, str]] = set()
        there = {*self._read_organizations(), *self._read_places(), *self._read_offerings()}
        for *key, object_id, fingerprint in SourceRecord.objects.filter(municipality=municipality).values_list(
            "kind", "source", "source_id", "object_id", "fingerprint"
        ):
            kind, source, source_id = key
            if object_id in there:
                self.sources[kind, source, source_id] = (object_id, fingerprint)
            else:
                self.erased.add((kind, source, source_id))

    def _read_organizations(self) -> Iterator[UUID]:
        columns = ("pk", "name", "listing_agreed_at", "listing_withdrawn_at")
        for pk, name, agreed, withdrawn in self._ours(Organization).values_list(*columns):
            self.organizations[key_of(name)] = pk
            if withdrawn:
                self.withdrawn[pk] = withdrawn.astimezone(ZONE).date()
            elif agreed:
                self.listed.add(pk)
            yield pk

    def _read_places(self) -> Iterator[UUID]:
        for pk, name, postcode, number in self._ours(MeetingPlace).values_list(
            "pk", "name", "postcode", "house_number"
        ):
            self.places[key_of(name)] = pk
            if postcode and number:
                self.addresses[postcode, key_of(number)] = pk
            yield pk

    def _read_offerings(self) -> Iterator[UUID]:
        columns = ("pk", "name", "organization_id", "place_id")
        for pk, name, organization, place in self._ours(Offering).values_list(*columns):
            self.offerings[key_of(name), organization, place] = pk
            yield pk

    def _ours(self, model: type[Any]) -> QuerySet[Any]:
        """Backwards by slug, so that of several with one name the first stays."""
        rows: QuerySet[Any] = model.objects.filter(municipality=self.municipality).order_by("-slug")
        return rows

    def find(self, record: Record) -> UUID | None:
        """The row that a record is about, or None."""
        if known := self.sources.get(record.key):
            return known[0]
        if record.kind == Kind.ORGANIZATION:
            return self.organizations.get(key_of(record.name))
        if record.kind == Kind.PLACE:
            return self._find_place(record)
        organization, place = self.partners(record)
        return self.offerings.get((key_of(record.name), organization, place)) if organization else None

    def _find_place(self, record: Record) -> UUID | None:
        postcode, number = record.facts.get("postcode", ""), record.facts.get("house_number", "")
        if postcode and number:
            return self.addresses.get((postcode, key_of(number)))
        return self.places.get(key_of(record.name))

    def partners(self, record: Record) -> tuple[UUID | None, UUID | None]:
        """The organization and the place of an offering, as far as they are there."""
        return (
            self.sources.get((Kind.ORGANIZATION, record.source, record.organization), (None,))[0],
            self.sources.get((Kind.PLACE, record.source, record.place), (None,))[0],
        )

    def is_read(self, record: Record) -> bool:
        """The same words were read before, and the row they became is still there."""
        known = self.sources.get(record.key)
        return known is not None and (record.only_new or known[1] == record.fingerprint)

    def wants_listing(self, record: Record, identifier: UUID) -> bool:
        """The file has a yes that is not noted yet, and not older than a no.

        Of a group that was read before and erased since nobody knows when it said no: the file cannot list it again.
        """
        if not record.consent or identifier in self.listed or record.key in self.erased:
            return False
        no = self.withdrawn.get(identifier)
        return no is None or date.fromisoformat(record.consent["on"]) > no

    def note_listing(self, identifier: UUID) -> None:
        self.listed.add(identifier)
        self.withdrawn.pop(identifier, None)

    def take_in(self, record: Record, identifier: UUID) -> None:
        """Know a record that was, or will be, written as the row `identifier`."""
        mark = self.sources[record.key][1] if record.only_new and record.key in self.sources else record.fingerprint
        for source_id in record.sources or {record.source_id: {}}:
            self.sources[record.kind, record.source, source_id] = (identifier, mark)
        if record.kind == Kind.ORGANIZATION:
            self.organizations.setdefault(key_of(record.name), identifier)
        elif record.kind == Kind.PLACE:
            self.places.setdefault(key_of(record.name), identifier)
            if record.facts.get("postcode") and record.facts.get("house_number"):
                self.addresses.setdefault((record.facts["postcode"], key_of(record.facts["house_number"])), identifier)
        else:
            organization, place = self.partners(record)
            if organization:
                self.offerings.setdefault((key_of(record.name), organization, place), identifier)


def areas_by_name(municipality: str) -> dict[str, Area]:
    """The newest buurten, wijken, kernen and working areas by the key of their name and code; one query."""
    areas = Area.objects.filter(municipality=municipality, kind__in=_AREA_KINDS).newest().defer("boundary")
    found: dict[str, Area] = {}
    for kind in _AREA_KINDS:
        for area in areas:
            if area.kind == kind:
                found |= {key_of(name): area for name in (area.name, area.code, _without_number(area.name))}
    return found


def _without_number(name: str) -> str:
    """CBS writes "Wijk 01 Dorp"; people write "Dorp"."""
    words = name.split(maxsplit=2)
    return words[2] if len(words) == 3 and words[0] == "Wijk" and words[1].isdigit() else name
