"""The first page at work: what there is to do for who signed in."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.people.models import HOLDING_ROLES, AccessRole
from samenspel.people.permissions import may_work
from samenspel.workspace.access import page, show, who
from samenspel.workspace.checklist import checklist
from samenspel.workspace.requests import held_by

_OWN = {AccessRole.EDITOR: "editor", AccessRole.DESK: "desk"}


@page(may_work)
def start(request: HttpRequest) -> HttpResponse:
    """An administrator sees how far the municipality is, a team member the questions, others the way to their page."""
    user, now = who(request), timezone.now()
    if user.access_role == AccessRole.ADMINISTRATOR:
        steps = checklist(user.municipality, at=now)
        done = sum(step.is_done for step in steps)
        return show(request, "workspace/start_administrator.html", {"steps": steps, "done": done})
    if user.access_role in HOLDING_ROLES:
        context = {"requests": held_by(user), "today": now.astimezone(ZONE).date(), "teams": user.teams.all()}
        return show(request, "workspace/start_team.html", context)
    own = _OWN.get(AccessRole(user.access_role), "other")
    return show(request, f"workspace/start_{own}.html", {})
