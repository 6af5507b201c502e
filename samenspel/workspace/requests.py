"""Questions that residents left, for who works in the team that holds them.

The list shows no text of a resident. Opening is a POST, so that nothing reads ahead, and leaves an event.
"""

from http import HTTPStatus
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.handover.actions import read_help
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import HelpRequest
from samenspel.handover.steps import NotAllowed
from samenspel.handover.told import ContactWay
from samenspel.people.models import User
from samenspel.people.permissions import may_see_requests
from samenspel.workspace.access import actor, page, refused, show, who


@page(may_see_requests)
def requests(request: HttpRequest) -> HttpResponse:
    """The questions of one's teams, the one that must be reacted to first on top."""
    today = timezone.now().astimezone(ZONE).date()
    context = {"requests": held_by(who(request)), "today": today}
    return show(request, "workspace/requests.html", context)


@page(may_see_requests, "GET", "POST")
def help_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What is known of a question without opening it; a POST opens it."""
    row = get_object_or_404(held_by(who(request)), pk=request_id)
    now = timezone.now()
    context = {"asked": row, "today": now.astimezone(ZONE).date()}
    if request.method != "POST":
        return show(request, "workspace/request_closed.html", context)
    try:
        told = read_help(request=row, by=actor(request), at=now).told
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    except Unreadable:
        return refused(request, "Deze vraag is niet meer te lezen. De bewaartijd is voorbij.", status=HTTPStatus.GONE)
    way = ContactWay(told.way)
    return show(request, "workspace/request_open.html", {**context, "told": told, "way": way, "ways": ContactWay})


def held_by(user: User) -> "QuerySet[HelpRequest]":
    """The open questions of one's teams, without what is sealed."""
    rows = HelpRequest.objects.visible_to(user).being_held()
    return rows.select_related("team", "area").defer("area__boundary", "sealed").order_by("next_on", "asked_at")
