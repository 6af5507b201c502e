"""What a feed said and the social map has no column for: kept with the source of the row, given back as it came.

A remainder is {"came": the record as it was read, "base": {field: what we would have said}}. `base` names only the
fields in which we differ from what came. As long as we would still say the same, the field leaves as it came; once it
is changed here, ours leaves.
"""

from collections.abc import Collection, Mapping
from typing import Any

from samenspel.socialmap.hsds.profile import Record

CONTACT_FIELDS = frozenset({"contacts", "phones", "email", "assurer_email", "attention", "first_contact", "host_note"})
HOST_FIELDS = CONTACT_FIELDS | {"organization_id"}
CONFIRMED = frozenset({"verifications"})
"""Taken over one by one, for they may name a person: never kept or given back as they came."""


def kept(came: Record, ours: Record, *, before: Mapping[str, Any] | None = None, ours_before: Record) -> Record:
    """The remainder for a record and the row it became or changed.

    `before` is the remainder of the last reading, `ours_before` what we said just before this one: a field that was
    changed here, and that the feed repeats, stays ours.
    """
    came = without(came, CONFIRMED)
    fields = (came.keys() | ours.keys()) - CONFIRMED
    base = {field: ours.get(field) for field in fields if not _same(came, ours, field)}
    if before:
        ours_first = {**before["came"], **before["base"]}
        mine = [
            field
            for field in base
            if ours_before.get(field) != ours_first.get(field) and came.get(field) == before["came"].get(field)
        ]
        base = {field: value for field, value in base.items() if field not in mine}
    return {"came": came, "base": base}


def as_it_came(ours: Record, remainder: Mapping[str, Any]) -> Record:
    """Our record with, of what was not changed here, the fields as they came."""
    found = dict(ours)
    for field, value in remainder.get("base", {}).items():
        if ours.get(field) != value:
            continue
        if field in remainder["came"]:
            found[field] = remainder["came"][field]
        else:
            found.pop(field, None)
    return found


def held_back(remainder: Mapping[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """A remainder without what a feed said in some fields, at any depth: of these only ours leaves."""
    if not remainder:
        return {}
    base = {field: value for field, value in remainder["base"].items() if field not in fields}
    return {"came": without(remainder["came"], fields), "base": base}


def without_contact(value: Any) -> Any:
    """A record without any way to reach a person, at any depth: for who shields its contact."""
    return without(value, CONTACT_FIELDS)


def without(value: Any, fields: Collection[str]) -> Any:
    """A record without some fields, at any depth."""
    if isinstance(value, dict):
        return {name: without(one, fields) for name, one in value.items() if name not in fields}
    if isinstance(value, list):
        return [without(one, fields) for one in value]
    return value


def _same(came: Record, ours: Record, field: str) -> bool:
    return field in came and field in ours and bool(came[field] == ours[field])
