"""The page of one offering."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from samenspel.socialmap.actions import end_offering
from samenspel.socialmap.listing import withdraw_listing
from tests.frontdoor.conftest import BY, Corner


def test_an_offering_says_when_where_for_whom_and_whom_to_call(client: Client, corner: Corner):
    page = client.get(f"/aanbod/{corner.walking.slug}").content.decode()

    assert "Elke dinsdag van 10.00 tot 11.30 uur" in page
    assert "Westersingel 22" in page
    assert "1291 AA Zeestede" in page
    assert f'href="/plek/{corner.place.slug}"' in page
    assert 'href="tel:0320555011"' in page
    assert "Hanneke staat bij de deur" in page
    assert "Laatst bevestigd op" in page
    assert "penningmeester" in page


def test_an_offering_is_shown_in_english_around_its_own_dutch_words(client: Client, corner: Corner):
    page = client.get(f"/en/aanbod/{corner.walking.slug}").content.decode()

    assert "Every Tuesday" in page
    assert "Join in or ask something?" in page
    assert '<article lang="nl">' in page
    assert '<dt>The first time</dt><dd><span lang="nl">Hanneke staat bij de deur.</span>' in page


def test_a_shielded_group_shows_the_person_of_the_area_instead(client: Client, corner: Corner):
    page = client.get(f"/aanbod/{corner.shielded.slug}").content.decode()

    assert "geheim@example.nl" not in page
    assert "0320-55 50 99" not in page
    assert "Hanneke staat" not in page
    assert "Gülsen" in page
    assert 'href="tel:0320555101"' in page


def test_full_and_doubtful_are_said_in_words(client: Client, corner: Corner):
    assert "wachtlijst" in client.get(f"/aanbod/{corner.full.slug}").content.decode()
    assert "Bel eerst even" in client.get(f"/aanbod/{corner.stale.slug}").content.decode()


@pytest.mark.parametrize("method", ["patch", "put", "delete"])
def test_an_offering_refuses_other_methods(client: Client, corner: Corner, method: str):
    assert getattr(client, method)(f"/aanbod/{corner.walking.slug}").status_code == 405


@pytest.mark.parametrize("slug", ["bestaat-niet", "x" * 300, "0"])
def test_an_unknown_offering_is_not_there(client: Client, corner: Corner, slug: str):
    assert client.get(f"/aanbod/{slug}").status_code == 404


def test_an_offering_of_another_municipality_is_not_there(client: Client, corner: Corner):
    assert client.get(f"/aanbod/{corner.elsewhere.slug}").status_code == 404


def test_what_ended_or_was_withdrawn_is_gone_at_once(client: Client, corner: Corner):
    now = datetime.now(UTC)

    end_offering(offering=corner.stale, on=now.date(), by=BY, at=now)
    assert client.get(f"/aanbod/{corner.stale.slug}").status_code == 404

    withdraw_listing(organization=corner.withdrawn, by=BY, at=now)
    assert client.get(f"/aanbod/{corner.walking.slug}").status_code == 404


def test_an_offering_takes_a_constant_number_of_queries_and_no_cookie(
    client: Client, corner: Corner, django_assert_max_num_queries
):
    client.get("/")

    with django_assert_max_num_queries(8):
        response = client.get(f"/aanbod/{corner.walking.slug}")
    assert not response.cookies
