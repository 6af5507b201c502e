"""What is kept between two requests never outlives what it shows, and is never mixed up."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from samenspel.frontdoor.near import near
from samenspel.places.lookup import UnknownPlace
from samenspel.socialmap.actions import change_offering, mark_available
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.listing import withdraw_listing
from tests.frontdoor.conftest import BY, Corner, make_searchable, shield
from tests.frontdoor.test_search import QUESTION, ask, names

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def change(corner: Corner, **fields: object) -> None:
    now = datetime.now(UTC)
    facts = replace(OfferingFacts.of(corner.walking), **fields)
    change_offering(offering=corner.walking, facts=facts, by=BY, at=now)
    make_searchable(now)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"name": "Wandelmaatje op zondag"}, "Wandelmaatje op zondag</button>"),
        ({"summary": "Voortaan met de hond."}, "Voortaan met de hond.</p>"),
        ({"cost_kind": "paid", "cost_cents": 450}, "€ 4,50 per keer"),
        ({"sign_up": "required"}, "Eerst aanmelden"),
    ],
    ids=["name", "summary", "cost", "sign_up"],
)
def test_a_changed_entry_shows_at_once(client: Client, corner: Corner, fields: dict[str, object], shown: str):
    assert shown not in ask(client).content.decode()

    change(corner, **fields)

    assert shown in ask(client).content.decode()


def test_room_again_shows_at_once(client: Client, corner: Corner):
    assert "Vol</span>" in ask(client).content.decode()

    mark_available(offering=corner.full, by=BY, at=datetime.now(UTC))
    make_searchable(datetime.now(UTC))

    assert "Vol</span>" not in ask(client).content.decode()


def test_markup_in_an_entry_is_shown_as_text(client: Client, corner: Corner):
    change(corner, name='<b>Wandel</b> & "co"', summary="<script>x</script>", cost_kind="paid", cost_note="<i>pas</i>")
    page = ask(client).content.decode()

    assert "&lt;b&gt;Wandel&lt;/b&gt; &amp; &quot;co&quot;" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "&lt;i&gt;pas&lt;/i&gt;" in page
    assert not re.search(r"<script>|<b>|<i>", page)


def test_each_language_keeps_its_own(client: Client, corner: Corner):
    for _ in range(2):
        dutch, english = ask(client).content.decode(), ask(client, path="/en/zoeken").content.decode()

        assert "<dt>Kosten</dt>" in dutch
        assert "Hulp nodig?" in dutch
        assert "<dt>Cost</dt>" in english
        assert "Hulp nodig?" not in english
        assert 'formaction="/en/aanbod/' in english


def test_each_combination_of_boxes_keeps_its_own(client: Client, corner: Corner):
    def ticked(**more: str) -> list[str]:
        page = ask(client, **more).content.decode()
        return re.findall(r'name="(\w+)" value="([^"]*)" checked', page)

    for _ in range(2):
        assert ticked() == [("wanneer", "")]
        assert ticked(gratis="1") == [("gratis", "1"), ("wanneer", "")]
        assert ticked(drempelvrij="1", wanneer="deze-week") == [("drempelvrij", "1"), ("wanneer", "deze-week")]


def test_two_questions_about_the_same_entry_give_their_own_reason(client: Client, corner: Corner):
    near_it, anywhere = ask(client, plaats="1291AA").content.decode(), ask(client).content.decode()

    assert "van u vandaan" in card_of(near_it, "Wandelmaatje")
    assert "van u vandaan" not in card_of(anywhere, "Wandelmaatje")


def test_a_warm_page_asks_the_store_only_for_the_numbers_to_call(
    client: Client, corner: Corner, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
):
    now = datetime.now(UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)  # within one minute
    monkeypatch.setattr("samenspel.frontdoor.views.count_search", lambda answer, at: None)  # a write of its own
    ask(client, plaats="1291AA")

    with django_assert_num_queries(1):
        assert names(ask(client, QUESTION, plaats="1291AA"))


@pytest.mark.parametrize("path", ["/zoeken", "/balie"])
def test_who_shields_is_off_the_cards_before_the_index_knows(client: Client, corner: Corner, path: str):
    number, more = "0320-55 50 11", {"plaats": "1291AA", "kanaal": "telefoon"}
    assert number in ask(client, path=path, **more).content.decode()

    shield(corner.withdrawn, datetime.now(UTC))

    assert number not in ask(client, path=path, **more).content.decode()


def test_who_says_no_leaves_no_number_on_the_cards_before_the_index_knows(client: Client, corner: Corner):
    now = datetime.now(UTC)
    change(corner, phone="0320-55 50 78")
    assert "0320-55 50 78" in ask(client).content.decode()

    withdraw_listing(organization=corner.withdrawn, by=BY, at=now)

    assert "0320-55 50" not in re.sub(r"0320-55 50 10", "", ask(client).content.decode())


def test_a_place_is_looked_up_once_a_minute(corner: Corner, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = near("1291AA", at=AT)
        assert near("1291AA", at=AT + timedelta(seconds=59)) is first
    with django_assert_num_queries(1):
        assert near("1291AA", at=AT + timedelta(seconds=60)) == first


def test_a_place_that_is_not_known_is_looked_up_every_time(corner: Corner):
    for _ in range(2):
        with pytest.raises(UnknownPlace):
            near("9999ZZ", at=AT)


def card_of(page: str, name: str) -> str:
    return next(card for card in page.split('<li class="samenspel-card"')[1:] if name in card).split("</li>")[0]
