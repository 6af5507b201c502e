"""Cases and decisions as they stand in the store, for tests of what follows from them."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model

from samenspel.audit.action import Actor, action, record
from samenspel.policy.goals import GoalFacts, set_goal
from samenspel.policy.models import FrameworkVersion, PolicyGoal, RoleCase, RoleDecision
from tests.people.rows import BY, GM

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def a_goal(title: str = "Minder eenzaamheid", *, municipality: str = GM, **facts: Any) -> PolicyGoal:
    stated = {"document": "Visie 2026, hoofdstuk 3", "adopted_on": date(2026, 1, 15), **facts}
    return set_goal(municipality=municipality, facts=GoalFacts(title=title, **stated), by=BY, at=AT)


def a_case(title: str = "Koor De Dijkzangers", *, municipality: str = GM, **given: Any) -> RoleCase:
    case = RoleCase(municipality=municipality, title=title, began_at=AT, **given)
    _plant(row=case, municipality=municipality, by=BY, at=AT)
    return case


def a_decision(case: RoleCase, decided: str = "2", *, sphere: str = "community", **given: Any) -> RoleDecision:
    stated = {
        "facts": case.facts,
        "measures": case.measures,
        "advised": decided,
        "advice": {"sphere": {"value": sphere, "doubt": ""}},
        "body": "executive",
        "reference": "B2026-14",
        "decided_on": date(2026, 3, 1),
        "evaluate_on": date(2027, 3, 1),
        "recorded_at": AT,
        **given,
    }
    decision = RoleDecision(case=case, framework=_version(case.municipality), decided=decided, **stated)
    _plant(row=decision, municipality=case.municipality, by=BY, at=AT)
    return decision


def _version(municipality: str) -> FrameworkVersion:
    known: FrameworkVersion | None = FrameworkVersion.objects.filter(municipality=municipality).first()
    if known:
        return known
    version = FrameworkVersion(municipality=municipality, number=1, content=CONTENT, adopted_by="raad", published_at=AT)
    _plant(row=version, municipality=municipality, by=BY, at=AT)
    return version


@action
def _plant(*, row: Model, municipality: str, by: Actor, at: datetime) -> None:
    row.save(force_insert=True)
    record(action="plant", on=row, by=by, at=at, municipality=municipality)


CONTENT: dict[str, Any] = {
    "framework": {
        "name": "ons_kader",
        "title": "Ons kader",
        "of": "Markerwaard",
        "version": "1",
        "from": "2026-01-01",
        "document": "Raadsbesluit 2026-1",
        "summary": "Ons eigen kader.",
        "extends": ["berkelland"],
    },
    "threshold": [
        {"id": id_, "fact": id_, "measure": name, comparison: at, "from": "2026-01-01", "text": text, "source": "x"}
        for id_, name, comparison, at, text in (
            ("few_participants", "participants_share", "below", 6, "Minder dan 6 procent doet mee."),
            ("volunteers_stop", "volunteers_share", "below", 60, "Minder dan 60 procent is er nog."),
            ("could_carry", "amount_per_participant", "at_most", 50, "Hoogstens 50 euro per deelnemer."),
        )
    ],
}
