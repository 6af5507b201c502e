"""Balie: a library desk or telephone line asks while talking; nothing is kept when someone was only informed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.cards import soon, where
from samenspel.frontdoor.forms import QuestionForm, errors_of
from samenspel.frontdoor.frame import language, show
from samenspel.frontdoor.pages import right_of_law, urgent_in
from samenspel.frontdoor.people import panel_near, person_near
from samenspel.frontdoor.requests.views import private
from samenspel.socialmap.ask import Answer, ask
from samenspel.socialmap.phones import phones_of

SHOWN = 5
"""As many as someone remembers, or fit on one sheet in large type."""
CHANNELS = ("balie", "telefoon")


@dataclass(frozen=True, slots=True)
class Line:
    """One result as it is read aloud and printed."""

    name: str
    when: str
    where: str
    cost: str
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
        "urgent": urgent_in(typed["vraag"]),
    }


def _found(answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "is_answered": True,
        "lines": _lines(answer, now),
        "rights": [right_of_law(right) for right in answer.rights],
        "note": answer.note,
        "near": answer.near.label,
        "person": panel_near(answer.near.neighborhood, municipality=settings.MUNICIPALITY, at=now),
        "today": words.day(now.astimezone(words.LOCAL).date()),
    }


def _lines(answer: Answer, now: datetime) -> list[Line]:
    """Put each result into words; one without a phone of its own has that of the person of the area."""
    entries = [result.entry for result in answer.results]
    phones = phones_of((entry.id for entry in entries), at=now)
    today = now.astimezone(words.LOCAL).date()
    helper = person_near(answer.near.neighborhood, municipality=settings.MUNICIPALITY, at=now)
    return [
        Line(
            name=entry.name,
            when=soon(result.next_dates[:1], today=today) if result.next_dates else gettext("Bel voor dag en tijd"),
            where=where(entry, entry.city or entry.area),
            cost=words.sentence(words.cost(entry.cost_kind, entry.cost_cents)),
            phone=phones.get(entry.id) or (f"{helper.helper}: {helper.phone}" if helper else ""),
            reason=result.reason,
            is_full=entry.is_full,
        )
        for entry, result in zip(entries, answer.results, strict=True)
    ]
