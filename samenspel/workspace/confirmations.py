"""Asking "klopt dit?": whom to ask, the letters to print, how many answered, and whom to call."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.people.models import Organization
from samenspel.people.permissions import may_ask_to_confirm
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.confirm import (
    ANSWER_IN,
    LinkEnded,
    open_requests,
    share_confirmed,
    start_round,
    to_ask,
    way_of,
)
from samenspel.socialmap.letters import NoLetters, letter_round
from samenspel.socialmap.models import ConfirmationRequest, Verification
from samenspel.socialmap.permissions import may_call_groups
from samenspel.socialmap.reminders import to_call
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.ui.print.pdf import FontsMissing
from samenspel.workspace.usecases import note_told

EVERYONE = "allemaal"
"""The button that asks all organizations at once; it is asked once more."""

_HEARD = (
    Verification.Method.PHONE,
    Verification.Method.LETTER,
    Verification.Method.VISIT,
    Verification.Method.DESK,
)


class RoundForm(forms.Form):
    """Which of the organizations that can be asked are asked."""

    def __init__(self, data: QueryDict | None, *, askable: QuerySet[Organization]) -> None:
        super().__init__(data)
        self.fields["organizations"] = forms.ModelMultipleChoiceField(
            queryset=askable,
            error_messages={
                "required": "Kies ten minste één organisatie.",
                "invalid_choice": "Een van deze organisaties kan niet meer gevraagd worden.",
                "invalid_pk_value": "Een van deze organisaties kennen wij niet.",
            },
        )


class AnswerForm(WorkForm):
    """What an organization said by phone, on paper or in person."""

    method = forms.ChoiceField(label="Hoe hoorde u het", choices=[(one.value, one.label) for one in _HEARD])
    confirmed_by = forms.ChoiceField(
        label="Wie zei het",
        choices=[(name, name) for name in FUNCTIONS],
        help_text="Kies een functie. Wij bewaren geen naam.",
    )
    agrees = forms.BooleanField(
        label="Deze groep zegt ja: zet ons op de kaart",
        required=False,
        help_text="De groep staat nog niet op de kaart. Zonder ja blijft dat zo.",
    )


@page(may_ask_to_confirm, "GET", "POST")
def confirmations(request: HttpRequest) -> HttpResponse:
    """Show how far it is; start a round with the organizations that were chosen."""
    now, home = timezone.now(), who(request).municipality
    askable = to_ask(municipality=home, at=now)
    form = RoundForm(sent(request), askable=askable)
    if request.method == "POST":
        everyone = EVERYONE in request.POST and askable.exists()
        if everyone and "zeker" not in request.POST:
            return show(request, "workspace/confirm_all.html", {"number": askable.count()})
        if everyone or form.is_valid():
            asked = askable if everyone else form.cleaned_data["organizations"]
            made = start_round(municipality=home, organizations=asked, by=actor(request), at=now)
            say(request, f"De vraag is gesteld: {made.mailed} per e-mail, {made.letters} met een brief.")
            return redirect("workspace:confirmations")
    chosen = request.POST.getlist("organizations")
    context = {"form": form, "errors": _errors(form), "chosen": chosen, **_state(home, now)}
    return show(
        request,
        "workspace/confirmations.html",
        context,
        status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
    )


@page(may_ask_to_confirm, "POST")
def letters(request: HttpRequest) -> HttpResponse:
    """Give the letters that are not answered yet as one PDF; each gets a new link, so those before stop working."""
    try:
        pdf = letter_round(municipality=who(request).municipality, by=actor(request), at=timezone.now())
    except NoLetters:
        say(request, "Er zijn geen brieven te maken.")
        return redirect("workspace:confirmations")
    except FontsMissing as missing:
        say(request, str(missing))
        return redirect("workspace:confirmations")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="klopt-dit-brieven.pdf"'
    return response


@page(may_call_groups, "GET", "POST")
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note what an organization said without its link."""
    now = timezone.now()
    asked = get_object_or_404(open_requests(municipality=who(request).municipality, at=now), pk=request_id)
    form = AnswerForm(sent(request))
    if asked.organization.is_listed:
        del form.fields["agrees"]

    def act() -> None:
        note_told(request=asked, **{"agrees": False, **form.cleaned_data}, by=actor(request), at=now)

    try:
        if request.method == "POST" and form.is_valid() and carried_out(form, act):
            say(request, f"Genoteerd: bij {asked.organization.name} klopt alles.")
            return redirect("workspace:phone-round")
    except LinkEnded:
        say(request, f"{asked.organization.name} antwoordde net zelf al.")
        return redirect("workspace:phone-round")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(
        request, "workspace/answer.html", {"form": form, "errors": summary(form), "asked": asked}, status=status
    )


def _errors(form: forms.Form) -> list[dict[str, str]]:
    return [{"field": "organisaties", "text": str(text)} for text in form.errors.get("organizations", [])]


def _state(municipality: str, now: Any) -> dict[str, Any]:
    waiting = list(open_requests(municipality=municipality, at=now))
    share = share_confirmed(municipality=municipality, at=now)
    return {
        "askable": [
            {"organization": one, "way": way_of(one).label, "id": str(one.pk)}
            for one in to_ask(municipality=municipality, at=now)
        ],
        "share": share,
        "ways": [(way.label, asked, answered) for way, (asked, answered) in share.by_way.items()],
        "letters": sum(one.way == ConfirmationRequest.Way.LETTER for one in waiting),
        "to_call": to_call(municipality=municipality, at=now).count(),
        "waiting": [one for one in waiting if one.asked_at > now - ANSWER_IN],
    }
