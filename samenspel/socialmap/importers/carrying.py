"""Carrying out a draft in short transactions: killed at any moment, it goes on where it was and doubles nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.importers.report import LineRefused, Progress
from samenspel.socialmap import bulk, listing
from samenspel.socialmap.actions import change_meeting_place, change_offering, set_schedules
from samenspel.socialmap.bulk import NewOffering
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.importers.planning import Plan, Planner
from samenspel.socialmap.importers.preview import column_of
from samenspel.socialmap.importers.records import Record, mark
from samenspel.socialmap.importers.states import offering_state, state_of
from samenspel.socialmap.models import ImportRun, MeetingPlace, SourceRecord

CHUNK = 100
"""Records in one transaction, some 0.3 s; a change counts for `_CHANGE` new ones."""
_CHANGE = 5


class NotPossible(ValueError):
    """This import cannot be carried out or undone; the message says why, in Dutch."""


def carry_out(
    *, run: ImportRun, by: Actor, at: datetime, most: int | None = None, progress: Progress | None = None
) -> ImportRun:
    """Write a draft, at most `most` records of it in this call; `done` when nothing is left.

    Raises NotPossible for an import that was carried out before or whose draft is gone.
    """
    carrier = _Carrier(run, by, at)
    left = most
    while run.state == ImportRun.State.PREVIEWED and (left is None or left > 0):
        count = carrier.carry(CHUNK if left is None else min(CHUNK, left))
        left = None if left is None else left - max(count, 1)
        if progress:
            progress(run.file_name, run.report["carried_out"])
    return run


class _Carrier:
    """One process at work on one draft."""

    def __init__(self, run: ImportRun, by: Actor, at: datetime) -> None:
        run.refresh_from_db()
        if run.state != ImportRun.State.PREVIEWED:
            raise NotPossible("dit bestand is al ingelezen")
        if len(run.draft) != run.report["to_do"]:
            raise NotPossible("het voorbeeld is verlopen; lees het bestand opnieuw in")
        self._run, self._by, self._at = run, by, at
        self._records = [Record.of(data) for data in run.draft]
        self._planner = self._new_planner()
        self._position: int = run.report["carried_out"]
        self._refused: list[tuple[Record, str, str]] = []

    def _new_planner(self) -> Planner:
        return Planner(self._run.municipality, self._records, at=self._at, note=lambda *_: None)

    def carry(self, most: int) -> int:
        """Write the next records in one transaction; how many."""
        before = self._position
        _carry(run=self._run, carrier=self, most=most, by=self._by, at=self._at)
        return self._position - before

    def plans(self, position: int, most: int) -> list[Plan]:
        """The plans of the next records, as many as fit in a short transaction."""
        if position != self._position:  # another process was here: what it wrote must be known first
            self._planner, self._position = self._new_planner(), position
        batch = self._records[position : position + most]
        self._planner.load(batch)
        plans: list[Plan] = []
        weight = 0
        self._refused = []
        for one in batch:
            if weight >= most:
                break
            self._position += 1
            try:
                plan = self._planner.plan(one)
            except (FactRefused, LineRefused) as refused:
                self._refused.append((one, refused.field, refused.reason))
                continue
            plans.append(plan)
            weight += _CHANGE if plan.verb == "changed" else 1
        return plans

    @property
    def position(self) -> int:
        return self._position

    @property
    def refused(self) -> list[tuple[Record, str, str]]:
        return self._refused


@action
def _carry(*, run: ImportRun, carrier: _Carrier, most: int, by: Actor, at: datetime) -> None:
    run.refresh_from_db(
        fields=["state", "report", "steps"], from_queryset=ImportRun.objects.select_for_update().defer("draft")
    )
    if run.state != ImportRun.State.PREVIEWED:
        raise NotPossible("dit bestand is intussen ingelezen")
    plans = carrier.plans(run.report["carried_out"], most)
    sources = _sources_before(run.municipality, plans)
    steps = _write(run, plans, by, at)
    _write_sources(run.municipality, plans, at)
    run.steps += [
        step | {"source": [plan.record.source, list(plan.record.sources) or [plan.record.source_id],
                           sources.get(plan.record.key)]}
        for plan, step in zip(plans, steps, strict=True)
    ]  # fmt: skip
    _count(run.report, plans, carrier.refused, run.kind)
    run.report["carried_out"] = carrier.position
    fields = ["steps", "report"]
    if carrier.position >= run.report["to_do"]:
        run.state, run.done_at, run.draft = ImportRun.State.DONE, at, []
        fields += ["state", "done_at", "draft"]
    run.save(update_fields=fields)
    record(action="carry_out_import", on=run, by=by, at=at, municipality=run.municipality, records=len(plans))


def _write(run: ImportRun, plans: list[Plan], by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Write the rows; one step for each plan, by which it can be undone."""
    new = [plan.new for plan in plans if plan.new is not None]
    if new:
        bulk.add_rows(
            municipality=run.municipality,
            organizations=[row for row in new if isinstance(row, Organization)],
            places=[row for row in new if isinstance(row, MeetingPlace)],
            offerings=[row for row in new if isinstance(row, NewOffering)],
            by=by,
            at=at,
            run=str(run.pk),
        )
    return [_step(plan, by, at) for plan in plans]


