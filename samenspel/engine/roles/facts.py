"""The facts of a case: each yes, no or unknown, and who said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Answer(IntEnum):
    """No evidence is UNKNOWN, which is neither yes nor no."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """The word of files and answers: `no`, `unknown` or `yes`."""
        return self.name.lower()


@dataclass(frozen=True)
class Said:
    """One answer, by whom (a function, never a name) and on which ground; `on` is null where no day was noted."""

    answer: Answer
    by: str = ""
    on: date | None = None
    evidence: str = ""


DECIDING = (
    "individual_right",
    "statutory_task",
    "own_circle",
    "open_to_others",
    "organized",
    "meets_law",
    "meets_conditions",
    "institutional_choice",
    "residents_decide",
    "codesign",
    "can_alone",
    "fits_policy",
    "proven",
    "new_initiative",
)
"""What the outcome depends on, in the order of the conversation."""

SHAPING = (
    "party_owns",
    "paid_staff",
    "shared_delivery",
    "multi_use",
    "future_proof",
    "multi_year_open",
    "evaluation_agreed",
)
"""What names the owner and the sphere, and sets conditions; the outcome does not depend on it."""

TRIGGERS = ("few_participants", "volunteers_stop", "could_carry", "policy_changed", "review_due")
"""What is a reason to look at the role again (denkkader §5.A, principle 5)."""

SAID_ONLY = ("individual_right", "statutory_task", "meets_law", "own_circle", "residents_decide")
"""What no number of a municipality may answer: the law, and whose it is."""

FACTS = (*DECIDING, *SHAPING, *TRIGGERS)

MEASURES: Mapping[str, str] = {
    "participants": "deelnemers",
    "target_group": "mensen in de doelgroep",
    "years_running": "jaren bezig",
    "volunteers": "vrijwilligers",
    "volunteers_before": "vrijwilligers een jaar eerder",
    "amount": "euro gevraagd",
    "yearly_cost": "euro kosten per jaar",
    "own_income": "euro eigen inkomsten per jaar",
    "opening_hours": "uren open per week",
}
"""Numbers that a case may carry, none below zero, each with its unit."""

SHARES: Mapping[str, tuple[str, str]] = {
    "participants_share": ("participants", "target_group"),
    "volunteers_share": ("volunteers", "volunteers_before"),
    "own_income_share": ("own_income", "yearly_cost"),
    "amount_per_participant": ("amount", "participants"),
}
"""What is worked out of two measures: the first divided by the second; a share in percent, an amount in euro."""


def measured(name: str, measures: Mapping[str, float]) -> float | None:
    """A measure, or a share worked out of two; None where a number is not known or would be divided by nothing."""
    if name not in SHARES:
        return measures.get(name)
    of, over = SHARES[name]
    part, whole = measures.get(of), measures.get(over)
    if part is None or not whole:
        return None
    return part / whole * (100 if name.endswith("_share") else 1)
