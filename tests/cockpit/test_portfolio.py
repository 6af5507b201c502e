"""The portfolio page: its picture, its filters, its pages and its file."""

import pytest

from samenspel.policy.goals import set_goals_of
from samenspel.socialmap.models import Offering
from tests.people.rows import BY
from tests.policy.planted import AT, a_case, a_decision, a_goal
from tests.socialmap.rows import an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db


def decided(name: str = "Koor De Dijkzangers") -> Offering:
    offering = an_offering(name=name)
    a_decision(a_case(name, offering=offering), "2")
    return offering


def test_the_picture_counts_and_links_to_its_cells():
    decided()
    an_offering(name="Moestuin", municipal_role=2, sphere="community")
    page = signed_in("policy_adviser").get("/werk/beleid/portfolio").content.decode()

    assert 'href="?rol=2&amp;sfeer=community">2<span class="work-hidden">: rol 2, gemeenschappelijk</span>' in page
    assert "2 activiteiten. Bij 1 is nog geen rol gekozen." in page
    assert "(opgegeven)" in page


def test_filters_of_the_address_choose_and_nonsense_chooses_everything():
    decided()
    an_offering(name="Moestuin")
    client = signed_in("subsidy_adviser")

    assert "Moestuin" not in client.get("/werk/beleid/portfolio?rol=2").content.decode()
    assert "Koor De Dijkzangers" not in client.get("/werk/beleid/portfolio?rol=none").content.decode()
    assert "Hier past niets bij wat u koos." in client.get("/werk/beleid/portfolio?laag=4").content.decode()
    odd = client.get("/werk/beleid/portfolio?rol=x'--&doel=1&wijk=niets&volgorde=z&p=nul").content.decode()
    assert "Moestuin" in odd
    assert "Koor De Dijkzangers" in odd


def test_without_activities_it_says_so():
    assert "Er staat nog geen activiteit" in signed_in("administrator").get("/werk/beleid/portfolio").content.decode()


def test_pages_keep_what_was_chosen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("samenspel.cockpit.portfolio.A_PAGE", 1)
    an_offering(name="A", layer=1)
    an_offering(name="B", layer=1)
    client = signed_in("policy_adviser")

    assert 'href="?laag=1&amp;p=2">Volgende' in client.get("/werk/beleid/portfolio?laag=1").content.decode()
    second = client.get("/werk/beleid/portfolio?laag=1&p=2").content.decode()
    assert 'href="?laag=1&amp;p=1">Vorige' in second
    assert 'portfolio.csv?laag=1"' in second


def test_the_file_has_what_was_chosen_and_no_cell_calculates():
    offering, goal = decided("=1+1"), a_goal()
    set_goals_of(offering=offering, goals=[goal], by=BY, at=AT)
    an_offering(name="Moestuin")
    answer = signed_in("policy_adviser").get("/werk/beleid/portfolio.csv?rol=2")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert lines[1] == "'=1+1;gemeenschappelijk;rol 2;besluit;niet bekend;Minder eenzaamheid;2027-03-01;nee"
    assert len(lines) == 2
    assert answer["Content-Disposition"] == 'attachment; filename="samenspel-portfolio.csv"'


@pytest.mark.parametrize(("role", "sees"), [("policy_adviser", True), ("advisory_council", False)])
def test_only_who_makes_policy_is_offered_to_choose_goals(role: str, sees: bool):
    an_offering()
    assert ("Kies doelen" in signed_in(role).get("/werk/beleid/portfolio").content.decode()) is sees
