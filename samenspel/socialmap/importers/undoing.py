"""Taking an import back, in short transactions: what it added goes, what it changed returns, unless changed since."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models

from samenspel.audit.action import Actor, action, record
from samenspel.people.models import Organization
from samenspel.places.importers.report import Progress
from samenspel.places.models import Area
from samenspel.socialmap import bulk, listing
from samenspel.socialmap.actions import change_meeting_place, change_offering, set_schedules
from samenspel.socialmap.importers.carrying import NotPossible
from samenspel.socialmap.importers.known import MODELS
from samenspel.socialmap.importers.records import Kind, mark, schedule_facts
from samenspel.socialmap.importers.states import (
    listing_of,
    offering_facts,
    organization_facts,
    place_facts,
    state_of,
)
from samenspel.socialmap.models import ImportRun, MeetingPlace, Offering, Schedule, SourceRecord

CHUNK = 50
_PARTS: tuple[type[models.Model], ...] = (Schedule, Offering.serves.through)
"""What belongs to a row and goes with it."""
_NAMES = {
    "offering": "aanbod",
    "meetingplace": "een plek",
    "areacontact": "een contactpersoon",
    "entrance": "een ingang",
    "verification": "een bevestiging",
    "confirmationrequest": "de vraag of het klopt",
}


def undo(
    *, run: ImportRun, by: Actor, at: datetime, most: int | None = None, progress: Progress | None = None
) -> ImportRun:
    """Take back at most `most` steps of an import in this call, the last first; `undone` when none is left.

    A row that was changed, confirmed or used since stays as it is and is named in `report["undo_notes"]`.
    Raises NotPossible for an import that did nothing, was undone before, or is too old.
    """
    run.refresh_from_db()
    if run.state == ImportRun.State.UNDONE:
        raise NotPossible("dit is al teruggedraaid")
    if run.state == ImportRun.State.PREVIEWED and not run.steps:
        raise NotPossible("dit bestand is nog niet ingelezen; er valt niets terug te draaien")
    if not run.steps and run.report.get("carried_out"):
        raise NotPossible("dit is te lang geleden om terug te draaien")
    left = most
    while run.state != ImportRun.State.UNDONE and (left is None or left > 0):
        count = CHUNK if left is None else min(CHUNK, left)
        _undo(run=run, most=count, by=by, at=at)
        left = None if left is None else left - count
        if progress:
            progress(run.file_name, len(run.steps))
    return run


@action
def _undo(*, run: ImportRun, most: int, by: Actor, at: datetime) -> None:
    run.refresh_from_db(
        fields=["state", "report", "steps", "done_at"],
        from_queryset=ImportRun.objects.select_for_update().defer("draft"),
    )
    if run.state == ImportRun.State.UNDONE:
        raise NotPossible("dit is al teruggedraaid")
    account = run.report.setdefault("undo", {"to_do": _counted(run.steps), "removed": 0, "restored": 0, "kept": 0})
    notes = run.report["undo_notes"]
    steps, run.steps = run.steps[-most:][::-1], run.steps[:-most]
    for kind in (Kind.OFFERING, Kind.PLACE, Kind.ORGANIZATION):
        _undo_kind(run, kind.value, [step for step in steps if step["kind"] == kind], account, notes, by, at)
    fields = ["steps", "report"]
    if not run.steps:
        run.state, run.undone_at, run.draft = ImportRun.State.UNDONE, at, []
        run.done_at = run.done_at or at
        fields += ["state", "undone_at", "done_at", "draft"]
    run.save(update_fields=fields)
    record(action="undo_import", on=run, by=by, at=at, municipality=run.municipality, steps=len(steps))


def _counted(steps: Sequence[dict[str, Any]]) -> int:
    """How many steps did something to a row; the others only noted where it came from."""
    return sum(step["verb"] == "add" or bool(step["before"]) for step in steps)


def _undo_kind(
    run: ImportRun,
    kind: str,
    steps: Sequence[dict[str, Any]],
    account: dict[str, int],
    notes: list[str],
    by: Actor,
    at: datetime,
) -> None:
    rows = _rows(kind, [step["id"] for step in steps])
    used = _used(MODELS[kind], [step["id"] for step in steps if step["verb"] == "add"])
    removed: list[Any] = []
    for step in steps:
        row = rows.get(step["id"])
        if row is None or not _counted([step]):
            account["removed"] += _counted([step])
            if row is not None or kind != Kind.ORGANIZATION:  # else it was erased after its no: that is remembered
                _take_source_back(run.municipality, step)
        elif reason := _why_kept(row, step, used):
            account["kept"] += 1
            notes.append(f"{row.name} blijft staan: {reason}")
        elif step["verb"] == "add":
            removed.append(row)
            account["removed"] += 1
        else:
            _restore(row, step["before"], by, at)
            account["restored"] += 1
            _take_source_back(run.municipality, step)
    if removed:
        ids = [row.pk for row in removed]
        SourceRecord.objects.filter(municipality=run.municipality, kind=kind, object_id__in=ids).delete()
        bulk.remove_rows(municipality=run.municipality, rows=removed, by=by, at=at, run=str(run.pk))


def _rows(kind: str, ids: list[str]) -> dict[str, Any]:
    rows = MODELS[kind].objects.filter(pk__in=ids)
    if kind == Kind.OFFERING:
        rows = rows.select_related("organization", "place").prefetch_related("serves", "schedules")
    return {str(row.pk): row for row in rows}


def _used(model: type[models.Model], ids: list[str]) -> dict[str, str]:
    """The rows that something else belongs to, and what; one query for each kind of thing."""
    used: dict[str, str] = {}
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if ids and other not in _PARTS:
            name = relation.field.name
            found = other._default_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True)
            used |= {str(pk): _NAMES.get(other._meta.model_name, "iets anders") for pk in found}
    return used


def _why_kept(row: Organization | MeetingPlace | Offering, step: dict[str, Any], used: dict[str, str]) -> str:
    if mark(state_of(row)) != step["after"]:
        return "het is daarna nog gewijzigd"
    return f"er hoort al iets anders bij: {used[step['id']]}" if step["id"] in used else ""


def _restore(row: Any, before: dict[str, Any], by: Actor, at: datetime) -> None:
    """Bring a row back to how it was before the import."""
    if isinstance(row, Organization):
        _restore_organization(row, before, by, at)
    elif isinstance(row, MeetingPlace):
        hosts = {str(row.host.pk): row.host} if row.host else {}
        change_meeting_place(place=row, facts=place_facts(before, hosts), by=by, at=at)
    else:
        _restore_offering(row, before, by, at)


def _restore_organization(row: Organization, before: dict[str, Any], by: Actor, at: datetime) -> None:
    now = state_of(row)
    facts = organization_facts(before)
    if now["listing"] != before["listing"]:
        listing.change_organization(organization=row, facts=facts, by=by, at=at)
        bulk.take_listing_back(organization=row, before=listing_of(before), by=by, at=at)
    else:
        listing.change_organization(organization=row, facts=facts, by=by, at=at)


def _restore_offering(row: Offering, before: dict[str, Any], by: Actor, at: datetime) -> None:
    areas = {str(area.pk): area for area in Area.objects.defer("boundary").filter(pk__in=before["serves"])}
    organization = Organization.objects.get(pk=before["organization"])
    place = MeetingPlace.objects.get(pk=before["place"]) if before["place"] else None
    facts = offering_facts(before, organization, place, areas)
    change_offering(offering=row, facts=facts, by=by, at=at)
    if state_of(row)["schedules"] != before["schedules"]:
        times = schedule_facts(before["schedules"], begin=date.min)
        set_schedules(offering=row, schedules=times, by=by, at=at)


def _take_source_back(municipality: str, step: dict[str, Any]) -> None:
    """What is known of the source becomes what it was before the step."""
    source, ids, fingerprint = step["source"]
    records = SourceRecord.objects.filter(
        municipality=municipality, source=source, kind=step["kind"], source_id__in=ids
    )
    if fingerprint is None:
        records.delete()
    else:
        records.update(fingerprint=fingerprint)
