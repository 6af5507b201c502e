"""The order of the denkkader as plain statements, written from decision 0032 and not from the rules it checks."""

from collections.abc import Mapping

from samenspel.engine.roles.facts import Answer
from samenspel.engine.roles.rules import Outcome

NO, UNKNOWN, YES = Answer.NO, Answer.UNKNOWN, Answer.YES


def read_plainly(facts: Mapping[str, Answer]) -> Outcome:
    """What decision 0032 says about one combination of the deciding facts."""
    together = Outcome.ROLE_3 if facts["codesign"] == YES else Outcome.ROLE_4
    if YES in (facts["individual_right"], facts["statutory_task"]):
        return together
    if facts["own_circle"] == YES and YES not in (
        facts["open_to_others"], facts["organized"], facts["institutional_choice"]
    ):  # fmt: skip
        return Outcome.NO_INVOLVEMENT
    fails = NO in (facts["meets_law"], facts["meets_conditions"])
    chosen = facts["institutional_choice"] == YES != facts["residents_decide"]
    if facts["individual_right"] == UNKNOWN and (fails or not chosen):
        return Outcome.NOT_ENOUGH_KNOWN
    if fails:
        return Outcome.NOT_DONE
    return together if chosen else _of_the_community(facts)


def _of_the_community(facts: Mapping[str, Answer]) -> Outcome:
    decide = facts["residents_decide"]
    if decide == UNKNOWN:
        return Outcome.NOT_ENOUGH_KNOWN
    if decide == NO and UNKNOWN in (facts["institutional_choice"], facts["statutory_task"]):
        return Outcome.NOT_ENOUGH_KNOWN
    if facts["can_alone"] == YES:
        return Outcome.ROLE_1
    if facts["fits_policy"] == NO:
        return Outcome.NOT_DONE
    if facts["can_alone"] == UNKNOWN:
        return Outcome.ROLE_1 if decide == YES else Outcome.NOT_ENOUGH_KNOWN
    return _not_alone(facts)


def _not_alone(facts: Mapping[str, Answer]) -> Outcome:
    proof = max(facts["proven"], facts["new_initiative"])
    if proof == NO:
        return Outcome.NOT_DONE
    if facts["fits_policy"] == UNKNOWN or proof == UNKNOWN:
        return Outcome.NOT_ENOUGH_KNOWN
    if facts["residents_decide"] == YES:
        return Outcome.ROLE_2
    return {NO: Outcome.NOT_DONE, UNKNOWN: Outcome.NOT_ENOUGH_KNOWN, YES: Outcome.ROLE_3}[facts["codesign"]]
