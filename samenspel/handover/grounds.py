"""The legal grounds that the FG fixed, and the proposal it starts from."""

import tomllib
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.handover.models import LegalGround
from samenspel.handover.permissions import may_fix_grounds
from samenspel.handover.steps import demand, person_of
from samenspel.people.checks import check_row


@dataclass(frozen=True, kw_only=True)
class GroundFacts:
    """What is stated of a ground; `key` names it in addresses and figures."""

    key: str
    name: str
    article: str
    explanation: str
    for_keeping: bool = False
    for_sharing: bool = False
    is_consent: bool = False


@cache
def proposal() -> tuple[GroundFacts, ...]:
    """The grounds that Samenspel proposes (`grounds.toml`); none holds before an FG fixed it."""
    read = tomllib.loads((Path(__file__).parent / "grounds.toml").read_text("utf-8"))
    return tuple(GroundFacts(**ground) for ground in read["grounds"])


@action
def fix_ground(*, municipality: str, facts: GroundFacts, by: Actor, at: datetime) -> LegalGround:
    """Put a ground on the list, in the place of the one with the same key; raises NotAllowed, FactRefused."""
    if by.kind == "person":
        demand(may_fix_grounds(person_of(by)))
    LegalGround.objects.filter(municipality=municipality, key=facts.key, ended_at=None).update(ended_at=at)
    ground = LegalGround(municipality=municipality, fixed_at=at, **asdict(facts))
    check_row(ground)
    ground.save(force_insert=True)
    record(action="fix_ground", on=ground, by=by, at=at, municipality=municipality, key=facts.key)
    return ground


@action
def end_ground(*, ground: LegalGround, by: Actor, at: datetime) -> None:
    """Take a ground off the list: nothing new is kept or shared on it; raises NotAllowed."""
    demand(may_fix_grounds(person_of(by)))
    ground.ended_at = at
    ground.save(update_fields=["ended_at"])
    record(action="end_ground", on=ground, by=by, at=at, municipality=ground.municipality, key=ground.key)


@action
def erase_ground(*, ground: LegalGround, by: Actor, at: datetime) -> None:
    """Delete a ground that ended and that nothing is kept or shared on any more."""
    record(action="erase_ground", on=ground, by=by, at=at, municipality=ground.municipality, key=ground.key)
    ground.delete()


def grounds_of_sharing(municipality: str) -> "QuerySet[LegalGround]":
    """What a worker chooses from when something of a question is shared."""
    return LegalGround.objects.filter(municipality=municipality, for_sharing=True, ended_at=None).order_by("name")


def ground_of_keeping(municipality: str) -> LegalGround | None:
    """The ground on which a new question is kept: the public task before consent; None while the FG fixed none."""
    rows = LegalGround.objects.filter(municipality=municipality, for_keeping=True, ended_at=None)
    return rows.order_by("is_consent", "key").first()
