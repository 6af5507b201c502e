"""The order of the denkkader as plain statements, written from decision 0032 and not from the rules it checks."""

from collections.abc import Iterator, Mapping

from samenspel.engine.roles.facts import Answer
from samenspel.engine.roles.rules import Outcome

NO, UNKNOWN, YES = Answer.NO, Answer.UNKNOWN, Answer.YES


def read_plainly(facts: Mapping[str, Answer]) -> Outcome:
    """What decision 0032 says about what is known, before it asks whether what is unknown makes any difference."""
    decide = facts["residents_decide"]
    if facts["individual_right"] == YES or facts["statutory_task"] == YES:
        return _owned(facts)
    if facts["own_circle"] == YES and not _is_public(facts):
        return Outcome.NO_INVOLVEMENT
    fails = facts["meets_law"] == NO or facts["meets_conditions"] == NO
    chosen = facts["institutional_choice"] == YES and decide != YES and facts["fits_policy"] != NO
    if facts["individual_right"] == UNKNOWN and decide != YES and (fails or not chosen):
        return Outcome.NOT_ENOUGH_KNOWN
    if facts["statutory_task"] == UNKNOWN and decide != YES and (fails or facts["fits_policy"] == NO):
        return Outcome.NOT_ENOUGH_KNOWN
    if fails:
        return Outcome.NOT_DONE
    return _owned(facts) if chosen else _without_an_institution(facts)


def _owned(facts: Mapping[str, Answer]) -> Outcome:
    contribute = facts["codesign"] == YES or facts["residents_decide"] == YES
    return Outcome.ROLE_3 if contribute else Outcome.ROLE_4


def _is_public(facts: Mapping[str, Answer]) -> bool:
    return facts["open_to_others"] == YES or facts["organized"] == YES or facts["institutional_choice"] == YES


def _without_an_institution(facts: Mapping[str, Answer]) -> Outcome:
    decide, alone = facts["residents_decide"], facts["can_alone"]
    if facts["fits_policy"] == NO and (decide == NO or alone != YES):
        return Outcome.NOT_DONE
    if decide == UNKNOWN:
        return Outcome.NOT_ENOUGH_KNOWN
    if decide == NO and (facts["institutional_choice"] == UNKNOWN or facts["statutory_task"] == UNKNOWN):
        return Outcome.NOT_ENOUGH_KNOWN
    if alone == YES or (alone == UNKNOWN and decide == YES):
        return Outcome.ROLE_1
    return Outcome.NOT_ENOUGH_KNOWN if alone == UNKNOWN else _with_help(facts)


def _with_help(facts: Mapping[str, Answer]) -> Outcome:
    proof = max(facts["proven"], facts["new_initiative"])
    if proof == NO:
        return Outcome.NOT_DONE
    if facts["fits_policy"] == UNKNOWN or proof == UNKNOWN:
        return Outcome.NOT_ENOUGH_KNOWN
    return Outcome.ROLE_2 if facts["residents_decide"] == YES else Outcome.ROLE_3


def all_readings() -> Iterator[tuple[dict[str, Answer], Outcome]]:
    """Everything the reading can say: what it looked at, and what it then says whatever the other facts are.

    Together these cover every combination of facts, each once.
    """
    ahead: list[dict[str, Answer]] = [{}]
    while ahead:
        facts = ahead.pop()
        try:
            yield facts, read_plainly(facts)
        except KeyError as unread:
            ahead += [{**facts, unread.args[0]: answer} for answer in Answer]
