"""The state of a building block in an area, by the council's dated norms (the five bouwstenen).

No evidence is UNKNOWN, never MISSING: that takes somebody who looked and found nothing. Evidence too old to count makes
nothing present; where there is only that, the state is unknown again.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What can be said; UNKNOWN is no step between the others."""

    PRESENT = "present"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What decides a state; the words stand with who shows them."""

    ENOUGH = "enough"
    TOO_FEW_REACHED = "too_few_reached"
    TOO_LITTLE = "too_little"
    LOOKED_AND_NONE = "looked_and_none"
    NOBODY_REACHED = "nobody_reached"
    ONLY_OLD = "only_old"
    NOTHING_KNOWN = "nothing_known"
    NOBODY_LIVES_HERE = "nobody_lives_here"
    NO_NORM = "no_norm"


@dataclass(frozen=True)
class Norm:
    """What the council asks of a block from the day `since`: `share` (0 to 1) of the residents within `metres` of it,
    and an `amount` within reach of an average resident; what was confirmed longer than `months` ago is too old to
    count. `parts` (themes, "evening") must each be within reach of that share."""

    block: int
    since: date
    metres: float
    share: float
    amount: float
    months: int
    source: str
    parts: tuple[str, ...] = ()
    parts_are_amount: bool = False
    """Whether the amount is how many of the parts there are (themes), and not a part beside it (an evening)."""


@dataclass(frozen=True)
class Cell:
    """What is known of one block in one area: the share reached (None where nobody lives), the amount that an average
    resident has, how many records are fresh and how many too old, and the day on which somebody looked and found
    none."""

    reached: float | None
    amount: float
    fresh: int
    old: int
    none_found_on: date | None = None


@dataclass(frozen=True)
class Judged:
    """A state with what decided it."""

    state: State
    why: Why


def state_of(cell: Cell, norm: Norm | None) -> Judged:
    """The state of a cell; more evidence never makes it worse. Without a norm nobody said what is enough."""
    if norm is None:
        return Judged(State.UNKNOWN, Why.NO_NORM)
    if cell.reached is None:
        return Judged(State.UNKNOWN, Why.NOBODY_LIVES_HERE)
    if not cell.fresh and cell.reached == 0 and cell.amount == 0:
        return _without_evidence(cell)
    if cell.reached >= norm.share and cell.amount >= norm.amount:
        return Judged(State.PRESENT, Why.ENOUGH)
    if cell.reached == 0:
        return Judged(State.PARTLY, Why.NOBODY_REACHED)
    return Judged(State.PARTLY, Why.TOO_FEW_REACHED if cell.reached < norm.share else Why.TOO_LITTLE)


def _without_evidence(cell: Cell) -> Judged:
    """Nothing stands here, serves it or lies within anybody's reach from elsewhere."""
    if cell.none_found_on is not None:
        return Judged(State.MISSING, Why.LOOKED_AND_NONE)
    return Judged(State.UNKNOWN, Why.ONLY_OLD if cell.old else Why.NOTHING_KNOWN)
