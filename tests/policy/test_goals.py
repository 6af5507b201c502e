"""Goals with their document, and the activities that contribute to them."""

from dataclasses import replace
from datetime import date

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.goals import GoalFacts, end_goal, goals_in_force, set_goal, set_goals_of
from samenspel.policy.models import GoalLink, PolicyGoal
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.planted import AT, TODAY, a_goal
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db


def test_a_goal_is_added_and_changed_and_the_log_names_fields_only():
    goal = a_goal()
    facts = replace(GoalFacts.of(goal), indicator="Gezondheidsmonitor: ernstig eenzaam")
    set_goal(municipality=GM, facts=facts, goal=goal, by=BY, at=AT)

    assert PolicyGoal.objects.get().indicator == "Gezondheidsmonitor: ernstig eenzaam"
    assert AuditEvent.objects.order_by("pk").last().detail == {"fields": ["indicator"]}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"title": ""}, "title"), ({"document": ""}, "document")],
    ids=["no title", "no document"],
)
def test_a_goal_without_what_it_needs_is_refused_by_field(facts: dict[str, str], field: str):
    with pytest.raises(FactRefused) as refused:
        a_goal(**{"title": "Samen eten", **facts})
    assert refused.value.field == field
    assert not PolicyGoal.objects.exists()


def test_the_same_goal_twice_is_refused():
    a_goal()
    with pytest.raises(FactRefused) as refused:
        a_goal()
    assert refused.value.field == "title"


def test_an_ended_goal_is_no_longer_in_force_and_stays():
    goal, other = a_goal(), a_goal("Langer thuis")
    end_goal(goal=goal, on=TODAY, by=BY, at=AT)

    assert goals_in_force(GM, TODAY) == [other]
    assert PolicyGoal.objects.count() == 2


def test_a_goal_does_not_end_before_it_began():
    with pytest.raises(FactRefused) as refused:
        end_goal(goal=a_goal(), on=date(2025, 1, 1), by=BY, at=AT)
    assert refused.value.field == "ended_on"


def test_the_goals_of_an_activity_are_replaced_as_a_whole():
    offering, first, second = an_offering(), a_goal(), a_goal("Langer thuis")
    set_goals_of(offering=offering, goals=[first], by=BY, at=AT)
    set_goals_of(offering=offering, goals=[first, second], by=BY, at=AT)
    assert GoalLink.objects.count() == 2

    set_goals_of(offering=offering, goals=[second], by=BY, at=AT)
    assert GoalLink.objects.get().goal == second


def test_an_ended_goal_is_not_given_to_an_activity_but_stays_where_it_was():
    offering, goal = an_offering(), a_goal()
    set_goals_of(offering=offering, goals=[goal], by=BY, at=AT)
    end_goal(goal=goal, on=TODAY, by=BY, at=AT)
    set_goals_of(offering=offering, goals=[goal], by=BY, at=AT)
    assert GoalLink.objects.count() == 1

    with pytest.raises(FactRefused, match="is beëindigd"):
        set_goals_of(offering=an_offering(name="Koor"), goals=[goal], by=BY, at=AT)


def test_a_goal_of_another_municipality_is_refused():
    with pytest.raises(OtherMunicipality):
        set_goals_of(offering=an_offering(), goals=[a_goal(municipality=ELSEWHERE)], by=BY, at=AT)
    assert not GoalLink.objects.exists()
