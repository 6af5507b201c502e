"""A melding on its way: marked by the holder, taken out by who has the mandate, gone from here after the receipt."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from samenspel.handover.melding import mark
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.states import Word
from samenspel.people.models import AccessRole, Team
from tests.handover.rows import RESIDENT, a_request, a_team, a_town, told
from tests.handover.test_melding import a_mandated_team
from tests.handover.test_one_holder import World, a_world
from tests.socialmap.test_letters import text_of
from tests.workspace.accounts import an_account, sign_in, signed_in

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).parents[2] / "docs" / "api" / "melding.schema.json"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Any, settings: Any) -> None:
    settings.KEYS = tmp_path / "keys"


def at_work(user_email: str) -> Client:
    client = Client()
    sign_in(client, user_email)
    return client


@pytest.fixture
def mandated() -> tuple[World, Melding, Client]:
    world = a_world()
    melding = mark(request=world.request, kind="wmo", word=Word.CARD, by=RESIDENT, at=world.at)
    member = an_account(AccessRole.TEAM_MEMBER)
    team, _ = a_mandated_team(world, "wmo-2-3-2")
    a_team("Toegang", world.town.east, members=(member,))
    assert team.members.filter(pk=member.pk).exists()
    return world, melding, at_work(member.email)


def test_the_holder_marks_a_question_and_reads_what_to_say():
    town, member = a_town(), an_account(AccessRole.CONNECTOR)
    a_team("West", town.west, members=(member,))
    request, _ = a_request(town.west)
    client, path = at_work(member.email), f"/werk/vragen/{request.pk}/melding"

    assert client.post(path, {"kind": "iets"}).status_code == 400
    assert client.post(path, {"kind": "wmo"}).status_code == 302
    page = client.get(path).content.decode()
    assert Melding.objects.get().reference in page
    assert "persoonlijk plan" in page


def test_who_has_the_mandate_takes_it_out_in_two_forms_and_notes_the_receipt(
    mandated: tuple[World, Melding, Client],
):
    _, melding, client = mandated
    path = f"/werk/meldingen/{melding.pk}"
    pdf = client.post(f"{path}/bestand.pdf")
    assert pdf.content.startswith(b"%PDF")
    taken = json.loads(client.post(f"{path}/bestand.json").content)
    jsonschema.validate(taken, json.loads(SCHEMA.read_text("utf-8")))
    assert taken["told"]["text"] == "Ik kom de deur niet uit."
    assert client.post(f"{path}/bestand.xml").status_code == 404
    assert client.get(f"{path}/bestand.pdf").status_code == 405


def test_the_schema_refuses_a_file_without_the_term(mandated: tuple[World, Melding, Client]):
    _, melding, client = mandated
    taken = json.loads(client.post(f"/werk/meldingen/{melding.pk}/bestand.json").content)
    del taken["term_ends_on"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(taken, json.loads(SCHEMA.read_text("utf-8")))


def test_after_the_receipt_the_text_is_gone_and_the_dates_stay(mandated: tuple[World, Melding, Client]):
    world, melding, client = mandated
    path = f"/werk/meldingen/{melding.pk}"
    team = Team.objects.get(name="Toegang")
    assert client.post(path, {"team": str(team.pk), "receipt": "Z-7"}).status_code == 409  # nobody took it out yet
    client.post(f"{path}/bestand.json")
    assert client.post(path, {"team": str(team.pk), "receipt": ""}).status_code == 400
    assert client.post(path, {"team": str(team.pk), "receipt": "Z-7"}).status_code == 302
    assert HelpRequest.objects.get(pk=world.request.pk).state == "transferred"
    page = client.get(path).content.decode()
    assert "Z-7" in page
    assert client.post(f"{path}/bestand.pdf").status_code == 410
    client.post(path, {"vasthouden": "objection"})
    assert Melding.objects.get().legal_hold == "objection"


def test_without_a_mandate_it_is_said_and_nothing_can_be_taken():
    world = a_world()
    melding = mark(request=world.request, kind="wmo", word=Word.CARD, by=RESIDENT, at=world.at)
    member = an_account(AccessRole.CONNECTOR)
    a_team("West", world.town.west, members=(member,))
    client, path = at_work(member.email), f"/werk/meldingen/{melding.pk}"
    assert "Geen team heeft een mandaat" in client.get(path).content.decode()
    assert client.post(f"{path}/bestand.json").status_code == 403


def test_a_melding_of_another_team_is_not_there(mandated: tuple[World, Melding, Client]):
    _, melding, _ = mandated
    stranger = signed_in(AccessRole.CONNECTOR, email="vreemd@example.nl")
    for path in (f"/werk/meldingen/{melding.pk}", f"/werk/vragen/{melding.request_id}/melding"):
        assert stranger.get(path).status_code == 404


def test_who_has_no_mail_gets_the_confirmation_as_a_letter():
    town, member = a_town(), an_account(AccessRole.CONNECTOR)
    a_team("West", town.west, members=(member,))
    request, _ = a_request(town.west)
    client = at_work(member.email)
    client.post(f"/werk/vragen/{request.pk}/melding", {"kind": "wmo"})
    melding = Melding.objects.get()
    assert melding.confirmed_at is None
    assert "stuur de bevestiging" in client.get("/werk/").content.decode()

    assert "Confirmation(" not in client.get(f"/werk/meldingen/{melding.pk}").content.decode()

    answer = client.post(f"/werk/meldingen/{melding.pk}/brief")
    said = text_of(answer.content)
    for word in (melding.reference, "Beste An", "zelf een plan", "0320‑555200"):
        assert word in said
    assert "deur niet uit" not in said
    melding.refresh_from_db()
    assert melding.confirmed_at is not None
    assert "stuur de bevestiging" not in client.get("/werk/").content.decode()


def test_a_confirmation_by_mail_needs_no_letter():
    world = a_world()
    request, _ = a_request(world.town.west, told=told(way="email", reach="an@example.nl"))
    assert mark(request=request, kind="debt", word=Word.CARD, by=RESIDENT, at=world.at).confirmed_at == world.at


def test_only_the_team_of_the_question_writes_the_letter(mandated: tuple[World, Melding, Client]):
    _, melding, client = mandated

    assert "Maak de brief" not in client.get(f"/werk/meldingen/{melding.pk}").content.decode()
    assert client.post(f"/werk/meldingen/{melding.pk}/brief").status_code == 403
