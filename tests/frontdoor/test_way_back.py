"""From an answer to an offering and back: the question goes along in the body, never in an address."""

import re

import pytest
from django.test import Client

from tests.frontdoor.conftest import Corner
from tests.frontdoor.test_search import QUESTION, ask

SECRET = "zebrapadgeheim"
ASKED = {"vraag": f"wandelen {SECRET}", "plaats": "1291AA", "gratis": "1"}


def test_a_name_among_answers_sends_the_question_along_in_the_body(client: Client, corner: Corner):
    page = ask(client).content.decode()

    button = '<button class="nl-link samenspel-go" type="submit" form="antwoorden" formaction="'
    assert f'{button}/aanbod/{corner.walking.slug}"' in page
    assert f'<input type="hidden" name="vraag" value="{QUESTION}">' in page.split('id="antwoorden"')[1]


def test_a_name_found_by_theme_is_a_link_for_the_browser_can_go_back(client: Client, corner: Corner):
    page = client.get("/zoeken?thema=move").content.decode()

    assert f'<a class="nl-link" href="/aanbod/{corner.walking.slug}"' in page
    assert "formaction" not in page.split("<main")[1]


def test_an_offering_opened_from_answers_leads_back_with_all_that_was_chosen(client: Client, corner: Corner):
    page = client.post(f"/aanbod/{corner.walking.slug}", ASKED).content.decode()
    form = page.split('id="antwoorden"')[1].split("</form>")[0]

    assert 'form="antwoorden" formaction="/zoeken">Terug naar uw antwoorden</button>' in page
    assert dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) == ASKED | {"opnieuw": "1"}


def test_a_place_opened_from_there_leads_back_too(client: Client, corner: Corner):
    offering = client.post(f"/aanbod/{corner.walking.slug}", ASKED).content.decode()
    place = client.post(f"/plek/{corner.place.slug}", ASKED).content.decode()

    assert f'form="antwoorden" formaction="/plek/{corner.place.slug}"' in offering
    assert f'form="antwoorden" formaction="/aanbod/{corner.walking.slug}"' in place
    assert "Terug naar uw antwoorden" in place


def test_a_page_with_the_question_in_it_is_not_kept_and_tells_no_address(client: Client, corner: Corner):
    response = client.post(f"/aanbod/{corner.walking.slug}", ASKED)

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert not re.search(rf'(href|action|formaction)="[^"]*{SECRET}', response.content.decode())


def test_what_was_not_asked_here_is_not_sent_along(client: Client, corner: Corner):
    page = client.post(f"/aanbod/{corner.walking.slug}", {**ASKED, "bsn": "999999990"}).content.decode()

    assert "999999990" not in page


def test_an_offering_by_its_address_leads_to_a_new_question(client: Client, corner: Corner):
    page = client.get(f"/aanbod/{corner.walking.slug}").content.decode()

    assert "Terug naar uw antwoorden" not in page
    assert 'href="/">Stel een vraag</a>' in page


def test_markup_in_a_question_stays_text_on_the_way(client: Client, corner: Corner):
    page = client.post(f"/aanbod/{corner.walking.slug}", {"vraag": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


def test_a_card_has_the_number_to_call_so_that_nobody_needs_another_page(client: Client, corner: Corner):
    assert 'href="tel:0320555011">Bel 0320-55 50 11</a>' in ask(client).content.decode()


@pytest.mark.parametrize("typed", [{"plaats": "9999ZZ"}, {"vraag": "mijn man slaat mij " * 300}])
@pytest.mark.parametrize("address", ["/zoeken", "/balie"])
def test_help_for_right_now_stays_on_top_when_the_form_is_wrong(
    client: Client, corner: Corner, address: str, typed: dict[str, str]
):
    page = client.post(address, {"vraag": "ik wil niet meer leven", **typed})

    assert page.status_code == 400
    assert "samenspel-urgent" in page.content.decode()


def test_help_for_right_now_goes_along_to_an_offering(client: Client, corner: Corner):
    address = f"/aanbod/{corner.walking.slug}"

    assert "tel:113" in client.post(address, {"vraag": "ik wil niet meer leven"}).content.decode()
    assert "tel:113" not in client.post(address, {"vraag": "wandelen"}).content.decode()


def test_the_language_link_never_leads_to_another_site(client: Client, corner: Corner):
    page = client.get("/en//evil.example/x").content.decode()

    assert 'href="/evil.example/x"' in page
    assert 'href="//' not in page
