"""Someone without an account says yes or no by a link, and sees who it is only after the yes."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from samenspel.audit.models import AuditEvent
from samenspel.handover.asking import NoAddress, send_link
from samenspel.handover.handing import Proposal, propose
from samenspel.handover.models import Handover
from samenspel.handover.shared import Shared
from samenspel.mail.models import OutgoingMessage
from tests.handover.rows import a_request
from tests.handover.rows import told as a_told
from tests.handover.test_one_holder import World, a_world, as_person
from tests.people.rows import GM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(tmp_path: Any, settings: Any) -> None:
    settings.KEYS, settings.MUNICIPALITY = tmp_path / "keys", GM


@pytest.fixture
def world() -> World:
    """As in the tests of handing over, with a question of today."""
    made = a_world()
    made.at = datetime.now(UTC)
    made.request, made.code = a_request(made.town.west, at=made.at)
    return made


def link(world: World, *, kind: str = "partner", sees: str = "contact", email: str = "buur@example.nl") -> str:
    asked = Proposal(
        kind=kind,
        shared=Shared(text="Zoekt iemand om mee te wandelen.", receiver="Riet", email=email),
        ground=world.ground,
        until=world.request.ends_on,
        organization=world.organization if kind == "holder" else None,
        sees=sees,
    )
    lianne = as_person(world.people[0])
    row = propose(request=world.request, proposal=asked, spoken=True, by=lianne, at=world.at)
    return f"/overdracht/{send_link(handover=row, by=lianne, at=world.at)}"


def test_the_mail_holds_the_link_and_names_nobody(world: World):
    path = link(world)
    mail = OutgoingMessage.objects.get(kind="offered")
    assert mail.to == "buur@example.nl"
    assert path in mail.body
    assert not re.search(r"\bAn\b|wandelen|Riet", mail.subject + mail.body)


def test_before_the_yes_no_identity_and_after_it_a_first_name_and_the_phone(world: World):
    client, path = Client(), link(world)
    first = client.get(path)
    assert "wandelen" not in first.content.decode()
    assert not AuditEvent.objects.filter(action="read_shared").exists()
    assert (first["Cache-Control"], first["Referrer-Policy"], first["X-Robots-Tag"]) == (
        "no-store",
        "no-referrer",
        "noindex",
    )
    read = client.post(path, {"doe": "lees"}).content.decode()
    assert "Zoekt iemand om mee te wandelen." in read
    assert "0320-555300" not in read

    accepted = client.post(path, {"doe": "ja"}).content.decode()
    assert "0320-555300" in accepted
    assert Handover.objects.get().state == Handover.State.ACCEPTED
    assert client.cookies == {}
    assert AuditEvent.objects.filter(action="read_shared").count() == 2


def test_the_link_answers_once(world: World):
    client, path = Client(), link(world)
    client.post(path, {"doe": "nee", "reden": "full"})
    assert client.post(path, {"doe": "ja"}).status_code == 303
    assert Handover.objects.get().state == Handover.State.REFUSED
    assert "U zei nee" in client.get(path).content.decode()


def test_a_no_needs_a_reason_and_an_unknown_button_does_nothing(world: World):
    client, path = Client(), link(world)
    again = client.post(path, {"doe": "nee"})
    assert again.status_code == 400
    assert "Zoekt iemand om mee te wandelen." in again.content.decode()
    assert 'id="nee-fout"' in again.content.decode()
    assert client.post(path, {"doe": "iets"}).status_code == 400
    assert Handover.objects.get().state == Handover.State.WAITING


def test_a_new_link_ends_the_one_before_and_a_made_up_one_leads_nowhere(world: World):
    client, old = Client(), link(world)
    new = send_link(handover=Handover.objects.get(), by=as_person(world.people[0]), at=world.at)
    assert client.get(old).status_code == 404
    assert client.get(f"/overdracht/{new}").status_code == 200
    assert client.get("/overdracht/verzonnen").status_code == 404


def test_who_stops_gives_the_stokje_back(world: World):
    client, path = Client(), link(world, kind="holder")
    client.post(path, {"doe": "ja"})
    world.request.refresh_from_db()
    assert world.request.organization == world.organization
    client.post(path, {"doe": "terug"})
    world.request.refresh_from_db()
    assert (world.request.organization, world.request.hands) == (None, 3)
    assert "Dit is klaar" in client.get(path).content.decode()


def test_who_has_no_address_must_be_called_and_no_link_is_left(world: World):
    with pytest.raises(NoAddress):
        link(world, email="")
    assert Handover.objects.get().link_hash is None


def test_the_page_speaks_english_too(world: World):
    assert "asks for your help" in Client().get("/en" + link(world)).content.decode()


def test_who_is_asked_knows_until_when_before_saying_yes(world: World):
    read = Client().post(link(world), {"doe": "lees"}).content.decode()
    assert f"tot en met {date_format(world.request.ends_on, 'j F Y')}" in read


@pytest.mark.parametrize(("name", "shown"), [("", "0320-555300"), ("An", "Voornaam")], ids=["no-name", "name"])
def test_after_the_yes_the_number_shows_with_or_without_a_name(world: World, name: str, shown: str):
    world.request, world.code = a_request(world.town.west, at=world.at, told=a_told(name=name))
    client, path = Client(), link(world)
    accepted = client.post(path, {"doe": "ja"}).content.decode()
    assert "0320-555300" in accepted
    assert ("Voornaam" in accepted) == bool(name)
    assert shown in accepted


def test_without_a_number_the_team_brings_them_together(world: World):
    client, path = Client(), link(world, sees="text")
    accepted = client.post(path, {"doe": "ja"}).content.decode()
    assert "brengt u met elkaar in contact" in accepted
    assert "0320-555300" not in accepted
