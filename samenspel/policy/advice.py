"""Advice for a municipality: the engine's, by its own framework, beside the cases it decided before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, Earlier, advise
from samenspel.engine.roles.cases import Case, answers_of, case_of
from samenspel.engine.roles.rules import Outcome as Advised
from samenspel.engine.roles.shipped import precedents_of, with_roles
from samenspel.engine.roles.table import outcome_of
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import RoleCase, RoleDecision


def advice_on(
    case: Case, *, municipality: str, on: date, framework: Framework | None = None, leave_out: RoleCase | None = None
) -> Advice:
    """The advice on a case beside the municipality's own decisions and the cases of the framework that ships."""
    by = framework or framework_in_force(municipality)
    return advise(case, by, on, (*decided_before(municipality, by, leave_out=leave_out), *precedents_of(with_roles())))


def decided_before(
    municipality: str, framework: Framework, *, leave_out: RoleCase | None = None
) -> tuple[Earlier, ...]:
    """Of every other case of the municipality its newest decision, judged by the facts of that day."""
    rows = RoleDecision.objects.filter(case__municipality=municipality).select_related("case")
    rows = rows.defer("advice", "conditions").order_by("decided_on", "recorded_at")
    newest = {row.case_id: row for row in rows if leave_out is None or row.case_id != leave_out.pk}
    return tuple(_earlier(row, framework) for row in newest.values())


def as_case(title: str, facts: Mapping[str, Any], measures: Mapping[str, Any], role: str = "") -> Case:
    """What a row keeps, as a case that the engine judges."""
    now = {"role": int(role)} if role in ("1", "2", "3", "4") else {}
    return case_of({"title": title, "facts": dict(facts), "measures": dict(measures), "now": now}, title)


def _earlier(row: RoleDecision, framework: Framework) -> Earlier:
    answers = answers_of(as_case(row.case.title, row.facts, row.measures), framework, row.decided_on)
    where = f"{row.reference}, {row.decided_on:%d-%m-%Y}"
    return Earlier(row.case.title, where, answers, outcome_of(answers), outcome_named(row.decided), pk=str(row.case_id))


def outcome_named(key: str) -> Advised:
    """The engine's outcome of a stored word ("1", "not_done")."""
    return next(outcome for outcome in Advised if str(outcome.key) == key)
