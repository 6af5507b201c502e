"""A GP, school, nurse or housing corporation brings a question, with the resident's yes and without an account.

Nothing says afterwards who brought it, but what is sealed with the question: the kind of work, and with consent an
address for one mail, that there was contact.
"""

import uuid
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from samenspel.audit.action import Actor
from samenspel.engine.bsn import holds_bsn
from samenspel.frontdoor.crowd import Crowded, admit, later, reason_of
from samenspel.frontdoor.frame import frame, language, show, switched
from samenspel.frontdoor.pages import urgent_in
from samenspel.frontdoor.requests import pages
from samenspel.frontdoor.requests.forms import NO_BSN, PlaceForm, choice, errors_of, is_email, is_phone, kept
from samenspel.frontdoor.requests.views import SHOWN_AGAIN, private
from samenspel.handover.actions import AlreadyAsked, NoTeam, ask_for_help
from samenspel.handover.models import HelpRequest
from samenspel.handover.terms import DAYS_KEPT
from samenspel.handover.told import ContactWay, Referrer, Told

LONGEST = 500
"""Signs of a referrer's question: enough to ask, too few for a file."""
WORK = {
    "huisarts": Referrer.GP,
    "school": Referrer.SCHOOL,
    "wijkverpleging": Referrer.NURSE,
    "corporatie": Referrer.HOUSING,
}
_FIELDS = ("akkoord", "plaats", "vraag", "bereik", "naam", "soort", "hoort", "eigen")


class ReferralForm(PlaceForm):
    """Whether the resident agrees, the question and how to reach the resident; then who refers."""

    field_order = _FIELDS

    akkoord = choice(("ja", "nee"), gettext_lazy("Kies of de inwoner dit goed vindt."))
    vraag = kept(LONGEST, required=gettext_lazy("Schrijf op wat de inwoner wil. Eén zin is genoeg."))
    bereik = kept(200, required=gettext_lazy("Vul in hoe wij de inwoner bereiken."))
    naam = kept(80)
    soort = choice(WORK, gettext_lazy("Kies waar u werkt."))
    hoort = forms.BooleanField(required=False)
    eigen = kept(200)
    kenmerk = forms.UUIDField()

    @property
    def is_only_advice(self) -> bool:
        return self.cleaned_data.get("akkoord") == "nee"

    def clean_bereik(self) -> str:
        typed = str(self.cleaned_data["bereik"])
        if not (is_phone(typed) or is_email(typed)):
            raise forms.ValidationError(gettext("Vul een telefoonnummer met 10 cijfers in, of een e-mailadres."))
        return typed

    def clean_eigen(self) -> str:
        """Where feedback goes: an address and the resident's consent, or neither."""
        typed, agreed = str(self.cleaned_data["eigen"]), self.cleaned_data.get("hoort", False)
        if agreed and not is_email(typed):
            raise forms.ValidationError(gettext("Vul uw eigen e-mailadres in, zoals naam@voorbeeld.nl."))
        if typed and not agreed:
            raise forms.ValidationError(
                gettext("Vindt de inwoner goed dat u dit hoort? Zet dan een vinkje. Haal anders uw e-mailadres weg.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("vraag", "bereik", "naam"):
            if holds_bsn(given.get(name, "")):
                self.add_error(name, NO_BSN)
        if "kenmerk" in self.errors:
            self.add_error("vraag", gettext("Dit formulier werkt niet meer. Stuur het nog een keer."))
        return given

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            text=given["vraag"],
            name=given["naam"],
            way=ContactWay.EMAIL if is_email(given["bereik"]) else ContactWay.PHONE,
            reach=given["bereik"],
            language=language(),
            referrer=WORK[given["soort"]],
            feedback_to=given["eigen"],
        )


@private
def refer(request: HttpRequest) -> HttpResponse:
    """The form, what to do without the resident's yes, or the card to hand over."""
    if request.method != "POST":
        return _page(request, ReferralForm())
    form, now = ReferralForm(request.POST), timezone.now()
    is_valid = form.is_valid()
    if form.is_only_advice:
        context = pages.worry(form, begin=reverse("frontdoor:refer"))
        return show(request, "frontdoor/request_worry.html", context | {"again": ()} | _switch(now))
    if not is_valid:
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        admit(request)
        asked, code = _ask(form, now)
    except AlreadyAsked as known:
        if not known.request.is_open or now - known.request.asked_at > SHOWN_AGAIN:
            return HttpResponseRedirect(reverse("frontdoor:refer"))
        asked, code = known.request, known.code
    except NoTeam:
        context = pages.no_team(form) | {"again": ()} | _switch(now)
        return show(request, "frontdoor/request_no_team.html", context)
    except (OperationalError, Crowded) as error:
        form.add_error("vraag", reason_of(error))
        return later(_page(request, form), error)
    context = pages.card(asked, code, text=form.cleaned_data["vraag"])
    return show(request, "frontdoor/referral_card.html", context | {"has_feedback": bool(form.cleaned_data["eigen"])})


def _ask(form: ReferralForm, now: datetime) -> tuple[HelpRequest, str]:
    assert form.near is not None
    return ask_for_help(
        municipality=settings.MUNICIPALITY,
        area=form.near.neighborhood,
        about=HelpRequest.About.KNOWS,
        channel=HelpRequest.Channel.REFERRER,
        told=form.told,
        days=DAYS_KEPT[-1],
        token=form.cleaned_data["kenmerk"],
        by=Actor("referrer"),
        at=now,
    )


def _page(request: HttpRequest, form: ReferralForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    errors = errors_of(form)
    typed = {name: form.data.get(name, "") for name in (*_FIELDS, "kenmerk")}
    typed["kenmerk"] = typed["kenmerk"] if form.is_bound and "kenmerk" not in form.errors else str(uuid.uuid4())
    context = {
        "typed": typed,
        "errors": errors,
        "wrong": dict.fromkeys(_FIELDS, "") | {one["field"]: one["text"] for one in errors},
        "urgent": urgent_in(typed["vraag"]),
        "longest": LONGEST,
    }
    return show(request, "frontdoor/refer.html", context, status=status)


def _switch(now: datetime) -> dict[str, Any]:
    """The other language of a page that the form led to: its start."""
    return {"switch": switched(reverse("frontdoor:refer"), frame(now).other_language)}
