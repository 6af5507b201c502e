"""Snel weg: on every page of help, without JavaScript, and it tells the other site nothing."""

import pytest
from django.test import Client

from tests.frontdoor.conftest import Corner
from tests.frontdoor.test_search import ask

LINK = '<a class="samenspel-leave__link" href="https://www.buienradar.nl/" rel="noreferrer" data-exit>'
PATHS = [
    "/",
    "/zoeken?thema=move",
    "/zoeken?thema=onzin",
    "/onderwerpen",
    "/wijken",
    "/wijk/markerwaard/markerwaard-centrum",
    "/hulp-en-recht",
    "/privacy",
    "/toegankelijkheid",
    "/bestaat-niet",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_a_way_out(client: Client, corner: Corner, path: str):
    page = client.get(path).content.decode()

    assert f"{LINK}Snel weg van deze pagina</a>" in page
    assert page.index("data-exit") < page.index("<main")


def test_answers_offerings_and_places_have_it_too(client: Client, corner: Corner):
    assert LINK in ask(client).content.decode()
    assert LINK in client.get(f"/aanbod/{corner.walking.slug}").content.decode()
    assert LINK in client.get(f"/plek/{corner.place.slug}").content.decode()


def test_the_privacy_page_says_what_it_does_and_what_not(client: Client, corner: Corner):
    page = client.get("/privacy").content.decode()

    assert "Snel weg van deze pagina" in page.split("<main")[1]
    assert "privévenster" in page
