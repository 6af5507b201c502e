"""Versions of a framework, and decided cases, that tests of amending start from."""

from datetime import UTC, date, datetime
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.policy.council import ask_advice, give_advice, react
from samenspel.policy.drafting import CaseFacts, HeadFacts, PartFacts, ThresholdFacts, publish, start_draft
from samenspel.policy.models import FrameworkVersion, RoleCase, RoleDecision
from tests.people.rows import AT, BY, GM

TODAY = AT.date()
BASE = "berkelland"
NEEDS_HELP = {
    "individual_right": "no", "statutory_task": "no", "own_circle": "no", "open_to_others": "yes", "organized": "yes",
    "meets_law": "yes", "meets_conditions": "yes", "institutional_choice": "no", "residents_decide": "yes",
    "can_alone": "no", "fits_policy": "yes", "new_initiative": "no",
}  # fmt: skip
"""A community that asks for support; whether it is proven decides between role 2 and not doing it."""


def head(**given: Any) -> HeadFacts:
    facts = {
        "title": "Kader Markerwaard",
        "of": "gemeente Markerwaard",
        "document": "Kader sociale basis (verzonnen)",
        "summary": "Zo kiest Markerwaard haar rol.",
        "since": date(2026, 1, 1),
        "extends": (BASE,),
    }
    return HeadFacts(**{**facts, **given})


def a_draft(municipality: str = GM, **given: Any) -> FrameworkVersion:
    return start_draft(municipality=municipality, head=head(**given), by=BY, at=AT)


def part(**given: Any) -> PartFacts:
    return PartFacts(**{"name": "Steun", "text": "Wij steunen wat werkt.", "source": "§2", **given})


def threshold(**given: Any) -> ThresholdFacts:
    facts = {
        "fact": "proven",
        "measure": "years_running",
        "comparison": "at_least",
        "value": 3.0,
        "since": date(2026, 7, 1),
        "source": "raadsbesluit 12",
        "text": "Wat drie jaar loopt, is bewezen.",
    }
    return ThresholdFacts(**{**facts, **given})


def example(**given: Any) -> CaseFacts:
    facts = {
        "title": "Repaircafé",
        "story": "Het loopt al vier jaar.",
        "shows": "Steun als het werkt.",
        "source": "§2",
        "answers": NEEDS_HELP | {"proven": "yes"},
        "expect": "2",
    }
    return CaseFacts(**{**facts, **given})


def adopted(version: FrameworkVersion, at: datetime = AT) -> FrameworkVersion:
    """The version after advice, reaction and the decision of the raad."""
    advised(version, at)
    publish(version=version, adopted_by="raad, besluit 7", note="", by=BY, at=at)
    return version


def advised(version: FrameworkVersion, at: datetime = AT) -> None:
    ask_advice(version=version, by=BY, at=at)
    give_advice(version=version, advice="Wij zijn voor.", advised_on=at.date(), by=BY, at=at)
    react(version=version, reaction="Dank u wel.", reacted_on=at.date(), by=BY, at=at)


@action
def decided(
    *,
    version: FrameworkVersion,
    title: str = "Eetclub",
    facts: dict[str, Any] | None = None,
    measures: dict[str, float] | None = None,
    decided_on: date = date(2026, 3, 1),
    case: RoleCase | None = None,
    by: Actor = BY,
    at: datetime = AT,
) -> RoleCase:
    """A case with a decision, as it is kept."""
    answers = {fact: {"answer": word} for fact, word in NEEDS_HELP.items()} if facts is None else facts
    case = case or RoleCase.objects.create(
        municipality=version.municipality, title=title, facts=answers, measures=measures or {}, began_at=at
    )
    RoleDecision.objects.create(
        case=case,
        framework=version,
        facts=answers,
        measures=measures or {},
        advised="1",
        advice={},
        decided="1",
        body="executive",
        reference="besluit 1",
        decided_on=decided_on,
        recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    record(action="plant", on=case, by=by, at=at, municipality=version.municipality)
    return case
