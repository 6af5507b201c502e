"""What is done about gaps, at work: the list per wijk, an action, and how it ended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from samenspel.cockpit.areas.around import FILL_IN, code_of, names_of, today
from samenspel.cockpit.areas.earlier import STAYS, words_taken_out
from samenspel.cockpit.areas.forms import EndGapForm, GapForm, areas_of, gap_initial
from samenspel.cockpit.forms import edited
from samenspel.policy.challenges import judged
from samenspel.policy.gaps import OPEN, end_gap_action, gap_actions, set_gap_action
from samenspel.policy.models import GapAction
from samenspel.policy.permissions import may_keep_areas, may_see_blocks
from samenspel.socialmap.wijk import wijken
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import sent

LIST = "areas:actions"


@page(may_see_blocks)
def actions(request: HttpRequest) -> HttpResponse:
    """Every action, those that run first; `?wijk=` shows those of one wijk."""
    home = who(request).municipality
    every = wijken(home)
    names, found = names_of(every), judged(every)
    chosen = code_of(found, request.GET.get("wijk", ""))
    rows = [(one, names.get(one.action.area, one.action.area)) for one in gap_actions(home, today())]
    shown = [one for one in rows if chosen in ("", one[0].action.area)]
    context = {
        "running": [one for one in shown if one[0].action.status in OPEN],
        "over": [one for one in shown if one[0].action.status not in OPEN],
        "wijken": found,
        "chosen": chosen,
        "may_keep": may_keep_areas(who(request)).allowed,
    }
    return show(request, "cockpit/areas/actions.html", context)


@page(may_keep_areas, "GET", "POST")
def edit(request: HttpRequest, action_id: UUID | None = None) -> HttpResponse:
    """Add an action, by `?wijk=` and `?bouwsteen=` about one gap, or change one."""
    row = _action(request, action_id) if action_id else None
    home = who(request).municipality
    begin = {
        "area": code_of(judged(wijken(home)), request.GET.get("wijk", "")),
        "block": request.GET.get("bouwsteen", ""),
    }
    initial = gap_initial(row) if row else begin
    form = GapForm(sent(request), initial=initial, municipality=home, areas=areas_of(home, row.area if row else ""))

    def act() -> str:
        facts = form.facts()
        saved = set_gap_action(municipality=home, facts=facts, gap_action=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.what}."

    heading = "Actie wijzigen" if row else "Een actie toevoegen"
    lead = STAYS if row else ""
    context = {"heading": heading, "lead": lead, "back": (reverse(LIST), "Acties"), "button": "Opslaan"}
    return edited(request, form, act, FILL_IN, context, LIST)


@page(may_keep_areas, "GET", "POST")
def end(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Say how an action ended."""
    row = _action(request, action_id)
    form = EndGapForm(sent(request))

    def act() -> str:
        end_gap_action(gap_action=row, by=actor(request), at=timezone.now(), **form.cleaned_data)
        return f"Afgerond: {row.what}."

    context = {"heading": "Actie afronden", "lead": row.what, "back": (reverse(LIST), "Acties"), "button": "Afronden"}
    return edited(request, form, act, FILL_IN, context, LIST)


@page(may_keep_areas, "GET", "POST")
def take_out(request: HttpRequest, action_id: UUID, number: int) -> HttpResponse:
    """Take an earlier text of an action away for good."""
    return words_taken_out(request, _action(request, action_id), number, (reverse(LIST), "Acties"), LIST)


def _action(request: HttpRequest, action_id: UUID) -> GapAction:
    return get_object_or_404(GapAction, municipality=who(request).municipality, pk=action_id)
