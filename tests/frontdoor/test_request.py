"""Leaving a question: what is asked, what is refused, what is shown, and that it stays between resident and team."""

import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.frontdoor.requests import views
from samenspel.handover import keys
from samenspel.handover.models import HelpRequest
from samenspel.handover.told import Told
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import AreaContact, Team
from samenspel.places.models import Area
from tests.frontdoor.conftest import HOME
from tests.frontdoor.request_rows import PLACE, SECRET, a_neighborhood, a_team, code_on, sent, started, told


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return a_team(datetime.now(UTC), a_neighborhood())


def opened() -> Told:
    request = HelpRequest.objects.get()
    return Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))


def nothing_is_kept() -> bool:
    return not HelpRequest.objects.exists() and not list(keys.kept())


def test_the_first_page_asks_for_whom_and_where(client: Client):
    page = client.get("/vraag/").content.decode()

    assert "Voor mijzelf" in page
    assert "Die weet dit nog niet" in page
    assert 'name="plaats"' in page
    assert 'href="tel:112"' in page


def test_a_question_from_another_page_goes_along_to_the_form(client: Client):
    first = client.post("/vraag/", {"vraag": "samen wandelen", "plaats": PLACE}).content.decode()
    second = started(client, vraag="samen wandelen").content.decode()

    assert 'name="vraag" value="samen wandelen"' in first
    assert f'value="{PLACE}"' in first
    assert ">samen wandelen</textarea>" in second


def test_the_team_of_the_place_is_named_with_its_phone(client: Client):
    page = started(client).content.decode()

    assert "Wijkteam Centrum" in page
    assert 'href="tel:0320555200"' in page


def test_for_someone_who_does_not_know_it_is_a_worry_to_talk_about_and_nothing_is_kept(client: Client):
    before = AuditEvent.objects.count()

    response = started(client, voor="weet-het-niet", vraag=f"mijn buurman {SECRET}")
    page = response.content.decode()

    assert response.status_code == 200
    assert "Praat er eerst over" in page
    assert "Gülsen" in page
    assert "0800-2000" in page
    assert 'href="tel:112"' in page
    assert nothing_is_kept()
    assert AuditEvent.objects.count() == before
    assert SECRET not in page.split("<main")[1]


@pytest.mark.parametrize("place", ["", "Nergenshuizen", "1391AA"])
def test_who_wants_to_talk_about_a_worry_is_never_held_up_by_the_place(client: Client, place: str):
    response = started(client, voor="weet-het-niet", plaats=place)

    assert response.status_code == 200
    assert "Infopunt" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"voor": ""}, "Kies voor wie u hulp zoekt"),
        ({"voor": "onzin"}, "Kies voor wie u hulp zoekt"),
        ({"plaats": ""}, "Vul een postcode, dorp of wijk in"),
        ({"plaats": "9999ZZ"}, "kennen wij niet"),
        ({"plaats": "1391AA"}, "ligt in een andere gemeente"),
        ({"plaats": "x" * 81}, "Dit is te lang"),
    ],
)
def test_a_mistake_on_the_first_page_is_named_with_a_link_to_its_field(
    client: Client, changes: dict[str, str], error: str
):
    response = started(client, vraag="wandelen", **changes)
    page = response.content.decode()

    assert response.status_code == 400
    assert error in page
    assert "<title>Fout:" in page
    assert f'href="#{next(iter(changes))}"' in page
    assert 'name="vraag" value="wandelen"' in page


def test_where_no_team_is_that_is_said_with_whom_to_call(client: Client, team: Team):
    team.areas.clear()
    team.areas.add(Area.objects.get(code="BU99020101"))

    for response in (started(client), client.post("/vraag/versturen", told())):
        page = response.content.decode()
        assert "Bel ons met uw vraag" in page
        assert "Gülsen" in page
    assert nothing_is_kept()


