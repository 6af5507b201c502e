"""Asking and browsing: what is shown, and that the question stays between the resident and this page."""

import logging
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from samenspel.audit.action import Actor, action, record
from samenspel.engine.matching import MAX_QUESTION, understand
from samenspel.people.models import AreaContact
from samenspel.socialmap.actions import change_offering
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.vocabulary import vocabulary
from tests.frontdoor.conftest import BY, Corner, make_searchable

QUESTION = "ik zoek iemand die met mijn moeder wil wandelen"
SECRET = "zebrapadgeheim"


def ask(client: Client, question: str = QUESTION, path: str = "/zoeken", **more: str):
    return client.post(path, {"vraag": question, **more})


def names(response) -> list[str]:
    return re.findall(r'samenspel-card__name"><(?:a|button) [^>]*>([^<]+)', response.content.decode())


def test_a_question_finds_what_fits_with_reason_time_place_and_trust(client: Client, corner: Corner):
    response = ask(client, plaats="1291AA")
    page = response.content.decode()

    assert response.status_code == 200
    assert "Wandelmaatje" in names(response)
    assert "Past bij: samen wandelen" in page
    assert "van u vandaan" in page
    assert "Het Peilhuis" in page
    assert "Laatst bevestigd op" in page
    assert "(gebeld)" in page
    assert "vrijwilligers en verenigingen" in page


def test_what_was_asked_and_understood_is_told_back(client: Client, corner: Corner):
    page = ask(client).content.decode()

    assert "U vroeg" in page
    assert QUESTION in page
    assert "samen wandelen" in page.split("Wij begrepen")[1][:200]


def test_of_each_thing_asked_at_most_two_needs_are_told_back(client: Client, corner: Corner):
    question = "ik ben eenzaam en heb geen geld voor de tandarts"
    found = re.search(r"Wij begrepen</dt><dd>(.*?)</dd>", ask(client, question).content.decode())
    needs = understand(question, vocabulary()).needs
    told = Counter(need.ask for need in needs if found and need.label in found[1])

    assert len(needs) > 4
    assert set(told) == {need.ask for need in needs if need.weight >= 1}
    assert max(told.values()) == 2


