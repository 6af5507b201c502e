"""What each page of leaving a question shows, as the context of its template, and the words of the mailed card."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.frame import frame, language, switched
from samenspel.frontdoor.pages import urgent_in
from samenspel.frontdoor.people import panel_near
from samenspel.frontdoor.requests.forms import CHANNELS, CardForm, CodeForm, StartForm, errors_of
from samenspel.handover.models import HelpRequest
from samenspel.handover.terms import DAYS_KEPT
from samenspel.people.models import Team

_TYPED = (
    "voor", "plaats", "kanaal", "vraag", "manier", "bereik", "naam", "bericht", "tijd", "dagen", "taal", "kenmerk",
)  # fmt: skip


def start(form: StartForm, *, typed: Mapping[str, str]) -> dict[str, Any]:
    return _form(form, typed)


def tell(form: StartForm, team: Team, *, typed: Mapping[str, str]) -> dict[str, Any]:
    """The form for the question itself; a fresh one gets a token and says in which language it was read."""
    context = _form(form, typed)
    fresh = {"kenmerk": str(uuid.uuid4()), "taal": language(), "dagen": str(DAYS_KEPT[-1]), "bericht": "nee"}
    context["typed"] = context["typed"] | {key: context["typed"][key] or value for key, value in fresh.items()}
    return context | {"team": team, "team_link": words.dialled(team.phone), "days": _days()}


def worry(form: StartForm) -> dict[str, Any]:
    """Whom to talk with, and how to bring it up; nothing of it is kept."""
    return _form(form, form.data) | {"person": _person(form)}


def no_team(form: StartForm) -> dict[str, Any]:
    return _form(form, form.data) | {"person": _person(form)}


def card(request: HelpRequest, code: str, *, text: str) -> dict[str, Any]:
    """The receipt card, with help for right now on top when the words ask for it."""
    return _known(request, code) | {
        "urgent": urgent_in(text),
        "qr": qr(settings.LINKS["request"]),
        "address": settings.LINKS["request"].partition("://")[2],
        "can_mail": not request.card_mailed,
        "is_with_desk": request.channel != HelpRequest.Channel.WEB,
        "wrong": {"adres": ""},
        "typed": {"adres": ""},
    }


def status(request: HelpRequest, code: str, *, is_mailed: bool = False) -> dict[str, Any]:
    """How it stands: state, dates and whom to call."""
    return _known(request, code) | {"is_mailed": is_mailed}


def follow(form: CodeForm) -> dict[str, Any]:
    return _coded(form) | {"typed": {"code": form.data.get("code", "")}}


def mailing(form: CardForm) -> dict[str, Any]:
    return _coded(form) | {"typed": {name: form.data.get(name, "") for name in ("code", "adres")}}


def mail_words(request: HelpRequest, code: str) -> dict[str, str]:
    """Subject and text of the mailed card; like the card itself it says nothing of what was asked."""
    body = gettext(
        "Dit is uw kaart.\n\n"
        "Uw code: %(code)s\n"
        "Kijken hoe het staat: %(address)s\n\n"
        "%(team)s reageert uiterlijk op %(next)s.\n"
        "Bellen kan ook: %(phone)s\n"
        "Na %(end)s is alles gewist.\n\n"
        "Bewaar deze code goed. Wij sturen hem maar één keer.\n"
    )
    known = {
        "code": code,
        "address": settings.LINKS["request"],
        "team": request.team.name,
        "next": words.day(request.next_on),
        "phone": request.team.phone,
        "end": words.day(request.ends_on),
    }
    return {"subject": gettext("Uw kaart"), "body": body % known}


def qr(address: str) -> SafeString:
    """Draw a QR code without size or style of its own."""
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        omitsize=True, border=4, svgclass="samenspel-qr", light="#fff"
    )
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308  made here


def _form(form: StartForm, typed: Mapping[str, str]) -> dict[str, Any]:
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
    names = ("voor", "plaats", "vraag", "manier", "bereik", "naam", "bericht", "tijd", "dagen", "code", "adres")
    return {"errors": errors, "wrong": dict.fromkeys(names, "") | {one["field"]: one["text"] for one in errors}}


def _coded(form: CodeForm) -> dict[str, Any]:
    return _errors(form) | _in_other_language()


def _known(request: HelpRequest, code: str) -> dict[str, Any]:
    """What a card and a status page share."""
    return _in_other_language(code) | {
        "code": code,
        "is_open": request.is_open,
        "team": request.team,
        "team_link": words.dialled(request.team.phone),
        "is_late": request.next_on < _today(),
        "next_day": f"{words.weekday(request.next_on.weekday())} {words.day(request.next_on)}",
        "end_day": words.day(request.ends_on),
        "errors": (),
    }


def _in_other_language(code: str = "") -> dict[str, Any]:
    """Switching language leads to the page that the code opens, never back to what was typed."""
    other = frame(timezone.now()).other_language
    return {
        "switch": switched(reverse("frontdoor:request-status"), other),
        "again": [("code", code)] if code else (),
    }


def _today() -> date:
    return timezone.now().astimezone(words.LOCAL).date()


def _days() -> list[dict[str, str]]:
    return [{"key": str(days), "label": gettext("%(days)d dagen") % {"days": days}} for days in DAYS_KEPT]


def _person(form: StartForm) -> SafeString:
    place = form.near.neighborhood if form.near else None
    return panel_near(place, municipality=settings.MUNICIPALITY, at=timezone.now())
