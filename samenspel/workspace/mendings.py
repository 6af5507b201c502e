"""Looking at what groups changed in their own entries, and choosing what is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused
from samenspel.people.permissions import may_set_up
from samenspel.socialmap.importers.records import schedule_facts
from samenspel.socialmap.letters import cost_in_words
from samenspel.socialmap.mending import (
    LookedAtAlready,
    accept_mending,
    looks_of,
    refuse_mending,
    set_looks,
    to_look_at,
)
from samenspel.socialmap.models import Look, Mending, Offering, Part, Schedule
from samenspel.socialmap.permissions import may_look_at_changes
from samenspel.socialmap.schedules import in_words
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One change: per part its name, what stood there and what the group wrote, each as lines of text."""

    mending: Mending
    waits: bool
    parts: tuple[tuple[str, list[str], list[str]], ...]


class LooksForm(WorkForm):
    """How each part is looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.ChoiceField(
                label=str(part.label).capitalize(),
                choices=Look.choices,
                widget=forms.Select(attrs={"class": "samenspel-select"}),
            )


@page(may_look_at_changes, "GET", "POST")
def mendings(request: HttpRequest) -> HttpResponse:
    """Show what nobody looked at yet, and take one decision."""
    home, now = who(request).municipality, timezone.now()
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        mending = get_object_or_404(to_look_at(home), pk=_uuid(request))
        try:
            say(request, _decided(request, mending, now))
            return redirect("workspace:mendings")
        except LookedAtAlready:
            say(request, "Dit is net veranderd of al nagekeken. Kijk opnieuw.")
            return redirect("workspace:mendings")
        except FactRefused as refused:
            errors = [{"field": f"reden-{mending.pk}", "text": f"{mending.offering.name}: {refused.reason}"}]
    waiting = to_look_at(home)
    context = {"rows": [_row(one, now) for one in waiting[:SHOWN]], "total": waiting.count(), "errors": errors}
    return show(request, "workspace/mendings.html", context, status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK)


@page(may_set_up, "GET", "POST")
def looks(request: HttpRequest) -> HttpResponse:
    """Choose per part whether somebody looks at a change, and when."""
    home = who(request).municipality
    form = LooksForm(sent(request), initial=looks_of(home))

    def act() -> None:
        set_looks(municipality=home, looks=form.cleaned_data, by=actor(request), at=timezone.now())

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        say(request, "Opgeslagen: wijzigingen van groepen.")
        return redirect("workspace:set-up")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    context = {"form": form, "errors": summary(form), "heading": "Wijzigingen van groepen nakijken"}
    return show(request, "workspace/edit.html", context, status=status)


def _uuid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("wijziging", ""))
    except ValueError:
        return UUID(int=0)


def _decided(request: HttpRequest, mending: Mending, now: datetime) -> str:
    try:
        seen = datetime.fromisoformat(request.POST.get("gezien", ""))
    except ValueError as error:
        raise LookedAtAlready from error
    if "akkoord" in request.POST:
        accept_mending(mending=mending, seen=seen, by=actor(request), at=now)
        return f"Akkoord: {mending.offering.name}."
    reason = request.POST.get("reden", "")
    refuse_mending(mending=mending, reason=reason, seen=seen, by=actor(request), at=now)
    return f"Niet overgenomen: {mending.offering.name}. De groep ziet de reden."


def _row(mending: Mending, now: datetime) -> Row:
    parts = tuple(
        (str(part.label), list(_lines(part, mending.before, now)), list(_lines(part, mending.after, now)))
        for part in Part
        if part.value in mending.after
    )
    return Row(mending, mending.look == Look.BEFORE, parts)


def _lines(part: Part, parts: dict[str, Any], now: datetime) -> Iterator[str]:
    said = parts.get(part.value)
    if part == Part.COST and said:
        yield cost_in_words(Offering(**said))
    elif part == Part.TIMES and said:
        today = now.astimezone(ZONE).date()
        for line in schedule_facts(said, begin=today):
            yield in_words(Schedule(**vars(line)), today=today)
    else:
        yield said or "niets"
