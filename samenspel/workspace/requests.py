"""Questions that residents left, for who works for whom they are with.

A list shows no text of a resident. Opening is a POST, so that nothing reads ahead, and leaves an event. What is asked
of the social map for an opened question stays in memory.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.handover.actions import read_help
from samenspel.handover.asking import without_account
from samenspel.handover.holding import TRIES
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import ContactTry, Handover, HelpRequest
from samenspel.handover.states import REOPENS, WITHOUT_TEXT
from samenspel.handover.steps import NotAllowed
from samenspel.handover.terms import DAYS_KEPT
from samenspel.handover.told import ContactWay, Referrer, Told
from samenspel.people.models import OUTSIDE_ROLES, Organization
from samenspel.people.permissions import may_see_requests
from samenspel.places.lookup import Near, UnknownPlace, centre_of, find_near
from samenspel.places.models import Area
from samenspel.socialmap.ask import Result, ask
from samenspel.socialmap.models import Offering
from samenspel.staff.access import actor, page, refused, show, who
from samenspel.workspace.daily import ids_of, listed

PER_PAGE = 50
OFFERS = 5
"""Offerings beside a question: as many as somebody weighs while talking."""
CONTACTS = (
    (ContactTry.Way.PHONE, "Gebeld", True),
    (ContactTry.Way.VISIT, "Langs geweest", True),
    (ContactTry.Way.DESK, "Aan de balie", True),
    (ContactTry.Way.LETTER, "Brief gestuurd", False),
    (ContactTry.Way.EMAIL, "E-mail gestuurd", False),
)
"""The ways to reach somebody, and whether one can speak that way."""
_LATEST = 20


@page(may_see_requests)
def requests(request: HttpRequest) -> HttpResponse:
    """All open questions of one's teams or organization, and those that ended of which the text is still there."""
    user, today = who(request), timezone.localdate()
    part = Paginator(ids_of(HelpRequest.objects.visible_to(user).being_held()), PER_PAGE).get_page(request.GET.get("p"))
    ended = listed(HelpRequest.objects.visible_to(user).filter(state__in=REOPENS, ends_on__gte=today))
    open_rows = listed(HelpRequest.objects.filter(pk__in=list(part)))
    context = {
        "part": part,
        "requests": list(open_rows),
        "ended": list(ended.order_by("-ended_at")[:_LATEST]),
        "today": today,
    }
    return show(request, "workspace/requests.html", context)


@page(may_see_requests, "GET", "POST")
def help_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What is known of a question without opening it, and what can be done; a POST opens it."""
    row, now = seen(request, request_id), timezone.now()
    context = _context(request, row, now)
    if request.method != "POST":
        return show(request, "workspace/request.html", context)
    try:
        told = read_help(request=row, by=actor(request), at=now).told
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    except Unreadable:
        return refused(request, "Deze vraag is niet meer te lezen. De bewaartijd is voorbij.", status=HTTPStatus.GONE)
    way, offers = ContactWay(told.way), _offers(told, row, now)
    opened = {"told": told, "way": way, "ways": ContactWay, "offers": offers,
              "referrer": Referrer(told.referrer).label if told.referrer else ""}  # fmt: skip
    return show(request, "workspace/request.html", {**context, **opened})


def seen(request: HttpRequest, request_id: UUID) -> HelpRequest:
    """The question with this id, where one's own team or organization has it and its text is there; else a 404."""
    rows = HelpRequest.objects.visible_to(who(request)).exclude(state__in=WITHOUT_TEXT)
    row: HelpRequest = get_object_or_404(listed(rows).select_related("ground"), pk=request_id)
    return row


def tried(row: HelpRequest) -> dict[str, Any]:
    """The tries to reach the resident, the latest first, and on how many days."""
    tries = list(row.contact_tries.order_by("-at"))
    return {"tries": tries, "days_tried": len({one.at.astimezone(ZONE).date() for one in tries}), "tries_needed": TRIES}


def _context(request: HttpRequest, row: HelpRequest, now: datetime) -> dict[str, Any]:
    user, today = who(request), now.astimezone(ZONE).date()
    handovers = list(row.handovers.select_related("team", "organization").defer("sealed").order_by("-proposed_at"))
    return {
        "asked": row,
        "today": today,
        "handovers": handovers,
        "by_phone": without_account([one for one in handovers if one.state == Handover.State.WAITING]),
        "refusals": Handover.Refusal.choices,
        "received": _received(row, handovers),
        **tried(row),
        "contacts": CONTACTS,
        "keep_days": DAYS_KEPT,
        "warm_ways": Handover.WarmHow.choices,
        "may_take_up": row.is_open and user.access_role not in OUTSIDE_ROLES and row.person_id != user.pk,
    }


def _received(row: HelpRequest, handovers: list[Handover]) -> Handover | None:
    """The handover by which who holds the question now got it: it can be given back."""
    if not row.is_open or row.hands == 1:
        return None
    accepted = (one for one in handovers if one.kind == Handover.Kind.HOLDER and one.state == Handover.State.ACCEPTED)
    holder = (row.organization_id, None) if row.organization_id else (None, row.team_id)
    return next((one for one in accepted if (one.organization_id, one.team_id) == holder), None)


def _offers(told: Told, row: HelpRequest, now: datetime) -> list[dict[str, Any]]:
    """What fits the question, as the front door finds it: the lowest suitable layer first. Nothing of it is kept."""
    near = _near(row.area, row.municipality)
    if near is None or not row.is_open:
        return []
    results = ask(told.text, near=near, at=now, limit=OFFERS, language="nl").results
    owners = _owners(results)
    return [{"result": one, "organization": owners.get(one.entry.id)} for one in results]


def _owners(results: tuple[Result, ...]) -> dict[str, Organization]:
    offerings = Offering.objects.filter(pk__in=[one.entry.id for one in results]).select_related("organization")
    return {str(offering.pk): offering.organization for offering in offerings if offering.organization}


def _near(area: Area | None, municipality: str) -> Near | None:
    try:
        return find_near(area.name, municipality=municipality) if area else centre_of(municipality)
    except UnknownPlace:
        return None