def test_sending_gives_a_card_with_code_dates_phone_and_qr_that_name_no_theme(client: Client):
    page = sent(client)
    card = page.split('aria-labelledby="kaart"')[1].split("</section>")[0]

    assert code_on(card)
    assert "0320-55 52 00" in card
    assert "<svg" in card
    assert "/vraag/volgen" in card
    assert SECRET not in page
    assert "wandelen" not in card
    request = HelpRequest.objects.get()
    assert (request.municipality, request.about, request.channel, request.state) == (HOME, "self", "web", "waiting")
    assert request.ends_on == request.asked_at.date() + timedelta(days=30)
    assert opened() == Told(
        text=told()["vraag"], name="An", way="phone", reach="0320-55 53 00", may_leave_message=False,
        when="dinsdagmorgen", language="nl",
    )  # fmt: skip


def test_the_qr_code_holds_the_page_to_follow_and_no_code(client: Client, settings: object):
    from samenspel.frontdoor.requests.pages import qr

    drawn = qr(settings.LINKS["request"])  # type: ignore[attr-defined]

    assert drawn in sent(client)
    assert "#" not in settings.LINKS["request"]  # type: ignore[attr-defined]
    assert "style=" not in drawn


def test_for_someone_who_knows_and_from_the_desk_is_noted(client: Client):
    sent(client, voor="weet-ervan", kanaal="telefoon")

    request = HelpRequest.objects.get()
    assert (request.about, request.channel) == ("knows", "phone")


def test_the_same_form_sent_twice_shows_the_same_card(client: Client):
    form = told()

    first = client.post("/vraag/versturen", form).content.decode()
    second = client.post("/vraag/versturen", form).content.decode()

    assert code_on(first) == code_on(second)
    assert HelpRequest.objects.count() == 1


def test_after_an_hour_or_a_withdrawal_the_same_form_shows_no_card_any_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    form, withdrawn = told(), told()
    client.post("/vraag/versturen", form)
    code = code_on(client.post("/vraag/versturen", withdrawn).content.decode())
    client.post("/vraag/intrekken", {"code": code, "zeker": "1"})
    monkeypatch.setattr(views, "SHOWN_AGAIN", timedelta(0))

    for again in (form, withdrawn):
        response = client.post("/vraag/versturen", again)
        assert (response.status_code, response["Location"]) == (302, "/vraag/volgen")
    assert HelpRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"vraag": ""}, "vraag", "Schrijf op waar het over gaat"),
        ({"vraag": "x" * 2001}, "vraag", "Dit is te lang. Houd het bij 2000 tekens."),
        ({"vraag": "a\x00b"}, "vraag", "een teken dat wij niet kunnen lezen"),
        ({"vraag": "mijn nummer is 111222333"}, "vraag", "burgerservicenummer"),
        ({"tijd": "bsn 111.222.333"}, "tijd", "burgerservicenummer"),
        ({"naam": "111 222 333"}, "naam", "burgerservicenummer"),
        ({"manier": ""}, "manier", "Kies hoe wij u kunnen bereiken"),
        ({"bereik": ""}, "bereik", "Vul uw telefoonnummer in"),
        ({"bereik": "12345"}, "bereik", "Vul uw telefoonnummer in"),
        ({"manier": "mailen"}, "bereik", "Vul uw e-mailadres in"),
        ({"manier": "post", "bereik": ""}, "bereik", "Vul uw adres in"),
        ({"bericht": "misschien"}, "bericht", "Kies of er een bericht mag achterblijven"),
        ({"dagen": "365"}, "dagen", "Kies hoe lang wij uw vraag bewaren"),
    ],
)
def test_a_mistake_is_named_with_a_link_to_its_field_and_all_that_was_typed_is_kept(
    client: Client, changes: dict[str, str], field: str, error: str
):
    form = told(**changes)

    response = client.post("/vraag/versturen", form)
    page = response.content.decode()

    assert response.status_code == 400
    assert error in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert form["kenmerk"] in page
    assert "dinsdagmorgen" in page or field == "tijd"
    assert nothing_is_kept()


@pytest.mark.parametrize("way", ["mailen", "post", "langs"])
def test_every_way_to_be_reached_works(client: Client, way: str):
    sent(client, manier=way, bereik={"mailen": "an@example.nl", "post": "Dijk 1, Zeestede", "langs": ""}[way])

    assert HelpRequest.objects.count() == 1


