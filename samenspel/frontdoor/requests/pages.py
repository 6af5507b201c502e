"""What each page of leaving a question shows, as the context of its template."""

import uuid
from collections.abc import Mapping
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.pages import urgent_in
from samenspel.frontdoor.people import panel_near
from samenspel.frontdoor.requests.forms import (
    CHANNELS,
    FIELDS_IN_ORDER,
    NO_MELDING,
    CardForm,
    CodeForm,
    PlaceForm,
    StartForm,
    errors_of,
)
from samenspel.frontdoor.requests.standing import in_other_language, known
from samenspel.handover.models import HelpRequest
from samenspel.handover.terms import DAYS_KEPT
from samenspel.people.models import Team

_TYPED = (
    "voor", "plaats", "kanaal", "vraag", "manier", "bereik", "naam", "bericht", "tijd", "onderzoek", "dagen", "taal",
    "kenmerk",
)  # fmt: skip


def start(form: StartForm, *, typed: Mapping[str, str]) -> dict[str, Any]:
    return _form(form, typed)


def tell(form: StartForm, team: Team, *, typed: Mapping[str, str]) -> dict[str, Any]:
    """The form for the question itself; a fresh one gets a token and says in which language it was read."""
    context = _form(form, typed)
    fresh = {"kenmerk": str(uuid.uuid4()), "taal": language(), "dagen": str(DAYS_KEPT[-1]), "bericht": "nee",
             "onderzoek": NO_MELDING}  # fmt: skip
    context["typed"] = context["typed"] | {key: context["typed"][key] or value for key, value in fresh.items()}
    return context | {"team": team, "team_link": words.dialled(team.phone), "days": _days()}


def worry(form: PlaceForm, *, begin: str) -> dict[str, Any]:
    """Whom to talk with, and how to bring it up; nothing of it is kept. `begin` is the page to start again at."""
    return _form(form, form.data) | {"person": _person(form), "begin": begin}


def no_team(form: PlaceForm) -> dict[str, Any]:
    return _form(form, form.data) | {"person": _person(form)}


def card(request: HelpRequest, code: str, *, text: str) -> dict[str, Any]:
    """The receipt card, with help for right now on top when the words ask for it."""
    return known(request, code) | {
        "urgent": urgent_in(text),
        "qr": qr(settings.LINKS["request"]),
        "address": settings.LINKS["request"].partition("://")[2],
        "can_mail": not request.card_mailed,
        "is_with_desk": request.channel != HelpRequest.Channel.WEB,
        "wrong": {"adres": ""},
        "typed": {"adres": ""},
    }


def follow(form: CodeForm) -> dict[str, Any]:
    return _coded(form) | {"typed": {"code": form.data.get("code", "")}}


def second(
    form: CodeForm, *, team: Team | None = None, is_sent: bool = False, is_too_often: bool = False
) -> dict[str, Any]:
    """Where the second code is asked for and typed; what was typed is not shown again."""
    code = form.data.get("code", "")
    called = {"team": team, "team_link": words.dialled(team.phone)} if team else {}
    said = {"code": code, "is_sent": is_sent, "is_too_often": is_too_often}
    return _errors(form) | in_other_language(code) | called | said


def melding(form: CodeForm, request: HelpRequest) -> dict[str, Any]:
    """What asking for an inquiry means, and what it can be about."""
    return known(request, form.data.get("code", "")) | _errors(form)


def mailing(form: CardForm) -> dict[str, Any]:
    return _coded(form) | {"typed": {name: form.data.get(name, "") for name in ("code", "adres")}}


def qr(address: str) -> SafeString:
    """Draw a QR code without size or style of its own."""
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        omitsize=True, border=4, svgclass="samenspel-qr", light="#fff"
    )
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308  made here


def _form(form: PlaceForm, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the pages with a form share; `again` carries what was typed to the other language."""
    kept = {name: typed.get(name, "") for name in _TYPED}
    kept["kanaal"] = kept["kanaal"] if kept["kanaal"] in CHANNELS else ""
    return _errors(form) | {
        "typed": kept,
        "urgent": urgent_in(kept["vraag"]),
        "again": [(name, value) for name, value in kept.items() if value],
    }


def _errors(form: forms.Form) -> dict[str, Any]:
    errors = errors_of(form)
    return {
        "errors": errors,
        "wrong": dict.fromkeys(FIELDS_IN_ORDER, "") | {one["field"]: one["text"] for one in errors},
    }


def _coded(form: CodeForm) -> dict[str, Any]:
    return _errors(form) | in_other_language()


def _days() -> list[dict[str, str]]:
    return [{"key": str(days), "label": gettext("%(days)d dagen") % {"days": days}} for days in DAYS_KEPT]


def _person(form: PlaceForm) -> SafeString:
    place = form.near.neighborhood if form.near else None
    return panel_near(place, municipality=settings.MUNICIPALITY, at=timezone.now())
