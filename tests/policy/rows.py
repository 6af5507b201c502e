"""Rows that tests of policy start from: a published framework, cases and decisions, made by the actions themselves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.policy.cases import open_case, state_facts
from samenspel.policy.deciding import Decided, decide_role
from samenspel.policy.models import FrameworkVersion, RoleCase, RoleDecision
from tests.people.rows import BY, GM

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CHOIR = {
    "individual_right": "no", "statutory_task": "no", "own_circle": "no", "open_to_others": "yes", "organized": "yes",
    "meets_law": "yes", "meets_conditions": "yes", "institutional_choice": "no", "residents_decide": "yes",
    "can_alone": "yes", "fits_policy": "yes",
}  # fmt: skip
"""The choir of the text: advice 1."""
HELPED = {**CHOIR, "can_alone": "no", "proven": "yes"}
"""Residents who cannot do it alone, fitting and proven: advice 2."""


@action
def _publish(*, row: FrameworkVersion, by: Actor, at: datetime) -> None:
    row.save(force_insert=True)
    record(action="publish", on=row, by=by, at=at, municipality=row.municipality)


def a_framework(*, municipality: str = GM, number: int = 1, published: date = date(2024, 1, 15)) -> FrameworkVersion:
    """A version of one's own, published by hand so that these tests lean on nothing else."""
    head = {
        "name": "eigen", "title": "Eigen denkkader", "of": "gemeente Hier", "version": str(number),
        "from": "2024-01-01", "document": "Eigen denkkader", "summary": "Ons eigen kader.", "extends": ["berkelland"],
    }  # fmt: skip
    at = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
    row = FrameworkVersion(
        municipality=municipality,
        number=number,
        content={"framework": head},
        adopted_by="college, B&W 2024-001",
        published_at=at,
    )
    _publish(row=row, by=BY, at=at)
    return row


def a_case(title: str = "Koor De Waard", facts: dict[str, str] | None = None, **more: Any) -> RoleCase:
    measures = more.pop("measures", None)
    case = open_case(title=title, by=BY, at=AT, **{"municipality": GM, **more})
    said = {fact: {"answer": answer, "by": "beleidsadviseur"} for fact, answer in (facts or {}).items()}
    return state_facts(case=case, facts=said, measures=measures, by=BY, at=AT)


def decision(decided: str = "1", **facts: Any) -> Decided:
    evaluate = {"evaluate_on": TODAY + timedelta(days=365)} if decided in "234" else {}
    known = {"body": "executive", "reference": "B&W 2026-118", "decided_on": TODAY, **evaluate, **facts}
    return Decided(decided=decided, **known)


def a_decision(case: RoleCase, decided: str = "1", **facts: Any) -> RoleDecision:
    return decide_role(case=case, decision=decision(decided, **facts), by=BY, at=AT)