@pytest.mark.parametrize("broken", [{"kenmerk": "x"}, {"kenmerk": ""}, {"plaats": "9999ZZ"}, {"voor": "weet-het-niet"}])
def test_a_form_that_was_tampered_with_starts_again_with_its_text(client: Client, broken: dict[str, str]):
    response = client.post("/vraag/versturen", told(**broken))

    assert response.status_code == 400
    assert SECRET in response.content.decode()
    assert nothing_is_kept()


@pytest.mark.parametrize("token", ["x", ""])
def test_a_form_without_its_token_says_so_at_a_field_that_is_on_the_page(client: Client, token: str):
    page = client.post("/vraag/versturen", told(kenmerk=token)).content.decode()

    assert 'href="#voor"' in page
    assert "Dit formulier werkt niet meer." in page


def test_words_of_danger_put_help_on_top_of_every_page_and_are_sent_all_the_same(client: Client):
    danger = "ik wil niet meer leven"
    for response in (
        client.post("/vraag/", {"vraag": danger}),
        started(client, vraag=danger),
        client.post("/vraag/versturen", told(vraag=danger, manier="")),
        started(client, vraag=danger, voor="weet-het-niet"),
    ):
        page = response.content.decode().split("<h1")[0]
        assert re.search(r'href="tel:(0800)?0?113"', page)

    page = sent(client, vraag=danger)
    assert re.search(r'href="tel:(0800)?0?113"', page.split("<h1")[0])
    assert opened().text == danger


def test_a_busy_store_keeps_what_was_typed_and_says_that_it_was_not_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    def busy(**_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "ask_for_help", busy)

    response = client.post("/vraag/versturen", told())

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Wij hebben dit nog niet" in response.content.decode()
    assert SECRET in response.content.decode()


def test_the_text_stands_in_no_log_address_title_cookie_mail_or_event(client: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        responses = [
            started(client, vraag=SECRET),
            client.post("/vraag/versturen", told(manier="")),
            client.post("/vraag/versturen", told()),
        ]
        code = code_on(responses[-1].content.decode())
        responses += [
            client.post("/vraag/volgen", {"code": code}),
            client.post("/vraag/kaart", {"code": code, "adres": "an@example.nl"}),
            client.post("/vraag/intrekken", {"code": code, "zeker": "1"}),
        ]

    for response in responses:
        page = response.content.decode()
        assert SECRET not in page.split("</title>")[0]
        assert not re.search(rf'(href|action)="[^"]*({SECRET}|{code})', page)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        assert SECRET not in str(response.headers)
    kept = [str(row) for model in (AuditEvent, OutgoingMessage) for row in model.objects.values()]
    for place in (caplog.text, *kept):
        assert SECRET not in place
    assert code not in caplog.text


def test_a_form_needs_no_token_of_a_session(team: Team):
    assert Client(enforce_csrf_checks=True).post("/vraag/versturen", told()).status_code == 200


@pytest.mark.parametrize("path", ["/vraag/versturen", "/vraag/kaart", "/vraag/intrekken"])
def test_an_address_that_only_takes_forms_leads_back_when_it_is_opened(client: Client, path: str):
    assert client.get(path).status_code == 302


def test_the_other_language_is_reached_with_what_was_typed_and_from_the_card_with_the_code(client: Client):
    form = started(client, vraag="wandelen").content.decode()
    card = sent(client)

    assert 'action="/en/vraag/"' in form
    assert 'action="/en/vraag/volgen"' in card
    assert f'name="code" value="{code_on(card)}"' in card.split("</header>")[0]


def test_a_team_that_loses_its_place_or_contact_breaks_nothing(client: Client):
    AreaContact.objects.all()._raw_delete("default")

    assert started(client, voor="weet-het-niet").status_code == 200


def test_a_second_question_of_someone_is_another_one(client: Client):
    assert code_on(sent(client)) != code_on(sent(client, kenmerk=str(uuid4())))
