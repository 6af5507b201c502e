"""The rules of the denkkader, in the order in which they weigh (decision 0032).

Statutory right first; then the personal sphere; then principle 1; then who owns it and whether the community can do
it alone; then fit and proof (principle 2). Every rule reads facts as arrays, so that one rule judges one case as well
as every combination there is. The Dutch words of a rule stand in the framework, which a municipality may reword.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from samenspel.engine.roles.facts import Answer

Truth = NDArray[np.bool_]


class Outcome(IntEnum):
    """What is advised; 1 to 4 are the roles of the denkkader §4."""

    NOT_ENOUGH_KNOWN = 0
    ROLE_1 = 1
    ROLE_2 = 2
    ROLE_3 = 3
    ROLE_4 = 4
    NO_INVOLVEMENT = 5
    """The personal sphere: the government has no business there (§2)."""
    NOT_DONE = 6
    """No municipal support: the initiative stays with the residents, and on the map (§5.A)."""

    @property
    def key(self) -> int | str:
        """As answers give it: the number of the role, or a word."""
        return self.value if 1 <= self.value <= 4 else self.name.lower()


@dataclass(frozen=True)
class Known:
    """Answers per fact: arrays of `Answer` values, all of one shape."""

    answers: Mapping[str, NDArray[np.int8]]

    def yes(self, fact: str) -> Truth:
        return np.asarray(self.answers[fact] == Answer.YES)

    def no(self, fact: str) -> Truth:
        return np.asarray(self.answers[fact] == Answer.NO)

    def unknown(self, fact: str) -> Truth:
        return np.asarray(self.answers[fact] == Answer.UNKNOWN)


@dataclass(frozen=True)
class Rule:
    """Speaks for an outcome where `holds`; the first of `RULES` that holds decides."""

    id: str
    speaks_for: Outcome
    holds: Callable[[Known], Truth]


RULES: list[Rule] = []


def _speaks_for(outcome: Outcome) -> Callable[[Callable[[Known], Truth]], Callable[[Known], Truth]]:
    def add(holds: Callable[[Known], Truth]) -> Callable[[Known], Truth]:
        RULES.append(Rule(holds.__name__, outcome, holds))
        return holds

    return add


# What the law gives (§5.A): the municipality is the owner, and no condition of its own undoes that.


def _together(known: Known) -> Truth:
    """That residents think, design or make along is what marks role 3 (§4); who decide do more than that."""
    return known.yes("codesign") | known.yes("residents_decide")


@_speaks_for(Outcome.ROLE_3)
def right_together(known: Known) -> Truth:
    """ "Rol 4 en soms rol 3" (§5.A)."""
    return known.yes("individual_right") & _together(known)


@_speaks_for(Outcome.ROLE_4)
def right(known: Known) -> Truth:
    return known.yes("individual_right") & ~_together(known)


@_speaks_for(Outcome.ROLE_3)
def task_together(known: Known) -> Truth:
    return known.yes("statutory_task") & _together(known)


@_speaks_for(Outcome.ROLE_4)
def task(known: Known) -> Truth:
    return known.yes("statutory_task") & ~_together(known)


# The personal sphere (§2).


@_speaks_for(Outcome.NO_INVOLVEMENT)
def personal(known: Known) -> Truth:
    return (
        known.yes("own_circle")
        & ~known.yes("open_to_others")
        & ~known.yes("organized")
        & ~known.yes("institutional_choice")
    )


# Principle 1 (§5.B), after a right has been ruled out.


def _fails(known: Known) -> Truth:
    return known.no("meets_law") | known.no("meets_conditions")


def _is_chosen(known: Known) -> Truth:
    return known.yes("institutional_choice") & ~known.yes("residents_decide") & ~known.no("fits_policy")


def _refused(known: Known) -> Truth:
    return _fails(known) | known.no("fits_policy")


@_speaks_for(Outcome.NOT_ENOUGH_KNOWN)
def right_open(known: Known) -> Truth:
    """Nothing less than ownership is advised before it is known that nobody has a right to it, and no task is.

    What residents began and decide themselves is no provision that somebody can claim.
    """
    lessens = _fails(known) | ~_is_chosen(known)
    is_open = known.unknown("individual_right") | (known.unknown("statutory_task") & _refused(known))
    return is_open & ~known.yes("residents_decide") & lessens


@_speaks_for(Outcome.NOT_DONE)
def unlawful(known: Known) -> Truth:
    return known.no("meets_law")


@_speaks_for(Outcome.NOT_DONE)
def conditions_fail(known: Known) -> Truth:
    return known.no("meets_conditions")


@_speaks_for(Outcome.NOT_DONE)
def no_fit(known: Known) -> Truth:
    """ "Omdat het niet past binnen ons beleid" (§5.A), whoever owns it; what a community does alone needs no fit."""
    return known.no("fits_policy") & (~known.yes("can_alone") | known.no("residents_decide"))


# Who owns it (§4): an institution by its own choice, or the community.


@_speaks_for(Outcome.ROLE_3)
def chosen_together(known: Known) -> Truth:
    return _is_chosen(known) & known.yes("codesign")


@_speaks_for(Outcome.ROLE_4)
def chosen(known: Known) -> Truth:
    return _is_chosen(known) & ~known.yes("codesign")


@_speaks_for(Outcome.NOT_ENOUGH_KNOWN)
def owner_open(known: Known) -> Truth:
    return known.unknown("residents_decide") | (
        known.no("residents_decide") & (known.unknown("institutional_choice") | known.unknown("statutory_task"))
    )


# Whether the community can do it alone, and else whether it fits and is proven (principle 2).


@_speaks_for(Outcome.ROLE_1)
def able(known: Known) -> Truth:
    return known.yes("can_alone") & ~_is_chosen(known)


@_speaks_for(Outcome.ROLE_1)
def not_automatic(known: Known) -> Truth:
    """Support is "geen automatische reactie": it takes somebody to show that the community cannot do it alone."""
    return known.yes("residents_decide") & known.unknown("can_alone")


@_speaks_for(Outcome.NOT_ENOUGH_KNOWN)
def need_open(known: Known) -> Truth:
    return known.no("residents_decide") & known.unknown("can_alone")


def _needs_help(known: Known) -> Truth:
    return known.no("can_alone") & ~known.no("fits_policy")


@_speaks_for(Outcome.NOT_DONE)
def unproven(known: Known) -> Truth:
    return _needs_help(known) & known.no("proven") & known.no("new_initiative")


@_speaks_for(Outcome.NOT_ENOUGH_KNOWN)
def fit_open(known: Known) -> Truth:
    return known.no("can_alone") & known.unknown("fits_policy")


def _is_good(known: Known) -> Truth:
    """Proven; or new, for "voldoende (bewezen) succesvol" has its brackets in the text."""
    return known.yes("proven") | known.yes("new_initiative")


@_speaks_for(Outcome.NOT_ENOUGH_KNOWN)
def proof_open(known: Known) -> Truth:
    return _needs_help(known) & ~_is_good(known) & (known.unknown("proven") | known.unknown("new_initiative"))


def _deserves_help(known: Known) -> Truth:
    return known.no("can_alone") & known.yes("fits_policy") & _is_good(known)


@_speaks_for(Outcome.ROLE_2)
def support(known: Known) -> Truth:
    return _deserves_help(known) & known.yes("residents_decide") & known.yes("proven")


@_speaks_for(Outcome.ROLE_2)
def temporary(known: Known) -> Truth:
    return _deserves_help(known) & known.yes("residents_decide") & ~known.yes("proven")


@_speaks_for(Outcome.ROLE_3)
def strengthen(known: Known) -> Truth:
    """ "Zelfs rol 3": nobody owns it (any more), so the municipality takes the lead and seeks residents (§4, §5.A)."""
    return _deserves_help(known) & known.no("residents_decide")
