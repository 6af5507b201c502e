"""Goals of the municipality: the list, a goal with what contributes to it, and the goals of one activity."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.cockpit.forms import a_day, edited
from samenspel.policy.goals import GoalFacts, end_goal, goals_in_force, set_goal, set_goals_of
from samenspel.policy.models import GoalLink, PolicyGoal
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.socialmap.models import Offering
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent


class GoalForm(WorkForm):
    title = forms.CharField(label="Doel", max_length=160, help_text="Wat wil de gemeente bereiken? In één zin.")
    text = forms.CharField(label="Toelichting", required=False, max_length=4000, widget=forms.Textarea)
    document = forms.CharField(
        label="In welk stuk staat het", max_length=200, help_text="Met de plek erin, zoals: Visie 2026, hoofdstuk 3."
    )
    adopted_on = a_day("Vastgesteld op")
    indicator = forms.CharField(
        label="Waaraan ziet u dat het dichterbij komt",
        max_length=200,
        required=False,
        help_text="Een cijfer of een teken, met de bron.",
    )


class EndForm(WorkForm):
    ended_on = a_day("Vanaf welke dag geldt het niet meer")


class GoalsOfForm(WorkForm):
    goals = forms.MultipleChoiceField(
        label="Doelen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen doelen waar dit aantoonbaar aan bijdraagt.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goals"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


@page(may_see_policy)
def goals(request: HttpRequest) -> HttpResponse:
    """Every goal, those that hold first, each with how much contributes to it."""
    today = _today()
    rows = PolicyGoal.objects.filter(municipality=who(request).municipality)
    counted = rows.annotate(
        activities=Count("links", distinct=True), cases=Count("role_cases", distinct=True)
    ).order_by("title")
    ended = [goal for goal in counted if goal.ended_on and goal.ended_on <= today]
    context = {
        "goals": [goal for goal in counted if goal not in ended],
        "ended": ended,
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/goals.html", context)


@page(may_see_policy)
def goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """One goal with the activities and cases that contribute to it."""
    row = _goal(request, goal_id)
    visible = Offering.objects.visible(timezone.now()).filter(goal_links__goal=row).order_by("name")
    context = {
        "goal": row,
        "activities": visible.only("pk", "name"),
        "cases": row.role_cases.order_by("title"),
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/goal.html", context)


@page(may_make_policy, "GET", "POST")
def edit(request: HttpRequest, goal_id: UUID | None = None) -> HttpResponse:
    """Add a goal, or change one."""
    row = _goal(request, goal_id) if goal_id else None
    form = GoalForm(sent(request), initial=vars(GoalFacts.of(row)) if row else {})

    def act() -> str:
        facts = GoalFacts(**form.cleaned_data)
        home = who(request).municipality
        saved = set_goal(municipality=home, facts=facts, goal=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.title}."

    return edited(request, form, act, "cockpit/goal_edit.html", {"goal": row}, "cockpit:goals")


@page(may_make_policy, "GET", "POST")
def end(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Say from which day a goal no longer holds."""
    row = _goal(request, goal_id)
    form = EndForm(sent(request), initial={"ended_on": _today()})

    def act() -> str:
        end_goal(goal=row, on=form.cleaned_data["ended_on"], by=actor(request), at=timezone.now())
        return f"Beëindigd: {row.title}."

    return edited(request, form, act, "cockpit/goal_end.html", {"goal": row}, "cockpit:goals")


@page(may_make_policy, "GET", "POST")
def goals_of_offering(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """Choose the goals that one activity contributes to."""
    home = who(request).municipality
    offering = get_object_or_404(Offering.objects.visible(timezone.now()), municipality=home, pk=offering_id)
    linked = {str(pk) for pk in GoalLink.objects.filter(offering=offering).values_list("goal", flat=True)}
    known = {str(goal.pk): goal for goal in PolicyGoal.objects.filter(municipality=home).order_by("title")}
    offered = {str(goal.pk) for goal in goals_in_force(home, _today())} | linked
    choices = [(key, goal.title) for key, goal in known.items() if key in offered]
    form = GoalsOfForm(sent(request), initial={"goals": sorted(linked)}, choices=choices)

    def act() -> str:
        chosen = [known[key] for key in form.cleaned_data["goals"]]
        set_goals_of(offering=offering, goals=chosen, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {offering.name}."

    return edited(request, form, act, "cockpit/goals_of.html", {"offering": offering}, "cockpit:portfolio")


def _goal(request: HttpRequest, goal_id: UUID) -> PolicyGoal:
    return get_object_or_404(PolicyGoal, municipality=who(request).municipality, pk=goal_id)


def _today() -> date:
    return timezone.localdate()
