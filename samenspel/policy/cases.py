"""A case in which a role is chosen: it is opened, its facts are stated with who said so, and its words can change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.engine.bsn import holds_bsn
from samenspel.engine.calendar import ZONE
from samenspel.engine.roles.cases import Case, Now, checked_case
from samenspel.engine.toml_lines import Refused, Written
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import lock
from samenspel.policy.earlier import as_case
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import PolicyGoal, RoleCase, RoleDecision
from samenspel.socialmap.models import Offering

Stated = Mapping[str, Mapping[str, str]]
"""By fact what is kept of it: {"answer": "yes", "by": a function, "on": "2026-11-22", "evidence": "…"}."""


@action
def open_case(
    *,
    municipality: str,
    title: str,
    by: Actor,
    at: datetime,
    story: str = "",
    offering: Offering | None = None,
    goals: Iterable[PolicyGoal] = (),
) -> RoleCase:
    """Open a case about an activity, provision or request; raises FactRefused."""
    case = RoleCase(municipality=municipality, title=title.strip(), story=story.strip(), began_at=at)
    _check(case, offering, goals)
    case.offering = offering
    case.save(force_insert=True)
    case.goals.set(goals)
    record(action="open_case", on=case, by=by, at=at, municipality=municipality)
    return case


@action
def describe_case(
    *,
    case: RoleCase,
    title: str,
    story: str,
    offering: Offering | None,
    goals: Iterable[PolicyGoal],
    by: Actor,
    at: datetime,
) -> RoleCase:
    """Replace what a case is about and what it is linked with; raises FactRefused."""
    lock(case)
    case.title, case.story = title.strip(), story.strip()
    _check(case, offering, goals)
    case.offering = offering
    case.save(update_fields=["title", "story", "offering"])
    case.goals.set(goals)
    record(action="describe_case", on=case, by=by, at=at, municipality=case.municipality)
    return case


@action
def state_facts(
    *, case: RoleCase, facts: Stated, by: Actor, at: datetime, measures: Mapping[str, float] | None = None
) -> RoleCase:
    """State some facts, and all numbers where `measures` is given; the other facts stay.

    Raises FactRefused with the name of the fact or number, also where the two contradict each other by the thresholds
    of today.
    """
    lock(case)
    kept = {**case.facts, **{name: _said(said) for name, said in facts.items()}}
    numbers = dict(case.measures if measures is None else measures)
    check_case(case.title, kept, numbers, case.municipality, at.astimezone(ZONE).date())
    for name, said in facts.items():
        _refuse_bsn(name, " ".join(said.values()))
    case.facts, case.measures = kept, numbers
    case.save(update_fields=["facts", "measures"])
    named = sorted({*facts, *(measures or ())})
    record(action="state_facts", on=case, by=by, at=at, municipality=case.municipality, fields=named)
    return case


@action
def drop_case(*, case: RoleCase, by: Actor, at: datetime) -> None:
    """Throw away a case about which nothing was decided, such as one of the personal sphere; raises FactRefused."""
    lock(case)
    if case.decisions.exists():
        raise FactRefused("title", "over deze zaak is een besluit vastgelegd; die blijft staan")
    record(action="drop_case", on=case, by=by, at=at, municipality=case.municipality)
    case.delete()


def check_case(
    title: str, facts: Mapping[str, Any], measures: Mapping[str, float], municipality: str, on: date
) -> Case:
    """What would be kept, as a case that the engine judges; raises FactRefused with the fact or number."""
    written = Written("", {"title": title, "facts": dict(facts), "measures": dict(measures), "on": on.isoformat()})
    try:
        return checked_case(written, framework_in_force(municipality))
    except Refused as refused:
        name = refused.path.split(".")[1] if "." in refused.path else refused.path
        raise FactRefused(name, refused.reason) from refused


def as_it_stands(case: RoleCase) -> Case:
    """A case with the role that holds now and the day to look back, as the engine judges it."""
    newest = newest_decision(case)
    if newest is None:
        return as_case(case.title, case.facts, case.measures)
    judged = as_case(case.title, case.facts, case.measures, newest.decided)
    return replace(judged, now=Now(judged.now.role, newest.evaluate_on))


def newest_decision(case: RoleCase) -> RoleDecision | None:
    """What holds today; null while nobody decided."""
    newest: RoleDecision | None = case.decisions.order_by("decided_on", "recorded_at").last()
    return newest


def _said(said: Mapping[str, str]) -> dict[str, str]:
    """Without what is empty: a case file has no nulls either."""
    return {key: value.strip() for key, value in said.items() if value.strip()}


def _check(case: RoleCase, offering: Offering | None, goals: Iterable[PolicyGoal]) -> None:
    check_same_municipality(case.municipality, offering=offering)
    for goal in goals:
        check_same_municipality(case.municipality, goals=goal)
    check_row(case, skip=["facts", "measures"])


def _refuse_bsn(field: str, text: str) -> None:
    if holds_bsn(text):
        raise FactRefused(field, "hier lijkt een burgerservicenummer te staan; haal dat weg")
