"""Equal cases: the same facts, another outcome. The denkkader wants choices that are "consequent" (§5.C)."""

from collections.abc import Mapping

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.facts import Answer
from samenspel.engine.roles.rules import Outcome as Advised
from samenspel.policy.earlier import beside, named, outcome_named
from samenspel.policy.models import RoleCase

MOST_NAMED = 3


def decided_otherwise(case: RoleCase, answers: Mapping[str, Answer], decided: str, framework: Framework) -> str:
    """The newest other cases with the same facts of which something else was decided, in a sentence; "" without any.

    “Koor De Waard” (B&W 2025-118, 03-02-2025); the others as a number.
    """
    found = beside(answers, municipality=case.municipality, framework=framework, leave_out=case)
    wanted = outcome_named(decided)
    newest = [one for one in found.equal if one.decided != wanted][:MOST_NAMED]
    left = sum(number for outcome, number in found.counts.items() if outcome != wanted) - len(newest)
    said = [f"“{one.title}” ({one.where})" for one in named(newest)]
    return "; ".join([*said, *([f"en nog {left}"] if left else [])])


def equal_counts(case: RoleCase, answers: Mapping[str, Answer], framework: Framework) -> Mapping[Advised, int]:
    """How many other cases with the same facts there are, by what was decided."""
    return beside(answers, municipality=case.municipality, framework=framework, leave_out=case).counts
