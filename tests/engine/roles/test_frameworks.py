"""The frameworks that ship read, have words for all that the engine names, and are written plainly."""

import random
import re

import pytest

from samenspel.engine.frameworks import KINDS, Framework, Part, compose
from samenspel.engine.roles.advice import WHATEVER, Advice, advise
from samenspel.engine.roles.cases import Case, Now
from samenspel.engine.roles.facts import DECIDING, FACTS, SHAPING, TRIGGERS, Answer, Said
from samenspel.engine.roles.rules import RULES, Outcome
from samenspel.engine.roles.shipped import cases_of, names, shipped
from tests.pages.reading import EASY, LONGEST_MEAN, measure

BERKELLAND = shipped("berkelland")
SHIPPED = ["almelo", "berkelland", "maashorst", "oude_ijsselstreek", "traject"]
MOST_TERMS, FEWEST_TERMS = 12, 5


@pytest.fixture(scope="module")
def many_advices() -> list[Advice]:
    """Advices on the cases that ship and on random facts, enough to name every condition."""
    dice = random.Random(6)
    made_up = [
        Case(
            title=f"casus {number}",
            facts={fact: Said(dice.choice(list(Answer))) for fact in FACTS},
            now=Now(dice.choice([None, 1, 2, 3, 4])),
        )
        for number in range(300)
    ]
    return [advise(case, BERKELLAND, case.on or BERKELLAND.since) for case in (*cases_of("berkelland"), *made_up)]


def _sentences(*texts: str) -> list[str]:
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))]


def test_five_frameworks_ship() -> None:
    assert list(names()) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_framework_says_where_each_part_stands_in_its_text(name: str) -> None:
    framework = shipped(name)

    assert framework.parts
    assert all(part.source and part.text and part.name for part in framework.parts.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_summary_points_to_the_text(name: str) -> None:
    summary = shipped(name).summary

    assert len(re.findall(r"\([^)]+\)", summary)) >= 4


@pytest.mark.parametrize("name", SHIPPED)
def test_a_framework_is_written_in_short_sentences(name: str) -> None:
    framework = shipped(name)

    assert measure(_sentences(*(part.text for part in framework.parts.values()))).mean <= LONGEST_MEAN
    assert measure(_sentences(framework.summary)).mean <= LONGEST_MEAN


@pytest.mark.parametrize("name", SHIPPED)
def test_a_framework_shares_a_handful_of_words_that_hang_together(name: str) -> None:
    terms = shipped(name).of_kind("term")
    tops = [term for term in terms if not term.broader]

    assert FEWEST_TERMS <= len(terms) <= MOST_TERMS
    assert len(tops) < len(terms) / 2


def test_the_frameworks_together_lose_no_part() -> None:
    """A municipality that builds on all five finds each part with the words and the anchor of its own text."""
    bases = [shipped(name) for name in SHIPPED]
    together = compose(Framework("eigen", "Eigen kader", "", "1", BERKELLAND.since, "", "", {}, ()), bases)

    assert len(together.parts) == sum(len(base.parts) for base in bases)


@pytest.mark.parametrize(
    ("name", "kind", "ids"),
    [
        ("berkelland", "sphere", ["community", "institutional", "personal"]),
        ("berkelland", "role", ["1", "2", "3", "4"]),
        ("berkelland", "principle", ["1", "2", "3", "4", "5"]),
        ("maashorst", "building_block", ["1", "2", "3", "4", "5"]),
        ("almelo", "layer", ["1", "2", "3", "4"]),
        ("oude_ijsselstreek", "ingang", ["by_area", "logical_place", "low_threshold", "no_desk_to_desk"]),
        ("traject", "theme", ["1", "2", "3", "4"]),
    ],
)
def test_a_framework_has_what_its_text_is_known_for(name: str, kind: str, ids: list[str]) -> None:
    assert sorted(part.id for part in shipped(name).of_kind(kind)) == ids


def test_every_kind_of_part_is_used_by_a_shipped_framework() -> None:
    used = {kind for name in SHIPPED for kind, _ in shipped(name).parts}

    assert used == set(KINDS)


def test_there_are_words_for_every_fact_rule_and_trigger_and_for_nothing_else() -> None:
    def worded(kind: str) -> set[str]:
        return {part.id for part in BERKELLAND.of_kind(kind)}

    assert worded("fact") == set(FACTS)
    assert worded("rule") == {WHATEVER, *(rule.id for rule in RULES)}
    assert worded("trigger") == set(TRIGGERS)


def test_the_rules_stand_in_the_order_in_which_they_weigh() -> None:
    assert [part.id for part in BERKELLAND.of_kind("rule")] == [*(rule.id for rule in RULES), WHATEVER]


def test_every_fact_has_a_question_and_a_reason_to_ask_it() -> None:
    assert [part.id for part in BERKELLAND.of_kind("fact") if not (part.question.endswith("?") and part.why)] == []


def test_the_facts_stand_in_the_order_of_the_conversation() -> None:
    assert [part.id for part in BERKELLAND.of_kind("fact")] == [*DECIDING, *SHAPING, *TRIGGERS]


def test_there_are_words_for_every_condition_that_the_engine_names_and_for_nothing_else(
    many_advices: list[Advice],
) -> None:
    named = {note.id for advice in many_advices for note in advice.conditions}

    assert named == {part.id for part in BERKELLAND.of_kind("condition")}


def test_an_advice_never_says_a_word_without_its_anchor(many_advices: list[Advice]) -> None:
    rules = {rule.id for advice in many_advices for rule in advice.rules if not rule.source}
    notes = {note.id for advice in many_advices for note in (*advice.conditions, *advice.review) if not note.source}

    assert (rules, notes) == (set(), set())


def test_every_outcome_is_reached_by_what_is_advised(many_advices: list[Advice]) -> None:
    assert {advice.outcome for advice in many_advices} == set(Outcome)


def test_what_is_asked_of_people_is_easy_dutch() -> None:
    facts = BERKELLAND.of_kind("fact")
    questions = measure([part.question for part in facts])
    reasons = measure(_sentences(*(part.why for part in facts)))

    assert questions.mean <= LONGEST_MEAN
    assert questions.score >= EASY
    assert reasons.is_easy


@pytest.mark.parametrize("kind", ["rule", "condition", "trigger"])
def test_what_an_advice_says_is_easy_dutch(kind: str) -> None:
    assert measure(_sentences(*(part.text for part in BERKELLAND.of_kind(kind)))).is_easy


def test_no_question_asks_two_things_at_once() -> None:
    """ "Is het A, en is het B?" has no answer when only one of both is so."""
    asks_two: list[Part] = [part for part in BERKELLAND.of_kind("fact") if re.search(r", en .*\?", part.question)]

    assert asks_two == []


def test_a_threshold_that_the_text_does_not_name_says_that_it_is_a_proposal() -> None:
    assert [each.id for each in BERKELLAND.thresholds if not each.source.startswith("voorstel")] == []