def test_the_question_stands_in_no_address_title_cookie_cache_or_log(
    client: Client, corner: Corner, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        response = ask(client, f"wandelen {SECRET}")
    page = response.content.decode()

    assert SECRET in page
    assert SECRET not in page.split("</title>")[0]
    assert not re.search(rf'(href|action)="[^"]*{SECRET}', page)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert SECRET not in str(response.headers)
    assert SECRET not in caplog.text


def test_a_question_needs_no_token_because_it_changes_nothing(corner: Corner):
    response = Client(enforce_csrf_checks=True).post("/zoeken", {"vraag": QUESTION})

    assert response.status_code == 200


def test_free_text_in_an_address_is_sent_to_the_clean_address(client: Client, corner: Corner):
    response = client.get("/zoeken", {"vraag": SECRET, "thema": "move", "bron": SECRET})

    assert response.status_code == 302
    assert response["Location"] == "/zoeken?thema=move"
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_theme_shows_only_that_theme(client: Client, corner: Corner):
    response = client.get("/zoeken?thema=eat")

    assert names(response) == ["Eettafel"]
    assert "Samen eten" in response.content.decode()


def test_without_a_place_no_distance_is_claimed(client: Client, corner: Corner):
    assert "van u vandaan" not in ask(client).content.decode()
    assert "van u vandaan" not in client.get("/zoeken?thema=move").content.decode()
    assert "van u vandaan" in client.get("/zoeken?thema=move&plaats=1291AA").content.decode()


def test_browsing_gives_no_reason_that_claims_a_question(client: Client, corner: Corner):
    assert "Lijkt op wat u vraagt" not in client.get("/zoeken?thema=move").content.decode()


def test_filters_on_a_question_are_sent_along_in_the_body(client: Client, corner: Corner):
    page = ask(client, gratis="1", drempelvrij="1", plaats="1291AA").content.decode()

    assert 'name="gratis" value="1" checked' in page
    assert "wat gratis is en waar een rolstoel naar binnen kan" in page
    assert 'value="1291AA"' in page


def test_a_professional_is_one_step_away_and_back(client: Client, corner: Corner):
    first = ask(client).content.decode()
    second = ask(client, professional="1").content.decode()

    assert '<input type="hidden" name="professional" value="1">' in first
    assert "U ziet eerst professionals" in second
    assert "Laat weer alles zien" in second


def test_danger_puts_the_right_number_on_top(client: Client, corner: Corner):
    page = ask(client, "ik wil niet meer leven").content.decode()

    assert "Heeft u nu hulp nodig?" in page
    assert re.search(r"tel:(0800)?0?113\b", page.split("U vroeg")[0])


def test_nothing_found_is_honest_and_names_the_person_of_the_area(client: Client, corner: Corner):
    response = ask(client, "kwantumchromodynamica", plaats="1291AA")
    page = response.content.decode()

    assert names(response) == []
    assert "Wij vonden niets dat goed past" in page
    assert "Gülsen" in page
    assert 'href="tel:0320555101"' in page
    assert "Maandag en dinsdag: 9.00 tot 12.00 uur" in page


def test_full_and_stale_are_said(client: Client, corner: Corner):
    assert "Vol</span>" in ask(client).content.decode()
    assert "Lang geleden bevestigd" in client.get("/zoeken?thema=eat").content.decode()


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_cry_in_a_question_that_is_too_long_is_heard(client: Client, corner: Corner, place: str):
    words, cry = "Ik zoek iemand om mee te wandelen. " * 60, "Ik wil dood. "
    response = client.post("/zoeken", {"vraag": cry + words if place == "first" else words + cry})

    assert response.status_code == 400
    assert 'href="tel:113"' in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"vraag": ""}, "Typ eerst uw vraag"),
        ({"vraag": "   "}, "Typ eerst uw vraag"),
        ({"vraag": "a" * (MAX_QUESTION + 1)}, "Uw vraag is te lang"),
        ({"vraag": "ab\x00c"}, "een teken dat wij niet kunnen lezen"),
        ({"vraag": "wandelen", "plaats": "9999ZZ"}, "kennen wij niet"),
        ({"vraag": "wandelen", "plaats": "x" * 81}, "De plaats is te lang"),
        ({"vraag": "wandelen", "plaats": "1391AA"}, "ligt in een andere gemeente"),
        ({"vraag": "wandelen", "thema": "onzin"}, "Dit onderwerp kennen wij niet"),
        ({"vraag": "wandelen", "wanneer": "ooit"}, "Kies vandaag of deze week"),
    ],
)
def test_a_mistake_is_named_with_a_link_to_its_field_and_the_text_is_kept(
    client: Client, corner: Corner, sent: dict[str, str], error: str
):
    response = client.post("/zoeken", sent)
    page = response.content.decode()

    assert response.status_code == 400
    assert error in page
    assert "<title>Fout:" in page
    assert re.search(r'<a class="nl-link" href="#(vraag|plaats|thema|wanneer)">', page)
    assert sent["vraag"].strip("\x00") in page or "\x00" in sent["vraag"]


