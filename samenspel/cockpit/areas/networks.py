"""Wijknetwerken at work: where there is one, who takes part, when it met and meets."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from samenspel.cockpit.areas.around import FILL_IN, a_wijk, today
from samenspel.cockpit.areas.forms import MeetingForm, NetworkForm
from samenspel.cockpit.forms import edited
from samenspel.policy.blocks.keeping import refresh
from samenspel.policy.challenges import judged
from samenspel.policy.models import NeighborhoodNetwork, NetworkMeeting
from samenspel.policy.networks import (
    MeetingFacts,
    NetworkFacts,
    counts_from,
    members_of,
    network_of,
    networks_by_area,
    remove_meeting,
    set_meeting,
    set_network,
)
from samenspel.policy.permissions import may_keep_areas, may_see_blocks
from samenspel.socialmap.models import MeetingPlace
from samenspel.socialmap.wijk import Wijk, offerings_of, wijken
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import sent
from samenspel.strength.permissions import may_see_isolated, own_wijken


@dataclass(frozen=True)
class OfWijk:
    """A wijk, its network (None while it has none), and when that last met."""

    wijk: Wijk
    network: NeighborhoodNetwork | None
    met_on: date | None


@page(may_see_blocks)
def networks(request: HttpRequest) -> HttpResponse:
    """Every wijk with its network, when it met and meets; a kern only while it still has one."""
    home = who(request).municipality
    known = networks_by_area(home)
    every = wijken(home)
    shown = [wijk for wijk in every if wijk in judged(every) or wijk.area.code in known]
    rows = [OfWijk(wijk, *known.get(wijk.area.code, (None, None))) for wijk in shown]
    context = {
        "rows": rows,
        "today": today(),
        "may_keep": may_keep_areas(who(request)).allowed,
        "may_see_isolated": may_see_isolated(who(request)).allowed,
    }
    return show(request, "cockpit/areas/networks.html", context)


@page(may_see_blocks)
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network: its members and meetings, or that there is none yet."""
    home = who(request).municipality
    wijk = a_wijk(home, slug)
    row = network_of(home, wijk.area.code)
    context = {
        "wijk": wijk,
        "may_begin": bool(judged([wijk])),
        "network": row,
        "members": members_of(row) if row else [],
        "meetings": row.meetings.all() if row else [],
        "today": today(),
        "may_keep": may_keep_areas(who(request)).allowed,
        "may_see_isolated": may_see_isolated(who(request)).allowed and wijk in own_wijken(who(request), (wijk,)),
    }
    return show(request, "cockpit/areas/network.html", context)


@page(may_keep_areas, "GET", "POST")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the network of a wijk, or change it."""
    home = who(request).municipality
    wijk = a_wijk(home, slug)
    row = network_of(home, wijk.area.code)
    if row is None and not judged([wijk]):
        raise Http404
    known = NetworkFacts.of(row) if row else NetworkFacts(name=f"Wijknetwerk {wijk.name}")
    here = _organizations_of(wijk, home) | {one.pk for one in known.members}
    form = NetworkForm(sent(request), initial=vars(known), municipality=home, here=here)

    def act() -> str:
        saved = set_network(
            municipality=home,
            area=wijk.area.code,
            facts=form.facts(),
            network=row,
            by=actor(request),
            at=timezone.now(),
        )
        return f"Opgeslagen: {saved.name}."

    heading = "Netwerk wijzigen" if row else "Een netwerk beginnen"
    context = {"heading": heading, "lead": wijk.name, "back": _to(wijk), "button": "Opslaan"}
    return edited(request, form, act, FILL_IN, context, "areas:network", wijk.slug)


@page(may_keep_areas, "GET", "POST")
def new_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down that the network of a wijk met."""
    home = who(request).municipality
    wijk = a_wijk(home, slug)
    row = get_object_or_404(NeighborhoodNetwork, municipality=home, area=wijk.area.code)
    return _meeting_edited(request, wijk, row, None)


@page(may_keep_areas, "GET", "POST")
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Correct a meeting."""
    row = _meeting(request, meeting_id)
    return _meeting_edited(request, _wijk_of(row.network), row.network, row)


@page(may_keep_areas, "POST")
def drop_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Take back a meeting that was not held."""
    row = _meeting(request, meeting_id)
    wijk = _wijk_of(row.network)
    remove_meeting(meeting=row, by=actor(request), at=timezone.now())
    refresh(municipality=row.network.municipality, by=actor(request), at=timezone.now())
    say(request, "De bijeenkomst is weg.")
    return redirect("areas:network", wijk.slug)


def _meeting_edited(
    request: HttpRequest, wijk: Wijk, owner: NeighborhoodNetwork, row: NetworkMeeting | None
) -> HttpResponse:
    begin: dict[str, Any] = vars(MeetingFacts.of(row)) if row else {}
    form = MeetingForm(sent(request), initial={**begin, "next_on": _ahead(owner)})

    def act() -> str:
        given = dict(form.cleaned_data)
        next_on = given.pop("next_on")
        facts = MeetingFacts(**given)
        set_meeting(network=owner, facts=facts, meeting=row, next_on=next_on, by=actor(request), at=timezone.now())
        refresh(municipality=owner.municipality, by=actor(request), at=timezone.now())
        return f"Opgeslagen. {_counts(wijk, owner.municipality, facts.on)}"

    heading = "Bijeenkomst wijzigen" if row else "Het netwerk kwam bij elkaar"
    context: dict[str, Any] = {"heading": heading, "lead": owner.name, "back": _to(wijk), "button": "Opslaan"}
    if row:
        context["drop"] = (reverse("areas:drop-meeting", args=[row.pk]), "Deze bijeenkomst was er niet")
    return edited(request, form, act, FILL_IN, context, "areas:network", wijk.slug)


def _counts(wijk: Wijk, municipality: str, met_on: date) -> str:
    """Whether a meeting of a day counts for building block 4, and if not why."""
    if not judged([wijk]):
        return f"De raad kijkt per wijk. {wijk.name} is een kern: dit telt zelf niet mee."
    since = counts_from(municipality, today())
    if since is None:
        return "De raad stelde nog niet vast hoe vaak een netwerk bij elkaar komt."
    if met_on < since:
        return f"Dit telt niet mee: volgens de norm telt een bijeenkomst vanaf {date_format(since, 'j F Y')}."
    return "Dit telt mee voor het netwerk in de wijk."


def _ahead(row: NeighborhoodNetwork) -> date | None:
    return row.next_on if row.next_on and row.next_on > today() else None


def _organizations_of(wijk: Wijk, municipality: str) -> set[UUID]:
    """Who offers something in a wijk, or is host of a place there; 5 queries."""
    at = timezone.now()
    places = MeetingPlace.objects.open(at).filter(municipality=municipality, neighborhood__code__in=wijk.buurten)
    hosts = set(places.exclude(host=None).values_list("host", flat=True))
    return hosts | {one.organization_id for one in offerings_of(wijk, municipality=municipality, at=at)}


def _meeting(request: HttpRequest, meeting_id: UUID) -> NetworkMeeting:
    rows = NetworkMeeting.objects.select_related("network")
    found: NetworkMeeting = get_object_or_404(rows, network__municipality=who(request).municipality, pk=meeting_id)
    return found


def _wijk_of(row: NeighborhoodNetwork) -> Wijk:
    for wijk in wijken(row.municipality):
        if wijk.area.code == row.area:
            return wijk
    raise Http404


def _to(wijk: Wijk) -> tuple[str, str]:
    return reverse("areas:network", args=[wijk.slug]), f"Netwerk {wijk.name}"
