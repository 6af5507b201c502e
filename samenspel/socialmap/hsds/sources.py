"""Keeping where a row came from, with what has no column."""

from datetime import datetime
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.people.models import Organization
from samenspel.socialmap.hsds.feed import KEY
from samenspel.socialmap.hsds.profile import Record
from samenspel.socialmap.hsds.remainder import kept
from samenspel.socialmap.hsds.tables import Tables
from samenspel.socialmap.models import MeetingPlace, Offering, SourceRecord


@action
def keep_source(
    *,
    source: SourceRecord,
    row: Organization | MeetingPlace | Offering,
    came: Record,
    ours: Record,
    ours_before: Record,
    fingerprint: str,
    by: Actor,
    at: datetime,
) -> SourceRecord:
    """Note that `row` is what a record of a feed became; `source` names the record and may be new.

    `ours` is what we now say of the row, `ours_before` what we said before this reading ({} for a new row).
    """
    before = source.remainder.get(KEY, {})
    new = kept(came, ours, before=before if "came" in before else None, ours_before=ours_before)
    source.object_id = row.pk
    source.fingerprint = fingerprint
    source.read_at = at
    source.remainder = {**source.remainder, KEY: {**before, **new}}
    source.save()
    record(action="keep_source", on=row, by=by, at=at, municipality=row.municipality, source=source.source)
    return source


@action
def keep_id(*, source: SourceRecord, by: Actor, at: datetime) -> None:
    """Note one more id by which a feed knows a row: of an offering at its place."""
    source.read_at = at
    source.save()
    record(action="keep_id", on=source, by=by, at=at, municipality=source.municipality)


@action
def keep_loose(*, source: SourceRecord, loose: Tables, by: Actor, at: datetime) -> None:
    """Keep the rows of a feed that hang on nothing, with one of its organizations."""
    part: dict[str, Any] = {**source.remainder.get(KEY, {}), "loose": loose}
    source.remainder = {**source.remainder, KEY: part}
    source.save(update_fields=["remainder"])
    record(action="keep_loose", on=source, by=by, at=at, municipality=source.municipality, tables=sorted(loose))
