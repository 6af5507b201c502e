"""A case keeps what was said by whom, refuses what cannot be, and can go again while nothing was decided."""

from datetime import date
from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.policy.cases import as_it_stands, describe_case, drop_case, open_case, state_facts
from samenspel.policy.frameworks import framework_in_force, framework_of_version
from samenspel.policy.goals import GoalFacts, set_goal
from samenspel.policy.models import PolicyGoal, RoleCase
from tests.people.rows import BY, ELSEWHERE, GM, an_organization
from tests.policy.rows import AT, CHOIR, HELPED, a_case, a_decision, a_framework
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
BSN = "111222333"


def said(**answers: str) -> dict[str, dict[str, str]]:
    return {fact: {"answer": answer, "by": "subsidieadviseur"} for fact, answer in answers.items()}


def a_goal(**facts: Any) -> PolicyGoal:
    municipality = facts.pop("municipality", GM)
    stated = {"title": "Meer ontmoeting", "document": "Kadernota 2025", "adopted_on": date(2025, 1, 1), **facts}
    return set_goal(municipality=municipality, facts=GoalFacts(**stated), by=BY, at=AT)


def test_a_case_starts_from_an_activity_with_its_goals():
    offering, goal = an_offering(), a_goal()

    case = open_case(municipality=GM, title=" Koor ", offering=offering, goals=[goal], by=BY, at=AT)

    assert (case.title, case.offering, list(case.goals.all())) == ("Koor", offering, [goal])


def test_an_activity_or_goal_of_another_municipality_is_refused():
    there = a_goal(municipality=ELSEWHERE)
    club = an_organization(municipality=ELSEWHERE)
    far = an_offering(municipality=ELSEWHERE, organization=club)

    with pytest.raises(FactRefused, match="goals: dit hoort bij een andere gemeente"):
        open_case(municipality=GM, title="Koor", goals=[there], by=BY, at=AT)
    with pytest.raises(FactRefused, match="offering: dit hoort bij een andere gemeente"):
        open_case(municipality=GM, title="Koor", offering=far, by=BY, at=AT)


def test_a_case_without_a_title_is_refused():
    with pytest.raises(FactRefused, match="title"):
        open_case(municipality=GM, title="  ", by=BY, at=AT)


@pytest.mark.parametrize("field", ["title", "story"])
def test_a_citizen_service_number_is_refused_in_the_words_of_a_case(field: str):
    words = {"title": "Koor", "story": "", field: f"Zie {BSN}"}

    with pytest.raises(FactRefused, match=f"{field}: hier lijkt een burgerservicenummer te staan"):
        open_case(municipality=GM, by=BY, at=AT, **words)
    assert not RoleCase.objects.exists()


def test_a_citizen_service_number_is_refused_in_the_evidence_and_nothing_is_kept():
    case = a_case()

    with pytest.raises(FactRefused, match="proven: hier lijkt een burgerservicenummer"):
        state_facts(case=case, facts={"proven": {"answer": "yes", "evidence": f"mail {BSN}"}}, by=BY, at=AT)
    assert RoleCase.objects.get().facts == {}


def test_facts_are_kept_with_who_said_them_and_others_stay():
    case = a_case(facts={"organized": "yes"})
    stated = {"proven": {"answer": "no", "by": "verbinder", "on": "2026-11-21", "evidence": "jaarverslag"}}

    state_facts(case=case, facts=stated, by=BY, at=AT)

    kept = RoleCase.objects.get().facts
    assert kept["proven"] == stated["proven"]
    assert kept["organized"]["answer"] == "yes"


def test_numbers_are_replaced_as_a_whole_and_stay_where_none_are_given():
    case = a_case(measures={"participants": 12, "amount": 300})

    state_facts(case=case, facts={}, measures={"participants": 14}, by=BY, at=AT)
    assert RoleCase.objects.get().measures == {"participants": 14}

    state_facts(case=case, facts=said(proven="no"), by=BY, at=AT)
    assert RoleCase.objects.get().measures == {"participants": 14}


@pytest.mark.parametrize(
    ("facts", "measures", "field"),
    [
        pytest.param(said(nonsense="yes"), {}, "nonsense", id="unknown fact"),
        pytest.param(said(proven="maybe"), {}, "proven", id="unknown answer"),
        pytest.param({}, {"participants": -1}, "participants", id="below zero"),
        pytest.param({}, {"happiness": 1}, "happiness", id="unknown number"),
        pytest.param({}, {"participants": 9, "target_group": 3}, "participants", id="more than there are"),
        pytest.param(
            said(few_participants="no"),
            {"participants": 2, "target_group": 900},
            "few_participants",
            id="contradiction",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(
    facts: dict[str, dict[str, str]], measures: dict[str, float], field: str
):
    case = a_case(facts=CHOIR)
    before = RoleCase.objects.get().facts

    with pytest.raises(FactRefused) as refused:
        state_facts(case=case, facts=facts, measures=measures, by=BY, at=AT)

    assert refused.value.field == field
    assert RoleCase.objects.get().facts == before


def test_the_log_names_the_facts_and_none_of_the_words():
    a_case(facts={"proven": "yes"}, story="Over de piano.")

    event = AuditEvent.objects.get(action="state_facts")
    assert event.detail == {"fields": ["proven"]}
    assert "piano" not in str(list(AuditEvent.objects.values()))


def test_a_case_can_be_about_something_else_later():
    case, goal = a_case(), a_goal()

    describe_case(case=case, title="Koor", story="Nu anders", offering=None, goals=[goal], by=BY, at=AT)

    assert list(RoleCase.objects.values_list("title", "story")) == [("Koor", "Nu anders")]
    assert list(case.goals.all()) == [goal]


def test_a_case_without_decision_can_be_thrown_away():
    case = a_case()

    drop_case(case=case, by=BY, at=AT)

    assert not RoleCase.objects.exists()
    assert AuditEvent.objects.filter(action="drop_case").exists()


def test_a_case_with_a_decision_stays():
    a_framework()
    case = a_case(facts=CHOIR)
    a_decision(case)

    with pytest.raises(FactRefused, match="die blijft staan"):
        drop_case(case=case, by=BY, at=AT)


def test_a_case_is_judged_with_the_role_that_holds_now_and_the_day_to_look_back():
    a_framework()
    case = a_case(facts=HELPED)
    assert as_it_stands(case).now.role is None

    a_decision(case, "2", evaluate_on=date(2027, 3, 1))

    assert (as_it_stands(case).now.role, as_it_stands(case).now.review_on) == (2, date(2027, 3, 1))


def test_a_published_framework_is_read_once():
    version = a_framework()
    assert framework_of_version(version) is framework_in_force(GM)
    assert framework_in_force(ELSEWHERE).title == "Denkkader sociale basis"
