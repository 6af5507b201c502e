"""What is done with a question from its page: take it up, note a contact, keep it longer, close it.

Each is one POST that goes back to the page; what cannot be done says why, and nothing is half done.
"""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.handover.asking import NoAddress
from samenspel.handover.handing import AlreadyAnswered
from samenspel.handover.holding import RESIDENT_SAYS, close, keep_longer, note_contact, take_up
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import HelpRequest
from samenspel.handover.states import WITHOUT_TEXT, StepRefused, Word
from samenspel.handover.steps import NotAllowed, NotThere
from samenspel.handover.terms import DAYS_KEPT
from samenspel.people.checks import FactRefused
from samenspel.people.permissions import may_see_requests
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, sent, summary
from samenspel.workspace.requests import CONTACTS, seen, tried

REFUSALS = (AlreadyAnswered, NoAddress, NotAllowed, NotThere, StepRefused, Unreadable)
"""What an action says no with, whatever was typed."""
_GONE = "Deze vraag is niet meer te lezen. De bewaartijd is voorbij, of de inwoner nam de vraag terug."
_SPOKEN = "De inwoner zei dit zelf tegen mij"
_NO_LONGER_READ = ("withdraw", "close_moved", "close_deceased")
"""Ends after which the text is gone at once: they are asked once more."""
_ENDS = (
    ("say_helped", "Geholpen"),
    ("say_own_circle", "Opgelost met eigen mensen"),
    ("say_not_helped", "Toch niet geholpen: ga verder"),
    ("close_unreachable", "Niet te bereiken"),
    ("withdraw", "De inwoner trekt de vraag in"),
    ("close_moved", "Verhuisd"),
    ("close_deceased", "Overleden"),
)


class ContactForm(forms.Form):
    """One tap: how, and whether somebody was reached; perhaps the day of the next conversation."""

    tap = forms.ChoiceField(
        choices=[(f"{way}-{said}", "") for way, _label, speaks in CONTACTS for said in ("ja", "nee")[not speaks :]],
        error_messages={"required": "Kies hoe u contact zocht.", "invalid_choice": "Kies hoe u contact zocht."},
    )
    next_on = forms.DateField(required=False, error_messages={"invalid": "Schrijf de dag als 2-12-2026."})


class CloseForm(WorkForm):
    """How it ended, and that the resident said so where only the resident can."""

    verb = forms.ChoiceField(label="Hoe eindigt deze vraag", choices=_ENDS, widget=forms.RadioSelect)
    spoken = forms.BooleanField(label=_SPOKEN, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("verb") in RESIDENT_SAYS and not given.get("spoken"):
            self.add_error("spoken", "alleen de inwoner kan dit zeggen. Heeft u dat gehoord? Zet dan een vinkje.")
        return given


class KeepForm(forms.Form):
    """How much longer, on the resident's word."""

    days = forms.TypedChoiceField(choices=[(days, days) for days in DAYS_KEPT], coerce=int)
    spoken = forms.BooleanField(error_messages={"required": "Vraag het eerst aan de inwoner. Zet dan een vinkje."})


def reason_of(refusal: Exception) -> str:
    """Why an action was refused, in Dutch."""
    if isinstance(refusal, AlreadyAnswered):
        return f"Dit kan niet meer. Hoe het nu staat: {refusal.handover.get_state_display()}."
    if isinstance(refusal, (Unreadable, NotThere)):
        return _GONE
    if isinstance(refusal, NoAddress):
        return "Hier kunnen wij niet heen mailen. Bel, en vraag iemand met een e-mailadres."
    if isinstance(refusal, FactRefused):
        return f"{refusal.reason[:1].upper()}{refusal.reason[1:]}."
    return str(refusal)


def done(request: HttpRequest, row: HelpRequest, act: Callable[[], Any], text: str) -> HttpResponse:
    """Carry out an action on a question and go back to its page, or to the day when the page is gone."""
    try:
        act()
    except (*REFUSALS, FactRefused) as refusal:
        return refused(request, reason_of(refusal), status=HTTPStatus.CONFLICT)
    say(request, text)
    still_here = HelpRequest.objects.visible_to(who(request)).filter(pk=row.pk).exclude(state__in=WITHOUT_TEXT).exists()
    return redirect("workspace:request", row.pk) if still_here else redirect("workspace:start")


@page(may_see_requests, "POST")
def take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Become who holds it."""
    row = seen(request, request_id)
    return done(
        request, row, lambda: take_up(request=row, by=actor(request), at=timezone.now()), "U heeft deze vraag nu."
    )


@page(may_see_requests, "POST")
def contact(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note one try to reach the resident."""
    row, form = seen(request, request_id), ContactForm(request.POST)
    if not form.is_valid():
        return refused(request, first_error(form), status=HTTPStatus.BAD_REQUEST)
    way, _, said = form.cleaned_data["tap"].partition("-")
    next_on: date | None = form.cleaned_data["next_on"]

    def act() -> None:
        note_contact(request=row, way=way, reached=said == "ja", next_on=next_on, by=actor(request), at=timezone.now())

    return done(
        request, row, act, "Genoteerd: u heeft gesproken." if said == "ja" else "Genoteerd: u heeft het geprobeerd."
    )


@page(may_see_requests, "POST")
def keep(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put off the end date on the resident's spoken word."""
    row, form = seen(request, request_id), KeepForm(request.POST)
    if not form.is_valid():
        return refused(request, first_error(form), status=HTTPStatus.BAD_REQUEST)

    def act() -> None:
        days = form.cleaned_data["days"]
        keep_longer(request=row, days=days, word=Word.SPOKEN, by=actor(request), at=timezone.now())

    return done(request, row, act, "Genoteerd: deze vraag blijft langer bewaard.")


@page(may_see_requests, "GET", "POST")
def end(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Close a question; an end that takes the text away is asked once more."""
    row = seen(request, request_id)
    form = CloseForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
        context = {"asked": row, "form": form, "errors": summary(form), **tried(row)}
        return show(request, "workspace/request_end.html", context, status=status)
    verb = form.cleaned_data["verb"]
    if verb in _NO_LONGER_READ and "zeker" not in request.POST:
        context = {"asked": row, "verb": verb, "label": dict(_ENDS)[verb], "spoken": form.cleaned_data["spoken"]}
        return show(request, "workspace/request_end_sure.html", context)
    return done(
        request,
        row,
        lambda: close(request=row, verb=verb, by=actor(request), at=timezone.now()),
        "De vraag is afgesloten.",
    )


def first_error(form: forms.Form) -> str:
    """What is wrong with a form of one tap."""
    return str(next(iter(form.errors.values()))[0])
