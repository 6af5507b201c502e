"""A club that opens its link reads, kindly, that nobody is linked with it and whom to call; others read nothing."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from samenspel.people.models import Organization
from samenspel.socialmap.listing import withdraw_listing
from tests.people.rows import AT, BY, GM, a_contact, an_area, an_organization
from tests.socialmap.asking import a_club, ask, secret_in_mail
from tests.strength.linked import a_network

pytestmark = pytest.mark.django_db
HEADING = "Wilt u anderen leren kennen?"


def said(club: Organization) -> str:
    ask(club, at=datetime.now(UTC))
    return Client().get(f"/klopt-dit/{secret_in_mail(club.email)}").content.decode()


@pytest.fixture
def club() -> Organization:
    return a_club("Biljartclub", email="club@example.nl")


def test_a_club_without_a_link_reads_it_with_whom_to_call(club: Organization):
    a_contact(an_area(GM, "municipality", name="Markerwaard"), name="Gülsen", phone="0320-55 51 01")
    page = said(club).partition(HEADING)[2]

    assert "Gülsen kent de groepen in de buurt" in page
    assert 'href="tel:0320555101"' in page
    assert "Dat hoeft ook niet" in page


def test_without_a_contact_it_says_to_call_the_municipality(club: Organization):
    assert "Zij kent de groepen in de buurt." in said(club).partition(HEADING)[2]


def test_a_club_with_a_link_reads_nothing_of_it(club: Organization):
    a_network(club, an_organization(name="Schaakclub"))

    assert HEADING not in said(club)


def test_a_club_that_is_not_on_the_map_reads_nothing_of_it(club: Organization):
    ask(club, at=datetime.now(UTC))
    link = f"/klopt-dit/{secret_in_mail(club.email)}"
    withdraw_listing(organization=club, by=BY, at=AT)

    assert HEADING not in Client().get(link).content.decode()


def test_a_club_without_entries_reads_nothing_of_it():
    assert HEADING not in said(an_organization(name="Nieuwe club", email="nieuw@example.nl"))
