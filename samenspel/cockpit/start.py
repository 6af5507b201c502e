"""The first page of policy: what waits for somebody, and the ways in."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.policy.agenda import coming
from samenspel.policy.models import FrameworkVersion, RoleCase
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.policy.reviews import open_reviews
from samenspel.staff.access import page, show, who

LOOK_AHEAD = timedelta(days=60)
SHOWN = 5
"""At most so many of a kind; the page of its own has them all."""


@page(may_see_policy)
def start(request: HttpRequest) -> HttpResponse:
    """What waits, and the ways in."""
    home, today = who(request).municipality, timezone.localdate()
    undecided = RoleCase.objects.filter(municipality=home, decisions__isnull=True).order_by("began_at")
    context = {
        "reviews": open_reviews(home)[:SHOWN],
        "number_of_reviews": open_reviews(home).count(),
        "undecided": undecided[:SHOWN],
        "number_undecided": undecided.count(),
        "draft": FrameworkVersion.objects.filter(municipality=home, published_at__isnull=True).first(),
        "moments": coming(home, today, today + LOOK_AHEAD),
        "may_make": may_make_policy(who(request)).allowed,
    }
    waits = ("reviews", "undecided", "draft", "moments")
    return show(request, "cockpit/start.html", {**context, "waits": any(context[name] for name in waits)})
