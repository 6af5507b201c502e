"""Following a question with its code, mailing its card and taking it back."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from samenspel.handover import keys
from samenspel.handover.models import HelpRequest
from samenspel.handover.states import State
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Team
from tests.frontdoor.request_rows import SECRET, a_neighborhood, a_team, code_on, sent


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return a_team(datetime.now(UTC), a_neighborhood())


def test_following_shows_state_date_and_phone_only(client: Client):
    code = code_on(sent(client))

    response = client.post("/vraag/volgen", {"code": code.lower().replace("-", " ")})
    main = response.content.decode().split("<main")[1].split("</main>")[0]

    assert response.status_code == 200
    assert "Uw vraag ligt bij het team" in main
    assert "0320-55 52 00" in main
    for hidden in (SECRET, "An", "555300", "dinsdagmorgen"):
        assert not re.search(rf"\b{hidden}\b", main)


def test_a_late_reaction_is_said_honestly(client: Client, monkeypatch: pytest.MonkeyPatch):
    code = code_on(sent(client))
    later = datetime.now(UTC) + timedelta(days=10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "Wij zouden al gereageerd hebben" in client.post("/vraag/volgen", {"code": code}).content.decode()


@pytest.mark.parametrize("path", ["/vraag/volgen", "/vraag/intrekken", "/vraag/kaart"])
def test_a_wrong_code_an_ended_one_and_one_that_never_was_get_the_same_answer(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
):
    code = code_on(sent(client))
    adres = {"adres": "an@example.nl"}
    never = client.post(path, {"code": "0000-0000-0000", **adres})
    nonsense = client.post(path, {"code": "<b>onzin</b>", **adres})
    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    ended = client.post(path, {"code": code, **adres})

    bodies = [re.sub(r'(name="code"[^>]*?value="|name="code" value=")[^"]*', r"\1", r.content.decode())
              for r in (never, nonsense, ended)]  # fmt: skip
    assert {r.status_code for r in (never, nonsense, ended)} == {400}
    assert "Deze code kennen wij niet" in bodies[0]
    assert bodies[0] == bodies[1] == bodies[2]


def test_withdrawing_asks_once_more_and_changes_nothing_yet(client: Client):
    code = code_on(sent(client))

    page = client.post("/vraag/intrekken", {"code": code}).content.decode()

    assert "Weet u het zeker?" in page
    assert "Ja, wis alles" in page
    assert "Nee, ga terug" in page
    assert HelpRequest.objects.get().state == State.WAITING
    assert len(list(keys.kept())) == 1


@pytest.mark.parametrize("sure", [{}, {"zeker": "1"}])
def test_withdrawing_a_second_time_says_that_all_is_gone(client: Client, sure: dict[str, str]):
    code = code_on(sent(client))
    client.post("/vraag/intrekken", {"code": code, "zeker": "1"})

    response = client.post("/vraag/intrekken", {"code": code, **sure})

    assert response.status_code == 200
    assert "Alles is gewist" in response.content.decode()


def test_withdrawing_destroys_the_text(client: Client):
    code = code_on(sent(client))

    page = client.post("/vraag/intrekken", {"code": code, "zeker": "1"}).content.decode()
    again = client.post("/vraag/volgen", {"code": code}).content.decode()

    assert "Alles is gewist" in page
    assert "Alles is gewist" in again
    assert "Trek mijn vraag in" not in again
    assert list(keys.kept()) == []
    assert bytes(HelpRequest.objects.get().sealed) == b""


def test_the_card_is_mailed_once_in_words_that_name_no_theme(client: Client, team: Team):
    code = code_on(sent(client, vraag="schulden"))

    first = client.post("/vraag/kaart", {"code": code, "adres": "an@example.nl"})
    second = client.post("/vraag/kaart", {"code": code, "adres": "an@example.nl"})

    mail = OutgoingMessage.objects.get()
    assert "Uw kaart is onderweg" in first.content.decode()
    assert second.status_code == 400
    assert "Dat kan één keer" in second.content.decode()
    assert code in mail.body
    assert team.phone in mail.body
    assert mail.subject == "Uw kaart"
    assert not re.search("schuld|hulp|zorg|samenspel", (mail.subject + mail.body).lower())


def test_a_wrong_mail_address_is_named(client: Client):
    code = code_on(sent(client))

    response = client.post("/vraag/kaart", {"code": code, "adres": "geen adres"})

    assert response.status_code == 400
    assert "Dit is geen e-mailadres" in response.content.decode()
    assert not OutgoingMessage.objects.exists()
