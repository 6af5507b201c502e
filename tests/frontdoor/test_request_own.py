"""With card and second code: own text, circle, log, paper; without the second nothing, and no trace in addresses."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from samenspel.audit.action import Actor
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.handing import Proposal, accept, propose
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.handover.second_code import give_code
from samenspel.handover.shared import Shared
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Team, User
from tests.frontdoor.conftest import BY, HOME
from tests.frontdoor.request_rows import SECRET, a_neighborhood, a_team, code_on, sent
from tests.people.rows import an_organization

OPENED = ("openen", "kring", "langer", "afspraken", "klaar")
SHARED = "Zoekt iemand om mee te wandelen."


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    for facts in proposal():
        fix_ground(municipality=HOME, facts=facts, by=BY, at=datetime.now(UTC))
    return a_team(datetime.now(UTC), a_neighborhood())


@pytest.fixture
def codes(client: Client) -> dict[str, str]:
    """A question that was left, and both its codes as the pages send them."""
    code = code_on(sent(client))
    return {"code": code, "tweede": give_code(request=HelpRequest.objects.get(), by=holder(), at=datetime.now(UTC))}


def holder() -> Actor:
    return Actor("person", str(User.objects.get(email="lianne@example.nl").pk))


def asked(*, kind: str = "partner", spoken: bool = False) -> Handover:
    request = HelpRequest.objects.get()
    wanted = Proposal(
        kind=kind,
        shared=Shared(text=SHARED),
        ground=LegalGround.objects.filter(for_sharing=True).order_by("key")[0],
        until=request.ends_on,
        organization=an_organization(name="Wandelclub"),
    )
    return propose(request=request, proposal=wanted, spoken=spoken, by=holder(), at=datetime.now(UTC))


def main_of(client: Client, path: str, sent_along: dict[str, str]) -> str:
    response = client.post(f"/vraag/{path}", sent_along)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_with_both_codes_the_resident_reads_the_own_text_back(client: Client, codes: dict[str, str]):
    main = main_of(client, "openen", codes)

    assert SECRET in main
    assert "0320-55 53 00" in main
    assert "dinsdagmorgen" in main


@pytest.mark.parametrize("path", OPENED)
@pytest.mark.parametrize("second", ["", "000000", "geen code"])
def test_without_the_right_second_code_nothing_opens(client: Client, codes: dict[str, str], path: str, second: str):
    wrong = second if second != codes["tweede"] else "000001"

    response = client.post(f"/vraag/{path}", {**codes, "tweede": wrong})
    page = response.content.decode()

    assert response.status_code == 400
    assert SECRET not in page
    assert "dinsdagmorgen" not in page
    assert 'href="#tweede"' in page
    assert "0320-55 52 00" in page


@pytest.mark.parametrize("path", OPENED)
def test_a_wrong_card_says_nothing_of_the_second_code(client: Client, codes: dict[str, str], path: str):
    response = client.post(f"/vraag/{path}", {**codes, "code": "0000-0000-0000"})

    assert response.status_code == 400
    assert "Deze code kennen wij niet" in response.content.decode()


@pytest.mark.parametrize("path", [*OPENED, "tweede-code", "zeggen", "onderzoek"])
def test_an_address_alone_shows_nothing(client: Client, path: str):
    assert client.get(f"/vraag/{path}")["Location"] == "/vraag/volgen"


@pytest.mark.parametrize("path", [*OPENED, "tweede-code"])
def test_no_page_is_kept_and_none_sets_a_cookie(client: Client, codes: dict[str, str], path: str):
    response = client.post(f"/vraag/{path}", codes)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_asking_for_a_code_says_the_same_with_and_without_an_address(client: Client):
    with_mail = code_on(sent(client, manier="mailen", bereik="an@example.nl"))
    without = code_on(sent(client))

    pages = [main_of(client, "tweede-code", {"code": code, "mailen": "1"}).replace(code, "")
             for code in (with_mail, without)]  # fmt: skip

    assert pages[0] == pages[1]
    assert [mail.to for mail in OutgoingMessage.objects.all()] == ["an@example.nl"]


def test_the_mailed_code_opens_it(client: Client):
    code = code_on(sent(client, manier="mailen", bereik="an@example.nl"))
    main_of(client, "tweede-code", {"code": code, "mailen": "1"})
    digits = re.search(r"\d{6}", OutgoingMessage.objects.get().body)
    assert digits

    assert SECRET in main_of(client, "openen", {"code": code, "tweede": digits[0]})


def test_a_fourth_code_is_refused_with_whom_to_call(client: Client):
    code = code_on(sent(client))
    responses = [client.post("/vraag/tweede-code", {"code": code, "mailen": "1"}) for _ in range(4)]

    assert [one.status_code for one in responses] == [200, 200, 200, 429]
    assert "0320-55 52 00" in responses[-1].content.decode()


def test_a_proposal_shows_the_exact_text_and_waits_for_the_yes(client: Client, codes: dict[str, str]):
    handover = asked()

    main = main_of(client, "openen", codes)
    assert SHARED in main
    assert "Wandelclub" in main
    assert "Zonder uw ja gebeurt er niets" in main

    main = main_of(client, "kring", {**codes, "wie": str(handover.pk), "doe": "ja"})
    handover.refresh_from_db()
    assert (handover.state, handover.approved_on_word) == ("waiting", "card")
    assert "U zei ja" in main


def test_a_no_ends_the_proposal(client: Client, codes: dict[str, str]):
    handover = asked()

    main = main_of(client, "kring", {**codes, "wie": str(handover.pk), "doe": "nee"})

    handover.refresh_from_db()
    assert handover.state == "cancelled"
    assert SHARED not in main


def test_taking_somebody_out_is_asked_once_more_and_names_who(client: Client, codes: dict[str, str]):
    handover = asked(spoken=True)
    accept(handover=handover, by=Actor("link"), at=datetime.now(UTC))
    wish = {**codes, "wie": str(handover.pk), "doe": "stop"}

    sure = main_of(client, "kring", wish)
    handover.refresh_from_db()
    assert handover.state == "accepted"
    assert "Wandelclub ziet dan niets meer" in sure

    main_of(client, "kring", {**wish, "zeker": "1"})
    handover.refresh_from_db()
    assert handover.state == "ended"


@pytest.mark.parametrize("who", ["", "geen-id", "7b1f9a0e-2c43-4b1c-9d0b-0d7e3a6a9f11"])
def test_what_is_no_partner_of_this_question_changes_nothing(client: Client, codes: dict[str, str], who: str):
    handover = asked()

    main = main_of(client, "kring", {**codes, "wie": who, "doe": "ja"})

    handover.refresh_from_db()
    assert handover.state == "draft"
    assert "Dat is al veranderd" in main


def test_a_partner_of_another_question_cannot_be_judged(client: Client, codes: dict[str, str]):
    other = asked()
    mine = code_on(sent(client))
    row = HelpRequest.objects.exclude(pk=other.request_id).get()
    second = give_code(request=row, by=holder(), at=datetime.now(UTC))

    main_of(client, "kring", {"code": mine, "tweede": second, "wie": str(other.pk), "doe": "ja"})

    other.refresh_from_db()
    assert other.state == "draft"


def test_who_takes_the_question_over_is_said_to_see_all_of_it(client: Client, codes: dict[str, str]):
    asked(kind="holder")

    assert "na het ja: alles wat u schreef" in main_of(client, "openen", codes)


def test_the_log_says_who_read_it_and_never_names_a_worker(client: Client, codes: dict[str, str]):
    main = main_of(client, "openen", codes)

    assert "Las u een code voor" in main
    assert "Wijkteam Centrum" in main
    assert "Lianne" not in main


def test_it_is_kept_longer_when_the_resident_asks(client: Client, codes: dict[str, str]):
    before = HelpRequest.objects.get().ends_on

    main = main_of(client, "langer", {**codes, "dagen": "60"})

    assert HelpRequest.objects.get().ends_on == before + timedelta(days=30)
    assert "Gedaan" in main


def test_the_agreements_are_a_whole_pdf(client: Client, codes: dict[str, str]):
    accept(handover=asked(spoken=True), by=Actor("link"), at=datetime.now(UTC))

    for home in ("", "/en"):
        response = client.post(f"{home}/vraag/afspraken", codes)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert response["Cache-Control"] == "no-store"


def test_who_is_done_closes_the_screen_for_the_next(client: Client, codes: dict[str, str]):
    assert "werkt niet meer" in main_of(client, "klaar", codes)

    assert client.post("/vraag/openen", codes).status_code == 400


def test_switching_language_keeps_the_page_open(client: Client, codes: dict[str, str]):
    page = client.post("/vraag/openen", codes).content.decode()

    assert 'action="/en/vraag/openen"' in page
    assert SECRET in client.post("/en/vraag/openen", codes).content.decode()
