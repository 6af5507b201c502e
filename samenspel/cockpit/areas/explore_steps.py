"""The steps of an exploration: find what it is about, add a step, change its hours, take it away."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.cockpit.areas.around import today
from samenspel.cockpit.areas.explore import MOST_A_WEEK, address_of, an_exploration
from samenspel.cockpit.areas.explore_words import money
from samenspel.cockpit.forms import edited
from samenspel.people.checks import FactRefused
from samenspel.people.models import AreaContact, Organization
from samenspel.places.lookup import UnknownPlace, find_near
from samenspel.policy.blocks.local import JOBS
from samenspel.policy.blocks.steps import (
    AddHours,
    AddPlace,
    ClosePlace,
    Step,
    StopOffering,
    StopOrganization,
    as_text,
    read_step,
)
from samenspel.policy.explorations import add_step, change_step, drop_step, euros_known
from samenspel.policy.models import Exploration
from samenspel.policy.permissions import may_explore
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, sent

KINDS = {"plek": "Een plek", "aanbod": "Een activiteit of voorziening", "organisatie": "Een organisatie"}
SHOWN = 30
BEGIN = 8
"""Hours a week with which added hours begin; a slider changes them."""
_A_WHOLE_NUMBER = f"schrijf een heel getal van 1 tot en met {MOST_A_WEEK}"


class NewPlaceForm(WorkForm):
    name = forms.CharField(label="Naam van de plek", max_length=120)
    where = forms.CharField(
        label="Waar",
        max_length=100,
        help_text="Een postcode, of de naam van een kern, wijk of buurt. De plek komt in het midden daarvan.",
    )
    hours = forms.IntegerField(
        label="Hoeveel uur per week open",
        min_value=1,
        max_value=MOST_A_WEEK,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _A_WHOLE_NUMBER),
    )
    evening = forms.BooleanField(label="Ook open in de avond, tot 20.00 uur of later", required=False)


@dataclass(frozen=True)
class Choice:
    """Something that a step can be about, with the words and the text of each step; `money` is "" where none is
    known."""

    name: str
    about: str
    steps: tuple[tuple[str, str], ...]
    money: str = ""


@page(may_explore)
def choose(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Find a place, an offering or an organization by a part of its name (`?wat=plek&naam=…`)."""
    row = an_exploration(request, exploration_id)
    kind = request.GET.get("wat", "")
    kind = kind if kind in KINDS else "plek"
    name = request.GET.get("naam", "").replace("\x00", "").strip()[:120]
    found = _FINDERS[kind](who(request).municipality, name, timezone.now())
    others = [one for one in found if not one.money]
    context = {
        "exploration": row,
        "kinds": KINDS.items(),
        "kind": kind,
        "name": name,
        "found": len(found),
        "paid": [one for one in found if one.money],
        "others": others[:SHOWN],
        "has_more": len(others) > SHOWN,
        "shown": SHOWN,
        "year": today().year,
    }
    return show(request, "cockpit/areas/exploration_choose.html", context)


