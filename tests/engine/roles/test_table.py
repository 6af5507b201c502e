"""The table holds an outcome for every combination of facts, and the exact way to every other outcome."""

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from samenspel.engine.roles import table
from samenspel.engine.roles.facts import DECIDING, Answer
from samenspel.engine.roles.rules import RULES, Known, Outcome
from samenspel.engine.roles.table import distances, outcome_of, outcomes, place, smallest_change, that_matter
from tests.engine.roles.plain_reading import all_readings, read_plainly

A_CASE = st.fixed_dictionaries({fact: st.sampled_from(list(Answer)) for fact in DECIDING})
A_NEARLY_KNOWN_CASE = st.fixed_dictionaries(
    {fact: st.sampled_from([Answer.NO, Answer.NO, Answer.YES, Answer.YES, Answer.UNKNOWN]) for fact in DECIDING}
)
REACHED = [outcome for outcome in Outcome if outcome != Outcome.NOT_ENOUGH_KNOWN]


def every_combination() -> Known:
    grid = np.indices((3,) * len(DECIDING), dtype=np.int8)
    return Known(dict(zip(DECIDING, grid, strict=True)))


def first_that_holds() -> NDArray[np.int8]:
    """The outcome of the first rule that holds, of every combination; -1 where none does."""
    known = every_combination()
    found = np.full(outcomes().shape, -1, dtype=np.int8)
    for rule in RULES:
        found[rule.holds(known) & (found == -1)] = rule.speaks_for
    return found


def settled(found: NDArray[np.int8]) -> NDArray[np.int8]:
    """With one outcome where not enough is known but the least and the most of all completions are the same."""
    least, most = found.copy(), found.copy()
    for axis in range(found.ndim):
        for extreme, pick in ((least, np.minimum), (most, np.maximum)):
            lanes = np.moveaxis(extreme, axis, 0)
            lanes[Answer.UNKNOWN] = pick(lanes[Answer.NO], lanes[Answer.YES])
    return np.where((found == Outcome.NOT_ENOUGH_KNOWN) & (least == most), least, found)


def first_difference(one: NDArray[Any], other: NDArray[Any]) -> dict[str, str]:
    """The facts of the first combination that differs; {} where none does (an array itself takes minutes to print)."""
    differ = np.flatnonzero((one != other).ravel())[:1]
    at = [np.unravel_index(place, one.shape) for place in differ]
    return {fact: Answer(int(answer)).word for each in at for fact, answer in zip(DECIDING, each, strict=True)}


def test_every_combination_has_the_outcome_of_the_first_rule_that_holds_or_of_all_its_completions() -> None:
    found = first_that_holds()

    assert first_difference(found, found.clip(min=0)) == {}
    assert first_difference(settled(found), outcomes()) == {}


def test_every_combination_is_as_the_text_reads() -> None:
    read = np.full(outcomes().shape, -1, dtype=np.int8)
    times = 0
    for facts, outcome in all_readings():
        box = read[tuple(facts.get(fact, slice(None)) for fact in DECIDING)]
        times += box.size
        box[...] = outcome

    assert times == read.size
    assert first_difference(read, read.clip(min=0)) == {}
    assert first_difference(settled(read), outcomes()) == {}


@settings(deadline=None)
@given(A_CASE)
def test_what_is_settled_whatever_the_answers_is_what_every_completion_reads(facts: dict[str, Answer]) -> None:
    """By trial, one completion after the other, where the reading itself says that not enough is known."""
    unknown = [fact for fact in DECIDING if facts[fact] == Answer.UNKNOWN]
    completions = (
        read_plainly({**facts, **dict(zip(unknown, answers, strict=True))})
        for answers in product((Answer.NO, Answer.YES), repeat=len(unknown))
    )
    read = read_plainly(facts)
    if read == Outcome.NOT_ENOUGH_KNOWN:
        first = next(completions)
        read = first if all(each == first for each in completions) else read

    assert outcome_of(facts) == read


def test_some_combinations_are_settled_whatever_the_answers() -> None:
    found = first_that_holds()
    became = {Outcome(int(each)) for each in np.unique(outcomes()[found != outcomes()])}

    assert became == {Outcome.ROLE_1, Outcome.ROLE_3, Outcome.NOT_DONE}


def test_every_rule_decides_somewhere() -> None:
    known = every_combination()
    undecided = np.ones(outcomes().shape, dtype=bool)
    idle = []
    for rule in RULES:
        decides = rule.holds(known) & undecided
        if not decides.any():
            idle.append(rule.id)
        undecided &= ~decides

    assert idle == []


def test_a_hole_in_the_rules_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "RULES", RULES[:-1])

    with pytest.raises(table.NoRuleHolds):
        table.outcomes.__wrapped__()


