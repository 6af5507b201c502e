"""An advice carries all that led to it: owner, sphere with its doubt, principles, conditions, reasons, equal cases."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.roles.advice import ACTIVE, NEAR, WHATEVER, Advice, Earlier, advise, are_equal, as_data
from samenspel.engine.roles.cases import Case, Now, answers_of
from samenspel.engine.roles.facts import DECIDING, FACTS, TRIGGERS, Answer, Said
from samenspel.engine.roles.rules import RULES, Outcome
from samenspel.engine.roles.shipped import shipped, with_roles
from samenspel.engine.roles.table import outcome_of

DAY = date(2026, 6, 1)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
OPEN_GROUP = {
    "individual_right": NO, "statutory_task": NO, "own_circle": NO, "meets_law": YES, "meets_conditions": YES,
    "institutional_choice": NO, "residents_decide": YES, "organized": YES,
}  # fmt: skip
SUPPORTED = OPEN_GROUP | {"can_alone": NO, "fits_policy": YES, "proven": YES}
FACTS_OF_A_CASE = st.fixed_dictionaries({}, optional={fact: st.sampled_from(list(Answer)) for fact in FACTS})


def a_case(facts: dict[str, Answer], now: Now = Now(), **measures: float) -> Case:  # noqa: B008
    return Case("Een casus", {fact: Said(answer) for fact, answer in facts.items()}, measures, now)


def advice(facts: dict[str, Answer], now: Now = Now(), earlier: tuple[Earlier, ...] = ()) -> Advice:  # noqa: B008
    return advise(a_case(facts, now), shipped(with_roles()), DAY, earlier)


def ids(notes: tuple[Any, ...]) -> set[str]:
    return {note.id for note in notes}


@settings(deadline=None)
@given(FACTS_OF_A_CASE)
def test_every_advice_is_whole_and_says_the_same_whatever_the_order_of_its_facts(facts: dict[str, Answer]) -> None:
    found = advice(facts)
    data = as_data(found)

    assert as_data(advice(dict(reversed(facts.items())))) == data
    assert [rule.decides for rule in found.rules] == [True] + [False] * (len(found.rules) - 1)
    assert found.rules[0].speaks_for == found.outcome == outcome_of(found.answers)
    order = [WHATEVER, *(rule.id for rule in RULES)]
    assert [rule.id for rule in found.rules] == sorted(ids(found.rules), key=order.index)
    assert {change.to for change in found.would_change} == set(Outcome) - {found.outcome, Outcome.NOT_ENOUGH_KNOWN}
    assert all(outcome_of({**found.answers, **change.facts}) == change.to for change in found.would_change)
    assert [principle.number for principle in found.principles] == [1, 2, 3, 4, 5]
    assert found.rules[0].id != WHATEVER or UNKNOWN in found.answers.values()
    words = [*data["rules"], *data["conditions"], *data["review"]]
    assert all(each["text"] and each["source"] for each in words)


@settings(deadline=None)
@given(FACTS_OF_A_CASE)
def test_a_decision_for_want_of_knowledge_says_what_to_find_out(facts: dict[str, Answer]) -> None:
    found = advice(facts)

    assert found.outcome != Outcome.NOT_ENOUGH_KNOWN or found.missing
    assert all(found.answers[fact] == UNKNOWN for fact in found.missing)


@settings(deadline=None)
@given(FACTS_OF_A_CASE)
def test_what_shapes_an_advice_or_triggers_a_review_never_changes_the_role(facts: dict[str, Answer]) -> None:
    """But "a party owns it": where nobody answered, that says that an institution chose to (`cases.answers_of`)."""
    deciding = {fact: answer for fact, answer in facts.items() if fact in (*DECIDING, "party_owns")}

    assert advice(deciding).outcome == advice(facts).outcome


@pytest.mark.parametrize(
    ("facts", "owner"),
    [
        ({"individual_right": YES}, "municipality"),
        ({"individual_right": YES, "party_owns": YES}, "municipality"),
        ({"statutory_task": YES, "party_owns": YES}, "party"),
        (OPEN_GROUP | {"institutional_choice": YES, "residents_decide": NO, "party_owns": YES}, "party"),
        (OPEN_GROUP | {"institutional_choice": YES, "residents_decide": NO}, "municipality"),
        (SUPPORTED, "community"),
        (OPEN_GROUP | {"meets_law": NO}, "community"),
        (OPEN_GROUP | {"meets_law": NO, "party_owns": YES, "residents_decide": NO}, "party"),
        (OPEN_GROUP | {"meets_law": NO, "residents_decide": NO}, "municipality"),
        (OPEN_GROUP | {"meets_law": NO, "residents_decide": UNKNOWN}, "community"),
        (OPEN_GROUP | {"meets_law": NO, "party_owns": YES}, "community"),
        (SUPPORTED | {"residents_decide": NO}, "municipality"),
        ({}, "unknown"),
    ],
    ids=["right", "right at a party", "task at a party", "choice of a party", "choice", "residents", "not done",
         "not done of a party", "not done of no residents", "not done of who knows", "not done of residents in a party",
         "owned by nobody", "nothing known"],
)  # fmt: skip
def test_the_owner_follows_from_role_and_facts(facts: dict[str, Answer], owner: str) -> None:
    assert advice(facts).owner == owner


@pytest.mark.parametrize(
    ("facts", "sphere", "doubt"),
    [
        ({"own_circle": YES, "open_to_others": NO, "organized": NO}, "personal", ""),
        ({"own_circle": YES}, "personal", "is niet bekend"),
        ({"own_circle": YES, "open_to_others": NO, "organized": NO, "paid_staff": YES}, "personal", "betaalde kracht"),
        ({"own_circle": YES, "organized": YES}, "community", "eigen kring, maar"),
        ({"residents_decide": YES, "organized": YES}, "community", ""),
        ({"residents_decide": YES, "organized": NO}, "community", "bewonersinitiatieven"),
        ({"residents_decide": YES, "paid_staff": YES}, "community", "betaalde kracht"),
        ({"individual_right": YES}, "institutional", ""),
        ({"institutional_choice": YES}, "institutional", ""),
        ({"party_owns": YES, "institutional_choice": NO}, "institutional", "betaalde krachten"),
        ({"open_to_others": YES}, "community", "Wie erover beslist"),
        ({"open_to_others": YES, "residents_decide": NO}, "community", "Bewoners beslissen er niet over"),
        ({}, "unknown", "te weinig bekend"),
    ],
    ids=["own circle", "own circle, rest unknown", "own circle, paid", "own circle, with a form", "association",
         "residents without a form", "residents, paid", "right", "choice", "party", "open", "open, not of residents",
         "nothing known"],
)  # fmt: skip
def test_the_sphere_is_told_with_its_doubt(facts: dict[str, Answer], sphere: str, doubt: str) -> None:
    found = advice(facts)

    assert found.sphere == sphere
    assert doubt in found.sphere_doubt
    assert bool(doubt) == bool(found.sphere_doubt)


@pytest.mark.parametrize(
    ("facts", "verdicts"),
    [
        (SUPPORTED, ["holds", "holds", "unknown", "unknown", "unknown"]),
        (SUPPORTED | {"multi_use": YES, "future_proof": NO}, ["holds", "holds", "fails", "unknown", "unknown"]),
        (
            SUPPORTED | {"multi_year_open": YES, "evaluation_agreed": YES},
            ["holds", "holds", "unknown", "holds", "holds"],
        ),
        (OPEN_GROUP | {"can_alone": YES}, ["holds", *["not_in_play"] * 4]),
        ({"individual_right": YES, "meets_law": NO}, ["fails", "not_in_play", "unknown", "unknown", "unknown"]),
        ({"own_circle": YES, "organized": NO, "open_to_others": NO}, ["not_in_play"] * 5),
    ],
    ids=["supported", "not future-proof", "agreed", "alone", "right", "own circle"],
)
def test_principles_hold_fail_lack_evidence_or_are_not_in_play(facts: dict[str, Answer], verdicts: list[str]) -> None:
    assert [principle.verdict for principle in advice(facts).principles] == verdicts


@pytest.mark.parametrize(
    ("facts", "role", "conditions"),
    [
        (
            {"individual_right": YES, "meets_conditions": NO, "shared_delivery": YES},
            4,
            {"right_stands", "mend_not_refuse", "pool"},
        ),
        (
            {"statutory_task": YES, "individual_right": NO, "shared_delivery": YES},
            4,
            {"pool", "check_principle_1"},
        ),
        (OPEN_GROUP | {"can_alone": YES}, 1, {"not_automatic"}),
        (OPEN_GROUP | {"can_alone": YES}, 2, {"not_automatic", "transition"}),
        (SUPPORTED | {"could_carry": YES}, 2, {"carry_itself", "multi_use"}),
        (SUPPORTED | {"proven": NO, "new_initiative": YES}, None, {"temporary", "multi_use"}),
        (SUPPORTED | {"meets_law": UNKNOWN}, None, {"check_principle_1", "multi_use"}),
        (SUPPORTED | {"residents_decide": NO, "codesign": YES}, None, {"multi_use"}),
        (SUPPORTED | {"residents_decide": NO, "codesign": NO}, None, {"multi_use", "seek_residents"}),
        (SUPPORTED | {"residents_decide": NO}, None, {"multi_use", "seek_residents"}),
        (OPEN_GROUP | {"meets_conditions": NO}, None, {"stays_on_the_map", "may_return"}),
        (OPEN_GROUP | {"meets_law": NO}, None, {"may_return"}),
        (OPEN_GROUP | {"meets_conditions": NO, "residents_decide": UNKNOWN}, None, {"stays_on_the_map", "may_return"}),
        (OPEN_GROUP | {"meets_conditions": NO, "residents_decide": NO}, None, {"may_return"}),
        (SUPPORTED | {"fits_policy": NO}, None, {"stays_on_the_map"}),
        (SUPPORTED | {"fits_policy": NO, "residents_decide": NO}, None, set()),
        ({"own_circle": YES}, None, {"ask_right", "no_record"}),
        ({"own_circle": YES, "individual_right": NO}, None, {"no_record"}),
    ],
    ids=["right", "task", "alone", "alone, supported now", "item", "new", "law unknown", "residents make along",
         "residents do not make along", "who makes along unknown", "not done", "unlawful", "owner unknown",
         "of no residents", "no fit", "no fit, of no residents", "own circle", "own circle, no right"],
)  # fmt: skip
def test_conditions_go_with_what_is_so(facts: dict[str, Answer], role: int | None, conditions: set[str]) -> None:
    found = advice(facts, Now(role))
    always = {"future_proof", "multi_year_money", "evaluation_date"} if found.outcome in ACTIVE else set()

    assert ids(found.conditions) == conditions | always


def test_what_is_in_order_is_no_condition_any_more() -> None:
    in_order = dict.fromkeys(("multi_use", "future_proof", "multi_year_open", "evaluation_agreed"), YES)

    assert ids(advice(SUPPORTED | in_order).conditions) == set()
    assert ids(advice(SUPPORTED | dict.fromkeys(in_order, NO)).conditions) == {
        "multi_use", "future_proof", "multi_year_money", "evaluation_date"
    }  # fmt: skip


def test_a_reason_to_look_again_is_told_and_changes_no_role() -> None:
    reasons = dict.fromkeys(("few_participants", "volunteers_stop", "could_carry", "policy_changed"), YES)
    found = advice(SUPPORTED | reasons, Now(2, DAY))

    assert ids(found.review) == {*reasons, "review_due"}
    assert found.outcome == advice(SUPPORTED).outcome


@pytest.mark.parametrize(("role", "is_reason"), [(None, True), (1, False), (2, True), (4, True)])
def test_an_item_the_community_could_carry_is_a_reason_where_somebody_else_carries_it(
    role: int | None, is_reason: bool
) -> None:
    assert ("could_carry" in ids(advice(OPEN_GROUP | {"could_carry": YES}, Now(role)).review)) is is_reason


@pytest.mark.parametrize(
    ("facts", "is_reason"),
    [
        (OPEN_GROUP | {"institutional_choice": YES, "residents_decide": NO, "can_alone": YES}, True),
        (OPEN_GROUP | {"institutional_choice": YES, "residents_decide": NO, "can_alone": UNKNOWN}, False),
        (OPEN_GROUP | {"statutory_task": YES, "can_alone": YES, "could_carry": YES}, False),
        (OPEN_GROUP | {"individual_right": YES, "can_alone": YES, "could_carry": YES}, False),
        (OPEN_GROUP | {"can_alone": YES}, False),
    ],
    ids=["chosen, residents can", "chosen, not asked", "task", "right", "residents already do"],
)
def test_what_residents_can_do_alone_is_a_reason_where_an_institution_does_it_by_choice(
    facts: dict[str, Answer], is_reason: bool
) -> None:
    assert ("could_carry" in ids(advice(facts, Now(4)).review)) is is_reason


def test_there_is_no_reason_to_look_again_at_people_among_themselves() -> None:
    private = {"own_circle": YES, "open_to_others": NO, "organized": NO}

    assert advice(private | dict.fromkeys(TRIGGERS, YES), Now(2, DAY)).review == ()


@pytest.mark.parametrize(
    ("review_on", "due"), [(date(2026, 6, 2), UNKNOWN), (DAY, YES), (date(2025, 1, 1), YES)], ids=str
)
def test_the_day_to_look_back_is_due_from_that_day_on(review_on: date, due: Answer) -> None:
    answers = answers_of(a_case({}, Now(2, review_on)), shipped(with_roles()), DAY)

    assert answers["review_due"] == due


def test_who_said_before_the_day_that_it_was_not_due_is_overtaken_by_it() -> None:
    case = a_case({"review_due": NO}, Now(2, DAY))

    assert answers_of(case, shipped(with_roles()), DAY - timedelta(days=1))["review_due"] == NO
    assert answers_of(case, shipped(with_roles()), DAY)["review_due"] == YES


def test_equal_cases_have_the_same_facts_and_precedents_are_near_with_the_same_advice() -> None:
    """An answer about what shapes a case that only one of both has does not make them differ; a no and a yes do."""
    mine = SUPPORTED | {"paid_staff": NO}
    own = dict.fromkeys(FACTS, UNKNOWN) | mine
    others: dict[str, dict[str, Answer]] = {
        "Een casus": {},
        "gelijk": {},
        "gelijk, met een reden": {"policy_changed": YES, "few_participants": NO},
        "gelijk, betaald niet gevraagd": {"paid_staff": UNKNOWN, "multi_use": YES},
        "drie anders": {"new_initiative": YES, "open_to_others": YES, "codesign": NO},
        "één anders, betaald": {"paid_staff": YES},
        "twee anders": {"new_initiative": YES, "multi_use": YES},
        "ook één anders": {"open_to_others": YES},
        "vier anders": {"new_initiative": YES, "open_to_others": YES, "codesign": NO, "paid_staff": YES},
        "ander advies": {"can_alone": YES},
    }
    earlier = [
        Earlier(title, "elders", own | other, outcome_of(own | other), Outcome.ROLE_1)
        for title, other in others.items()
    ]
    found = advice(mine, earlier=tuple(earlier))

    assert NEAR == 3
    assert [case.title for case in found.equal_cases] == list(others)[1:4]
    assert [case.title for case in found.precedents] == ["ook één anders", "één anders, betaald", "twee anders"]
    assert as_data(found)["equal_cases"][0] == {
        "title": "gelijk", "where": "elders", "advice": 2, "decided": 1, "shows": ""
    }  # fmt: skip
    at_the_edge = tuple(case for case in earlier if case.title in ("drie anders", "vier anders"))
    assert [case.title for case in advice(mine, earlier=at_the_edge).precedents] == ["drie anders"]


def test_a_case_that_ships_is_not_beside_itself_but_one_of_the_municipality_may_have_the_same_title() -> None:
    own = dict.fromkeys(FACTS, UNKNOWN) | SUPPORTED
    earlier = tuple(
        Earlier("Een casus", where, own, Outcome.ROLE_2, pk=pk) for where, pk in (("kader", ""), ("B&W", "7"))
    )

    assert [case.where for case in advice(SUPPORTED, earlier=earlier).equal_cases] == ["B&W"]


def test_an_equal_case_that_was_advised_otherwise_is_shown() -> None:
    """By other thresholds or an older framework: equal is equal, and the difference is what somebody must explain."""
    own = dict.fromkeys(FACTS, UNKNOWN) | SUPPORTED
    found = advice(SUPPORTED, earlier=(Earlier("toen", "elders", own, Outcome.ROLE_1),))

    assert [case.title for case in found.equal_cases] == ["toen"]


def test_own_words_of_a_municipality_stand_in_the_advice_and_weigh_the_same() -> None:
    framework = shipped(with_roles())
    part = framework.part("rule", "support")
    reworded = type(part)(part.kind, part.id, part.name, "Onze woorden.", "ons kader")
    own = type(framework)(**{**vars(framework), "parts": {**framework.parts, ("rule", "support"): reworded}})
    found = advise(a_case(SUPPORTED), own, DAY)

    assert (found.rules[0].text, found.rules[0].source) == ("Onze woorden.", "ons kader")
    assert found.outcome == advice(SUPPORTED).outcome


def test_a_party_that_owns_it_has_chosen_to_unless_somebody_said_otherwise() -> None:
    whose = OPEN_GROUP | {"residents_decide": NO, "party_owns": YES, "fits_policy": YES, "can_alone": UNKNOWN}

    assert advice(whose | {"institutional_choice": UNKNOWN}).outcome == Outcome.ROLE_4
    assert advice(whose | {"institutional_choice": UNKNOWN, "codesign": YES}).outcome == Outcome.ROLE_3
    assert advice(whose).outcome == Outcome.NOT_ENOUGH_KNOWN


def test_what_the_municipality_itself_did_or_not_makes_no_other_case() -> None:
    one = advice(OPEN_GROUP | {"can_alone": YES}).answers

    assert are_equal(one | {"evaluation_agreed": YES}, one | {"evaluation_agreed": NO})
    assert not are_equal(one | {"paid_staff": YES}, one | {"paid_staff": NO})
