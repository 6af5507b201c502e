"""Balie: a library desk or telephone line asks while talking; nothing is kept when someone was only informed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.cards import soon
from samenspel.frontdoor.forms import QuestionForm, errors_of
from samenspel.frontdoor.frame import language, show
from samenspel.frontdoor.pages import urgent_help
from samenspel.frontdoor.people import panel_near
from samenspel.frontdoor.requests.views import private
from samenspel.socialmap.ask import Answer, Result, ask
from samenspel.socialmap.models import Offering

SHOWN = 5
"""As many as someone remembers, or fit on one sheet in large type."""
CHANNELS = ("balie", "telefoon")


@dataclass(frozen=True, slots=True)
class Line:
    """One result as it is read aloud and printed."""

    name: str
    when: str
    where: str
    phone: str
    reason: str
    is_full: bool


@private
def desk(request: HttpRequest) -> HttpResponse:
    """Ask with the person beside you or on the line; show a short list to read aloud and print."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, "frontdoor/balie.html", _context(form))
    if not form.is_valid():
        return show(request, "frontdoor/balie.html", _context(form), status=400)
    now = timezone.now()
    answer = ask(form.cleaned_data["vraag"], near=form.near, at=now, limit=SHOWN, language=language())
    return show(request, "frontdoor/balie.html", _context(form) | _found(answer, now))


def _context(form: QuestionForm) -> dict[str, Any]:
    typed = {name: form.data.get(name, "") for name in ("vraag", "plaats", "kanaal")}
    typed["kanaal"] = typed["kanaal"] if typed["kanaal"] in CHANNELS else CHANNELS[0]
    errors = errors_of(form)
    return {
        "typed": typed,
        "errors": errors,
        "wrong": {"vraag": "", "plaats": ""} | {error["field"]: error["text"] for error in errors},
        "again": [(name, value) for name, value in typed.items() if value] if form.is_bound else (),
        "is_answered": False,
        "urgent": (),
    }


def _found(answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "is_answered": True,
        "urgent": [urgent_help(found) for found in answer.urgent],
        "lines": _lines(answer.results, now),
        "note": answer.note,
        "near": answer.near.label,
        "person": panel_near(answer.near.neighborhood, municipality=settings.MUNICIPALITY, at=now),
        "today": words.day(now.astimezone(words.LOCAL).date()),
    }


def _lines(results: Iterable[Result], now: datetime) -> list[Line]:
    shown = list(results)
    phones = _phones([result.entry.id for result in shown])
    today = now.astimezone(words.LOCAL).date()
    return [
        Line(
            name=result.entry.name,
            when=soon(result.next_dates[:1], today=today) if result.next_dates else gettext("Bel voor dag en tijd"),
            where=", ".join(part for part in (result.entry.place, result.entry.city or result.entry.area) if part),
            phone=phones.get(result.entry.id, ""),
            reason=result.reason,
            is_full=result.entry.is_full,
        )
        for result in shown
    ]


def _phones(ids: list[str]) -> dict[str, str]:
    """The public telephone number of each offering, where it does not shield its contact; one query."""
    rows = Offering.objects.filter(pk__in=ids).select_related("organization")
    return {str(row.pk): row.phone or row.organization.phone for row in rows if not row.organization.contact_shielded}
