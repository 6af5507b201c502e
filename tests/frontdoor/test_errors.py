"""Pages for when it goes wrong: plain words, a number, a way back, and the typed text kept."""

import re

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils.translation import override

from samenspel.frontdoor import errors, views
from tests.frontdoor.conftest import Corner

SECRET = "zebrapadgeheim wandelen"


def test_an_address_that_is_not_there_gives_a_number_and_a_way_home(client: Client, corner: Corner):
    response = client.get("/bestaat-niet")
    page = response.content.decode()

    assert response.status_code == 404
    assert "Deze pagina is er niet" in page
    assert 'href="tel:0320555010"' in page
    assert 'href="/"' in page


def test_an_english_address_that_is_not_there_is_answered_in_english(client: Client, corner: Corner):
    assert "This page does not exist" in client.get("/en/bestaat-niet").content.decode()


@pytest.mark.parametrize(
    ("path", "back"),
    [("/raad/bestaat-niet", ["/raad/"]), ("/en/raad/bestaat-niet", ["/en/raad/"]), ("/bestaat-niet", [])],
)
def test_beside_a_council_page_that_is_not_there_stands_the_way_to_the_others(
    client: Client, corner: Corner, path: str, back: list[str]
):
    main = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]

    assert re.findall(r'href="([^"]*raad/)"', main) == back


def test_a_body_that_is_too_large_is_refused_in_plain_words(client: Client, corner: Corner):
    response = client.post("/zoeken", {"vraag": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert response.status_code == 400
    assert "Dit konden wij niet lezen" in response.content.decode()


def test_a_fault_says_it_is_not_your_fault(corner: Corner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "ask", _failing(RuntimeError("stuk")))
    response = Client(raise_request_exception=False).post("/zoeken", {"vraag": SECRET})
    page = response.content.decode()

    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in page
    assert SECRET not in page


def test_a_busy_store_asks_for_a_moment_and_keeps_the_question(corner: Corner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "ask", _failing(OperationalError("database is locked")))
    response = Client(raise_request_exception=False).post("/zoeken", {"vraag": SECRET, "plaats": "1291AA"})
    page = response.content.decode()

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"
    assert f">{SECRET}</textarea>" in page
    assert 'name="plaats" value="1291AA"' in page


def test_the_page_of_a_fault_does_not_ask_the_store(rf: RequestFactory):
    response = errors.server_error(rf.get("/"))  # no database mark: any query fails this test

    assert response.status_code == 500


@pytest.mark.parametrize("handler", [errors.bad_request, errors.forbidden, errors.not_found])
def test_every_error_page_is_there_in_both_languages(corner: Corner, rf: RequestFactory, handler):
    with override("nl"):
        dutch = handler(rf.get("/weg"), Exception()).content.decode()
    with override("en"):
        english = handler(rf.get("/en/weg"), Exception()).content.decode()

    assert "Stel uw vraag" in dutch
    assert "Ask your question" in english
    assert 'href="tel:112"' in dutch


def _failing(error: Exception):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail
