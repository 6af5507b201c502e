"""Every wijk with its five building blocks at work: the same matrix as the council sees, and what is due."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samenspel.cockpit.areas.around import today
from samenspel.cockpit.overview.matrix import legend_of, rows_of, sentence
from samenspel.policy.blocks import matrix
from samenspel.policy.gaps import OPEN, gap_actions
from samenspel.policy.permissions import may_explore, may_keep_areas, may_see_blocks
from samenspel.socialmap.wijk import wijken
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.access import page, show, who
from samenspel.strength.permissions import may_see_isolated

SOON = timedelta(days=30)
"""Actions that are due within it are shown, and all that are late."""


@page(may_see_blocks)
def overview(request: HttpRequest) -> HttpResponse:
    """8 queries beside the frame, however many wijken there are."""
    home, day = who(request).municipality, today()
    now = matrix(home)
    names = {one.area.code: one.name for one in wijken(home)}
    due = [
        (one, names.get(one.action.area, one.action.area))
        for one in gap_actions(home, day)
        if one.action.status in OPEN and one.action.due_on <= day + SOON
    ]
    context = {
        "blocks": list(BuildingBlock),
        "rows": rows_of(
            now,
            of_wijk=lambda slug: reverse("areas:network", args=[slug]),
            of_cell=lambda slug, block: reverse("areas:cell", args=[slug, block]),
        ),
        "legend": legend_of(now),
        "sentence": sentence(now),
        "due": due,
        "may_keep": may_keep_areas(who(request)).allowed,
        "may_see_isolated": may_see_isolated(who(request)).allowed,
        "may_explore": may_explore(who(request)).allowed,
    }
    return show(request, "cockpit/areas/matrix.html", context)
