"""Cases of Markerwaard with the decisions of three years (`policy_cases.toml`), once, each on its own day."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.policy.cases import newest_decision, open_case, state_facts
from samenspel.policy.deciding import Decided, decide_role
from samenspel.policy.frameworks import published
from samenspel.policy.models import RoleCase
from samenspel.socialmap.actions import note_role
from samenspel.socialmap.models import Offering

FILE = Path(__file__).with_name("policy_cases.toml")


def load_cases(municipality: str, by: Actor, at: datetime) -> None:
    """Make the cases where there are none yet, and let the map show again what was decided."""
    if published(municipality) is None:
        return
    if not RoleCase.objects.filter(municipality=municipality).exists():
        for case in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]:
            _load(municipality, case, by)
    _show_on_map(municipality, by, at)


def _load(municipality: str, told: dict[str, Any], by: Actor) -> None:
    began = _moment(told["step"][0]["on"])
    offering = Offering.objects.filter(municipality=municipality, slug=told.get("offering", "")).first()
    case = open_case(
        municipality=municipality, title=told["title"], story=told["story"], offering=offering, by=by, at=began
    )
    for step in told["step"]:
        _step(case, step, by)


def _step(case: RoleCase, step: dict[str, Any], by: Actor) -> None:
    at = _moment(step["on"])
    source = {"by": step["by"], "on": step["on"].isoformat(), "evidence": step["evidence"]}
    facts = {fact: {"answer": answer, **source} for answer in ("yes", "no") for fact in step[answer]}
    state_facts(case=case, facts=facts, measures=step.get("measures"), by=by, at=at)
    if "decided" not in step:
        return
    decision = Decided(
        decided=step["decided"],
        body="executive",
        reference=step["reference"],
        decided_on=step["on"],
        reason=step.get("reason", ""),
        conditions=step.get("conditions", ()),
        evaluate_on=step.get("evaluate_on"),
        amounts={int(year): euros for year, euros in step.get("amounts", {}).items()},
    )
    decide_role(case=case, decision=decision, by=by, at=at)


def _show_on_map(municipality: str, by: Actor, at: datetime) -> None:
    """Loading the demo again brings the roles of its files back; a decision goes before them."""
    for case in RoleCase.objects.filter(municipality=municipality, offering__isnull=False).select_related("offering"):
        newest = newest_decision(case)
        role = int(newest.decided) if newest and newest.decided.isdecimal() else None
        if case.offering and newest and case.offering.municipal_role != role:
            note_role(offering=case.offering, role=role, by=by, at=at)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
