"""The long-term agenda (LTA): processes, the moments on which a body speaks, and their documents (denkkader §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.policy.models import DecisionMoment, PolicyDocument, PolicyProcess

_MONTHS = {DecisionMoment.Precision.MONTH: 1, DecisionMoment.Precision.QUARTER: 3}


@dataclass(frozen=True, kw_only=True)
class ProcessFacts:
    """The whole of what is stated about a process."""

    title: str
    framework_use: str
    text: str = ""
    ended_on: date | None = None

    @classmethod
    def of(cls, process: PolicyProcess) -> Self:
        return cls(**stated(cls, process))


@dataclass(frozen=True, kw_only=True)
class MomentFacts:
    """The whole of what is stated about a moment; once it was held, with what came out."""

    body: str
    what: str
    planned_on: date
    precision: str
    held_on: date | None = None
    result: str = ""

    @classmethod
    def of(cls, moment: DecisionMoment) -> Self:
        return cls(**stated(cls, moment))


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """The whole of what is stated about a document; `year` is of an action plan only."""

    kind: str
    title: str
    dated_on: date
    year: int | None = None
    website: str = ""

    @classmethod
    def of(cls, document: PolicyDocument) -> Self:
        return cls(**stated(cls, document))


@dataclass(frozen=True)
class When:
    """When a moment is or was: in words, its last possible day, and whether that day passed without it."""

    moment: DecisionMoment
    words: str
    last_day: date
    is_late: bool


@action
def set_process(
    *, municipality: str, facts: ProcessFacts, by: Actor, at: datetime, process: PolicyProcess | None = None
) -> PolicyProcess:
    """Put a process on the agenda, or replace what is stated about `process`; raises FactRefused."""
    check_same_municipality(municipality, process=process)
    row = process or PolicyProcess(municipality=municipality)
    _write("set_process", row, ProcessFacts.of(process) if process else None, facts, municipality, by, at)
    return row


@action
def set_moment(
    *, process: PolicyProcess, facts: MomentFacts, by: Actor, at: datetime, moment: DecisionMoment | None = None
) -> DecisionMoment:
    """Plan a moment, or replace what is stated about `moment`, such as what came out; raises FactRefused."""
    if facts.held_on and facts.held_on > at.astimezone(ZONE).date():
        raise FactRefused("held_on", "deze dag moet nog komen")
    if facts.result and not facts.held_on:
        raise FactRefused("held_on", "noem de dag waarop dit eruit kwam")
    row = moment or DecisionMoment(process=process)
    before = MomentFacts.of(moment) if moment else None
    _write("set_moment", row, before, facts, process.municipality, by, at)
    return row


@action
def set_document(
    *, process: PolicyProcess, facts: DocumentFacts, by: Actor, at: datetime, document: PolicyDocument | None = None
) -> PolicyDocument:
    """Add a document, or replace what is stated about `document`; raises FactRefused."""
    row = document or PolicyDocument(process=process)
    before = DocumentFacts.of(document) if document else None
    _write("set_document", row, before, facts, process.municipality, by, at)
    return row


def when(moment: DecisionMoment, on: date) -> When:
    """A moment as it is said on a day: "12 maart 2027", "maart 2027" or "1e kwartaal 2027"."""
    day = moment.planned_on
    if moment.precision == DecisionMoment.Precision.QUARTER:
        words = f"{(day.month + 2) // 3}e kwartaal {day.year}"
    else:
        words = date_format(day, "F Y" if moment.precision == DecisionMoment.Precision.MONTH else "j F Y")
    last_day = _last_day(moment)
    return When(moment, words, last_day, is_late=moment.held_on is None and last_day < on)


def in_order(moments: Iterable[DecisionMoment], on: date) -> list[When]:
    """Moments by the day on which they were held, else by their last possible day."""
    said = [when(moment, on) for moment in moments]
    return sorted(said, key=lambda one: (one.moment.held_on or one.last_day, one.moment.what))


def coming(municipality: str, on: date, until: date) -> list[When]:
    """Moments that were not held yet and may fall before `until`, those that are late included; one query."""
    rows = DecisionMoment.objects.filter(process__municipality=municipality, held_on__isnull=True)
    return in_order(rows.filter(planned_on__lte=until).select_related("process"), on)


def years_without_plan(process: PolicyProcess, documents: Iterable[PolicyDocument], on: date) -> list[int]:
    """Years since the first action plan of a process, up to this one or its end, that have none (§6: "ieder jaar")."""
    planned = {document.year for document in documents if document.year}
    last = min(on, process.ended_on or on).year
    return [year for year in range(min(planned, default=last + 1), last + 1) if year not in planned]


def _last_day(moment: DecisionMoment) -> date:
    """The last day of the day, month or quarter in which a moment is planned."""
    months = _MONTHS.get(DecisionMoment.Precision(moment.precision))
    if months is None:
        return moment.planned_on
    first = moment.planned_on.replace(day=1, month=(moment.planned_on.month - 1) // months * months + 1)
    return first + relativedelta(months=months, days=-1)


def _write(name: str, row: Any, before: Any, facts: Any, municipality: str, by: Actor, at: datetime) -> None:
    if before:
        lock(row)
    state(row, facts)
    check_row(row)
    row.save()
    changed = differences(before, facts) if before else names(facts)
    record(action=name, on=row, by=by, at=at, municipality=municipality, fields=changed)
