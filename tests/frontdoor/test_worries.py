"""Worrying about somebody or a place: talk first, no names, and only "read" comes back."""

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client

from samenspel.handover import keys
from samenspel.handover.models import EarlySign
from samenspel.people.models import Team
from tests.frontdoor.request_rows import PLACE, SECRET, a_neighborhood, a_team


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return a_team(datetime.now(UTC), a_neighborhood())


def told(client: Client, **typed: str) -> tuple[int, str]:
    form = {"over": "iemand", "plaats": PLACE, "vertel": f"De gordijnen {SECRET}", "kenmerk": str(uuid4()), **typed}
    answer = client.post("/zorgen", form)
    return answer.status_code, answer.content.decode()


def test_talking_and_danger_come_before_the_form(client: Client):
    page = client.get("/zorgen").content.decode()
    places = [page.index(words) for words in ("Zo kunt u erover beginnen", "0800-2000", "meldcode", 'name="vertel"')]
    assert places == sorted(places)
    assert client.cookies == {}


def test_a_sign_gives_a_code_that_only_ever_says_whether_it_was_read(client: Client):
    status, page = told(client)
    assert status == 200
    assert SECRET not in page
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert code
    sign = EarlySign.objects.get()
    assert "nog niet gelezen" in client.post("/zorgen/gelezen", {"code": code[0]}).content.decode()
    QuerySet(EarlySign).filter(pk=sign.pk).update(read_at=datetime.now(UTC))  # past the guard of actions
    read = client.post("/zorgen/gelezen", {"code": code[0]}).content.decode()
    assert "Uw bericht is gelezen" in read
    assert SECRET not in read
    assert SECRET.encode() not in bytes(sign.sealed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"naam": "Jan"}, "Noem geen naam"),
        ({"vertel": ""}, "Vertel kort"),
        ({"vertel": "x" * 1001}, "te lang"),
        ({"vertel": "bsn 111222333"}, "burgerservicenummer"),
        ({"over": ""}, "over een plek"),
        ({"plaats": "Verweggistan"}, "plaats"),
        ({"kenmerk": "geen"}, "vertel"),
    ],
    ids=["name", "empty", "long", "bsn", "about", "place", "token"],
)
def test_what_cannot_be_told_is_said_beside_its_field_and_nothing_is_kept(
    client: Client, typed: dict[str, str], says: str
):
    status, page = told(client, **typed)
    assert status == 400
    assert says in page
    assert not EarlySign.objects.exists()
    assert list(keys.kept()) == []


def test_a_name_goes_along_only_when_the_person_knows(client: Client):
    told(client, naam="Jan", weet="ja")
    assert EarlySign.objects.get().person_knows


def test_danger_in_the_words_puts_urgent_help_on_top(client: Client):
    _, page = told(client, vertel="mijn buurman slaat zijn vrouw")
    assert page.index("0800-2000") < page.index("Wij lezen het")


def test_without_a_team_it_must_be_said_on_the_phone(client: Client, team: Team):
    team.members.clear()
    status, page = told(client)
    assert status == 409
    assert "geen team" in page


def test_an_unknown_code_says_so(client: Client):
    answer = client.post("/zorgen/gelezen", {"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 400
    assert "kennen wij niet" in answer.content.decode()
