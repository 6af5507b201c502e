"""The page behind a "klopt dit?" link: no account, no cookie, a GET changes nothing, every button does one thing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Organization
from samenspel.socialmap.actions import mark_full
from samenspel.socialmap.models import ConfirmationRequest, MeetingPlace, Offering, Schedule, Verification
from tests.people.rows import AT, BY, GM, a_contact, an_area, an_organization
from tests.socialmap.asking import a_club, ask, secret_in_mail
from tests.socialmap.rows import an_offering, tuesdays

pytestmark = pytest.mark.django_db

TREASURER = {"functie": "penningmeester"}
ROWS = (Organization, Offering, MeetingPlace, Schedule, Verification, ConfirmationRequest, AuditEvent, OutgoingMessage)


@pytest.fixture
def club() -> Organization:
    a_contact(an_area(GM, "municipality", name="Markerwaard"), name="Infopunt", phone="0320-55 50 10")
    return a_club("Biljartclub", email="club@example.nl", phone="0320-55 53 30")


@pytest.fixture
def link(club: Organization) -> str:
    ask(club, at=datetime.now(UTC))
    return f"/klopt-dit/{secret_in_mail('club@example.nl')}"


def answer(client: Client, link: str, doe: str, **given: str) -> HttpResponse:
    return client.post(link, {"doe": doe, **given})


def said(client: Client, link: str) -> str:
    return client.get(link).content.decode()


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def test_it_shows_the_entries_of_the_group_and_nobody_elses(client: Client, link: str):
    a_club("Schaakclub")

    page = said(client, link)

    assert "Biljartclub op dinsdag" in page
    assert "Elke dinsdag van 10.00 tot 11.30 uur" in page
    assert "0320-555 123" in page
    assert "Schaakclub" not in page


def test_opening_every_address_changes_nothing_at_all(client: Client, link: str):
    offering = Offering.objects.get()
    before = everything()

    addresses = [link, f"{link}/aanpassen/{offering.pk}", f"{link}/gestopt/{offering.pk}", f"{link}?gedaan=nee&doe=nee"]
    for address in addresses:
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("part", ["", "/aanpassen/{pk}", "/gestopt/{pk}"])
def test_no_cookie_no_store_no_referrer_and_no_search_engine(client: Client, link: str, part: str):
    response = client.get(link + part.format(pk=Offering.objects.get().pk))

    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("secret", ["onzin", "A" * 22, "%00", "é" * 300])
@pytest.mark.parametrize("part", ["", "/aanpassen/{pk}", "/gestopt/{pk}"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_gives_one_calm_page_with_a_number(client: Client, link: str, secret: str, part: str, method: str):
    before = everything()

    response = getattr(client, method)(f"/klopt-dit/{secret}" + part.format(pk=Offering.objects.get().pk))

    assert response.status_code == 404
    assert "Deze link werkt niet meer" in response.content.decode()
    assert "0320-55 50 10" in response.content.decode()
    assert "Biljartclub" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert everything() == before


def test_an_old_link_gives_the_same_page_as_a_wrong_one(client: Client, club: Organization):
    ask(club, at=datetime.now(UTC) - timedelta(days=60))

    response = client.get(f"/klopt-dit/{secret_in_mail('club@example.nl')}")

    assert response.content == client.get("/klopt-dit/onzin").content


def test_everything_true_takes_one_button_and_says_thanks(client: Client, link: str):
    response = answer(client, link, "alles", **TREASURER)

    assert response.status_code == 303
    assert Verification.objects.get().confirmed_by == "penningmeester"
    assert Verification.objects.get().method == "link"
    page = said(client, response["Location"])
    assert "U heeft alles bevestigd" in page
    assert "Alles klopt" not in page
    assert '<option value="penningmeester" selected>' in page


def test_one_entry_can_be_confirmed_while_another_stays_open(client: Client, club: Organization, link: str):
    other = an_offering(name="Toernooi", organization=club)

    answer(client, link, f"klopt:{other.pk}", **TREASURER)

    assert [one.offering for one in Verification.objects.all()] == [other]
    assert "Alles klopt" in said(client, link)


@pytest.mark.parametrize("function", ["", "Jan Jansen", "koning"])
def test_without_a_function_from_the_list_nothing_is_confirmed_and_the_field_is_named(
    client: Client, link: str, function: str
):
    response = answer(client, link, "alles", functie=function)

    assert response.status_code == 400
    assert 'href="#functie"' in response.content.decode()
    assert not Verification.objects.exists()


def test_full_and_room_again(client: Client, link: str):
    offering = Offering.objects.get()

    answer(client, link, f"vol:{offering.pk}")
    assert "Nu vol" in said(client, link)

    answer(client, link, f"plek:{offering.pk}")
    assert "Nu vol" not in said(client, link)


def test_what_stopped_is_asked_once_more_and_then_gone(client: Client, link: str):
    offering = Offering.objects.get()
    assert "Is dit gestopt?" in said(client, f"{link}/gestopt/{offering.pk}")

    response = client.post(f"{link}/gestopt/{offering.pk}")

    assert not Offering.objects.visible(datetime.now(UTC)).exists()
    assert "Het staat niet meer op de kaart" in said(client, response["Location"])


@pytest.mark.parametrize(
    ("listed", "said_yes"), [(True, "Ja, haal ons van de kaart"), (False, "Ja, zet ons er niet op")]
)
def test_a_no_is_asked_once_more_and_changes_nothing_yet(
    client: Client, club: Organization, link: str, listed: bool, said_yes: str
):
    if not listed:
        answer(client, link, "nee", zeker="1")
    before = everything()

    page = answer(client, link, "nee", **TREASURER).content.decode()

    assert everything() == before
    assert "Weet u het zeker?" in page
    assert said_yes in page
    assert f'href="{link}?functie=penningmeester"' in page


def test_getting_off_the_map_and_on_again(client: Client, link: str):
    answer(client, link, "nee", zeker="1")
    assert not Organization.objects.get().is_listed
    assert Organization.objects.get().phone == ""
    page = said(client, link)
    assert re.findall(r'name="doe" value="([^"]*)"', page) == ["ja"]
    assert "Ja, zet ons op de kaart" in page
    offering = Offering.objects.get()
    assert client.get(f"{link}/aanpassen/{offering.pk}").status_code == 404

    answer(client, link, "ja")
    assert Organization.objects.get().is_listed
    assert Organization.objects.get().listing_agreed_via == "link"


def test_a_group_that_was_not_listed_yet_says_yes_here(client: Client):
    organization = an_organization(listed=False, email="nieuw@example.nl")
    an_offering(organization=organization)
    ask(organization, at=datetime.now(UTC))
    link = f"/klopt-dit/{secret_in_mail('nieuw@example.nl')}"
    assert "Haal ons van de kaart" not in said(client, link)

    answer(client, link, "ja")

    assert Organization.objects.get().is_listed


def test_a_second_press_on_yes_does_no_harm(client: Client, link: str):
    response = answer(client, link, "ja")

    assert response.status_code == 303
    assert Organization.objects.get().is_listed


@pytest.mark.parametrize(
    "doe", ["", "onzin", "klopt", "klopt:onzin", "vol:", "klopt:00000000-0000-0000-0000-000000000000"]
)
def test_an_odd_button_changes_nothing(client: Client, link: str, doe: str):
    before = everything()

    response = answer(client, link, doe, **TREASURER)

    assert response.status_code in (303, 400, 404)
    assert everything() == before


def test_the_entry_of_another_group_cannot_be_touched(client: Client, link: str):
    other = a_club("Schaakclub").offerings.get()
    before = everything()

    for verb in ("klopt", "vol", "plek"):
        answer(client, link, f"{verb}:{other.pk}", **TREASURER)
    client.post(f"{link}/gestopt/{other.pk}")
    client.post(f"{link}/aanpassen/{other.pk}", {"tekst": "gehackt", **TREASURER})

    assert everything() == before


def test_what_a_group_wrote_cannot_become_html(client: Client):
    organization = an_organization(name="<script>alert(1)</script>", email="x@example.nl")
    an_offering(name="<b>dik</b>", organization=organization)
    ask(organization, at=datetime.now(UTC))

    page = said(client, f"/klopt-dit/{secret_in_mail('x@example.nl')}")

    assert "<script>alert" not in page
    assert "<b>dik" not in page


def test_the_number_of_queries_does_not_grow_with_the_entries(
    client: Client, club: Organization, link: str, django_assert_max_num_queries: Any
):
    for number in range(12):
        an_offering(name=f"Avond {number}", organization=club, schedules=[tuesdays()])

    with django_assert_max_num_queries(14):
        client.get(link)


def test_a_full_entry_says_so_and_offers_the_way_back(client: Client, link: str):
    mark_full(offering=Offering.objects.get(), by=BY, at=AT)

    page = said(client, link)

    assert "Er is weer plek" in page
    assert "Dit is vol" not in page


def test_every_button_and_link_names_its_entry_for_who_cannot_see_the_page(client: Client, link: str):
    page = said(client, link)
    offering = Offering.objects.get()

    described = re.findall(rf'aria-describedby="aanbod-{offering.pk}"', page)

    assert len(described) == 6
