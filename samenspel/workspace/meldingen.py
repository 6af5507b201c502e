"""Meldingen: mark a question as one, and take it over to the zaaksysteem with a receipt."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import date as in_words
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.handover.keys import Unreadable
from samenspel.handover.letters import TEMPLATE, confirmation_letter
from samenspel.handover.melding import (
    Package,
    confirm_on_paper,
    confirmation,
    mark,
    set_hold,
    take_out,
    teams_for,
    transfer,
)
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.permissions import may_read, may_transfer
from samenspel.handover.states import StepRefused, Word
from samenspel.handover.steps import NotAllowed
from samenspel.handover.told import ContactWay
from samenspel.people.checks import FactRefused
from samenspel.people.models import Team
from samenspel.people.permissions import may_see_signs
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.ui.print.pdf import FontsMissing, pdf

_DAY = "j F Y"
_GONE = "Deze melding is niet meer te lezen. De tekst is gewist."


class MarkForm(WorkForm):
    kind = forms.ChoiceField(label="Wat moet de gemeente onderzoeken", choices=Melding.Kind.choices)


class ReceiptForm(WorkForm):
    team = forms.ModelChoiceField(label="Team met mandaat", queryset=Team.objects.none(), empty_label=None)
    receipt = forms.CharField(label="Nummer van het zaaksysteem", max_length=64)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(pk__in=[team.pk for team in teams])  # type: ignore[attr-defined]


@page(may_see_signs, "GET", "POST")
def new_melding(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Mark a question as a melding, from today; what it was before is shown."""
    rows = HelpRequest.objects.visible_to(who(request)).select_related("team", "area").defer("area__boundary", "sealed")
    row = get_object_or_404(rows, pk=request_id)
    form = MarkForm(sent(request))

    def act() -> None:
        mark(request=row, kind=form.cleaned_data["kind"], word=Word.SPOKEN, by=actor(request), at=timezone.now())

    try:
        if form.is_bound and form.is_valid() and carried_out(form, act):
            say(request, "Dit is nu een melding. De termijn loopt vanaf vandaag.")
            return redirect("workspace:new-melding", row.pk)
    except (NotAllowed, StepRefused) as refusal:
        return refused(request, str(refusal), status=HTTPStatus.CONFLICT)
    known = [confirmation(one) for one in row.meldingen.order_by("melded_on")]
    context = {"asked": row, "form": form, "errors": summary(form), "known": known}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/melding_new.html", context, status=status)


@page(may_see_signs, "GET", "POST")
def melding(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The dates of a melding, and for who has the mandate: take it out, and note the receipt."""
    row, now = _melding(request, melding_id), timezone.now()
    teams = [team for team in teams_for(row, at=now) if team.members.filter(pk=who(request).pk).exists()]
    form = ReceiptForm(sent(request), teams=teams)

    def act() -> None:
        transfer(melding=row, **form.cleaned_data, by=actor(request), at=now)

    try:
        if "vasthouden" in request.POST:
            set_hold(melding=row, hold_reason=request.POST["vasthouden"], by=actor(request), at=now)
            return redirect("workspace:melding", row.pk)
        if form.is_bound and form.is_valid() and carried_out(form, act):
            say(request, f"Overgedragen: {row.reference}. De tekst is hier gewist.")
            return redirect("workspace:melding", row.pk)
    except FactRefused as refusal:
        return refused(request, refusal.reason, status=HTTPStatus.CONFLICT)
    except (NotAllowed, StepRefused) as refusal:
        return refused(request, str(refusal), status=HTTPStatus.CONFLICT)
    context = {
        "melding": row,
        "confirmed": confirmation(row),
        "form": form,
        "errors": summary(form) if "vasthouden" not in request.POST else [],
        "may_write": row.request is not None and may_read(who(request), row.request).allowed,
        "may": may_transfer(who(request), row, on=now.astimezone(ZONE).date()),
        "teams": teams_for(row, at=now),
        "today": now.astimezone(ZONE).date(),
        "holds": Melding.Hold.choices,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/melding.html", context, status=status)


@page(may_see_signs, "POST")
def melding_file(request: HttpRequest, melding_id: UUID, form: str) -> HttpResponse:
    """All of a melding as PDF or JSON for the zaaksysteem; a POST, for it leaves an event."""
    if form not in ("pdf", "json"):
        raise Http404
    row = _melding(request, melding_id)
    try:
        package = take_out(melding=row, by=actor(request), at=timezone.now())
        body: bytes | str = package.as_json() if form == "json" else pdf("workspace/paper/melding.typ", _paper(package))
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    except Unreadable:
        return refused(request, _GONE, status=HTTPStatus.GONE)
    except FontsMissing as missing:
        return refused(request, str(missing), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(body, content_type=f"application/{form}")
    response["Content-Disposition"] = f'attachment; filename="melding-{row.reference}.{form}"'
    return response


@page(may_see_signs, "POST")
def melding_letter(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The letter that confirms a melding, for a resident without e-mail; a POST, for it leaves an event."""
    row, now = _melding(request, melding_id), timezone.now()
    try:
        with transaction.atomic():  # a letter that cannot be made confirms nothing
            package = confirm_on_paper(melding=row, by=actor(request), at=now)
            body = pdf(TEMPLATE, confirmation_letter(package, at=now))
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    except Unreadable:
        return refused(request, _GONE, status=HTTPStatus.GONE)
    except FontsMissing as missing:
        return refused(request, str(missing), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bevestiging-{row.reference}.pdf"'
    return response


def _melding(request: HttpRequest, melding_id: UUID) -> Melding:
    """A melding of one's own team's question, or that one's team has the mandate for; else a 404."""
    today = timezone.localdate()
    rows = Melding.objects.visible_to(who(request), on=today).select_related("request__area", "request__team", "team")
    row: Melding = get_object_or_404(rows.defer("request__area__boundary").distinct(), pk=melding_id)
    return row


def _paper(package: Package) -> dict[str, Any]:
    one, told = package.melding, package.told
    way = ContactWay(told.way)
    reach = [("Naam", told.name), ("Hoe", f"{way.label}: {told.reach}" if told.reach else way.label)]
    return {
        "reference": one.reference,
        "text": told.text,
        "facts": [
            ("Waarvoor", Melding.Kind(one.kind).label),
            ("Gemeld op", in_words(one.melded_on, _DAY)),
            ("Gemeld door", Melding.MarkedBy(one.marked_by).label),
            ("Uiterlijk klaar op", in_words(one.term_ends_on, _DAY)),
            ("Volgens", one.term_source),
        ],
        "reach": [*reach, ("Wanneer", told.when)] if told.when else reach,
    }
