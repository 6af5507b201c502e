"""One block in one wijk at work: what the council sees of it, and what one can do; and saying that one looked."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from samenspel.cockpit.areas.around import FILL_IN, today
from samenspel.cockpit.forms import a_day, edited
from samenspel.cockpit.overview.cell import a_cell, cell_of
from samenspel.policy.blocks import refresh
from samenspel.policy.evidence import note_none_found
from samenspel.policy.permissions import may_keep_areas, may_see_blocks
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent


class LookedForm(WorkForm):
    on = a_day("Wanneer keek u")
    note = forms.CharField(
        label="Hoe keek u",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: rondgelopen, en gevraagd bij de school. Iedereen kan dit lezen: geen namen.",
    )


@page(may_see_blocks)
def cell(request: HttpRequest, slug: str, block: int) -> HttpResponse:
    """What it rests on, with the ways to do something about it."""
    home = who(request).municipality
    wijk, of = a_cell(home, slug, block)
    shown = cell_of(home, wijk, of, home="/", at=timezone.now())
    context = {**shown, "may_keep": may_keep_areas(who(request)).allowed}
    return show(request, "cockpit/areas/cell.html", context)


@page(may_keep_areas, "GET", "POST")
def looked(request: HttpRequest, slug: str, block: int) -> HttpResponse:
    """Say that somebody looked and found nothing; only that makes a block missing."""
    home, by = who(request).municipality, actor(request)
    wijk, of = a_cell(home, slug, block)
    form = LookedForm(sent(request), initial={"on": today()})

    def act() -> str:
        at = timezone.now()
        note_none_found(municipality=home, area=wijk.area.code, block=of, by=by, at=at, **form.cleaned_data)
        refresh(municipality=home, by=by, at=at)
        return f"Opgeslagen: u keek in {wijk.name} en vond niets."

    context = {
        "heading": "Gekeken en niets gevonden",
        "lead": f"{wijk.name}: {of.label}. Vul dit alleen in als u echt keek. Onbekend is iets anders dan ontbreken.",
        "back": (reverse("areas:cell", args=[slug, block]), f"{wijk.name}: {of.label}"),
        "button": "Opslaan",
    }
    return edited(request, form, act, FILL_IN, context, "areas:cell", slug, block)
