"""What is on the map and was not looked at for long, one wijk at a time: call or pass by, and confirm it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import capfirst

from samenspel.audit.action import Actor
from samenspel.people.models import Organization, User
from samenspel.policy.blocks import refresh
from samenspel.socialmap.actions import confirm_offering, confirm_place
from samenspel.socialmap.answers import end_entry
from samenspel.socialmap.models import MeetingPlace, Offering, Verification
from samenspel.socialmap.permissions import may_call_groups
from samenspel.socialmap.schedules import times_in_words
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.staff.access import actor, page, say, show, who
from samenspel.strength.outdated import Outdated, outdated
from samenspel.strength.own import first_of
from samenspel.strength.permissions import own_wijken
from samenspel.workspace.phone_round import WHO_ANSWERED

Entry = Offering | MeetingPlace


@dataclass(frozen=True, slots=True)
class Old:
    """A record to confirm: whose it is, what to read out, and the number to call ("" when nobody knows one)."""

    entry: Entry
    kind: str
    address: str
    confirmed_on: date | None
    organization: Organization | None
    text: str
    phone: str


@page(may_call_groups, "GET", "POST")
def old_entries(request: HttpRequest) -> HttpResponse:
    """Show what is too old to count in a wijk, and note one answer; that it is gone is asked once more."""
    home, now = who(request).municipality, timezone.now()
    if request.method == "POST":
        return _noted(request, home, now)
    every = wijken(home)
    wijk = _chosen(request, every)
    context = {"wijken": every, "wijk": wijk, "rows": _rows(wijk, home, now) if wijk else []}
    return show(request, "workspace/outdated.html", context)


def _chosen(request: HttpRequest, every: Sequence[Wijk]) -> Wijk | None:
    """The wijk that was asked for, else of one's own the one to begin with; None when nothing was read in yet."""
    if slug := request.GET.get("wijk", ""):
        return _with_slug(every, slug)
    return first_of(who(request), own_wijken(who(request), every) or every)


def _with_slug(every: Sequence[Wijk], slug: str) -> Wijk:
    for one in every:
        if one.slug == slug:
            return one
    raise Http404


def _rows(wijk: Wijk, home: str, now: datetime) -> list[Old]:
    """What is too old in a wijk, with what to read out; 12 queries."""
    old = outdated(wijk, municipality=home, at=now)
    ids = [one.id for one in old]
    found: dict[str, Entry] = {str(one.pk): one for one in Offering.objects.complete().filter(pk__in=ids)}
    found |= {str(one.pk): one for one in MeetingPlace.objects.select_related("host").filter(pk__in=ids)}
    return list(_told(old, found, now))


def _told(old: Sequence[Outdated], found: dict[str, Entry], now: datetime) -> Iterator[Old]:
    for one in old:
        entry = found[one.id]
        owner: Organization | None
        if isinstance(entry, Offering):
            times = "; ".join(times_in_words(entry, at=now))
            text = f"{entry.summary} {capfirst(times)}." if times else entry.summary
            owner, folder = entry.organization, "aanbod"
        else:
            text = f"{entry.description} {_open(entry)}".strip()
            owner, folder = entry.host, "plek"
        phone = entry.phone or (owner.phone if owner else "")
        yield Old(entry, one.kind, f"/{folder}/{one.slug}", one.confirmed_on, owner, text, phone)


def _open(place: MeetingPlace) -> str:
    """When a place is open, as "Open: ma 09:00-12:00."."""
    said = (f"{WEEKDAYS_ABBR[line['weekday']]} {line['opens']}-{line['closes']}" for line in place.hours)
    return f"Open: {', '.join(said)}." if place.hours else "Wanneer het open is, weten wij niet."


def _noted(request: HttpRequest, home: str, now: datetime) -> HttpResponse:
    verb, _colon, rest = request.POST.get("doe", "").partition(":")
    kind, _colon, key = rest.partition(":")
    if verb not in _ANSWERS:
        raise Http404
    entry = _entry(kind, key, home, now)
    wijk = _with_slug(wijken(home), request.POST.get("wijk", ""))
    if verb == GONE and "zeker" not in request.POST:
        return show(request, "workspace/outdated_gone.html", {"entry": entry, "wijk": wijk})
    say(request, f"Genoteerd: {entry.name}, {_ANSWERS[verb](entry, who(request), actor(request), now)}.")
    refresh(municipality=home, by=actor(request), at=now)
    response = redirect("workspace:outdated")
    response["Location"] += f"?wijk={wijk.slug}"
    return response


def _entry(kind: str, key: str, home: str, now: datetime) -> Entry:
    """A record that a resident may see today, or 404."""
    rows: dict[str, Any] = {"offering": Offering.objects.visible(now), "place": MeetingPlace.objects.open(now)}
    if kind not in rows:
        raise Http404
    try:
        entry: Entry = get_object_or_404(rows[kind], municipality=home, pk=UUID(key))
    except ValueError as error:
        raise Http404 from error
    return entry


def _confirm(entry: Entry, method: str, confirmed_by: str, by: Actor, at: datetime) -> str:
    if isinstance(entry, Offering):
        confirm_offering(offering=entry, method=method, confirmed_by=confirmed_by, by=by, at=at)
    else:
        confirm_place(place=entry, method=method, confirmed_by=confirmed_by, by=by, at=at)
    return "klopt"


def _called(entry: Entry, user: User, by: Actor, at: datetime) -> str:
    return _confirm(entry, Verification.Method.PHONE, WHO_ANSWERED, by, at)


def _visited(entry: Entry, user: User, by: Actor, at: datetime) -> str:
    return _confirm(entry, Verification.Method.VISIT, user.get_access_role_display(), by, at)


def _gone(entry: Entry, user: User, by: Actor, at: datetime) -> str:
    if not isinstance(entry, Offering):
        raise Http404
    end_entry(entry, by, at)
    return "het is er niet meer"


GONE = "niet-meer"
_ANSWERS: dict[str, Callable[[Entry, User, Actor, datetime], str]] = {
    "gebeld": _called,
    "bezocht": _visited,
    GONE: _gone,
}
