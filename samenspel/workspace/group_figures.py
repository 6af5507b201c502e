"""What groups shared about themselves, and the page of one offering; what they keep to themselves is not here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.outcomes.group_figures import released_figures
from samenspel.outcomes.permissions import may_see_group_figures
from samenspel.socialmap.confirm import entries_of
from samenspel.socialmap.schedules import times_in_words
from samenspel.staff.access import page, show, who

SHOWN = 200


@page(may_see_group_figures)
def group_figures(request: HttpRequest) -> HttpResponse:
    """Every quarter that a group shares now, the newest first."""
    figures = released_figures(municipality=who(request).municipality)
    return show(request, "workspace/group_figures.html", {"figures": figures[:SHOWN]})


@page(may_see_group_figures)
def offering(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """One offering with what its group shared."""
    home, now = who(request).municipality, timezone.now()
    entry = get_object_or_404(entries_of(now).filter(municipality=home), pk=offering_id)
    figures = released_figures(municipality=home).filter(offering=entry)
    context = {"entry": entry, "times": times_in_words(entry, at=now), "figures": figures}
    return show(request, "workspace/offering.html", context)
