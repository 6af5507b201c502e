"""What a feed says, gathered from its records: each organization, location and service once, by its own id."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from samenspel.places.importers.files import NOT_UTF8
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused
from samenspel.socialmap.hsds.mapping import is_on_the_map
from samenspel.socialmap.hsds.profile import Record, taxonomies, terms
from samenspel.socialmap.hsds.tables import Joined, Tables

MAX_RECORD = 1_000_000
"""Characters of one record as JSON; the fullest example of the specification has 30 thousand."""
MAX_ID = 200

_SERVICE_ONLY = {
    "status", "organization", "organization_id", "service_at_locations", "service_areas", "cost_options",
    "eligibility_description",
}  # fmt: skip
_TERM_ONLY = {"code", "taxonomy", "taxonomy_detail", "taxonomy_id", "term_uri", "parent_id"}
_TAXONOMY = {"id", "name", "description", "uri", "version", "metadata", "taxonomy_terms"}
_OLDER = {
    "physical_addresses", "postal_addresses", "regular_schedules", "holiday_schedules", "eligibilitys", "eligibility",
    "service_taxonomys", "service_taxonomies", "accessibility_for_disabilities", "payments_accepted",
}  # fmt: skip
"""Fields and tables of HSDS 1 and 2 (and ORUK 1) that 3.0 no longer has."""
_NEWER = {"capacities", "additional_urls", "additional_websites"}
_NEWER_TABLES = {"service_capacity", "unit", "url"}
_ELSEWHERE = {
    "@context": "JSON-LD (schema.org)",
    "features": "GeoJSON",
    "elements": "OpenStreetMap",
    "structure_id": "data·inclusion",
    "siret": "data·inclusion",
}
"""A field by which the format of another directory is known."""
PAGE = {"total_items", "total_pages", "page_number", "size", "contents"}


@dataclass
class Entry:
    """One record: its place in the file, itself without what stands in another entry, and the id of its owner."""

    number: int
    key: str
    record: Record
    owner: str = ""


@dataclass
class Package:
    """The records of one feed by id; `loose` are rows that hang on nothing."""

    organizations: dict[str, Entry] = field(default_factory=dict)
    locations: dict[str, Entry] = field(default_factory=dict)
    services: dict[str, Entry] = field(default_factory=dict)
    loose: Tables = field(default_factory=dict)
    is_newer: bool = False

    def add(self, number: int, record: Any) -> None:
        """Take in one record of any kind; raises LineRefused."""
        check_record(record)
        self.is_newer = self.is_newer or bool(_NEWER & record.keys())
        _ADD[kind_of(record)](self, number, record)

    def organization(self, number: int, record: Record) -> str:
        """Take in an organization with the services in it; its id."""
        key = _key(record)
        bare = {name: value for name, value in record.items() if name not in ("services", "events")}
        _put(self.organizations, Entry(number, key, bare))
        for service in (*_dicts(record.get("services")), *_dicts(record.get("events"))):
            self.service(number, service, owner=key)
        for location in _dicts(record.get("locations")):
            self.location(number, location, owner=key)
        return key

    def location(self, number: int, record: Record, *, owner: str = "") -> None:
        if isinstance(record.get("id"), str):
            owner = owner or str(record.get("organization_id") or "")
            _put(self.locations, Entry(number, _key(record), record, owner))

    def service(self, number: int, record: Record, *, owner: str = "") -> None:
        """Take in a service or event with the organization and locations in it."""
        organization = record.get("organization")
        if isinstance(organization, dict):
            owner = self.organization(number, organization)
        bare = {name: value for name, value in record.items() if name != "organization"}
        owner = owner or str(record.get("organization_id") or "")
        _put(self.services, Entry(number, _key(record), bare, owner))
        for one in _dicts(record.get("service_at_locations")):
            if isinstance(one.get("location"), dict):
                self.location(number, one["location"])

    def at_location(self, number: int, record: Record) -> None:
        """Take in a service at a location: the service, with this in its list."""
        service = record.get("service")
        if not isinstance(service, dict):
            raise LineRefused("service", "ontbreekt; zonder het aanbod zelf is dit record niet te plaatsen")
        here = {name: value for name, value in record.items() if name != "service"}
        others = [one for one in _dicts(service.get("service_at_locations")) if one.get("id") != here.get("id")]
        self.service(number, {**service, "service_at_locations": [here, *others]})

    def term(self, number: int, record: Record, *, table: str = "taxonomy_term") -> None:
        """Take in a taxonomy or term that is not of our own profile."""
        own = {one.id for one in taxonomies().values()} | terms().keys()
        if record.get("id") not in own:
            self.loose.setdefault(table, []).append(record)

    def taxonomy(self, number: int, record: Record) -> None:
        self.term(number, record, table="taxonomy")


_ADD: dict[str, Callable[[Package, int, Record], object]] = {
    "organization": Package.organization,
    "location": Package.location,
    "service": Package.service,
    "service_at_location": Package.at_location,
    "taxonomy": Package.taxonomy,
    "taxonomy_term": Package.term,
}


def of_records(records: Iterable[tuple[int, Any]], report: ImportReport) -> Package:
    """Gather records of any kind with their numbers; what cannot be read goes to the report."""
    package = Package()
    for number, record in records:
        try:
            package.add(number, record)
        except LineRefused as refused:
            report.refuse(number, refused.field, refused.reason)
    return package


def of_tables(tables: Tables, report: ImportReport) -> Package:
    """Gather the rows of joined tables; a line is the row's number in its file (the header is line 1)."""
    joined = Joined(tables)
    package = Package(is_newer=bool(_NEWER_TABLES & tables.keys()))
    for table in ("organization", "location", "service", "event"):
        for number, row in enumerate(tables.get(table, ()), start=2):
            try:
                check_record(record := _of_row(joined, table, row))
                _ADD["service" if table == "event" else table](package, number, record)
            except LineRefused as refused:
                report.refuse(number, f"{table}.{refused.field}", refused.reason)
    own = {one.id for one in taxonomies().values()} | terms().keys()
    loose = joined.loose(("organization", "location", "service", "event"))
    for table, rows in loose.items():
        if foreign := [row for row in rows if row.get("id") not in own]:
            package.loose[table] = foreign
    return package


