"""Giving all that somebody of a team holds, perhaps in one area, to a successor."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.handover.holding import held_of, succeed
from samenspel.handover.models import HelpRequest
from samenspel.handover.steps import NotAllowed
from samenspel.people.models import HOLDING_ROLES, Team, User
from samenspel.people.permissions import Verdict, only
from samenspel.places.models import Area
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, sent, summary


class SuccessionForm(WorkForm):
    """In which team, from whom, to whom, and perhaps only one area."""

    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), empty_label=None)
    since = forms.ModelChoiceField(label="Van wie", queryset=User.objects.none(), empty_label="Kies")
    to = forms.ModelChoiceField(label="Naar wie", queryset=User.objects.none(), empty_label="Kies")
    area = forms.ModelChoiceField(
        label="Welk gebied", queryset=Area.objects.none(), required=False, empty_label="Alle gebieden"
    )

    def __init__(self, data: QueryDict | None, *, teams: list[Team], **given: Any) -> None:
        super().__init__(data, **given)
        people = User.objects.filter(teams__in=teams, access_role__in=HOLDING_ROLES).distinct().order_by("name")
        self.fields["team"].queryset = Team.objects.filter(pk__in=[team.pk for team in teams])  # type: ignore[attr-defined]
        self.fields["since"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].queryset = people.filter(is_active=True)  # type: ignore[attr-defined]
        held = HelpRequest.objects.being_held().filter(team__in=teams)
        areas = Area.objects.filter(pk__in=held.values("area")) | Area.objects.filter(children__in=held.values("area"))
        self.fields["area"].queryset = areas.defer("boundary").distinct().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("since") and given.get("since") == given.get("to"):
            self.add_error("to", "kies een ander dan die het nu heeft")
        return given


def _may_open(user: User) -> Verdict:
    """Which team it is about is judged by the action."""
    return only(user, *HOLDING_ROLES, reason="Alleen medewerkers van een team geven vragen door.")


@page(_may_open, "GET", "POST")
def succession(request: HttpRequest) -> HttpResponse:
    """Choose, see how many it is, and confirm."""
    teams = list(Team.objects.filter(members=who(request)).order_by("name"))
    form = SuccessionForm(sent(request), teams=teams, initial={"since": who(request).pk})
    if not form.is_bound or not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
        context = {"form": form, "errors": summary(form), "teams": teams}
        return show(request, "workspace/succession.html", context, status=status)
    chosen = form.cleaned_data
    if "zeker" not in request.POST:
        number = held_of(chosen["team"], chosen["since"], chosen["area"]).count()
        return show(request, "workspace/succession_sure.html", {"chosen": chosen, "number": number})
    try:
        number = succeed(**chosen, by=actor(request), at=timezone.now())
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    say(request, f"{chosen['to'].name} heeft nu {number} {'vraag' if number == 1 else 'vragen'}.")
    return redirect("workspace:start")
