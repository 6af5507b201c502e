"""Asking another from the page of a question, and what the holder does with that since."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover.asking import answers_by_link, note_spoken_answer, say_yes, send_link
from samenspel.handover.handing import end_handover, note_warm
from samenspel.handover.models import Handover, HelpRequest
from samenspel.handover.states import Word
from samenspel.people.permissions import may_see_requests
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import carried_out, sent, summary
from samenspel.workspace.handover_forms import ORGANIZATION, YES, AskForm, SpokenAnswerForm, WarmForm
from samenspel.workspace.requests import seen
from samenspel.workspace.steps import REFUSALS, done, first_error, reason_of
from samenspel.workspace.usecases import ask_other

_FORMS: Mapping[str, type[Form]] = {"warm": WarmForm, "antwoord": SpokenAnswerForm}
BEGIN = "vraag"
"""The name of the button beside an offering; its value is the organization to ask."""


@page(may_see_requests, "GET", "POST")
def ask_another(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask a team, an organization or a person to take the stokje or to help."""
    row, now = seen(request, request_id), timezone.now()
    data = None if BEGIN in request.POST else sent(request)
    form = AskForm(data, row=row, today=now.astimezone(ZONE).date(), initial=_begin(request, row))

    def act() -> None:
        asked = form.asked
        made = ask_other(request=row, proposal=asked.proposal, spoken=asked.spoken, by=actor(request), at=now)
        say(request, _how_it_goes_on(made))

    try:
        if form.is_valid() and carried_out(form, act):
            return redirect("workspace:request", row.pk)
    except REFUSALS as refusal:
        return refused(request, reason_of(refusal), status=HTTPStatus.CONFLICT)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(
        request, "workspace/ask_another.html", {"asked": row, "form": form, "errors": summary(form)}, status=status
    )


@page(may_see_requests, "POST")
def step(request: HttpRequest, handover_id: UUID, verb: str) -> HttpResponse:
    """What the holder does with a handover: a yes that was spoken, it was warm, no longer needed."""
    mine = HelpRequest.objects.visible_to(who(request))
    handover = get_object_or_404(Handover.objects.select_related("request"), pk=handover_id, request__in=mine)
    if verb not in _STEPS:
        raise Http404
    act, text = _STEPS[verb]
    form = _FORMS[verb](request.POST) if verb in _FORMS else None
    if form and not form.is_valid():
        return refused(request, first_error(form), status=HTTPStatus.BAD_REQUEST)
    said = form.cleaned_data if form else {}
    return done(request, handover.request, lambda: act(handover, said, actor(request), timezone.now()), text)


def _begin(request: HttpRequest, row: HelpRequest) -> dict[str, Any]:
    begin = {"until": row.ends_on, "kind": Handover.Kind.PARTNER, "sees": Handover.Sees.TEXT, "who": ORGANIZATION}
    return begin | ({"organization": request.POST[BEGIN]} if BEGIN in request.POST else {})


def _how_it_goes_on(made: Handover) -> str:
    if not made.approved_at:
        return "De inwoner ziet uw voorstel op de kaart."
    if answers_by_link(made) and not made.link_hash:
        phone = made.organization.public_contact["phone"] if made.organization else ""
        reach = f"Bel ze nu op {phone}" if phone else "Wij kennen ook geen nummer. Ga langs, of vraag het wijkteam"
        return f"Er is geen e-mailadres. {reach}, en noteer hieronder wat ze zeggen."
    return "Gevraagd. U ziet hieronder hoe het staat."


def _yes(handover: Handover, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    say_yes(handover=handover, word=Word.SPOKEN, by=by, at=at)


def _again(handover: Handover, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    send_link(handover=handover, by=by, at=at)


def _warm(handover: Handover, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    note_warm(handover=handover, how=said["how"], on=said["on"], by=by, at=at)


def _answer(handover: Handover, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    refusal = "" if said["answer"] == YES else said["answer"]
    note_spoken_answer(handover=handover, refusal=refusal, by=by, at=at)


def _stop(handover: Handover, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    end_handover(handover=handover, word=Word.SPOKEN, by=by, at=at)


_STEPS: Mapping[str, tuple[Callable[[Handover, Mapping[str, Any], Actor, datetime], None], str]] = {
    "ja": (_yes, "Genoteerd: de inwoner zei ja."),
    "link": (_again, "Een nieuwe link is onderweg. Een oude werkt niet meer."),
    "antwoord": (_answer, "Genoteerd wat zij aan de telefoon zeiden."),
    "warm": (_warm, "Genoteerd: een warme overdracht."),
    "stop": (_stop, "Gestopt. De ander ziet niets meer."),
}
