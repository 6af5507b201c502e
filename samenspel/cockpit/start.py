"""The first page of policy."""

from django.http import HttpRequest, HttpResponse

from samenspel.policy.permissions import may_see_policy
from samenspel.staff.access import page, show


@page(may_see_policy)
def start(request: HttpRequest) -> HttpResponse:
    """What waits, and the ways in."""
    return show(request, "cockpit/start.html", {})
