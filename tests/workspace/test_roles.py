"""Every role can sign in, sees where it stands, and has only the pages that are its own in the menu."""

import re
from datetime import date

import pytest

from samenspel.people.models import AccessRole
from tests.policy.test_questions import a_question
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
_MENU = re.compile(r'work-menu__link" href="([^"]+)"')
OWN_PAGES = {
    "advisory_council": {"/werk/", "/werk/beleid/", "/werk/wijken/"},
    "clerk": {"/werk/", "/werk/wijken/"},
    "privacy_officer": {"/werk/", "/werk/privacy", "/werk/grondslagen"},
    "security_officer": {"/werk/", "/werk/privacy"},
    "subsidy_adviser": {"/werk/", "/werk/beleid/", "/werk/wijken/"},
}


@pytest.mark.parametrize("role", AccessRole.values)
def test_every_page_of_the_menu_opens_for_who_sees_it(role: str):
    client = signed_in(role)
    pages = _MENU.findall(client.get("/werk/").content.decode())

    assert "/werk/" in pages
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("role", sorted(OWN_PAGES))
def test_who_only_looks_on_sees_only_their_own_pages_and_their_role(role: str):
    page = signed_in(role).get("/werk/").content.decode()

    assert set(_MENU.findall(page)) == OWN_PAGES[role]
    assert str(AccessRole(role).label) in page


def test_what_is_over_its_day_stands_on_the_first_page_with_the_way_to_it():
    client = signed_in("clerk")
    assert "over zijn dag" in client.get("/werk/").content.decode()

    a_question(asked_on=date(2026, 1, 6), due_on=date(2026, 2, 1))
    page = client.get("/werk/").content.decode()
    assert re.search(r'href="/werk/wijken/vragen">1 vraag van raad of bewoners</a> had al', page)
