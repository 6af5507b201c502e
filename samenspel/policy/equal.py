"""Equal cases: the same deciding facts, another outcome. The denkkader wants choices that are "consequent" (§5.C)."""

from samenspel.engine.roles.advice import Advice, Earlier
from samenspel.policy.advice import outcome_named


def decided_otherwise(advice: Advice, decided: str) -> tuple[Earlier, ...]:
    """Cases of the municipality with the same deciding facts of which something else was decided than `decided`."""
    wanted = outcome_named(decided)
    return tuple(case for case in advice.equal_cases if case.decided not in (None, wanted))


def named(cases: tuple[Earlier, ...]) -> str:
    """Those cases in a sentence: “Koor De Waard” (B&W 2025-118, 03-02-2025)."""
    return "; ".join(f"“{case.title}” ({case.where})" for case in cases)