def test_who_knows_all_deciding_facts_is_never_told_that_not_enough_is_known() -> None:
    complete = outcomes()[(slice(0, 3, 2),) * len(DECIDING)]

    assert Outcome.NOT_ENOUGH_KNOWN not in np.unique(complete)


@settings(deadline=None)
@given(A_CASE)
def test_the_order_in_which_facts_are_told_does_not_matter(facts: dict[str, Answer]) -> None:
    other_way = dict(reversed(facts.items()))

    assert outcome_of(facts) == outcome_of(other_way)
    assert that_matter(facts) == that_matter(other_way)
    assert smallest_change(facts, Outcome.ROLE_2) == smallest_change(other_way, Outcome.ROLE_2)


@settings(deadline=None)
@given(A_CASE)
def test_a_fact_that_is_not_named_is_unknown(facts: dict[str, Answer]) -> None:
    named = {fact: answer for fact, answer in facts.items() if answer != Answer.UNKNOWN}

    assert place(named) == place(facts)


@pytest.mark.parametrize("outcome", REACHED, ids=lambda outcome: outcome.name.lower())
def test_distances_are_those_of_a_search_step_by_step_over_all_combinations(outcome: Outcome) -> None:
    far, reached, steps = distances(outcome), outcomes() == outcome, 0
    assert first_difference(far == 0, reached) == {}
    while not reached.all():
        reached, steps = one_step_more(reached), steps + 1
        assert first_difference(far <= steps, reached) == {}


def one_step_more(reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is reached, and what comes there when one fact becomes a no or a yes."""
    found = reached.copy()
    for axis in range(reached.ndim):
        before, after = np.moveaxis(reached, axis, 0), np.moveaxis(found, axis, 0)
        after |= before[Answer.NO] | before[Answer.YES]
    return found


@settings(deadline=None)
@given(A_CASE)
def test_every_outcome_but_not_enough_known_can_be_reached_from_everywhere(facts: dict[str, Answer]) -> None:
    assert all(smallest_change(facts, outcome) is not None for outcome in REACHED)


def test_answers_never_lead_from_all_known_to_not_enough_known() -> None:
    assert smallest_change(dict.fromkeys(DECIDING, Answer.NO), Outcome.NOT_ENOUGH_KNOWN) is None


@settings(max_examples=60, deadline=None)
@given(A_NEARLY_KNOWN_CASE, st.sampled_from(REACHED))
def test_the_smallest_change_is_the_first_of_all_that_are_as_small(facts: dict[str, Answer], outcome: Outcome) -> None:
    found = smallest_change(facts, outcome)

    assert found is not None
    assert outcome_of({**facts, **found}) == outcome
    assert all(facts[fact] != answer for fact, answer in found.items())
    backwards = [fact for fact in reversed(DECIDING) if fact != "new_initiative"]
    order = sorted([*backwards, "new_initiative"], key=lambda fact: facts[fact] != Answer.UNKNOWN)
    size = min(len(found), 4)
    same_size = by_trial(facts, outcome, order, size)
    if size == len(found):
        assert list(found.items()) == same_size
    else:
        assert same_size is None


def by_trial(
    facts: dict[str, Answer], outcome: Outcome, order: list[str], most: int
) -> list[tuple[str, Answer]] | None:
    """The first of the smallest changes of at most so many facts, by trying them all; None where there is none."""
    for size in range(most + 1):
        for names in combinations(order, size):
            for answers in product((Answer.YES, Answer.NO), repeat=size):
                change = list(zip(names, answers, strict=True))
                if outcome_of({**facts, **dict(change)}) == outcome:
                    return change
    return None


@settings(max_examples=60, deadline=None)
@given(A_NEARLY_KNOWN_CASE)
def test_the_facts_that_matter_are_those_that_some_answers_of_the_others_make_count(facts: dict[str, Answer]) -> None:
    unknown = [fact for fact in DECIDING if facts[fact] == Answer.UNKNOWN][:7]
    facts |= {fact: Answer.NO for fact in DECIDING if facts[fact] == Answer.UNKNOWN and fact not in unknown}
    counted = dict.fromkeys(unknown, 0)
    for fact in unknown:
        others = [other for other in unknown if other != fact]
        for answers in product((Answer.NO, Answer.YES), repeat=len(others)):
            known = {**facts, **dict(zip(others, answers, strict=True))}
            counted[fact] += outcome_of({**known, fact: Answer.NO}) != outcome_of({**known, fact: Answer.YES})

    found = that_matter(facts)

    assert set(found) == {fact for fact in unknown if counted[fact]}
    assert [counted[fact] for fact in found] == sorted((counted[fact] for fact in found), reverse=True)


def test_what_is_known_never_matters_any_more() -> None:
    assert that_matter(dict.fromkeys(DECIDING, Answer.YES)) == ()
    assert set(that_matter({})) == set(DECIDING)
