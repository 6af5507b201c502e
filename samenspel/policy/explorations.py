"""Drafts of "what if" (verkenningen): made, changed and thrown away; no plans, and seen behind the login only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.people.models import Organization
from samenspel.policy.blocks.steps import (
    MOST,
    AddHours,
    AddPlace,
    ClosePlace,
    Step,
    StopOffering,
    StopOrganization,
    as_told,
    read_steps,
)
from samenspel.policy.contributions import contributions
from samenspel.policy.models import Exploration
from samenspel.socialmap.models import MeetingPlace, Offering

_GONE = "deze stap staat er niet meer"


@action
def make_exploration(*, municipality: str, title: str, by: Actor, at: datetime) -> Exploration:
    """Begin a draft without steps; raises FactRefused."""
    row = Exploration(municipality=municipality, title=title.strip(), made_on=at.astimezone(ZONE).date())
    check_row(row)
    row.save()
    record(action="make_exploration", on=row, by=by, at=at, municipality=municipality)
    return row


@action
def add_step(*, exploration: Exploration, step: Step, by: Actor, at: datetime) -> Exploration:
    """Add a step about something of the own municipality; raises FactRefused."""
    lock(exploration)
    steps = read_steps(exploration.steps)
    if len(steps) >= MOST:
        raise FactRefused("steps", f"een verkenning heeft hoogstens {MOST} stappen")
    _check_new(exploration, steps, step)
    return _save(exploration, [*steps, step], "add_exploration_step", by, at)


@action
def change_step(*, exploration: Exploration, step: Step, to: Step, by: Actor, at: datetime) -> Exploration:
    """Put another step in the place of one; raises FactRefused."""
    lock(exploration)
    steps = read_steps(exploration.steps)
    if step not in steps:
        raise FactRefused("steps", _GONE)
    if to != step:
        _check_new(exploration, steps, to)
    changed = [to if one == step else one for one in steps]
    return _save(exploration, changed, "change_exploration_step", by, at)


@action
def drop_step(*, exploration: Exploration, step: Step, by: Actor, at: datetime) -> Exploration:
    """Take a step away; raises FactRefused."""
    lock(exploration)
    steps = read_steps(exploration.steps)
    if step not in steps:
        raise FactRefused("steps", _GONE)
    return _save(exploration, [one for one in steps if one != step], "drop_exploration_step", by, at)


@action
def drop_exploration(*, exploration: Exploration, by: Actor, at: datetime) -> None:
    """Throw a draft away."""
    lock(exploration)
    record(action="drop_exploration", on=exploration, by=by, at=at, municipality=exploration.municipality)
    exploration.delete()


def names_in(municipality: str, steps: Iterable[Step]) -> Mapping[UUID, str]:
    """What the records that steps name are called, also of what closed or stopped since; 3 queries."""
    ids = [key for step in steps if (key := _key(step))]
    found: dict[UUID, str] = {}
    models: tuple[Any, ...] = (MeetingPlace, Offering, Organization)
    for model in models:
        found |= dict(model.objects.filter(municipality=municipality, pk__in=ids).values_list("pk", "name"))
    return found


def euros_known(municipality: str, *, at: datetime) -> Mapping[UUID, int]:
    """Whole euros of this year by the id of an offering, and by that of its organization; of the decisions that stand
    on the public page of money too, so what is given without one is not in it. 4 queries."""
    rows = contributions(municipality, at.astimezone(ZONE).year, at=at).rows
    decided = [(row.slug, row.euros[0]) for row in rows if row.euros[0] is not None]
    offerings = Offering.objects.filter(municipality=municipality, slug__in=[slug for slug, _ in decided])
    ids = {slug: (pk, owner) for slug, pk, owner in offerings.values_list("slug", "pk", "organization")}
    found: Counter[UUID] = Counter()
    for slug, euros in decided:
        for key in ids[slug]:
            found[key] += euros
    return found


def _key(step: Step) -> UUID | None:
    match step:
        case ClosePlace(place) | AddHours(place):
            return place
        case StopOffering(offering):
            return offering
        case StopOrganization(organization):
            return organization
        case AddPlace():
            return None


def _check_new(exploration: Exploration, steps: list[Step], step: Step) -> None:
    if step in steps:
        raise FactRefused("steps", "deze stap staat er al")
    model: Any = {StopOffering: Offering, StopOrganization: Organization}.get(type(step), MeetingPlace)
    key = _key(step)
    if key and not model.objects.filter(municipality=exploration.municipality, pk=key).exists():
        raise FactRefused("steps", "dit staat niet op de kaart van uw gemeente")


def _save(exploration: Exploration, steps: list[Step], what: str, by: Actor, at: datetime) -> Exploration:
    exploration.steps = [as_told(one) for one in steps]
    exploration.save(update_fields=["steps"])
    record(action=what, on=exploration, by=by, at=at, municipality=exploration.municipality, number=len(steps))
    return exploration
