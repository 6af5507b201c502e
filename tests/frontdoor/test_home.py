"""The home page: one question, one place, themes, a phone number."""

import pytest
from django.test import Client

from samenspel.sources.vocabulary import Theme
from tests.frontdoor.conftest import Corner


def test_home_asks_one_question_and_shows_every_theme(client: Client, corner: Corner):
    page = client.get("/").content.decode()

    assert "Waar kunnen we mee helpen?" in page
    assert all(f"/zoeken?thema={theme}" in page for theme in Theme.values)


def test_home_shows_the_danger_line_and_a_number_for_who_would_rather_call(client: Client, corner: Corner):
    page = client.get("/").content.decode()

    assert 'href="tel:112"' in page
    assert 'href="tel:0320555010"' in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_home_refuses_other_methods(client: Client, corner: Corner, method: str):
    assert getattr(client, method)("/").status_code == 405


def test_home_answers_head_and_ignores_what_it_does_not_know(client: Client, corner: Corner):
    assert client.head("/").status_code == 200
    assert client.get("/?vraag=geheim").status_code == 200
    assert "geheim" not in client.get("/?vraag=geheim").content.decode().split("<main")[1]


def test_home_works_before_anything_was_imported(client: Client, db: None):
    response = client.get("/")

    assert response.status_code == 200
    assert "bij uw gemeente" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/en/", "/privacy", "/toegankelijkheid", "/en/privacy", "/en/toegankelijkheid"])
def test_every_plain_page_sets_no_cookie_and_has_skip_link_and_language(client: Client, corner: Corner, path: str):
    response = client.get(path)
    page = response.content.decode()

    assert response.status_code == 200
    assert not response.cookies
    assert 'href="#inhoud"' in page
    assert f'<html lang="{"en" if path.startswith("/en") else "nl"}"' in page


def test_the_language_switch_keeps_the_page(client: Client, corner: Corner):
    assert 'href="/en/privacy"' in client.get("/privacy").content.decode()
    assert 'href="/privacy"' in client.get("/en/privacy").content.decode()
    assert 'href="/en/zoeken?thema=eat"' in client.get("/zoeken?thema=eat").content.decode()


def test_the_english_home_is_in_english(client: Client, corner: Corner):
    page = client.get("/en/").content.decode()

    assert "What can we help you with?" in page
    assert "Waar kunnen we" not in page


def test_the_frame_is_read_once_a_minute_however_many_pages(client: Client, corner: Corner, django_assert_num_queries):
    client.get("/")

    with django_assert_num_queries(0):
        client.get("/")
