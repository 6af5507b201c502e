"""Goals of the municipality, and the activities that contribute to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.policy.models import GoalLink, PolicyGoal
from samenspel.socialmap.models import Offering


@dataclass(frozen=True, kw_only=True)
class GoalFacts:
    """The whole of what is stated about a goal."""

    title: str
    document: str
    adopted_on: date
    text: str = ""
    indicator: str = ""

    @classmethod
    def of(cls, goal: PolicyGoal) -> Self:
        return cls(**stated(cls, goal))


@action
def set_goal(
    *, municipality: str, facts: GoalFacts, by: Actor, at: datetime, goal: PolicyGoal | None = None
) -> PolicyGoal:
    """Add a goal, or replace what is stated about `goal`; raises FactRefused."""
    check_same_municipality(municipality, goal=goal)
    row = goal or PolicyGoal(municipality=municipality)
    if goal:
        lock(goal)
    changed = differences(GoalFacts.of(goal), facts) if goal else names(facts)
    state(row, facts)
    check_row(row)
    row.save()
    record(action="set_goal", on=row, by=by, at=at, municipality=municipality, fields=changed)
    return row


@action
def end_goal(*, goal: PolicyGoal, on: date, by: Actor, at: datetime) -> PolicyGoal:
    """From the day `on` the goal no longer holds; what it was for stays readable. Raises FactRefused."""
    lock(goal)
    goal.ended_on = on
    check_row(goal)
    goal.save(update_fields=["ended_on"])
    record(action="end_goal", on=goal, by=by, at=at, municipality=goal.municipality)
    return goal


@action
def set_goals_of(*, offering: Offering, goals: Collection[PolicyGoal], by: Actor, at: datetime) -> None:
    """Replace the goals that an activity contributes to; raises OtherMunicipality, and FactRefused for an ended one."""
    lock(offering)
    before = {link.goal_id: link for link in GoalLink.objects.filter(offering=offering)}
    for goal in goals:
        check_same_municipality(offering.municipality, goals=goal)
        if goal.ended_on and goal.pk not in before:
            raise FactRefused("goals", f"het doel “{goal.title}” is beëindigd")
    wanted = {goal.pk for goal in goals}
    GoalLink.objects.filter(offering=offering).exclude(goal__in=wanted).delete()
    GoalLink.objects.bulk_create(GoalLink(offering=offering, goal_id=pk) for pk in wanted - set(before))
    record(action="set_goals_of", on=offering, by=by, at=at, municipality=offering.municipality, number=len(wanted))


def goals_in_force(municipality: str, on: date) -> list[PolicyGoal]:
    """Goals that hold on a day, or will, by title; one query."""
    rows = PolicyGoal.objects.filter(municipality=municipality).order_by("title")
    return [goal for goal in rows if goal.ended_on is None or goal.ended_on > on]
