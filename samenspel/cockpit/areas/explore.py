"""Explorations ("what if"): the list, a new one, and one with its steps and what they change. Marked as sketches."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from samenspel.cockpit.areas import explore_words as said
from samenspel.cockpit.areas.around import today
from samenspel.cockpit.forms import edited
from samenspel.people.checks import FactRefused
from samenspel.policy.blocks.exploring import Explored, explore
from samenspel.policy.blocks.judging import ON_THE_MAP
from samenspel.policy.blocks.steps import MOST, read_steps
from samenspel.policy.explorations import drop_exploration, euros_known, make_exploration, names_in
from samenspel.policy.models import Exploration
from samenspel.policy.norms import norms_in_force
from samenspel.policy.permissions import may_explore
from samenspel.policy.retention import KEEP_EXPLORATIONS
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, sent

LIST = "areas:explorations"
MOST_A_WEEK = 84
"""Where the slider of hours ends: twelve hours on each day."""


class TitleForm(WorkForm):
    title = forms.CharField(
        label="Hoe noemt u deze verkenning",
        max_length=120,
        help_text="Bijvoorbeeld: Wat als Het Peilhuis sluit? Noem geen persoon.",
    )


@page(may_explore)
def explorations(request: HttpRequest) -> HttpResponse:
    """Every draft, the newest first."""
    rows = Exploration.objects.filter(municipality=who(request).municipality).order_by("-made_on", "title")
    shown = [(row, len(row.steps), row.made_on + KEEP_EXPLORATIONS) for row in rows]
    return show(request, "cockpit/areas/explorations.html", {"rows": shown})


@page(may_explore, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft and go to it."""
    form, made = TitleForm(sent(request)), []

    def act() -> str:
        title = form.cleaned_data["title"]
        row = make_exploration(
            municipality=who(request).municipality, title=title, by=actor(request), at=timezone.now()
        )
        made.append(row.pk)
        return "De verkenning is begonnen. Kies nu een eerste stap."

    answer = edited(request, form, act, "cockpit/areas/exploration_new.html", {}, LIST)
    return redirect("areas:exploration", made[0]) if made else answer


@page(may_explore)
def exploration(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """One draft: its steps, what they change, who loses reach, and the map before and after."""
    row = an_exploration(request, exploration_id)
    try:
        steps = read_steps(row.steps)
    except FactRefused as problem:
        return show(request, "cockpit/areas/exploration.html", {"exploration": row, "problem": problem.reason})
    home = row.municipality
    found, norms = explore(home, steps, at=timezone.now()), norms_in_force(home, today())
    euros = euros_known(home, at=timezone.now())
    changes = said.changes(found, norms, today())
    context = {
        "exploration": row,
        "steps": said.lines(steps, names_in(home, steps), found, euros, today().year),
        "may_add": len(steps) < MOST,
        "most": MOST,
        "most_hours": MOST_A_WEEK,
        "found": found,
        "has_norms": any(block in norms for block in ON_THE_MAP),
        "first": said.first(found),
        "turned": [one for one in changes if one.stands_first],
        "shifted": [one for one in changes if not one.stands_first],
        "losers": said.losers(found),
        "winners": said.winners(found),
        **(_maps(request, found, home) if steps and found.wijken.codes else {}),
    }
    return show(request, "cockpit/areas/exploration.html", context)


@page(may_explore, "POST")
def drop(request: HttpRequest, exploration_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = an_exploration(request, exploration_id)
    drop_exploration(exploration=row, by=actor(request), at=timezone.now())
    say(request, f"Weg: {row.title}.")
    return redirect(LIST)


def an_exploration(request: HttpRequest, exploration_id: UUID) -> Exploration:
    """A draft of one's own municipality, or 404."""
    return get_object_or_404(Exploration, municipality=who(request).municipality, pk=exploration_id)


def address_of(row: Exploration) -> str:
    return reverse("areas:exploration", args=[row.pk])


def _maps(request: HttpRequest, found: Explored, home: str) -> dict[str, Any]:
    """The maps of the block that is asked for (`?bouwsteen=`), else of the first that changes."""
    asked = request.GET.get("bouwsteen", "")
    differs = [one.before.block for one in sorted(found.turned, key=lambda one: not one.has_another_state)]
    blocks = [one for one in BuildingBlock if one in ON_THE_MAP or one in differs]
    block = next((one for one in blocks if str(one.value) == asked), BuildingBlock([*differs, 3][0]))
    return {
        "mapped": block,
        "blocks": blocks,
        "maps": said.maps(found, block, said.boundaries_of(home, found.wijken.codes)),
    }