def _of_row(joined: Joined, table: str, row: Record) -> Record:
    """A row with what hangs on it; a location on our map is not nested in its organization, it is an entry itself."""
    record = joined.record(table, row)
    if table == "organization" and "locations" in record:
        elsewhere = [one for one in record.pop("locations") if not is_on_the_map(one)]
        record |= {"locations": elsewhere} if elsewhere else {}
    return record


def kind_of(record: Record) -> str:
    """The kind of a record by its fields; raises LineRefused for what is not HSDS 3."""
    fields = record.keys()
    kinds = {
        "service_at_location": "service" in fields or {"service_id", "location_id"} <= fields,
        "location": "location_type" in fields,
        "service": bool(_SERVICE_ONLY & fields),
        "taxonomy_term": bool(_TERM_ONLY & fields),
        "taxonomy": fields <= _TAXONOMY and bool({"version", "taxonomy_terms"} & fields),
        "organization": {"id", "name"} <= fields,
    }
    if kind := next((kind for kind, fits in kinds.items() if fits), ""):
        return kind
    raise LineRefused("", "geen record van HSDS 3.0: een organization of service heeft id en name")


def check_record(record: Any) -> None:
    """Refuse what is no record, of another version or format, or cannot be stored; raises LineRefused."""
    if not isinstance(record, dict):
        raise LineRefused("", "geen record")
    if problem := problem_of(record.keys()):
        raise LineRefused("", problem)
    try:
        text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise LineRefused("", "bevat een getal dat niet kan, of te veel lagen") from error
    if "\\u0000" in text or NOT_UTF8.search(text):
        raise LineRefused("", "bevat een teken dat niet kan")
    if len(text) > MAX_RECORD:
        raise LineRefused("", f"is langer dan {MAX_RECORD} tekens")


def problem_of(fields: Iterable[str]) -> str:
    """Why records or tables with these fields or names are not read, or ""."""
    names = set(fields)
    if older := sorted(_OLDER & names):
        return f"dit is een oudere versie (HSDS 1 of 2, met {older[0]}); zet het eerst om naar HSDS 3.0"
    if "totalElements" in names:
        return "dit is een oudere versie (Open Referral UK 1, met totalElements); zet het eerst om naar HSDS 3.0"
    return next((f"dit is {name}, geen HSDS 3.0" for sign, name in _ELSEWHERE.items() if sign in names), "")


def check_whole(document: Record) -> None:
    """Refuse a whole file by its outer fields; raises FileRefused."""
    if problem := problem_of(document.keys()):
        raise FileRefused(problem)
    version = document.get("version")
    if {"version", "profile"} <= document.keys() and not str(version).removeprefix("HSDS-UK-").startswith("3."):
        raise FileRefused(f"dit is HSDS {str(version)[:20]}; wij lezen 3.0")
    if "openapi_url" in document:
        raise FileRefused(
            "dit is de beschrijving van een feed, zonder gegevens; vraag daar /services en /organizations"
        )


def _put(entries: dict[str, Entry], entry: Entry) -> None:
    """Add an entry; said twice, the fields are joined and the first that says a field holds."""
    first = entries.get(entry.key)
    if first is None:
        entries[entry.key] = entry
        return
    first.record = {**entry.record, **first.record}
    first.owner = first.owner or entry.owner


def _key(record: Record) -> str:
    key = record.get("id")
    if not isinstance(key, str) or not key.strip() or len(key) > MAX_ID:
        raise LineRefused("id", f"ontbreekt, of is geen tekst van hoogstens {MAX_ID} tekens")
    return key


def _dicts(value: Any) -> list[Record]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