@page(may_explore, "GET", "POST")
def new_place(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Add a place that is not there yet."""
    row = an_exploration(request, exploration_id)
    form = NewPlaceForm(sent(request))

    def act() -> str:
        add_step(exploration=row, step=_new_place(form.cleaned_data, row), by=actor(request), at=timezone.now())
        return "De stap is erbij."

    return edited(request, form, act, "cockpit/areas/exploration_place.html", {"exploration": row}, address_of(row))


@page(may_explore, "POST")
def add(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Add the step that was chosen."""
    return _done(request, exploration_id, _add, "De stap is erbij.")


@page(may_explore, "POST")
def change(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Give a step other hours."""
    return _done(request, exploration_id, _change, "")


@page(may_explore, "POST")
def drop(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Take a step away."""
    return _done(request, exploration_id, _drop, "De stap is weg.")


def _done(
    request: HttpRequest, exploration_id: UUID, act: Callable[[HttpRequest, Exploration, Step], Any], words: str
) -> HttpResponse:
    row = an_exploration(request, exploration_id)
    try:
        act(request, row, read_step(request.POST.get("step", "")))
    except FactRefused as problem:
        return refused(request, f"Dit kan niet: {problem.reason}.", status=HTTPStatus.CONFLICT)
    if words:
        say(request, words)
    return redirect(address_of(row))


def _add(request: HttpRequest, row: Exploration, step: Step) -> None:
    add_step(exploration=row, step=step, by=actor(request), at=timezone.now())


def _drop(request: HttpRequest, row: Exploration, step: Step) -> None:
    drop_step(exploration=row, step=step, by=actor(request), at=timezone.now())


def _change(request: HttpRequest, row: Exploration, step: Step) -> None:
    if not isinstance(step, AddHours | AddPlace):
        raise FactRefused("steps", "deze stap heeft geen uren")
    hours = request.POST.get("hours", "")
    if not (hours.isascii() and hours.isdecimal()):
        raise FactRefused("hours", _A_WHOLE_NUMBER)
    told = msgspec.structs.replace(step, hours=float(hours), evening="evening" in request.POST)
    change_step(exploration=row, step=step, to=read_step(as_text(told)), by=actor(request), at=timezone.now())


def _new_place(given: dict[str, Any], row: Exploration) -> Step:
    try:
        near = find_near(given["where"], municipality=row.municipality)
    except UnknownPlace as problem:
        raise FactRefused("where", str(problem)) from problem
    place = AddPlace(given["name"], near.longitude, near.latitude, float(given["hours"]), given["evening"])
    return read_step(as_text(place))


def _places(municipality: str, name: str, at: datetime) -> list[Choice]:
    rows = MeetingPlace.objects.open(at).filter(municipality=municipality, name__icontains=name)
    return [
        Choice(
            place,
            f"Gastheer: {host}"
            if host
            else "Nog zonder gastheer. Met uren erbij telt de plek als een plek met gastheer.",
            (
                ("Deze plek sluit", as_text(ClosePlace(key))),
                ("Deze plek is langer open", as_text(AddHours(key, BEGIN, evening=False))),
            ),
        )
        for key, place, host in _by_name(rows, "host__name")
    ]


def _offerings(municipality: str, name: str, at: datetime) -> list[Choice]:
    rows = Offering.objects.visible(at).filter(municipality=municipality, name__icontains=name)
    euros = euros_known(municipality, at=at)
    return [
        Choice(
            offering, f"Van {owner}", (("Dit stopt", as_text(StopOffering(key))),), money(euros.get(key), today().year)
        )
        for key, offering, owner in _by_name(rows, "organization__name")
    ]


def _organizations(municipality: str, name: str, at: datetime) -> list[Choice]:
    """Those that do most first."""
    rows = Organization.objects.listed().filter(municipality=municipality, name__icontains=name)
    euros, does = euros_known(municipality, at=at), _what_they_do(municipality, at)
    return [
        Choice(
            organization,
            " ".join(f"{words}: {number}." for words, number in does[key].items()) or "Staat nu nergens op de kaart.",
            (("Deze organisatie stopt", as_text(StopOrganization(key))),) if does[key] else (),
            money(euros.get(key), today().year),
        )
        for key, organization, _ in sorted(_by_name(rows, "name"), key=lambda one: -does[one[0]].total())
    ]


_FINDERS: Mapping[str, Callable[[str, str, datetime], list[Choice]]] = {
    "plek": _places,
    "aanbod": _offerings,
    "organisatie": _organizations,
}


def _what_they_do(municipality: str, at: datetime) -> defaultdict[UUID, Counter[str]]:
    """By organization how much stops with it; 3 queries."""
    rows = (
        ("Aanbod", Offering.objects.visible(at), "organization"),
        ("Gastheer van plekken", MeetingPlace.objects.open(at), "host"),
        ("Verbinders", AreaContact.objects.filter(job_title__in=JOBS), "organization"),
    )
    found: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for words, those, owner in rows:
        owned = those.filter(municipality=municipality).exclude(**{owner: None})
        for key in owned.values_list(owner, flat=True):
            found[key][words] += 1
    return found


def _by_name(rows: QuerySet[Any], of: str) -> list[tuple[UUID, str, str]]:
    return list(rows.annotate(of=F(of)).order_by("name", "pk").values_list("pk", "name", "of"))
