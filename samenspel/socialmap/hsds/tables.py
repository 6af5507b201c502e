"""The tabular form of HSDS (a folder of CSV files) to and from nested records.

Rows point at their parent by `<parent>_id`, attributes by `link_id`, metadata by `resource_id`. A row with several
parents is nested in each of them and becomes one row again.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samenspel.socialmap.hsds.profile import Record, terms

Tables = dict[str, list[Record]]

FILES = {
    "organization": "organizations.csv",
    "program": "programs.csv",
    "service": "services.csv",
    "event": "events.csv",
    "attribute": "attributes.csv",
    "service_at_location": "service_at_location.csv",
    "location": "locations.csv",
    "phone": "phones.csv",
    "contact": "contacts.csv",
    "address": "addresses.csv",
    "schedule": "schedules.csv",
    "funding": "funding.csv",
    "service_area": "service_areas.csv",
    "required_document": "required_documents.csv",
    "language": "languages.csv",
    "accessibility": "accessibility.csv",
    "taxonomy_term": "taxonomy_terms.csv",
    "metadata": "metadata.csv",
    "meta_table_description": "meta_table_descriptions.csv",
    "cost_option": "cost_options.csv",
    "organization_identifier": "organization_identifiers.csv",
    "taxonomy": "taxonomies.csv",
    "service_capacity": "service_capacity.csv",
    "unit": "units.csv",
    "url": "url.csv",
}
"""Table and file: of the 3.0 data package, `event` of the profile, and the last three of 3.1, which are only kept."""

_LISTS = {
    "funding": "funding",
    "contacts": "contact",
    "phones": "phone",
    "locations": "location",
    "programs": "program",
    "organization_identifiers": "organization_identifier",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "addresses": "address",
    "accessibility": "accessibility",
    "attributes": "attribute",
    "metadata": "metadata",
}
"""Field of a nested record and the table of its rows."""
_ONE = {"location": "location", "program": "program", "taxonomy_term": "taxonomy_term", "taxonomy_detail": "taxonomy"}
"""Field of a nested record and the table of the one row in it, to which `<table>_id` points."""
_NESTED_IN: Mapping[str, tuple[str, ...]] = {
    "organization": ("funding", "contacts", "phones", "locations", "programs", "organization_identifiers"),
    "service": (
        "phones", "schedules", "service_areas", "service_at_locations", "languages", "funding", "cost_options",
        "program", "required_documents", "contacts",
    ),
    "service_at_location": ("contacts", "phones", "schedules", "location"),
    "location": ("languages", "addresses", "contacts", "accessibility", "phones", "schedules"),
    "contact": ("phones",),
    "phone": ("languages",),
    "attribute": ("taxonomy_term",),
    "taxonomy_term": ("taxonomy_detail",),
}  # fmt: skip
_POINTS_BY = {"attribute": "link_id", "metadata": "resource_id"}
_NUMBERS = {
    "latitude", "longitude", "minimum_age", "maximum_age", "amount", "extension", "timezone", "count", "interval",
    "year_incorporated",
}  # fmt: skip
_JSON = {
    "area", "rooms", "verifications", "capacity", "exdates", "alone_welcome", "volunteers_wanted",
    "skips_school_holidays", "skips_public_holidays",
}  # fmt: skip
"""Fields of the profile that are no text; in a cell they are written as JSON."""
_PROFILE_NAMES = {"event": "service"}


def value_of(column: str, cell: str) -> Any:
    """The value of a cell: a number or JSON where the field is one and the cell can be written back the same."""
    if column not in _NUMBERS and column not in _JSON:
        return cell
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    is_same = cell_of(value) == cell and (column in _JSON or isinstance(value, int | float))
    return value if is_same else cell


def cell_of(value: Any) -> str:
    """The text of a value in a cell."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


class Joined:
    """The tables of a package, joined; `record` nests, and what was never nested or asked for is `loose`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._used: set[int] = set()
        self._children: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
        self._by_id: dict[tuple[str, str], Record] = {}
        for table, rows in tables.items():
            for row in rows:
                self._by_id.setdefault((table, str(row.get("id", ""))), row)
                for column, target in row.items():
                    if column.endswith("_id") and isinstance(target, str):
                        self._children[table, column, target].append(row)

    def record(self, table: str, row: Record) -> Record:
        """A row with its children in it."""
        self._used.add(id(row))
        kind = _PROFILE_NAMES.get(table, table)
        found = dict(row)
        for field in (*_NESTED_IN.get(kind, ()), *(() if table in _POINTS_BY else ("attributes", "metadata"))):
            nested = self._one(field, row) if field in _ONE else self._many(kind, field, row)
            if nested:
                found[field] = nested
                found.pop(f"{_ONE.get(field)}_id", None)
        return found

    def loose(self, known: Iterable[str]) -> Tables:
        """The rows that hang on nothing, of tables other than `known`."""
        left = {
            table: [row for row in rows if id(row) not in self._used]
            for table, rows in self._tables.items()
            if table not in known
        }
        return {table: rows for table, rows in left.items() if rows}

    def _many(self, kind: str, field: str, row: Record) -> list[Record]:
        table = _LISTS[field]
        column = _POINTS_BY.get(table, f"{kind}_id")
        children = self._children[table, column, str(row.get("id", ""))]
        return [_without(self.record(table, child), column) for child in children if _may_be_of(kind, child)]

    def _one(self, field: str, row: Record) -> Record | None:
        table = _ONE[field]
        child = self._by_id.get((table, str(row.get(f"{table}_id", ""))))
        if child is not None and table == "taxonomy_term" and child["id"] in terms():
            return terms()[child["id"]][1]
        return self.record(table, child) if child is not None else None


def _may_be_of(kind: str, child: Record) -> bool:
    """Whether an attribute, that may say of which table its parent is, is of this one."""
    said = child.get("link_entity")
    return said == kind or said not in FILES


def _without(record: Record, column: str) -> Record:
    """A nested record does not say in what it is nested."""
    return {name: value for name, value in record.items() if name != column}


def flat(package: Record) -> Tables:
    """The tables of a document as `feed.package` makes it; each row once, by id."""
    rows: dict[str, dict[str, Record]] = defaultdict(dict)
    parts = {"organizations": "organization", "locations": "location", "services": "service", "events": "event"}
    for part, table in (*parts.items(), ("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")):
        for record in package.get(part, ()):
            for name, row in _rows(table, record):
                _merge(rows[name], row)
    for table, loose in package.get("loose", {}).items():
        for row in loose:
            _merge(rows[table], row)
    return {table: list(rows[table].values()) for table in FILES if rows[table]}


def _merge(rows: dict[str, Record], row: Record) -> None:
    """The first that says a field holds; a row without id stays a row of its own."""
    key = str(row.get("id") or f"#{len(rows)}")
    rows[key] = {**row, **rows.get(key, {})}


def _rows(table: str, record: Record) -> Iterator[tuple[str, Record]]:
    """The row of a record and, after it, the rows nested in it."""
    row = {}
    nested: list[tuple[str, Record]] = []
    kind = _PROFILE_NAMES.get(table, table)
    for field, value in record.items():
        if field in _LISTS and isinstance(value, list):
            child = _LISTS[field]
            link = {_POINTS_BY.get(child, f"{kind}_id"): record.get("id")}
            nested += [(child, {**link, **one}) for one in value if isinstance(one, dict)]
        elif field in _ONE and isinstance(value, dict):
            row[f"{_ONE[field]}_id"] = value.get("id")
            nested.append((_ONE[field], value))
        else:
            row[field] = value
    yield table, row
    for child, one in nested:
        yield from _rows(child, one)
