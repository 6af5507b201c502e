"""A person decides; the advice of that day stays beside it, and who deviates says why."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from samenspel.audit.action import OutsideAction
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.people.mandates import MandateFacts, set_mandate
from samenspel.people.models import Mandate
from samenspel.policy.cases import state_facts
from samenspel.policy.deciding import AlreadyDecided, decide_role
from samenspel.policy.models import RoleDecision
from samenspel.socialmap.models import Offering
from tests.handover.rows import a_team
from tests.people.rows import BY, ELSEWHERE, GM, an_area
from tests.policy.rows import AT, CHOIR, HELPED, TODAY, a_case, a_decision, a_framework, decision
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db


def a_mandate(municipality: str = GM, **facts: Any) -> Mandate:
    area = an_area(f"BU{municipality}", "neighborhood", municipality=municipality)
    team = a_team(f"Team {municipality}", area, municipality=municipality)
    known = {"decision": "rol kiezen", "in_name_of": "executive", "reference": "MB 1", **facts}
    known.setdefault("valid_from", date(2026, 1, 1))
    return set_mandate(team=team, facts=MandateFacts(**known), by=BY, at=AT)


def test_a_decision_keeps_the_facts_the_advice_and_the_framework_of_that_day():
    version, case = a_framework(), a_case(facts=CHOIR, measures={"amount": 2400})

    row = a_decision(case)
    state_facts(case=case, facts={"can_alone": {"answer": "no"}}, by=BY, at=AT)

    kept = RoleDecision.objects.get()
    assert kept == row
    assert (kept.framework, kept.advised, kept.decided) == (version, "1", "1")
    assert kept.facts["can_alone"]["answer"] == "yes"
    assert kept.measures == {"amount": 2400}
    assert kept.advice["advice"] == 1


def test_without_a_framework_of_ones_own_nothing_is_decided():
    case = a_case(facts=CHOIR)

    with pytest.raises(FactRefused, match="stel eerst een kader vast"):
        a_decision(case)


def test_the_framework_is_the_one_of_the_day_of_the_decision():
    first = a_framework(published=date(2024, 1, 15))
    a_framework(number=2, published=date(2026, 6, 1))
    case = a_case(facts=CHOIR)

    assert a_decision(case, decided_on=date(2025, 2, 3)).framework == first
    with pytest.raises(FactRefused, match="decided_on: op deze dag gold nog geen vastgesteld kader"):
        a_decision(case, decided_on=date(2023, 2, 3))


def test_a_framework_of_another_municipality_is_none():
    a_framework(municipality=ELSEWHERE)

    with pytest.raises(FactRefused, match="stel eerst een kader vast"):
        a_decision(a_case(facts=CHOIR))


def test_who_deviates_from_the_advice_says_why():
    a_framework()
    case = a_case(facts=CHOIR)

    with pytest.raises(FactRefused) as refused:
        a_decision(case, "2")
    assert refused.value.field == "reason"
    assert a_decision(case, "2", reason="Het dorp heeft verder niets.").reason == "Het dorp heeft verder niets."


def test_the_database_itself_refuses_a_deviation_without_a_reason():
    a_framework()
    row = a_decision(a_case(facts=CHOIR))

    with pytest.raises(IntegrityError), transaction.atomic():
        _past_the_actions(row, decided="2", evaluate_on=date(2027, 1, 1))


def test_the_database_itself_refuses_an_active_role_without_a_day_to_look_back():
    a_framework()
    row = a_decision(a_case(facts=HELPED), "2")

    with pytest.raises(IntegrityError), transaction.atomic():
        _past_the_actions(row, evaluate_on=None)


def _past_the_actions(row: RoleDecision, **values: Any) -> None:
    from django.db.models import QuerySet

    QuerySet(RoleDecision).filter(pk=row.pk).update(**values)


def test_a_decision_is_not_changed_outside_an_action():
    a_framework()
    a_decision(a_case(facts=CHOIR))

    with pytest.raises(OutsideAction):
        RoleDecision.objects.update(advised=F("decided"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        pytest.param({"decided": "2", "evaluate_on": None}, "evaluate_on", id="role 2 without a day to look back"),
        pytest.param({"decided": "2", "evaluate_on": TODAY}, "evaluate_on", id="looking back on the day itself"),
        pytest.param({"reference": "  "}, "reference", id="nowhere to read"),
        pytest.param({"decided_on": date(2026, 11, 22)}, "decided_on", id="a day to come"),
        pytest.param({"body": "mandate"}, "mandate", id="a function without mandate"),
        pytest.param({"decided": "not_enough_known", "reason": "x"}, "decided", id="no decision"),
        pytest.param({"decided": "5", "reason": "x"}, "decided", id="no such role"),
        pytest.param({"amounts": {1999: 1}}, "amounts", id="a year of before"),
        pytest.param({"amounts": {2026: -1}}, "amounts", id="money below zero"),
        pytest.param({"amounts": {2026: 10**12}}, "amounts", id="more than a column holds"),
    ],
)
def test_what_cannot_be_decided_is_refused_by_field_and_nothing_is_kept(facts: dict[str, Any], field: str):
    a_framework()
    case = a_case(facts=HELPED if facts.get("decided") == "2" else CHOIR)

    with pytest.raises(FactRefused) as refused:
        decide_role(case=case, decision=replace(decision(), **facts), by=BY, at=AT)

    assert refused.value.field == field
    assert not RoleDecision.objects.exists()


def test_a_mandate_of_that_day_decides():
    a_framework()
    mandate = a_mandate()

    assert a_decision(a_case(facts=CHOIR), body="mandate", mandate=mandate).mandate == mandate


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"valid_until": date(2026, 3, 1)}, id="ended"),
        pytest.param({"valid_from": date(2027, 1, 1)}, id="not begun"),
        pytest.param({"municipality": ELSEWHERE}, id="of elsewhere"),
        pytest.param({"in_name_of": "mayor"}, id="of the mayor"),
    ],
)
def test_a_mandate_that_does_not_hold_that_day_is_refused(facts: dict[str, Any]):
    a_framework()

    with pytest.raises(FactRefused, match="mandate: dit mandaat van het college gold niet"):
        a_decision(a_case(facts=CHOIR), body="mandate", mandate=a_mandate(**facts))


def test_what_is_of_people_among_themselves_gets_no_record():
    a_framework()
    circle = {"individual_right": "no", "own_circle": "yes", "open_to_others": "no", "organized": "no"}

    with pytest.raises(FactRefused, match="decided: dit is van mensen zelf"):
        a_decision(a_case(facts=circle), "no_involvement")


def test_an_equal_case_with_another_outcome_asks_for_a_reason_and_names_that_case():
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))
    other = a_case("Koor De Ringdijk", CHOIR)
    deviating = decision("2", reference="B&W 2026-119", reason="Nieuwe wijk.")

    with pytest.raises(FactRefused, match="unequal_reason: .*“Koor De Waard” .B&W 2026-118, 21-11-2026."):
        decide_role(case=other, decision=deviating, by=BY, at=AT)

    told = replace(deviating, unequal_reason="Daar zijn al drie koren.")
    assert decide_role(case=other, decision=told, by=BY, at=AT).unequal_reason == "Daar zijn al drie koren."


def test_neither_the_same_title_nor_one_more_answer_hides_an_equal_case():
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))
    other = a_case("Koor De Waard", {**CHOIR, "paid_staff": "no"})

    with pytest.raises(FactRefused, match="unequal_reason"):
        a_decision(other, "2", reference="B&W 2026-119", reason="Nieuwe wijk.")


def test_the_same_outcome_as_an_equal_case_asks_nothing():
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))

    assert a_decision(a_case("Koor De Ringdijk", CHOIR)).unequal_reason == ""


def test_an_equal_case_of_another_municipality_does_not_count():
    a_framework()
    a_framework(municipality=ELSEWHERE)
    a_decision(a_case(facts=CHOIR, municipality=ELSEWHERE))

    assert a_decision(a_case(facts=CHOIR), "2", reason="Anders.").decided == "2"


def test_ones_own_earlier_decision_is_no_equal_case():
    a_framework()
    case = a_case(facts=CHOIR)
    a_decision(case, decided_on=date(2025, 1, 1))

    assert a_decision(case, "2", reason="Er komt een kern bij.").decided == "2"
    assert RoleDecision.objects.count() == 2


def test_the_same_form_twice_makes_one_decision():
    a_framework()
    case = a_case(facts=CHOIR)
    a_decision(case)

    with pytest.raises(AlreadyDecided):
        a_decision(case)
    assert RoleDecision.objects.count() == 1


def test_the_money_over_the_years_is_kept_by_year():
    a_framework()

    row = a_decision(a_case(facts=HELPED), "2", amounts={2027: 5000, 2026: 10_000})

    assert list(row.amounts.values_list("year", "euros")) == [(2026, 10_000), (2027, 5000)]


def test_the_social_map_shows_the_role_that_was_decided():
    a_framework()
    offering = an_offering()
    case = a_case(facts=HELPED, offering=offering)

    a_decision(case, "2")
    assert Offering.objects.get().municipal_role == 2

    a_decision(case, "not_done", reason="Gestopt.", reference="B&W 2026-200")
    assert Offering.objects.get().municipal_role is None


def test_a_decision_of_before_that_is_recorded_late_does_not_change_the_map():
    a_framework()
    case = a_case(facts=HELPED, offering=an_offering())
    a_decision(case, "2")

    a_decision(case, "1", decided_on=date(2024, 5, 1), reason="Toen nog zelf.", reference="B&W 2024-9")

    assert Offering.objects.get().municipal_role == 2


def test_the_log_holds_no_words_of_a_decision():
    a_framework()
    a_decision(a_case(facts=CHOIR), "2", reason="Omdat de pianist stopte.")

    assert AuditEvent.objects.filter(action="decide_role").exists()
    assert "pianist" not in str(list(AuditEvent.objects.values()))


def test_a_day_in_the_evening_in_utc_is_the_day_here():
    a_framework()
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 22 November in the Netherlands

    row = decide_role(case=a_case(facts=CHOIR), decision=decision(decided_on=date(2026, 11, 22)), by=BY, at=late)

    assert row.decided_on == date(2026, 11, 22)