def _step(plan: Plan, by: Actor, at: datetime) -> dict[str, Any]:
    step: dict[str, Any] = {"kind": plan.record.kind, "id": str(plan.id), "before": {}, "after": ""}
    if plan.verb == "new":
        if plan.lists and isinstance(plan.new, Organization):
            _list(plan.new, plan.record, by, at)
        return step | {"verb": "add", "after": mark(_new_state(plan))}
    if plan.verb == "changed":
        row = plan.row or Organization.objects.get(pk=plan.id)
        step["before"] = state_of(row)
        _change(plan, row, by, at)
        step["after"] = mark(state_of(type(row).objects.get(pk=row.pk)))
    return step | {"verb": "change"}


def _new_state(plan: Plan) -> dict[str, Any]:
    if isinstance(plan.new, NewOffering):
        times = [ScheduleFacts.of(line) for line in plan.new.schedules]
        return offering_state(plan.new.row, plan.new.facts, times)
    assert plan.new is not None
    return state_of(plan.new)


def _change(plan: Plan, row: Any, by: Actor, at: datetime) -> None:
    if plan.lists:
        _list(row, plan.record, by, at)
    if isinstance(plan.facts, OrganizationFacts):
        listing.change_organization(organization=row, facts=plan.facts, by=by, at=at)
    elif isinstance(plan.facts, PlaceFacts):
        change_meeting_place(place=row, facts=plan.facts, by=by, at=at)
    elif isinstance(plan.facts, OfferingFacts):
        if set(plan.changes) != {"schedules"}:
            change_offering(offering=row, facts=plan.facts, by=by, at=at)
        if plan.schedules is not None:
            set_schedules(offering=row, schedules=plan.schedules, by=by, at=at)


def _list(row: Organization, one: Record, by: Actor, at: datetime) -> None:
    bulk.agree_earlier(organization=row, on=date.fromisoformat(one.consent["on"]), via=one.consent["via"], by=by, at=at)


def _sources_before(municipality: str, plans: list[Plan]) -> dict[tuple[str, str, str], str]:
    """The fingerprint that each source record has now."""
    rows = SourceRecord.objects.filter(
        municipality=municipality, source_id__in=[plan.record.source_id for plan in plans]
    )
    return {
        (kind, source, source_id): fingerprint
        for kind, source, source_id, fingerprint in rows.values_list("kind", "source", "source_id", "fingerprint")
    }


def _write_sources(municipality: str, plans: Iterable[Plan], at: datetime) -> None:
    """Note which record of which source became which row."""
    rows = [
        SourceRecord(
            municipality=municipality, source=plan.record.source, kind=plan.record.kind, source_id=source_id,
            object_id=plan.id, fingerprint=plan.record.fingerprint, remainder=remainder, read_at=at,
        )
        for plan in plans
        for source_id, remainder in (plan.record.sources or {plan.record.source_id: {}}).items()
    ]  # fmt: skip
    SourceRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "source", "kind", "source_id"],
        update_fields=["object_id", "fingerprint", "remainder", "read_at"],
    )


def _count(report: dict[str, Any], plans: list[Plan], refused: list[tuple[Record, str, str]], kind: str) -> None:
    words = {"new": "new", "changed": "changed", "same": "unchanged"}
    for one, word in [(plan.record, words[plan.verb]) for plan in plans] + [(one, "refused") for one, *_ in refused]:
        counts = report["result"].setdefault(one.kind, dict.fromkeys(("new", "changed", "unchanged", "refused"), 0))
        counts[word] += 1
    report["late_refusals"] += [
        {"line": one.line, "field": column_of(kind, one, field), "reason": reason} for one, field, reason in refused
    ]
