"""Worrying about somebody or a place: first how to talk about it, then perhaps a sign to the team, without a name.

The only answer that ever comes back is whether it was read.
"""

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from samenspel.engine.bsn import holds_bsn
from samenspel.frontdoor import words
from samenspel.frontdoor.crowd import Crowded, admit, later, reason_of
from samenspel.frontdoor.forms import OwnWords
from samenspel.frontdoor.frame import frame, show, switched
from samenspel.frontdoor.near import near
from samenspel.frontdoor.pages import urgent_in
from samenspel.frontdoor.people import panel_near
from samenspel.frontdoor.requests.forms import CodeForm, errors_of
from samenspel.frontdoor.requests.views import RESIDENT, private
from samenspel.handover.actions import NoTeam
from samenspel.handover.models import EarlySign
from samenspel.handover.signs import LONGEST, Worry, tell_sign, with_code
from samenspel.people.checks import FactRefused
from samenspel.places.lookup import Near, UnknownPlace

ABOUT = {"iemand": EarlySign.About.PERSON, "plek": EarlySign.About.PLACE}
_FIELDS = ("over", "plaats", "vertel", "weet", "naam")


class WorryForm(forms.Form):
    """What somebody saw, and where; a name only of a person who knows of it."""

    over = forms.ChoiceField(
        choices=[(key, key) for key in ABOUT],
        error_messages={
            "required": gettext_lazy("Kies of het over iemand gaat of over een plek."),
            "invalid_choice": gettext_lazy("Kies of het over iemand gaat of over een plek."),
        },
    )
    plaats = OwnWords(
        max_length=80, error_messages={"required": gettext_lazy("Vul in waar het is: een postcode, dorp of wijk.")}
    )
    vertel = OwnWords(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Vertel kort wat u zag."),
            "max_length": gettext_lazy("Dit is te lang. Houd het bij %(limit_value)d tekens."),
        },
    )
    weet = forms.BooleanField(required=False)
    naam = OwnWords(required=False, max_length=80)
    kenmerk = forms.UUIDField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.near: Near | None = None

    def clean_plaats(self) -> str:
        typed = str(self.cleaned_data["plaats"])
        try:
            self.near = near(typed, at=timezone.now())
        except UnknownPlace as unknown:
            raise forms.ValidationError(str(unknown)) from unknown
        if self.near.municipality != settings.MUNICIPALITY:
            raise forms.ValidationError(
                gettext("%(place)s ligt in een andere gemeente. Bel met die gemeente.") % {"place": self.near.label}
            )
        return typed

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("vertel", "naam"):
            if holds_bsn(given.get(name, "")):
                self.add_error(name, gettext("Hier lijkt een burgerservicenummer te staan. Haal dat nummer weg."))
        if given.get("naam") and not given.get("weet"):
            self.add_error("naam", gettext("Noem geen naam van iemand die niet weet dat u dit vertelt."))
        return given


@private
def worries(request: HttpRequest) -> HttpResponse:
    """How to talk about it and where danger goes; below it the form for a sign."""
    if request.method != "POST":
        return _page(request, WorryForm())
    form = WorryForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        admit(request)
        sign, code = _tell(form)
    except NoTeam:
        form.add_error("plaats", gettext("Er is nu geen team dat dit leest. Bel of ga langs bij uw gemeente."))
        return _page(request, form, status=HTTPStatus.CONFLICT)
    except (OperationalError, Crowded) as error:
        form.add_error("vertel", reason_of(error))
        return later(_page(request, form), error)
    except FactRefused as refused:
        form.add_error("vertel", refused.reason)
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    context = {
        "code": code,
        "team": sign.team,
        "end_day": words.day(sign.ends_on),
        "urgent": urgent_in(form.cleaned_data["vertel"]),
        "errors": (),
    }
    return show(request, "frontdoor/worry_card.html", context | _switch())


@private
def follow(request: HttpRequest) -> HttpResponse:
    """Whether a sign was read, for who has its code; more is never told."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    found = _found(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_bound and not form.errors and found is None:
        form.add_error("code", gettext("Deze code kennen wij niet. Na zes weken is een bericht gewist."))
    errors = errors_of(form)
    context = {
        "sign": found,
        "errors": errors,
        "wrong": {"code": ""} | {one["field"]: one["text"] for one in errors},
        "typed": {"code": request.POST.get("code", "")},
    }
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return show(request, "frontdoor/worry_follow.html", context | _switch(), status=status)


def _found(code: str) -> EarlySign | None:
    return with_code(code, municipality=settings.MUNICIPALITY, on=timezone.now().astimezone(words.LOCAL).date())


def _tell(form: WorryForm) -> tuple[EarlySign, str]:
    assert form.near is not None
    given = form.cleaned_data
    return tell_sign(
        municipality=settings.MUNICIPALITY,
        area=form.near.neighborhood,
        about=ABOUT[given["over"]],
        person_knows=given["weet"] and given["over"] == "iemand",
        worry=Worry(text=given["vertel"], name=given["naam"] if given["weet"] else ""),
        token=given["kenmerk"],
        by=RESIDENT,
        at=timezone.now(),
    )


def _page(request: HttpRequest, form: WorryForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    errors = [{"field": name, "text": str(form.errors[name][0])} for name in _FIELDS if name in form.errors]
    typed = {name: form.data.get(name, "") for name in (*_FIELDS, "kenmerk")}
    typed["kenmerk"] = typed["kenmerk"] if form.is_bound and "kenmerk" not in form.errors else str(uuid.uuid4())
    place = form.near.neighborhood if form.near else None
    context = {
        "typed": typed,
        "errors": errors,
        "wrong": dict.fromkeys(_FIELDS, "") | {one["field"]: one["text"] for one in errors},
        "urgent": urgent_in(typed["vertel"]),
        "longest": LONGEST,
        "person": panel_near(place, municipality=settings.MUNICIPALITY, at=timezone.now()),
    }
    return show(request, "frontdoor/worry.html", context, status=status)


def _switch() -> dict[str, Any]:
    """The other language of a page that a form led to: its start."""
    return {"switch": switched(reverse("frontdoor:worries"), frame(timezone.now()).other_language)}
