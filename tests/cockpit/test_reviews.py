"""The review calendar, and closing a review."""

from datetime import UTC, datetime, timedelta

import pytest

from samenspel.policy.models import RoleReview
from samenspel.policy.reviews import open_review
from tests.people.rows import BY, ELSEWHERE
from tests.policy.planted import a_case, a_decision
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def a_review(**given: str) -> RoleReview:
    case = a_case(**given)
    return open_review(case=case, trigger="own_reason", note="Het gebouw gaat dicht.", by=BY, at=NOW)


def test_an_empty_calendar_says_so():
    page = signed_in("administrator").get("/werk/beleid/herzien").content.decode()
    assert "Er is nu niets om opnieuw te bekijken." in page
    assert "is geen dag afgesproken" in page


def test_what_is_open_and_what_is_coming_is_there():
    a_review()
    coming = NOW.date() + timedelta(days=40)
    a_decision(a_case("Moestuin"), decided_on=NOW.date() - timedelta(days=9), evaluate_on=coming)
    page = signed_in("policy_adviser").get("/werk/beleid/herzien").content.decode()

    assert "Een andere reden. Het gebouw gaat dicht." in page
    assert "terugkijken op rol 2 (B2026-14)" in page


def test_a_review_is_closed_with_its_decision():
    review, client = a_review(), signed_in("policy_adviser")
    decision = a_decision(review.case, decided_on=NOW.date(), evaluate_on=NOW.date() + timedelta(days=365))
    path = f"/werk/beleid/herzien/{review.pk}"
    assert "Blijft de rol zo?" in client.get(path).content.decode()
    given = {"conclusion": "Wij doen meer.", "decision": str(decision.pk)}
    assert client.post(path, given)["Location"] == "/werk/beleid/herzien"

    review.refresh_from_db()
    assert (review.conclusion, review.decision) == ("Wij doen meer.", decision)
    assert client.post(path, given).status_code == 404


def test_a_conclusion_is_asked_by_field():
    review = a_review()
    answer = signed_in("subsidy_adviser").post(f"/werk/beleid/herzien/{review.pk}", {"conclusion": "", "decision": ""})

    assert (answer.status_code, "Wat kwam eruit: vul dit in" in answer.content.decode()) == (400, True)
    assert RoleReview.objects.get().closed_on is None


def test_a_decision_about_another_case_cannot_be_chosen():
    review, other = a_review(), a_decision(a_case("Moestuin"), decided_on=NOW.date(), evaluate_on=None, decided="1")
    given = {"conclusion": "Anders.", "decision": str(other.pk)}
    assert signed_in("policy_adviser").post(f"/werk/beleid/herzien/{review.pk}", given).status_code == 400


def test_an_own_reason_opens_a_review():
    case, client = a_case(), signed_in("policy_adviser")
    answer = client.post(f"/werk/beleid/herzien/zaak/{case.pk}", {"note": ""})
    assert "Waarom nu: vul dit in" in answer.content.decode()

    client.post(f"/werk/beleid/herzien/zaak/{case.pk}", {"note": "De school gaat dicht."})
    assert RoleReview.objects.get().note == "De school gaat dicht."


def test_what_is_of_elsewhere_is_not_there():
    review, client = a_review(municipality=ELSEWHERE), signed_in("policy_adviser")
    assert client.get(f"/werk/beleid/herzien/{review.pk}").status_code == 404
    assert client.get(f"/werk/beleid/herzien/zaak/{review.case_id}").status_code == 404
    assert review.case.title not in client.get("/werk/beleid/herzien").content.decode()
