"""Looking at a file before anything happens: every line read and checked, the outcome kept as a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused, Progress, Refusal
from samenspel.socialmap.importers import polling, readers
from samenspel.socialmap.importers.columns import KINDS, columns_of
from samenspel.socialmap.importers.known import areas_by_name
from samenspel.socialmap.importers.lines import Line, headers_of
from samenspel.socialmap.importers.merging import Merged, merge
from samenspel.socialmap.importers.planning import Plan, Planner, today_of
from samenspel.socialmap.importers.records import Record
from samenspel.socialmap.importers.tables import Table, read_table
from samenspel.socialmap.models import ImportRun

SHOWN_ROWS = 10
MOST_SHOWN = 1_000
"""Refusals and notes that are kept word for word."""
_EXAMPLES = {"uitleg", "voorbeeld"}
"""In the column `id` of the template: lines that explain and are not read."""
_BATCH = 500
_OF_A_PARTNER = {
    "name": {"organization": "organisatie", "place": "plek"},
    "kind": {"organization": "soort organisatie"},
}

ReadLine = Callable[[Line], list[Record]]


def preview(
    file: Path | bytes,
    *,
    file_name: str,
    kind: str,
    municipality: str,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> ImportRun:
    """Read and check a file; nothing on the map changes. Raises FileRefused, and then nothing is kept.

    Reads and checks outside any transaction: 5,000 lines take some seconds, in which nobody waits for it.
    """
    if kind not in KINDS:
        raise FileRefused(f"'{kind}' is geen soort bestand; kies uit {', '.join(KINDS)}")
    report = ImportReport(_shown_name(file_name))
    looking = _Looking(kind, municipality, at, report, progress)
    plans = looking.look(file)
    draft = [plan.record.as_data() for plan in plans if not looking.is_done(plan)]
    data = report.as_data() | {
        "rows_shown": _rows_shown(kind, plans),
        "to_do": len(draft),
        "carried_out": 0,
        "result": {},
        "late_refusals": [],
        "undo_notes": [],
    }
    return _keep(municipality=municipality, kind=kind, file_name=report.file, draft=draft, report=data, by=by, at=at)


@action
def _keep(
    *, municipality: str, kind: str, file_name: str, draft: list[Any], report: dict[str, Any], by: Actor, at: datetime
) -> ImportRun:
    run = ImportRun(
        municipality=municipality,
        kind=kind,
        file_name=file_name,
        state=ImportRun.State.PREVIEWED,
        created_at=at,
        draft=draft,
        report=report,
    )
    run.save(force_insert=True)
    record(action="preview_import", on=run, by=by, at=at, municipality=municipality, kind=kind, records=len(draft))
    return run


class _Looking:
    """One file on its way to a draft; what is wrong goes to the report."""

    def __init__(
        self, kind: str, municipality: str, at: datetime, report: ImportReport, progress: Progress | None
    ) -> None:
        self._kind, self._municipality, self._at = kind, municipality, at
        self._report, self._progress = report, progress
        self._headers: dict[str, str] = {}
        self._planner: Planner | None = None
        self._read_before: set[tuple[str, str, str]] = set()

    def look(self, file: Path | bytes) -> list[Plan]:
        table = read_table(file, name=self._report.file, refuse=self._refuse, note=self._note)
        if self._kind == "places" and polling.is_polling(table.header):
            found = polling.read(table, self._municipality, self._report)
            merged = Merged(found, {record.key: polling.lines_of(record) for record in found})
        else:
            merged = merge(self._records(table), refuse=self._refuse_record, note=self._note)
        planner = self._planner = Planner(self._municipality, merged.records, at=self._at, note=self._note)
        self._read_before = {one.key for one in merged.records if planner.known.is_read(one)}
        return self._plans(planner, merged)

    def is_done(self, plan: Plan) -> bool:
        """Whether carrying it out would change nothing at all, not even what we know of its source."""
        return plan.verb == "same" and plan.record.key in self._read_before

    def _records(self, table: Table) -> list[list[Record]]:
        places = headers_of(self._kind, table.header, self._note)
        self._headers = {name: table.header[place] for name, place in places.items()}
        read, found = self._reader(), []
        for number, cells in table.rows:
            line = Line(number, {name: cells[place] for name, place in places.items()}, self._headers)
            if line.code("id").lower() in _EXAMPLES:
                self._note(number, "", "een regel van het voorbeeldbestand; niet gelezen")
                continue
            records = read(line)
            if line.problems:
                self._refuse_all(line)
            else:
                found.append(records)
            if self._progress and number % _BATCH == 0:
                self._progress(self._report.file, number)
        return found

    def _reader(self) -> ReadLine:
        today = today_of(self._at)
        if self._kind == "organizations":
            return lambda line: readers.organizations(line, today=today)
        if self._kind == "places":
            return readers.places
        areas = areas_by_name(self._municipality)
        return lambda line: readers.offerings(line, today=today, areas=areas)

    def _plans(self, planner: Planner, merged: Merged) -> list[Plan]:
        plans = []
        for start in range(0, len(merged.records), _BATCH):
            batch = merged.records[start : start + _BATCH]
            planner.load(batch)
            for one in batch:
                if plan := self._plan(planner, one, merged.lines.get(one.key)):
                    plans.append(plan)
        return plans

    def _plan(self, planner: Planner, one: Record, lines: list[int] | None) -> Plan | None:
        try:
            plan = planner.plan(one)
        except (FactRefused, LineRefused) as refused:
            if lines is None:  # an organization or place: the lines that name it are refused by themselves
                self._complain(one, refused.field, refused.reason)
            for line in lines or ():
                self._refuse_record(replace(one, line=line), refused.field, refused.reason)
            return None
        if lines is not None:
            word = {"new": "new", "changed": "changed", "same": "unchanged"}[plan.verb]
            self._report.merged(**{word: 1})
            self._report.merged(unchanged=len(lines) - 1)
        return plan

    def _complain(self, one: Record, field: str, reason: str) -> None:
        self._note(one.line, self._headers.get(column := column_of(self._kind, one, field), column), reason)

    def _refuse_all(self, line: Line) -> None:
        """One line may have several problems: all are told, the line counts once."""
        self._report.refuse(line.number, *line.problems[0])
        for field, reason in line.problems[1:]:
            if len(self._report.refusals) < MOST_SHOWN:
                self._report.refusals.append(Refusal(line.number, field, reason))

    def _refuse(self, line: int | None, field: str, reason: str) -> None:
        self._report.refuse(line, self._headers.get(field, field), reason)

    def _refuse_record(self, one: Record, fact: str, reason: str) -> None:
        self._refuse(one.line, column_of(self._kind, one, fact), reason)

    def _note(self, line: int | None, field: str, reason: str) -> None:
        self._report.note(line, self._headers.get(field, field), reason)


def column_of(kind: str, one: Record, fact: str) -> str:
    """The column in which a fact of a record stands; a rule of the schedule stands in `dag` or a time."""
    last = fact.rpartition(".")[2]
    if fact.startswith("schedules"):
        last = "rrule" if last == "schedules" else last
    if (partner := _OF_A_PARTNER.get(last, {}).get(one.kind)) and kind == "offerings":
        return partner
    if last == "cost_cents":
        last = "cost_kind"
    if last == "organization" and kind == "organizations":
        last = "name"
    return next((column.name for column in columns_of(kind) if column.fact == last), last)


def _shown_name(file_name: str) -> str:
    """A name that can be kept and shown: without folders and signs that are no letters."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable() and not "\ud800" <= sign <= "\udfff")[-200:] or "bestand"


