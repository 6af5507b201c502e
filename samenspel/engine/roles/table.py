"""The outcome of every combination of the deciding facts, and how far each is from every other outcome.

3^14 = 4,782,969 combinations, worked out once. An outcome is then looked up, so that "which missing fact would change
this" and "what is the smallest change to another role" are exact and not a search that gives up.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from samenspel.engine.roles.facts import DECIDING, Answer
from samenspel.engine.roles.rules import RULES, Known, Outcome

Answers = Mapping[str, Answer]
_SHAPE = (3,) * len(DECIDING)
_UNDECIDED = -1
_MOST_CHANGEABLE = sorted(range(len(DECIDING)), key=lambda fact: (DECIDING[fact] == "new_initiative", -fact))


class NoRuleHolds(RuntimeError):
    """Some combination of facts has no outcome: the rules have a hole."""


@cache
def outcomes() -> NDArray[np.int8]:
    """The outcome of every combination, an axis of length 3 (no, unknown, yes) per deciding fact."""
    axes = {fact: np.arange(3, dtype=np.int8).reshape([3 if i == at else 1 for i in range(len(DECIDING))])
            for at, fact in enumerate(DECIDING)}  # fmt: skip
    known = Known(axes)
    found = np.full(_SHAPE, _UNDECIDED, dtype=np.int8)
    for rule in reversed(RULES):
        found[np.broadcast_to(rule.holds(known), _SHAPE)] = rule.speaks_for
    if (found == _UNDECIDED).any():
        raise NoRuleHolds(str(np.argwhere(found == _UNDECIDED)[0]))
    return _settled(found)


def _settled(found: NDArray[np.int8]) -> NDArray[np.int8]:
    """Where not enough is known, but every answer to what is unknown gives one outcome, that outcome."""
    possible = np.left_shift(1, found).astype(np.int16)
    for axis in range(len(DECIDING)):
        lanes = np.moveaxis(possible, axis, 0)
        np.bitwise_or(lanes[Answer.NO], lanes[Answer.YES], out=lanes[Answer.UNKNOWN])
    for outcome in Outcome:
        is_sure = (found == Outcome.NOT_ENOUGH_KNOWN) & (possible == 1 << outcome)
        found[is_sure] = outcome
    return found


@cache
def distances(outcome: Outcome) -> NDArray[np.int8]:
    """How many facts of each combination must become another yes or no before the outcome is this one.

    The distance is a sum over facts, so one pass along each axis is exact.
    """
    far = np.where(outcomes() == outcome, 0, len(DECIDING) + 1).astype(np.int8)
    for axis in range(len(DECIDING)):
        lanes = np.moveaxis(far, axis, 0)
        other = np.minimum(lanes[Answer.NO], lanes[Answer.YES]) + 1
        np.minimum(lanes, other, out=lanes)
    return far


def place(answers: Answers) -> tuple[int, ...]:
    """Where a case stands in the table; a fact that is not named is unknown."""
    return tuple(answers.get(fact, Answer.UNKNOWN) for fact in DECIDING)


def outcome_of(answers: Answers) -> Outcome:
    """The outcome of a case."""
    return Outcome(int(outcomes()[place(answers)]))


def that_matter(answers: Answers) -> tuple[str, ...]:
    """The unknown facts whose answer can still change the outcome, most often first, over all answers of the others."""
    unknown = [at for at, answer in enumerate(place(answers)) if answer == Answer.UNKNOWN]
    corner = outcomes()[tuple(slice(0, 3, 2) if at in unknown else value for at, value in enumerate(place(answers)))]
    changes = {
        DECIDING[fact]: np.count_nonzero(np.take(corner, 0, axis) != np.take(corner, 1, axis))
        for axis, fact in enumerate(unknown)
    }
    return tuple(sorted((fact for fact in changes if changes[fact]), key=lambda fact: -changes[fact]))


def smallest_change(answers: Answers, outcome: Outcome) -> dict[str, Answer] | None:
    """The fewest facts to answer otherwise before the outcome is this one; None where no answers lead to it.

    Of changes that are as small, the one that answers unknown facts first, and then those that people can change
    before what the law says: the conversation backwards. Last comes what nobody can change: the old becomes no new.
    """
    far, at = distances(outcome), list(place(answers))
    if far[tuple(at)] > len(DECIDING):
        return None
    change: dict[str, Answer] = {}
    order = sorted(_MOST_CHANGEABLE, key=lambda fact: at[fact] != Answer.UNKNOWN)
    while left := int(far[tuple(at)]):
        fact, value = next(
            (fact, value)
            for fact in order
            for value in (Answer.YES, Answer.NO)
            if far[(*at[:fact], value, *at[fact + 1 :])] == left - 1
        )
        at[fact] = value
        change[DECIDING[fact]] = value
    return change


def warm() -> None:
    """Work all of it out before somebody waits for it (0.7 s, 40 MB)."""
    for outcome in Outcome:
        distances(outcome)
