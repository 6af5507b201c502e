"""The page of one meeting place."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from samenspel.socialmap.actions import add_meeting_place, change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from tests.frontdoor.conftest import BY, HOME, Corner, shield


def test_a_place_says_what_is_there_this_week_when_it_is_open_and_how_to_get_in(client: Client, corner: Corner):
    page = client.get(f"/plek/{corner.place.slug}").content.decode()

    assert f'href="/aanbod/{corner.walking.slug}"' in page
    assert "10.00 - 11.30" in page
    assert '<th scope="row">Dinsdag</th><td>9.00 tot 17.00 uur</td>' in page
    assert '<th scope="row">Maandag</th><td>gesloten</td>' in page
    assert "Een rolstoel of rollator kan naar binnen." in page
    assert "Of er een rolstoeltoilet is, weten wij niet." in page
    assert "Gastheer: Wandelclub De Dijk" in page


def test_the_words_of_a_place_itself_are_marked_as_dutch(client: Client, corner: Corner):
    now = datetime.now(UTC)
    facts = replace(PlaceFacts.of(corner.place), access_note="De helling is steil.")
    change_meeting_place(place=corner.place, facts=facts, by=BY, at=now)
    page = client.get(f"/en/plek/{corner.place.slug}").content.decode()

    assert '<li lang="nl">De helling is steil.</li>' in page
    assert f'href="/en/aanbod/{corner.walking.slug}" lang="nl">Wandelmaatje</a>' in page


def test_the_number_of_a_place_is_there_until_its_host_shields_its_contact(client: Client, corner: Corner):
    now = datetime.now(UTC)
    facts = replace(PlaceFacts.of(corner.place), phone="0320-55 50 77", host_note="Vraag naar Ria.")
    change_meeting_place(place=corner.place, facts=facts, by=BY, at=now)
    page = client.get(f"/plek/{corner.place.slug}").content.decode()
    assert 'href="tel:0320555077"' in page
    assert "Vraag naar Ria." in page

    shield(corner.withdrawn, now)
    page = client.get(f"/plek/{corner.place.slug}").content.decode()

    assert "0320555077" not in page
    assert "0320-55 50 77" not in page
    assert "Ria" not in page


@pytest.mark.parametrize("method", ["patch", "put", "delete"])
def test_a_place_refuses_other_methods(client: Client, corner: Corner, method: str):
    assert getattr(client, method)(f"/plek/{corner.place.slug}").status_code == 405


def test_an_unknown_place_is_not_there(client: Client, corner: Corner):
    assert client.get("/plek/bestaat-niet").status_code == 404


def test_a_place_of_another_municipality_is_not_there(client: Client, corner: Corner):
    assert client.get(f"/plek/{corner.place_elsewhere.slug}").status_code == 404


def test_a_place_takes_a_constant_number_of_queries_and_no_cookie(
    client: Client, corner: Corner, django_assert_max_num_queries
):
    client.get("/")
    client.get("/wijken")  # the outline of the map is read once an hour

    with django_assert_max_num_queries(8):
        response = client.get(f"/plek/{corner.place.slug}")
    assert not response.cookies


def closed(corner: Corner, on: date) -> None:
    facts = replace(PlaceFacts.of(corner.place), closed_on=on)
    change_meeting_place(place=corner.place, facts=facts, by=BY, at=datetime.now(UTC))


@pytest.mark.parametrize(
    ("language", "said"),
    [("", "Deze plek is dicht sinds 17 augustus 2020."), ("/en", "This place has been closed since 17 August 2020.")],
)
def test_a_place_that_closed_says_so_and_where_to_go_and_not_when_it_is_open(
    client: Client, corner: Corner, language: str, said: str
):
    facts = PlaceFacts(name="De Schuur", latitude=52.56, longitude=5.26, street="Dijk", house_number="1")
    other = add_meeting_place(municipality=HOME, facts=facts, by=BY, at=datetime.now(UTC))
    closed(corner, date(2020, 8, 17))
    page = client.get(f"{language}/plek/{corner.place.slug}").content.decode()

    assert said in page
    assert f'href="{language}/plek/{other.slug}" lang="nl">De Schuur</a>' in page
    assert f'href="{language}/wijken"' in page.split('id="elders"')[1].split("</section>")[0]
    assert "samenspel-hours" not in page


def test_a_place_that_is_going_to_close_says_when_and_is_open_until_then(client: Client, corner: Corner):
    closed(corner, date(2999, 1, 2))
    page = client.get(f"/plek/{corner.place.slug}").content.decode()

    assert "Deze plek gaat dicht op 2 januari 2999." in page
    assert "samenspel-hours" in page


def test_an_offering_says_that_its_place_closed(client: Client, corner: Corner):
    closed(corner, date(2020, 8, 17))

    assert "Deze plek is dicht sinds" in client.get(f"/aanbod/{corner.walking.slug}").content.decode()