_VERBS = {"new": "nieuw", "changed": "wijzigt", "same": "blijft gelijk"}


def _rows_shown(kind: str, plans: list[Plan]) -> list[dict[str, str]]:
    """The first rows as they will be, with Dutch names of columns."""
    main = kind.removesuffix("s")
    chosen = sorted((plan for plan in plans if plan.record.kind == main), key=lambda plan: plan.record.line)
    names = {plan.record.source_id: plan.record.name for plan in plans}
    return [_shown(kind, plan, names) for plan in chosen[:SHOWN_ROWS]]


def _shown(kind: str, plan: Plan, names: dict[str, str]) -> dict[str, str]:
    one = plan.record
    row = {"Regel": str(one.line), "Naam": one.name}
    if kind == "offerings":
        row |= {"Organisatie": names.get(one.organization, ""), "Plek": names.get(one.place, "")}
        row["Samenvatting"] = one.facts.get("summary", "")
    elif kind == "places":
        street = f"{one.facts.get('street', '')} {one.facts.get('house_number', '')}".strip()
        row |= {"Adres": street, "Postcode": one.facts.get("postcode", ""), "Plaats": one.facts.get("city", "")}
    else:
        row |= {"Te vinden voor inwoners": "ja" if one.consent else "nog niet"}
    return row | {"Wat er gebeurt": _VERBS[plan.verb]}
