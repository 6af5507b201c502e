"""Handovers that ask one's own team or organization: read what is asked, say yes or no, and give back."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.audit.models import AuditEvent
from samenspel.engine.calendar import ZONE
from samenspel.handover.handing import AlreadyAnswered, accept, give_back, read_shared, refuse
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import Handover
from samenspel.people.models import User
from samenspel.people.permissions import may_see_requests
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import sent, summary
from samenspel.workspace.handover_forms import AnswerForm
from samenspel.workspace.steps import REFUSALS, reason_of

_UNREADABLE = "Er is nu niets te lezen. De tijd is voorbij, of het is al afgerond."


@page(may_see_requests, "GET", "POST")
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """What is known without reading; a POST shows the approved text, and what comes with a yes."""
    row, now = _asked(request, handover_id), timezone.now()
    context = {"handover": row, "today": now.astimezone(ZONE).date(), "form": AnswerForm(), **_answered(row)}
    if request.method != "POST":
        return show(request, "workspace/handover.html", context)
    try:
        seen = read_shared(handover=row, by=actor(request), at=now)
    except Unreadable:
        return refused(request, _UNREADABLE, status=HTTPStatus.GONE)
    return show(request, "workspace/handover.html", {**context, "seen": seen})


@page(may_see_requests, "POST")
def say_yes(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Take the stokje, or join the circle; who comes second is told who was first."""
    row = _asked(request, handover_id)
    try:
        accept(handover=row, by=actor(request), at=timezone.now())
    except AlreadyAnswered:
        return _too_late(request, row)
    except REFUSALS as refusal:
        return refused(request, reason_of(refusal), status=HTTPStatus.CONFLICT)
    if row.kind == Handover.Kind.HOLDER:
        say(request, "U heeft het stokje nu. Wij lieten het weten.")
        return redirect("workspace:request", row.request_id)
    say(request, "Fijn dat u meehelpt.")
    return redirect("workspace:handover", row.pk)


@page(may_see_requests, "POST")
def say_no(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Say no with a reason: who asked keeps the question."""
    row, form = _asked(request, handover_id), AnswerForm(sent(request))
    if not form.is_valid():
        context = {"handover": row, "today": timezone.localdate(), "form": form}
        context |= {"errors": summary(form), **_answered(row)}
        return show(request, "workspace/handover.html", context, status=HTTPStatus.BAD_REQUEST)
    try:
        refuse(handover=row, refusal=form.cleaned_data["refusal"], by=actor(request), at=timezone.now())
    except AlreadyAnswered:
        return _too_late(request, row)
    except REFUSALS as refusal:
        return refused(request, reason_of(refusal), status=HTTPStatus.CONFLICT)
    say(request, "Duidelijk, dank u. Wie het vroeg, weet het nu.")
    return redirect("workspace:start")


@page(may_see_requests, "POST")
def back(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Give back what was accepted: the stokje goes to who gave it."""
    row = _asked(request, handover_id)
    try:
        give_back(handover=row, by=actor(request), at=timezone.now())
    except REFUSALS as refusal:
        return refused(request, reason_of(refusal), status=HTTPStatus.CONFLICT)
    say(request, "Teruggegeven. Wie het vroeg, weet het nu.")
    return redirect("workspace:start")


def _asked(request: HttpRequest, handover_id: UUID) -> Handover:
    """The handover with this id, where it asks one's own team or organization; else a 404."""
    rows = Handover.objects.visible_to(who(request)).exclude(state__in=(Handover.State.DRAFT, Handover.State.CANCELLED))
    rows = rows.select_related("request__team", "request__area", "team", "organization", "ground")
    row: Handover = get_object_or_404(rows.defer("request__area__boundary"), pk=handover_id)
    return row


def _answered(row: Handover) -> dict[str, object]:
    """Whether it can be answered, and else by whom it was."""
    if row.state == Handover.State.WAITING:
        return {"is_waiting": True}
    events = AuditEvent.objects.filter(municipality=row.request.municipality, action__in=("accept", "refuse"))
    event = events.filter(object_kind=row._meta.label_lower, object_id=str(row.pk)).order_by("at", "pk").last()
    colleague = User.objects.filter(pk=event.actor_id).first() if event and event.actor_kind == "person" else None
    return {"is_waiting": False, "answered_by": colleague.name if colleague else ""}


def _too_late(request: HttpRequest, row: Handover) -> HttpResponse:
    """Tell who comes second how it stands, and who was first."""
    row.refresh_from_db(fields=["state"])
    by = _answered(row).get("answered_by")
    text = f"Dit is al {row.get_state_display()}{f', door {by}' if by else ''}."
    return refused(request, text, status=HTTPStatus.CONFLICT)
