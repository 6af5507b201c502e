"""The long-term agenda (LTA): what is on it, who decides when, the documents; as pages and to print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.cockpit.agenda_forms import DocumentForm, MomentForm, ProcessForm
from samenspel.cockpit.forms import edited
from samenspel.policy.agenda import (
    DocumentFacts,
    MomentFacts,
    ProcessFacts,
    When,
    in_order,
    set_document,
    set_moment,
    set_process,
    years_without_plan,
)
from samenspel.policy.models import PolicyDocument, PolicyProcess
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent


@dataclass(frozen=True)
class Shown:
    """A process with its moments as they are said today, its documents, and years without an action plan."""

    process: PolicyProcess
    coming: tuple[When, ...]
    held: tuple[When, ...]
    documents: tuple[PolicyDocument, ...]
    without_plan: tuple[int, ...]


@page(may_see_policy)
def agenda(request: HttpRequest) -> HttpResponse:
    """Every process, those that run first; prints as the agenda."""
    today = timezone.localdate()
    shown = shown_processes(who(request).municipality, today)
    context = {
        "running": [one for one in shown if not _has_ended(one.process, today)],
        "ended": [one for one in shown if _has_ended(one.process, today)],
        "today": today,
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/agenda.html", context)


@page(may_see_policy)
def process(request: HttpRequest, process_id: UUID) -> HttpResponse:
    """One process: its moments, documents and dossier."""
    row = a_process(request, process_id)
    context = {
        "shown": _shown(row, timezone.localdate()),
        "dossier": getattr(row, "dossier", None),
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/process.html", context)


@page(may_make_policy, "GET", "POST")
def edit_process(request: HttpRequest, process_id: UUID | None = None) -> HttpResponse:
    """Put a process on the agenda, or change one."""
    row = a_process(request, process_id) if process_id else None
    form = ProcessForm(sent(request), initial=vars(ProcessFacts.of(row)) if row else {})

    def act() -> str:
        facts, home = ProcessFacts(**form.cleaned_data), who(request).municipality
        saved = set_process(municipality=home, facts=facts, process=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.title}."

    return edited(request, form, act, "cockpit/process_edit.html", {"process": row}, "cockpit:agenda")


@page(may_make_policy, "GET", "POST")
def moment(request: HttpRequest, process_id: UUID, moment_id: UUID | None = None) -> HttpResponse:
    """Plan a moment, change it, or write what came out."""
    owner = a_process(request, process_id)
    row = get_object_or_404(owner.moments, pk=moment_id) if moment_id else None
    form = MomentForm(sent(request), initial=vars(MomentFacts.of(row)) if row else {})

    def act() -> str:
        facts = MomentFacts(**form.cleaned_data)
        saved = set_moment(process=owner, facts=facts, moment=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.what}."

    return _part_of(request, form, act, owner, "Een moment", is_new=row is None)


@page(may_make_policy, "GET", "POST")
def document(request: HttpRequest, process_id: UUID, document_id: UUID | None = None) -> HttpResponse:
    """Add a document, or change what is stated about one."""
    owner = a_process(request, process_id)
    row = get_object_or_404(owner.documents, pk=document_id) if document_id else None
    form = DocumentForm(sent(request), initial=vars(DocumentFacts.of(row)) if row else {})

    def act() -> str:
        facts = DocumentFacts(**form.cleaned_data)
        saved = set_document(process=owner, facts=facts, document=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.title}."

    return _part_of(request, form, act, owner, "Een stuk", is_new=row is None)


def shown_processes(municipality: str, today: date) -> list[Shown]:
    """Every process of a municipality by title; 3 queries."""
    rows = PolicyProcess.objects.filter(municipality=municipality).order_by("title")
    return [_shown(row, today) for row in rows.prefetch_related("moments", "documents")]


def a_process(request: HttpRequest, process_id: UUID) -> PolicyProcess:
    """A process of one's own municipality, or 404."""
    return get_object_or_404(PolicyProcess, municipality=who(request).municipality, pk=process_id)


def _shown(row: PolicyProcess, today: date) -> Shown:
    said = in_order(row.moments.all(), today)
    documents = tuple(row.documents.all())
    return Shown(
        process=row,
        coming=_those(said, held=False),
        held=_those(said, held=True),
        documents=documents,
        without_plan=tuple(years_without_plan(row, documents, today)),
    )


def _those(said: Iterable[When], *, held: bool) -> tuple[When, ...]:
    return tuple(one for one in said if bool(one.moment.held_on) is held)


def _has_ended(row: PolicyProcess, today: date) -> bool:
    return row.ended_on is not None and row.ended_on <= today


def _part_of(
    request: HttpRequest, form: WorkForm, act: Any, owner: PolicyProcess, what: str, *, is_new: bool
) -> HttpResponse:
    context = {"process": owner, "heading": f"{what} {'toevoegen' if is_new else 'wijzigen'}"}
    return edited(request, form, act, "cockpit/process_part.html", context, "cockpit:process", owner.pk)
