"""What a team agrees about silence: who is woken, and after how many working days."""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.handover.models import TeamWatch
from samenspel.handover.watch import WatchFacts, set_watch
from samenspel.people.facts import stated
from samenspel.people.models import HOLDING_ROLES, Team, User
from samenspel.people.permissions import may_set_up
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary


class WatchForm(WorkForm):
    deputy = forms.ModelChoiceField(
        label="Vervanger",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nog niemand",
        help_text="Krijgt een vraag als er te lang geen contact was. Kies iemand uit het team.",
    )
    silent_days = forms.IntegerField(
        label="Werkdagen tot het eerste gesprek",
        min_value=1,
        max_value=30,
        help_text="Daarna gaat de vervanger bellen.",
    )
    answer_days = forms.IntegerField(
        label="Werkdagen voor een antwoord op een overdracht",
        min_value=1,
        max_value=30,
        help_text="Daarna komt de vraag terug bij wie hem gaf.",
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = team.members.filter(is_active=True, access_role__in=HOLDING_ROLES).order_by("name")
        cast("forms.ModelChoiceField[User]", self.fields["deputy"]).queryset = workers


@page(may_set_up, "GET", "POST")
def watching(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Set the deputy of a team and its terms."""
    team = get_object_or_404(Team, municipality=who(request).municipality, pk=team_id)
    known = TeamWatch.objects.filter(team=team).first()
    form = WatchForm(sent(request), initial=stated(WatchFacts, known) if known else vars(WatchFacts()), team=team)

    def act() -> None:
        set_watch(team=team, facts=WatchFacts(**form.cleaned_data), by=actor(request), at=timezone.now())

    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, f"Opgeslagen: {team.name}.")
        return redirect("workspace:set-up")
    context = {"form": form, "errors": summary(form), "heading": f"Als het stil blijft bij {team.name}"}
    return show(
        request, "workspace/edit.html", context, status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    )
