"""Questions of residents: a list without a word of them, opened by a POST that leaves an event, by the team only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samenspel.audit.action import Actor
from samenspel.audit.models import AuditEvent
from samenspel.handover import keys
from samenspel.handover.actions import ask_for_help
from samenspel.handover.models import HelpRequest
from samenspel.handover.told import Told
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.staff import access
from tests.people.rows import AT, BY, GM, an_area
from tests.workspace.accounts import an_account, sign_in, signed_in

pytestmark = pytest.mark.django_db

WORD, NUMBER = "zebrapadgeheim", "0320-555777"


@pytest.fixture
def asked(settings: Any, tmp_path: Path) -> HelpRequest:
    settings.KEYS = tmp_path / "keys"
    member = an_account("team_member", email="bram@markerwaard.example", name="Bram")
    area = an_area("WK990101", "district", name="Zeestede-Oost")
    facts = TeamFacts(name="Team Oost", phone="0320-555201", areas=(area,), members=(member,))
    set_team(municipality=GM, facts=facts, by=BY, at=AT)
    told = Told(text=f"Ik {WORD} <b>veel</b>", name="Corrie", way="phone", reach=NUMBER, when="na vijf uur")
    request, _code = ask_for_help(
        municipality=GM,
        area=area,
        about="self",
        channel="web",
        told=told,
        days=60,
        token=uuid4(),
        by=Actor("resident"),
        at=datetime.now(UTC),
    )
    return request


@pytest.fixture
def work(asked: HelpRequest) -> Client:
    client = Client()
    sign_in(client, "bram@markerwaard.example")
    return client


def reads() -> int:
    return AuditEvent.objects.filter(action="read_help").count()


def test_the_list_tells_date_area_and_by_when_and_no_word_of_the_question(work: Client, asked: HelpRequest):
    for path in ("/werk/", "/werk/vragen", f"/werk/vragen/{asked.pk}"):
        page = work.get(path).content.decode()
        assert "Zeestede-Oost" in page
        assert WORD not in page
        assert NUMBER not in page
        assert "Corrie" not in page
    assert reads() == 0


def test_opening_shows_first_how_to_react_safely_and_leaves_an_event(work: Client, asked: HelpRequest):
    answer = work.post(f"/werk/vragen/{asked.pk}")
    page = answer.content.decode()

    assert page.index(NUMBER) < page.index("na vijf uur") < page.index("liever niet") < page.index(WORD)
    assert "&lt;b&gt;" in page
    assert WORD not in page.split("</title>")[0]
    assert answer["Cache-Control"] == "no-store"
    assert reads() == 1


def test_one_of_another_team_and_an_administrator_cannot_open_it(asked: HelpRequest):
    other = signed_in("team_member")

    assert other.get(f"/werk/vragen/{asked.pk}").status_code == 404
    assert other.post(f"/werk/vragen/{asked.pk}").status_code == 404
    assert signed_in("administrator").post(f"/werk/vragen/{asked.pk}").status_code == 403
    assert "Zeestede-Oost" not in other.get("/werk/vragen").content.decode()
    assert reads() == 0


def test_what_is_late_is_marked(work: Client, asked: HelpRequest, monkeypatch: pytest.MonkeyPatch):
    assert "te laat" not in work.get("/werk/vragen").content.decode()
    at = datetime.now(UTC) + timedelta(days=7)
    client = Client()
    monkeypatch.setattr(access.timezone, "now", lambda: at)
    sign_in(client, "bram@markerwaard.example")

    assert "te laat" in client.get("/werk/vragen").content.decode()


def test_a_question_whose_key_is_gone_says_so(work: Client, asked: HelpRequest):
    keys.destroy(asked.pk)
    answer = work.post(f"/werk/vragen/{asked.pk}")

    assert answer.status_code == 410
    assert "niet meer te lezen" in answer.content.decode()
    assert reads() == 0
