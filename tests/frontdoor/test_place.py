"""The page of one meeting place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from tests.frontdoor.conftest import BY, Corner


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
