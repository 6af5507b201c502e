"""On what a team stands: who answers for its personal data, its articles of law, and its mandates."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.people.facts import stated
from samenspel.people.mandates import FootingFacts, MandateFacts, articles, set_footing, set_mandate
from samenspel.people.models import Mandate, Organization, Team
from samenspel.people.permissions import may_set_up
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.workspace.set_up_forms import Named


class FootingForm(WorkForm):
    controller = forms.ModelChoiceField(
        label="Verwerkingsverantwoordelijke",
        queryset=Organization.objects.none(),
        required=False,
        empty_label="De gemeente zelf",
    )
    joint_with = Named(
        label="Samen verantwoordelijk met",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "samenspel-select", "size": 6}),
        help_text="Alleen als u dat samen heeft afgesproken.",
    )
    joint_agreement = forms.CharField(
        label="Afspraak daarover", max_length=120, required=False, help_text="Bijvoorbeeld het nummer in uw archief."
    )
    law_articles = forms.MultipleChoiceField(label="Wetsartikelen", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(municipality=municipality).order_by("name")
        cast("forms.ModelChoiceField[Organization]", self.fields["controller"]).queryset = rows
        cast(Named, self.fields["joint_with"]).queryset = rows
        today = timezone.localdate()
        known = [(one.key, f"{one.article}: {one.says}") for one in articles().values() if one.holds(today)]
        cast(forms.MultipleChoiceField, self.fields["law_articles"]).choices = known

    def facts(self) -> FootingFacts:
        given = self.cleaned_data
        several = {name: tuple(given[name]) for name in ("joint_with", "law_articles")}
        return FootingFacts(**{**given, **several})


class MandateForm(WorkForm):
    decision = forms.CharField(label="Welk besluit", max_length=120, help_text="In een paar woorden.")
    in_name_of = forms.ChoiceField(label="Namens wie", choices=Mandate.InNameOf.choices)
    reference = forms.CharField(
        label="Waar staat het", max_length=120, help_text="Nummer van het mandaatbesluit of van de bekendmaking."
    )
    valid_from = forms.DateField(label="Eerste dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label="Laatste dag", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@page(may_set_up, "GET", "POST")
def footing(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Who answers for the data of a team, and its articles of law; below it the mandates."""
    team = _team(request, team_id)
    form = FootingForm(sent(request), initial=vars(FootingFacts.of(team)), municipality=team.municipality)

    def act() -> None:
        set_footing(team=team, facts=form.facts(), by=actor(request), at=timezone.now())

    today = timezone.localdate()
    held = {one.pk for one in team.mandates.in_force(today)}
    mandates = [{"row": one, "holds": one.pk in held} for one in team.mandates.order_by("decision", "valid_from")]
    return _edited(request, form, act, team, "footing.html", {"mandates": mandates})


@page(may_set_up, "GET", "POST")
def mandate(request: HttpRequest, team_id: UUID, mandate_id: UUID | None = None) -> HttpResponse:
    """Give a team a mandate, or change one, such as its last day."""
    team = _team(request, team_id)
    row = get_object_or_404(team.mandates, pk=mandate_id) if mandate_id else None
    form = MandateForm(sent(request), initial=stated(MandateFacts, row) if row else {})

    def act() -> None:
        facts = MandateFacts(**form.cleaned_data)
        set_mandate(team=team, facts=facts, mandate=row, by=actor(request), at=timezone.now())

    return _edited(request, form, act, team, "mandate.html", {})


def _edited(
    request: HttpRequest,
    form: WorkForm,
    act: Callable[[], None],
    team: Team,
    template: str,
    more: dict[str, Any],
) -> HttpResponse:
    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, f"Opgeslagen: {team.name}.")
        return redirect("workspace:footing", team.pk)
    context = {"form": form, "errors": summary(form), "team": team, **more}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, f"workspace/{template}", context, status=status)


def _team(request: HttpRequest, team_id: UUID) -> Team:
    return get_object_or_404(Team, municipality=who(request).municipality, pk=team_id)
