"""Equal cases: the same facts, another outcome. The denkkader wants choices that are "consequent" (§5.C)."""

from collections.abc import Mapping, Sequence

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Earlier, are_equal
from samenspel.engine.roles.facts import Answer
from samenspel.policy.advice import decided_before, outcome_named
from samenspel.policy.models import RoleCase


def decided_otherwise(
    case: RoleCase, answers: Mapping[str, Answer], decided: str, framework: Framework
) -> tuple[Earlier, ...]:
    """Other cases of the municipality with the same facts of which something else was decided."""
    wanted = outcome_named(decided)
    earlier = decided_before(case.municipality, framework, leave_out=case)
    return tuple(other for other in earlier if other.decided != wanted and are_equal(answers, other.answers))


def named(cases: Sequence[Earlier]) -> str:
    """Those cases in a sentence: “Koor De Waard” (B&W 2025-118, 03-02-2025)."""
    return "; ".join(f"“{case.title}” ({case.where})" for case in cases)
