"""Reviews open by themselves, once, and change no role; a person closes them."""

from datetime import date, timedelta
from typing import Any

import pytest

from samenspel.cli.management.commands import work
from samenspel.people.checks import FactRefused
from samenspel.policy.models import RoleDecision, RoleReview
from samenspel.policy.reviews import REST, close_review, open_due, open_review, open_reviews, to_look_back_at
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.planted import AT, TODAY, a_case, a_decision

pytestmark = pytest.mark.django_db

FEW = {"participants": 4, "target_group": 100}
MANY = {"participants": 40, "target_group": 100}
STOP = {"volunteers": 2, "volunteers_before": 10}
CHEAP = {"amount": 400, "participants": 40}


def triggers() -> list[str]:
    return sorted(RoleReview.objects.values_list("trigger", flat=True))


def test_a_review_for_the_same_reason_opens_once():
    case = a_case()
    first = open_review(case=case, trigger="own_reason", note="Het gebouw gaat dicht.", by=BY, at=AT)
    again = open_review(case=case, trigger="own_reason", note="Nog eens.", by=BY, at=AT)

    assert (again, again.note) == (first, "Het gebouw gaat dicht.")
    assert (first.opened_on, RoleReview.objects.count()) == (TODAY, 1)


def test_an_own_reason_is_written_down():
    with pytest.raises(FactRefused) as refused:
        open_review(case=a_case(), trigger="own_reason", by=BY, at=AT)
    assert refused.value.field == "note"


def test_a_review_ends_with_a_conclusion_and_only_once():
    review = open_review(case=a_case(), trigger="policy_changed", by=BY, at=AT)
    with pytest.raises(FactRefused) as refused:
        close_review(review=review, conclusion=" ", by=BY, at=AT)
    assert refused.value.field == "conclusion"

    close_review(review=review, conclusion="De rol blijft.", by=BY, at=AT)
    assert RoleReview.objects.get().closed_on == TODAY
    with pytest.raises(FactRefused, match="al afgerond"):
        close_review(review=review, conclusion="Toch niet.", by=BY, at=AT)


def test_a_decision_about_another_case_is_no_outcome():
    review = open_review(case=a_case(), trigger="policy_changed", by=BY, at=AT)
    other = a_decision(a_case("Moestuin"))
    with pytest.raises(FactRefused) as refused:
        close_review(review=review, conclusion="Anders.", decision=other, by=BY, at=AT)
    assert refused.value.field == "decision"


@pytest.mark.parametrize(
    ("measures", "decided", "expected"),
    [
        (FEW, "2", ["few_participants"]),
        (MANY, "2", []),
        (STOP, "1", ["volunteers_stop"]),
        (CHEAP, "2", ["could_carry"]),
        (CHEAP, "1", []),
        ({}, "2", []),
    ],
    ids=["few take part", "enough take part", "volunteers stop", "could carry", "carries it already", "no numbers"],
)
def test_numbers_open_a_review_by_the_thresholds_of_the_framework(
    measures: dict[str, float], decided: str, expected: list[str]
):
    a_decision(a_case(measures=measures), decided=decided)
    open_due(by=BY, at=AT)

    assert triggers() == expected


def test_the_note_says_what_was_measured():
    a_decision(a_case(measures=FEW))
    open_due(by=BY, at=AT)

    assert RoleReview.objects.get().note == "Minder dan 6 procent doet mee. Nu is het 4,0."


def test_a_fact_that_somebody_said_opens_a_review_without_a_number():
    a_decision(a_case(facts={"volunteers_stop": {"answer": "yes", "by": "verbinder"}}))
    open_due(by=BY, at=AT)

    review = RoleReview.objects.get()
    assert (review.trigger, review.note) == ("volunteers_stop", "")


@pytest.mark.parametrize(
    ("evaluate_on", "expected"),
    [(TODAY, ["review_due"]), (TODAY + timedelta(days=1), []), (None, [])],
    ids=["today", "tomorrow", "no day"],
)
def test_the_agreed_day_of_the_newest_decision_opens_a_review(evaluate_on: date | None, expected: list[str]):
    a_decision(a_case(), decided="1", evaluate_on=evaluate_on)
    open_due(by=BY, at=AT)

    assert triggers() == expected


def test_an_older_decision_asks_for_nothing_any_more():
    case = a_case()
    a_decision(case, decided_on=date(2025, 1, 1), evaluate_on=date(2026, 1, 1))
    a_decision(case, decided_on=date(2026, 1, 2), evaluate_on=date(2027, 6, 1))
    assert open_due(by=BY, at=AT) == 0


def test_a_case_without_a_decision_has_no_role_to_look_at_again():
    a_case(measures=FEW)
    assert open_due(by=BY, at=AT) == 0


def test_running_again_opens_nothing_and_no_role_changes():
    a_decision(a_case(measures={**FEW, **STOP}), evaluate_on=TODAY)
    before = list(RoleDecision.objects.values())

    assert (open_due(by=BY, at=AT), open_due(by=BY, at=AT)) == (3, 0)
    assert list(RoleDecision.objects.values()) == before


def close_all(at: Any) -> None:
    for review in RoleReview.objects.filter(closed_on=None):
        close_review(review=review, conclusion="De rol blijft.", by=BY, at=at)


def test_who_looked_and_kept_the_role_is_asked_again_after_a_year_only():
    a_decision(a_case(measures=FEW), evaluate_on=TODAY)
    open_due(by=BY, at=AT)
    close_all(AT)

    assert open_due(by=BY, at=AT + REST) == 0
    assert open_due(by=BY, at=AT + REST + timedelta(days=1)) == 2


def test_a_newly_agreed_day_is_asked_at_that_day():
    case = a_case()
    a_decision(case, evaluate_on=TODAY)
    open_due(by=BY, at=AT)
    close_all(AT)
    a_decision(case, decided_on=TODAY, evaluate_on=TODAY + timedelta(days=30))

    assert open_due(by=BY, at=AT + timedelta(days=29)) == 0
    assert open_due(by=BY, at=AT + timedelta(days=30)) == 1


def test_every_municipality_has_its_own():
    a_decision(a_case(), evaluate_on=TODAY)
    a_decision(a_case(municipality=ELSEWHERE), evaluate_on=TODAY)
    assert open_due(by=BY, at=AT) == 2

    assert [row.case.municipality for row in open_reviews(GM)] == [GM]


def test_decisions_are_looked_back_at_by_their_day():
    for title, days in (("Later", 200), ("Eerst", 20), ("Te ver", 400), ("Voorbij", 0)):
        a_decision(a_case(title), evaluate_on=TODAY + timedelta(days=days))
    coming = to_look_back_at(GM, after=TODAY, until=TODAY + timedelta(days=365))

    assert [row.case.title for row in coming] == ["Eerst", "Later"]


def test_the_worker_goes_through_the_reasons_once_a_day(monkeypatch: pytest.MonkeyPatch):
    looked: list[date] = []
    monkeypatch.setattr(work, "open_due", lambda by, at: looked.append(at.date()))
    due = work._Due()
    for hours in (0, 2, 15, 16, 39):
        due.work_off(AT + timedelta(hours=hours))

    assert looked == [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
