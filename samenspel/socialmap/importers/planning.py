"""What each record of a file would do to the map: a new row, a change, or nothing; every record fully checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from samenspel.engine.calendar import ZONE
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.importers.report import LineRefused
from samenspel.places.models import Area, Postcode
from samenspel.socialmap.bulk import Checker, NewOffering
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.importers.known import MODELS, Known
from samenspel.socialmap.importers.records import Kind, Record, schedule_facts, to_data
from samenspel.socialmap.importers.states import offering_facts, offering_state, state_of
from samenspel.socialmap.importers.tables import Complain
from samenspel.socialmap.models import MeetingPlace, Offering

Row = Organization | MeetingPlace | Offering
Facts = OrganizationFacts | PlaceFacts | OfferingFacts


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do with one record. `new` is an unsaved, checked row; `facts` and `schedules` are for a change.

    `lists`: the group's yes is to be noted. `changes` are the names of the facts that differ.
    """

    verb: Literal["new", "changed", "same"]
    record: Record
    id: UUID
    new: Organization | MeetingPlace | NewOffering | None = None
    row: Row | None = None
    facts: Facts | None = None
    schedules: tuple[ScheduleFacts, ...] | None = None
    lists: bool = False
    changes: tuple[str, ...] = ()


class Planner:
    """Plans the records of one file, in order: what a record names must be planned before it."""

    def __init__(self, municipality: str, records: Sequence[Record], *, at: datetime, note: Complain) -> None:
        self.known = Known(municipality)
        self._municipality, self._note = municipality, note
        today = at.astimezone(ZONE).date()
        self._begin = today - timedelta(days=today.weekday())
        self._checker = Checker(municipality)
        self._points = _points(record.facts.get("postcode", "") for record in records if record.kind == Kind.PLACE)
        named = {pk for record in records for pk in record.facts.get("serves", [])}
        self._areas = {str(pk): area for pk, area in Area.objects.defer("boundary").in_bulk(named).items()}
        self._rows: dict[UUID, Row] = {}

    def load(self, records: Iterable[Record]) -> None:
        """Read the rows that these records may change; at most four queries."""
        self._rows.clear()
        wanted: dict[str, set[UUID]] = {}
        for record in records:
            if (found := self.known.find(record)) and not record.only_new and not self.known.is_read(record):
                wanted.setdefault(record.kind, set()).add(found)
        for kind, ids in wanted.items():
            rows = MODELS[kind].objects.filter(pk__in=ids)
            if kind == Kind.OFFERING:
                rows = rows.select_related("organization", "place").prefetch_related("serves", "schedules")
            self._rows |= {row.pk: row for row in rows}

    def plan(self, record: Record) -> Plan:
        """Judge one record and count on it being carried out; raises FactRefused or LineRefused."""
        self._refuse_withdrawn(record)
        found = self.known.find(record)
        plan = self._plan_new(record) if found is None else self._plan_known(record, found)
        if plan.lists:
            self.known.note_listing(plan.id)
        self.known.take_in(record, plan.id)
        return plan

    def _refuse_withdrawn(self, record: Record) -> None:
        """A group that took its yes back stays out, however often a file has it, unless it said yes again since."""
        found = self.known.find(record)
        organization = found if record.kind == Kind.ORGANIZATION else self.known.partners(record)[0]
        no = self.known.withdrawn.get(organization) if organization else None
        if no and organization and not self.known.wants_listing(record, organization):
            raise LineRefused("organization", f"deze groep wil sinds {no:%d-%m-%Y} niet vermeld staan")

    def _plan_new(self, record: Record) -> Plan:
        identifier = uuid4()
        row: Organization | MeetingPlace | NewOffering
        if record.kind == Kind.ORGANIZATION:
            row = self._checker.organization(identifier, OrganizationFacts(**record.facts))
        elif record.kind == Kind.PLACE:
            row = self._checker.place(identifier, self._located(record))
        else:
            row = self._checker.offering(identifier, self._offering(record, {}), self._times(record, None))
        return Plan(verb="new", record=record, id=identifier, new=row, lists=self._lists(record, identifier))

    def _lists(self, record: Record, identifier: UUID) -> bool:
        return record.kind == Kind.ORGANIZATION and self.known.wants_listing(record, identifier)

    def _plan_known(self, record: Record, identifier: UUID) -> Plan:
        lists = self._lists(record, identifier)
        if self.known.is_read(record) or record.only_new or identifier not in self._rows:
            return Plan(verb="changed" if lists else "same", record=record, id=identifier, lists=lists)
        row = self._rows[identifier]
        before = state_of(row)
        facts, schedules = self._wanted(record, row, before)
        after = self._after(row, facts, schedules, before)
        changes = tuple(name for name in after if after[name] != before[name])
        verb: Literal["changed", "same"] = "changed" if changes or lists else "same"
        return Plan(
            verb=verb, record=record, id=identifier, row=row, facts=facts if changes else None,
            schedules=schedules if "schedules" in changes else None, lists=lists, changes=changes,
        )  # fmt: skip

    def _wanted(
        self, record: Record, row: Row, before: dict[str, Any]
    ) -> tuple[Facts, tuple[ScheduleFacts, ...] | None]:
        """The facts with what the file says put over them, checked; the times when the file has any."""
        if isinstance(row, Organization):
            organization = replace(OrganizationFacts.of(row), **record.facts)
            self._checker.organization(row.pk, organization)
            return organization, None
        if isinstance(row, MeetingPlace):
            place = replace(PlaceFacts.of(row), **record.facts)
            self._checker.place(row.pk, place)
            return place, None
        times = self._times(record, row) if record.schedules else None
        offering = self._offering(record, before)
        self._checker.offering(row.pk, offering, times or ())
        return offering, times

    def _after(
        self, row: Row, facts: Facts, schedules: tuple[ScheduleFacts, ...] | None, before: dict[str, Any]
    ) -> dict[str, Any]:
        if isinstance(row, Offering) and isinstance(facts, OfferingFacts):
            after = offering_state(row, facts, schedules or ())
            return after if schedules is not None else after | {"schedules": before["schedules"]}
        return before | to_data(facts)

    def _offering(self, record: Record, before: dict[str, Any]) -> OfferingFacts:
        organization, place = self.known.partners(record)
        if organization is None:
            raise LineRefused("organization", "deze organisatie is niet ingelezen; zie de melding daarover")
        if record.place and place is None:
            raise LineRefused("place", "deze plek is niet ingelezen; zie de melding daarover")
        if place is None and before.get("place"):
            place = UUID(before["place"])
        return offering_facts(
            before | record.facts,
            Organization(pk=organization, municipality=self._municipality),
            MeetingPlace(pk=place, municipality=self._municipality) if place else None,
            self._areas | ({str(area.pk): area for area in self._rows_areas(before)}),
        )

    def _rows_areas(self, before: dict[str, Any]) -> Iterable[Area]:
        missing = [pk for pk in before.get("serves", []) if str(pk) not in self._areas]
        return Area.objects.defer("boundary").filter(pk__in=missing) if missing else ()

    def _times(self, record: Record, row: Offering | None) -> tuple[ScheduleFacts, ...]:
        """The lines of a schedule; one without a first day keeps the day that it has."""
        wanted = schedule_facts(record.schedules, begin=self._begin)
        if row is None:
            return tuple(wanted)
        known = {_times_of(line): line.starts_on for line in row.schedules.all()}
        return tuple(
            line if said["starts_on"] else replace(line, starts_on=known.get(_times_of(line), line.starts_on))
            for line, said in zip(wanted, record.schedules, strict=True)
        )

    def _located(self, record: Record) -> PlaceFacts:
        """The facts of a new place with its point, from the file or from its postcode."""
        facts = dict(record.facts)
        if "latitude" not in facts:
            postcode = facts.get("postcode", "")
            if not postcode:
                raise LineRefused("place", f"plek '{record.name[:60]}' kennen wij niet; geef het adres en de postcode")
            point = self._points.get(postcode) or self._points.get(postcode[:4])
            if not point:
                raise LineRefused("postcode", f"postcode {postcode[:10]} kennen wij niet; klopt hij?")
            facts["latitude"], facts["longitude"] = point
            middle = postcode if postcode in self._points else f"{postcode[:4]}; kijk of dat klopt"
            self._note(record.line, "postcode", f"{record.name[:60]} komt op de kaart in het midden van {middle}")
        return PlaceFacts(**facts)


def _times_of(line: Any) -> tuple[object, ...]:
    return line.rrule, line.starts, line.ends


def _points(postcodes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each postcode, and of its four digits; one query for some hundreds."""
    codes = sorted({code for postcode in postcodes if postcode for code in (postcode, postcode[:4])})
    found: dict[str, tuple[float, float]] = {}
    for start in range(0, len(codes), 500):
        rows = Postcode.objects.filter(code__in=codes[start : start + 500])
        found |= {
            code: (latitude, longitude)
            for code, latitude, longitude in rows.values_list("code", "latitude", "longitude")
        }
    return found


def today_of(at: datetime) -> date:
    return at.astimezone(ZONE).date()
