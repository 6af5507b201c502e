"""What the card alone shows and may say: no text, no person, no theme; each step asked once more."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from samenspel.audit.action import Actor
from samenspel.frontdoor.requests.log_words import did
from samenspel.frontdoor.requests.standing import status
from samenspel.handover import holding
from samenspel.handover.holding import close, note_contact
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.states import WITHOUT_TEXT, State
from samenspel.people.models import Team, User
from tests.architecture.layers import PACKAGE
from tests.frontdoor.request_rows import SECRET, a_neighborhood, a_team, code_on, sent
from tests.people.rows import an_organization

OF_NO_QUESTION = {
    "alert_unread", "end_ground", "erase_code", "erase_ground", "erase_help", "erase_melding", "erase_sign",
    "fix_ground", "read_sign", "set_watch", "tell_again", "tell_sign", "wipe_sign",
}  # fmt: skip
"""Events on something else than a question that is still there, its handovers and its meldingen."""


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return a_team(datetime.now(UTC), a_neighborhood())


def by() -> Actor:
    return Actor("person", str(User.objects.get(email="lianne@example.nl").pk))


def page_of(client: Client, path: str, **typed: str) -> str:
    response = client.post(f"/vraag/{path}", typed)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_the_card_shows_who_has_it_and_through_how_many_hands_but_no_person(client: Client):
    code = code_on(sent(client))
    row = HelpRequest.objects.get()
    note_contact(request=row, way="phone", reached=True, by=by(), at=datetime.now(UTC))

    page = page_of(client, "volgen", code=code)

    assert "Wij zijn met uw vraag bezig" in page
    assert "<dd>Wijkteam Centrum</dd>" in page
    assert "<dd>1</dd>" in page
    for hidden in (SECRET, "Lianne", "dinsdagmorgen", "555300"):
        assert hidden not in page


def test_the_card_alone_does_not_name_the_organization_that_holds_it(client: Client):
    code = code_on(sent(client))
    row = HelpRequest.objects.get()
    row.organization = an_organization(name="Schuldhulpmaatje")

    assert status(row, code)["holder"] == "Een andere organisatie"


@pytest.mark.parametrize(
    ("said", "state"), [("geholpen", State.HELPED), ("eigen-kring", State.OWN_CIRCLE)], ids=["helped", "own circle"]
)
def test_saying_it_is_asked_once_more_and_tells_what_is_kept(client: Client, said: str, state: State):
    code = code_on(sent(client))

    sure = page_of(client, "zeggen", code=code, zeg=said)
    assert "14 dagen" in sure
    assert HelpRequest.objects.get().state == State.WAITING

    page = page_of(client, "zeggen", code=code, zeg=said, zeker="1")
    assert HelpRequest.objects.get().state == state
    assert "Uw vraag is klaar" in page
    assert "Wij bewaren uw vraag nog tot en met" in page


def test_not_helped_opens_it_again(client: Client):
    code = code_on(sent(client))
    page_of(client, "zeggen", code=code, zeg="geholpen", zeker="1")

    assert "weer open" in page_of(client, "zeggen", code=code, zeg="niet-geholpen")
    page = page_of(client, "zeggen", code=code, zeg="niet-geholpen", zeker="1")

    assert HelpRequest.objects.get().is_open
    assert "Uw vraag ligt bij het team" in page


def test_saying_the_same_twice_shows_how_it_stands(client: Client):
    code = code_on(sent(client))

    pages = [page_of(client, "zeggen", code=code, zeg="geholpen", zeker="1") for _ in range(2)]

    assert pages[0] == pages[1]
    assert "Uw vraag is klaar" in page_of(client, "zeggen", code=code, zeg="geholpen")


@pytest.mark.parametrize(
    ("verb", "heading"),
    [("close_moved", "Uw vraag is gesloten"), ("close_deceased", "De vraag is gesloten")],
)
def test_an_end_without_text_says_so_and_offers_no_second_code(client: Client, verb: str, heading: str):
    code = code_on(sent(client))
    close(request=HelpRequest.objects.get(), verb=verb, by=by(), at=datetime.now(UTC))

    page = page_of(client, "volgen", code=code)

    assert heading in page
    assert "tweede code" not in page


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_words(client: Client, state: State):
    code = code_on(sent(client))
    row = HelpRequest.objects.get()
    row.state = state

    shown = status(row, code)

    assert shown["heading"]
    assert shown["lead"]
    assert shown["has_text"] == (state not in WITHOUT_TEXT)


@pytest.mark.parametrize(("soort", "kind"), [("hulp", "wmo"), ("gezin", "youth"), ("schulden", "debt")])
def test_the_card_is_enough_to_ask_for_an_inquiry(client: Client, soort: str, kind: str):
    code = code_on(sent(client))

    asked = page_of(client, "onderzoek", code=code)
    assert "Dat is uw recht" in asked
    assert not Melding.objects.exists()

    page = page_of(client, "onderzoek", code=code, soort=soort, zeker="1")
    melding = Melding.objects.get()
    assert (melding.kind, melding.marked_by) == (kind, "resident")
    assert melding.reference in page
    assert "cliëntondersteuner" in page
    assert "zelf een plan maken" not in page  # each law has its own plan and term: they tell what it is about
    assert "Laatste dag" not in page
    assert "chuld" not in page
    assert "Wmo" not in page


def test_an_inquiry_needs_a_choice(client: Client):
    code = code_on(sent(client))

    response = client.post("/vraag/onderzoek", {"code": code, "zeker": "1"})

    assert response.status_code == 400
    assert 'href="#soort"' in response.content.decode()
    assert not Melding.objects.exists()


def test_an_inquiry_can_be_asked_with_the_question_and_is_never_required(client: Client):
    sent(client)
    assert not Melding.objects.exists()

    sent(client, onderzoek="hulp")

    assert Melding.objects.get().kind == "wmo"


def test_sending_the_same_form_twice_makes_one_melding(client: Client):
    token = str(uuid4())
    pages = [sent(client, onderzoek="schulden", kenmerk=token) for _ in range(2)]

    assert code_on(pages[0]) == code_on(pages[1])
    assert Melding.objects.count() == 1


def test_withdrawing_tells_that_the_melding_stops_too(client: Client):
    code = code_on(sent(client, onderzoek="hulp"))

    assert "Uw melding stopt dan ook" in page_of(client, "intrekken", code=code)


def test_every_event_of_a_question_has_words_for_its_resident():
    verbs = {*holding.RESIDENT_SAYS, *holding.HOLDER_CLOSES, "close_unreachable", "note_try"}
    for file in sorted((PACKAGE / "handover").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                said = [word.value for word in node.keywords if word.arg == "action"]
                verbs |= {part.value for one in said for part in ast.walk(one)
                          if isinstance(part, ast.Constant) and isinstance(part.value, str)}  # fmt: skip

    assert [verb for verb in sorted(verbs - OF_NO_QUESTION) if did(verb) == "Iets anders gedaan"] == []
