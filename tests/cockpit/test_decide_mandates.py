"""A decision under mandate: the form marks which mandates are about roles, and says of each what it is and when."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.cockpit.case_forms import ABOUT_OTHERS, ABOUT_ROLES
from samenspel.people.mandates import MandateFacts, set_mandate
from samenspel.people.models import Mandate, Team
from tests.architecture.matrix import an_account, inside
from tests.cockpit.test_case_page import sent, url, words
from tests.handover.rows import a_team
from tests.people.rows import BY, GM, an_area
from tests.policy.rows import AT, CHOIR, a_case, a_decision, a_framework

pytestmark = pytest.mark.django_db
GROUP = re.compile(r'<optgroup label="([^"]+)">(.*?)</optgroup>', re.DOTALL)


@pytest.fixture
def client() -> Client:
    return inside(an_account("policy_adviser", GM))


@pytest.fixture
def team() -> Team:
    return a_team("Team West", an_area("BU99010101", "neighborhood"), municipality=GM)


def given(team: Team, what: str, **facts: Any) -> Mandate:
    stated = {"in_name_of": "executive", "reference": "MB 1", "valid_from": date(2026, 1, 1), **facts}
    return set_mandate(team=team, facts=MandateFacts(decision=what, **stated), by=BY, at=AT)


def grouped(client: Client) -> dict[str, str]:
    page = client.get(url("decide", a_case("Een zaak", CHOIR))).content.decode()
    return {words: re.sub(r"<[^>]+>", " ", options) for words, options in GROUP.findall(page)}


def test_mandates_about_roles_stand_apart_by_their_words(client: Client, team: Team):
    a_framework()
    given(team, "Kiezen van de rol bij kleine initiatieven")
    given(team, "Beslissen over een maatwerkvoorziening")
    given(team, "Controle van de jaarrekening")
    groups = grouped(client)

    assert list(groups) == [ABOUT_ROLES, ABOUT_OTHERS]
    assert "kleine initiatieven" in groups[ABOUT_ROLES]
    assert groups[ABOUT_OTHERS].count("Team West") == 2


def test_one_that_a_role_was_decided_with_stands_with_them(client: Client, team: Team):
    a_framework()
    mandate = given(team, "Initiatieven van inwoners")
    assert list(grouped(client)) == [ABOUT_OTHERS]

    a_decision(a_case(facts=CHOIR), body="mandate", mandate=mandate)
    assert list(grouped(client)) == [ABOUT_ROLES]


def test_a_mandate_is_named_with_its_team_its_place_and_its_days(client: Client, team: Team):
    a_framework()
    given(team, "Rol bij initiatieven", valid_until=date(2026, 12, 31))
    given(team, "Rol van de burgemeester", in_name_of="mayor")
    (options,) = grouped(client).values()
    assert options.strip() == (
        "Rol bij initiatieven: Team West, MB 1, vanaf 1 januari 2026 tot en met 31 december 2026"
    )


def test_many_mandates_take_no_more_queries(client: Client, team: Team):
    a_framework()
    given(team, "Rol bij initiatieven")
    path = url("decide", a_case(facts=CHOIR))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(9):
        given(team, f"Rol bij de kern {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("what", "is_warned"), [("Rol bij initiatieven", False), ("Inkoop", True)], ids=["role", "other"]
)
def test_the_preview_warns_where_a_mandate_names_no_role(client: Client, team: Team, what: str, is_warned: bool):
    a_framework()
    mandate = given(team, what)
    form = sent(body="mandate", mandate=str(mandate.pk))
    page = words(client.post(url("decide", a_case(facts=CHOIR)), form))

    assert "Klopt dit besluit?" in page
    assert ("Dit mandaat noemt de rol van de gemeente niet." in page) == is_warned
