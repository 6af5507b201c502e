"""The first page at work: what there is to do for who signed in."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.people.models import HOLDING_ROLES, OUTSIDE_ROLES, AccessRole
from samenspel.people.permissions import may_see_requests, may_work
from samenspel.staff.access import page, show, who
from samenspel.strength.waiting import waiting
from samenspel.workspace.checklist import checklist
from samenspel.workspace.daily import Day, others

PER_PAGE = 50
_OWN = {AccessRole.EDITOR: "editor", AccessRole.DESK: "desk"}


@page(may_work)
def start(request: HttpRequest) -> HttpResponse:
    """An administrator sees how far the municipality is, who helps residents the day, others the way to their page."""
    user, now = who(request), timezone.now()
    if user.access_role == AccessRole.ADMINISTRATOR:
        steps = checklist(user.municipality, at=now)
        done = sum(step.is_done for step in steps)
        return show(request, "workspace/start_administrator.html", {"steps": steps, "done": done})
    if user.access_role in (*HOLDING_ROLES, *OUTSIDE_ROLES):
        day = Day(user, at=now)
        context = {"day": day, "groups": day.groups(), "others": others(user, at=now)}
        context["teams"] = list(user.teams.order_by("name"))
        return show(request, "workspace/start_day.html", context)
    own = _OWN.get(AccessRole(user.access_role), "other")
    if own != "other":
        return show(request, f"workspace/start_{own}.html", {})
    waits = waiting(user, on=now.astimezone(ZONE).date())
    return show(request, "workspace/start_other.html", {"waiting": waits, "pages": settings.WAITING_PAGES})


@page(may_see_requests)
def one_list(request: HttpRequest, key: str) -> HttpResponse:
    """All of one group of the day, by pages."""
    day = Day(who(request), at=timezone.now())
    kind = day.kind(key)
    if kind is None:
        raise Http404
    part = Paginator(day.rows(kind), PER_PAGE).get_page(request.GET.get("p"))
    context = {"day": day, "kind": kind, "lines": day.lines(kind, part), "part": part}
    return show(request, "workspace/day_list.html", context)
