"""The order of the conversation: what is asked, what is left out, and what is said of it."""

import pytest

from samenspel.cockpit import conversation
from samenspel.cockpit.numbers import as_typed, number_of
from samenspel.engine.roles.advice import advise
from samenspel.engine.roles.cases import case_of
from samenspel.engine.roles.facts import DECIDING, SHAPING, Answer
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.shipped import cases_of, precedents_of, shipped, with_roles
from samenspel.engine.roles.table import outcome_of, that_matter

FRAMEWORK = shipped(with_roles())
CASES = cases_of(with_roles())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_questions_of_the_conversation_lead_to_the_advice_of_the_text(case):
    """Who answers as the case says, and is asked nothing else, comes to the same outcome."""
    given: dict[str, Answer] = {}
    while fact := conversation.next_question(given):
        given[fact] = case.facts[fact].answer if fact in case.facts else Answer.UNKNOWN

    known = {fact: case.facts[fact].answer for fact in DECIDING if fact in case.facts}
    assert outcome_of(given) == outcome_of(known)


def test_no_question_is_asked_twice_and_none_that_cannot_matter():
    given: dict[str, Answer] = {}
    for _ in DECIDING:
        fact = conversation.next_question(given)
        if not fact:
            break
        assert fact in that_matter(given)
        assert fact not in given
        given[fact] = Answer.UNKNOWN
    assert conversation.next_question(given) == ""


def test_the_way_back_is_the_question_that_was_answered_before():
    given = {"individual_right": Answer.NO, "own_circle": Answer.NO}

    assert conversation.question_before("meets_law", given) == "own_circle"
    assert conversation.question_before("own_circle", given) == "individual_right"
    assert conversation.question_before("individual_right", given) == ""
    assert conversation.question_before("", given) == "own_circle"


def test_facts_that_no_longer_decide_but_name_the_sphere_are_asked_with_how_it_is_arranged():
    given = {"individual_right": Answer.NO, "own_circle": Answer.NO}

    assert conversation.shaping(given)[-len(SHAPING) :] == SHAPING
    assert "organized" in conversation.shaping(given)
    assert "organized" not in conversation.shaping({**given, "organized": Answer.YES})


@pytest.mark.parametrize("outcome", list(Outcome), ids=lambda outcome: outcome.name)
def test_every_outcome_has_its_words(outcome: Outcome):
    assert conversation.sentence(outcome).endswith(".")
    assert conversation.heading(outcome, FRAMEWORK)[0]


def test_every_part_of_the_advice_has_its_words():
    for case in CASES:
        advice = advise(case, FRAMEWORK, FRAMEWORK.since, precedents_of(with_roles()))
        shown = conversation.result(advice, FRAMEWORK, {})

        assert shown["rule"].text, case.title
        assert all(one["verdict"] for one in shown["principles"])
        assert all(fact["question"] for change in shown["changes"] for fact in change["facts"])


def test_changes_come_smallest_first():
    case = case_of({"title": "Koor", "facts": {"individual_right": "no"}}, "")
    shown = conversation.result(advise(case, FRAMEWORK, FRAMEWORK.since), FRAMEWORK, {})

    sizes = [len(change["facts"]) for change in shown["changes"]]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("12", 12, id="whole"),
        pytest.param("1.250", 1250, id="points between thousands"),
        pytest.param("1 250", 1250, id="spaces"),
        pytest.param("€ 2.400,50", 2400.5, id="money"),
        pytest.param("12,5", 12.5, id="comma"),
        pytest.param("0", 0, id="nothing"),
        pytest.param("", None, id="empty"),
        pytest.param("-3", None, id="below zero"),
        pytest.param("1e9", None, id="an exponent"),
        pytest.param("9" * 20, None, id="too large"),
        pytest.param("nan", None, id="no number"),
        pytest.param("١٢", None, id="other digits"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: float | None):
    assert number_of(typed) == number


@pytest.mark.parametrize("number", [0, 7, 12.5, 1250, 12.25, 999_999_999_999])
def test_a_number_that_is_carried_along_stays_the_same(number: float):
    assert number_of(as_typed(number)) == number
