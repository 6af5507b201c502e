"""The phone round of "klopt dit?": one tap notes what a group said, or that nobody answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.audit.action import Actor
from samenspel.people.checks import FactRefused
from samenspel.socialmap.confirm import LinkEnded, entries_of, open_requests
from samenspel.socialmap.models import ConfirmationRequest, Offering, Verification
from samenspel.socialmap.permissions import may_call_groups
from samenspel.socialmap.reminders import (
    MOST_CALLS,
    CalledEnough,
    called_enough,
    called_today,
    note_all_stopped,
    note_no_answer,
    to_call,
)
from samenspel.socialmap.schedules import times_in_words
from samenspel.staff.access import actor, page, say, show, who
from samenspel.workspace.usecases import note_told

SHOWN = 50
"""How many groups stand on the page; who has been called makes room for the next."""
WHO_ANSWERED = "contactpersoon"


@dataclass(frozen=True, slots=True)
class Call:
    """A group to call, with what is asked about: (name, what it is, when)."""

    asked: ConfirmationRequest
    phone: str
    """The group's own number, else one that stands with what it does; "" when nobody knows one."""
    entries: tuple[tuple[str, str, str], ...]
    was_called_today: bool


@page(may_call_groups, "GET", "POST")
def phone_round(request: HttpRequest) -> HttpResponse:
    """Show whom to call, and note one answer; that everything stopped is asked once more."""
    home, now = who(request).municipality, timezone.now()
    if request.method == "POST":
        return _noted(request, home, now)
    waiting = to_call(municipality=home, at=now)
    calls = _calls(list(waiting[:SHOWN]), now)
    context = {
        "calls": [one for one in calls if one.phone],
        "without_phone": [one.asked for one in calls if not one.phone],
        "total": waiting.count(),
        "most": MOST_CALLS,
        "given_up": called_enough(municipality=home, at=now),
    }
    return show(request, "workspace/phone_round.html", context)


def _noted(request: HttpRequest, home: str, now: datetime) -> HttpResponse:
    verb, _colon, key = request.POST.get("doe", "").partition(":")
    if verb not in _ANSWERS:
        raise Http404
    asked = get_object_or_404(open_requests(municipality=home, at=now), pk=_uuid(key))
    if verb == "niet-meer" and "zeker" not in request.POST:
        return show(request, "workspace/phone_stopped.html", {"call": _calls([asked], now)[0]})
    try:
        say(request, f"Genoteerd: {asked.organization.name}, {_ANSWERS[verb](asked, actor(request), now)}.")
    except LinkEnded:
        say(request, f"{asked.organization.name} antwoordde net zelf al.")
    except CalledEnough:
        say(request, f"{asked.organization.name} is vandaag al gebeld.")
    except FactRefused as refused:
        say(request, f"{asked.organization.name}: {refused.reason}.")
    return redirect("workspace:phone-round")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _calls(requests: list[ConfirmationRequest], now: datetime) -> list[Call]:
    entries: dict[UUID, list[Offering]] = {}
    for one in entries_of(now).filter(organization__in=[asked.organization_id for asked in requests]):
        entries.setdefault(one.organization_id, []).append(one)
    return [_call(asked, entries.get(asked.organization_id, []), now) for asked in requests]


def _call(asked: ConfirmationRequest, entries: list[Offering], now: datetime) -> Call:
    phones = (asked.organization.phone, *(one.phone for one in entries))
    said = tuple((one.name, one.summary, "; ".join(times_in_words(one, at=now))) for one in entries)
    return Call(asked, next(filter(None, phones), ""), said, called_today(asked, now))


def _all_true(asked: ConfirmationRequest, by: Actor, at: datetime) -> str:
    note_told(request=asked, method=Verification.Method.PHONE, confirmed_by=WHO_ANSWERED, agrees=False, by=by, at=at)
    return "alles klopt"


def _no_answer(asked: ConfirmationRequest, by: Actor, at: datetime) -> str:
    calls = note_no_answer(request=asked, by=by, at=at)
    return f"geen gehoor ({calls} van {MOST_CALLS})"


def _stopped(asked: ConfirmationRequest, by: Actor, at: datetime) -> str:
    note_all_stopped(request=asked, by=by, at=at)
    return "het is er niet meer"


_ANSWERS: dict[str, Callable[[ConfirmationRequest, Actor, datetime], str]] = {
    "klopt": _all_true,
    "geen-gehoor": _no_answer,
    "niet-meer": _stopped,
}