def test_a_line_end_counts_as_one_character_in_every_browser(client: Client, corner: Corner):
    exactly = "a\r\n" * (MAX_QUESTION // 2)

    assert ask(client, exactly).status_code == 200
    assert ask(client, exactly + "bb").status_code == 400


@pytest.mark.parametrize("body", [b"vraag=%ff%fe%00", b"\xff\xfe", b"vraag=wandelen&vraag=%E2%82"])
def test_a_broken_encoding_never_breaks_the_page(client: Client, corner: Corner, body: bytes):
    response = client.post("/zoeken", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_search_refuses_other_methods(client: Client, corner: Corner, method: str):
    assert getattr(client, method)("/zoeken").status_code == 405


@pytest.mark.parametrize("path", ["/zoeken?thema=onzin", "/zoeken?wanneer=ooit", "/zoeken?plaats=Nergenshuizen"])
def test_a_wrong_address_says_what_was_wrong(client: Client, corner: Corner, path: str):
    response = client.get(path)

    assert response.status_code == 400
    assert "Dit ging nog niet goed" in response.content.decode()


def test_what_belongs_to_another_municipality_is_never_found(client: Client, corner: Corner):
    assert "Wandelen elders" not in names(ask(client, meer="1"))
    assert "Wandelen elders" not in names(client.get("/zoeken?meer=1"))


def test_the_language_button_asks_the_same_question_in_english(client: Client, corner: Corner):
    page = ask(client, plaats="1291AA").content.decode()
    english = ask(client, path="/en/zoeken", plaats="1291AA").content.decode()

    assert '<form class="samenspel-language" id="antwoorden" method="post" action="/en/zoeken">' in page
    assert "This is what we found for you" in english
    assert "metres from you" in english or "near you" in english


def test_the_words_of_an_entry_itself_are_marked_as_dutch(client: Client, corner: Corner):
    facts = replace(OfferingFacts.of(corner.walking), cost_kind="free", cost_note="Koffie kost een euro.")
    change_offering(offering=corner.walking, facts=facts, by=BY, at=datetime.now(UTC))
    make_searchable(datetime.now(UTC))
    page = ask(client, path="/en/zoeken").content.decode()

    assert 'lang="nl">Wandelmaatje</button>' in page
    assert 'lang="nl">Wandelmaatje: samen een rondje door de buurt.</p>' in page
    assert 'Free. <span lang="nl">Koffie kost een euro.</span>' in page


def test_a_question_is_shown_as_text_never_as_markup(client: Client, corner: Corner):
    page = ask(client, "<script>alert(1)</script> wandelen").content.decode()

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_number_of_queries_does_not_grow_with_the_results(
    client: Client, corner: Corner, django_assert_max_num_queries
):
    client.get("/")
    client.get("/wijken")  # the outline of the map is read once an hour

    with django_assert_max_num_queries(7):  # of which 4 once a minute, for the names of the wijken
        assert len(names(ask(client, plaats="1291AA", meer="1"))) >= 2


def test_a_place_leads_to_the_page_of_its_wijk_and_no_place_to_none(client: Client, corner: Corner):
    for place in ("1291AA", "markerwaard centrum"):
        assert 'href="/wijk/markerwaard/markerwaard-centrum">Alles in' in ask(client, plaats=place).content.decode()

    assert "Alles in" not in ask(client).content.decode()


def test_worry_about_another_leads_to_its_page_before_the_answers(client: Client, corner: Corner):
    page = ask(client, "mijn buurvrouw wil wandelen maar ruikt naar drank, ik maak me zorgen").content.decode()
    card = page.split('id="om-een-ander"')[1].split("</section>")[0]

    assert 'href="/zorgen"' in card
    assert "tel:" in card
    assert page.index('id="om-een-ander"') < page.index("samenspel-card__name")


def test_who_asks_for_herself_is_not_asked_whom_she_worries_about(client: Client, corner: Corner):
    assert 'id="om-een-ander"' not in ask(client).content.decode()


def test_on_a_phone_the_top_leads_to_the_person(client: Client, corner: Corner):
    page = ask(client).content.decode()

    assert page.index('href="#mens"') < page.index('class="samenspel-cards"') < page.index('id="mens"')


def test_a_missing_index_is_said_and_still_names_a_person(client: Client, corner: Corner, settings, tmp_path):
    settings.DATA = tmp_path / "leeg"

    response = ask(client, plaats="1291AA")
    page = response.content.decode()

    assert "Zoeken lukt nu even niet" in page
    assert "Gülsen" in page
    assert response.status_code == 503


def test_no_contact_of_a_shielded_group_stands_on_a_results_page(client: Client, corner: Corner):
    page = ask(client, meer="1").content.decode()

    assert "Wandelen met buurvrouwen" in page
    assert "geheim@example.nl" not in page
    assert "0320-55 50 99" not in page


def test_without_any_contact_the_page_sends_to_the_municipality(client: Client, corner: Corner):
    remove_contacts(by=BY, at=datetime.now(UTC))

    page = ask(client, "kwantumchromodynamica").content.decode()

    assert "Wij vonden niets dat goed past" in page
    assert "bij uw gemeente" in page


@action
def remove_contacts(*, by: Actor, at: datetime) -> None:
    record(action="remove_contacts", on=AreaContact(), by=by, at=at, municipality="GM9901")
    AreaContact.objects.all().delete()
