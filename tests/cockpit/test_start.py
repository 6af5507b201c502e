"""The start page of policy: what waits, and the ways in."""

from datetime import UTC, datetime, timedelta

import pytest

from samenspel.policy.reviews import open_review
from tests.people.rows import BY, ELSEWHERE
from tests.policy.planted import a_case, a_decision
from tests.policy.test_agenda import a_moment, a_process
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_when_nothing_waits_it_says_so_and_shows_the_ways_in():
    page = signed_in("policy_adviser").get("/werk/beleid/").content.decode()
    assert "Er wacht nu niets." in page
    for path in ("portfolio", "herzien", "doelen", "agenda"):
        assert f'href="/werk/beleid/{path}"' in page


def test_what_waits_is_named():
    case = a_case("Koor De Dijkzangers")
    a_decision(case, evaluate_on=NOW.date() + timedelta(days=700))
    review = open_review(case=case, trigger="policy_changed", by=BY, at=NOW)
    a_case("Moestuin zonder besluit")
    process = a_process()
    a_moment(process, what="Straks", planned_on=NOW.date() + timedelta(days=59))
    a_moment(process, what="Veel later", planned_on=NOW.date() + timedelta(days=70))
    a_moment(process, what="Te laat", planned_on=NOW.date() - timedelta(days=1))
    page = signed_in("policy_adviser").get("/werk/beleid/").content.decode()

    assert f"/werk/beleid/herzien/{review.pk}" in page
    for said in ("Moestuin zonder besluit", "Straks", "is geweest, nog geen uitkomst"):
        assert said in page
    assert "Veel later" not in page
    assert "Er wacht nu niets." not in page


def test_who_only_looks_is_not_sent_to_a_page_that_refuses():
    review = open_review(case=a_case(), trigger="policy_changed", by=BY, at=NOW)
    page = signed_in("advisory_council").get("/werk/beleid/").content.decode()
    assert "Nieuw beleid" in page
    assert str(review.pk) not in page


def test_nothing_of_elsewhere_waits_here():
    case = a_case("Elders", municipality=ELSEWHERE)
    open_review(case=case, trigger="policy_changed", by=BY, at=NOW)
    a_moment(a_process("Elders", municipality=ELSEWHERE), planned_on=NOW.date())
    assert "Elders" not in signed_in("policy_adviser").get("/werk/beleid/").content.decode()
