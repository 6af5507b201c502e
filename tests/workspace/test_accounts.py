"""The administrator's page of accounts: added by link, changed, helped and closed without leaving a team alone."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.handover.models import HelpRequest
from samenspel.mail.models import OutgoingMessage
from samenspel.people.accounts import FREE_LINKS, facts_of
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import Team, User
from tests.handover.rows import a_request
from tests.people.rows import AT, BY, GM, an_organization
from tests.workspace.accounts import PASSWORD, an_account, signed_in
from tests.workspace.accounts import sign_in as first_step

pytestmark = pytest.mark.django_db
NEW = "/werk/inrichten/account"


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


def a_team(name: str, *members: User) -> Team:
    facts = TeamFacts(name=name, phone="0320-555201", members=members)
    return set_team(municipality=GM, facts=facts, by=BY, at=AT)


def typed(**given: Any) -> dict[str, Any]:
    return {"name": "Bram", "email": "bram@markerwaard.example", "access_role": "connector", **given}


def of(pk: UUID, what: str = "") -> str:
    return f"{NEW}/{pk}{what}"


def link() -> str:
    """The path of the newest link in the outbox."""
    found = re.search(r"/werk/wachtwoord/\S+", OutgoingMessage.objects.latest("created_at").body)
    assert found
    return found[0]


def test_a_new_colleague_gets_a_link_chooses_a_password_and_goes_in():
    team, client = a_team("Team Oost"), signed_in()
    answer = client.post(NEW, typed(teams=[team.pk]), follow=True)
    assert "De link is onderweg per mail." in answer.content.decode()
    colleague = Client()
    page = colleague.get(link())
    assert "Dag Bram, kies uw wachtwoord" in page.content.decode()

    assert "is opgeslagen" in colleague.post(link(), {"password": "acht-blauwe-stoepen"}).content.decode()
    assert colleague.get(link()).status_code == 410
    assert colleague.post(link(), {"password": "negen-rode-bankjes"}).status_code == 410
    assert first_step(colleague, "bram@markerwaard.example", "acht-blauwe-stoepen")["Location"] == "/werk/"
    user = User.objects.get(email="bram@markerwaard.example")
    assert (user.name, user.access_role, list(user.teams.all())) == ("Bram", "connector", [team])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "administrator@markerwaard.example"}, "dit e-mailadres heeft al een account"),
        ({"access_role": "partner"}, "kies een organisatie"),
        ({"access_role": "desk", "teams": "team"}, "met deze functie werkt niemand in een team"),
        ({"access_role": "koning"}, "Functie"),
        ({"name": ""}, "Naam: vul dit in"),
    ],
    ids=["known-address", "partner-of-nobody", "desk-in-a-team", "no-role", "no-name"],
)
def test_what_cannot_be_is_said_by_field_and_makes_no_account_and_no_mail(given: dict[str, Any], said: str):
    team, client = a_team("Team Oost"), signed_in()
    given = {**given, "teams": [team.pk]} if "teams" in given else given
    answer = client.post(NEW, typed(**given))

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert User.objects.count() == 1
    assert not OutgoingMessage.objects.exists()


def test_a_partner_works_for_an_organization_of_this_municipality():
    here, elsewhere = an_organization(name="Welzijn"), an_organization(name="Elders", municipality="GM9902")
    client = signed_in()

    assert client.post(NEW, typed(access_role="partner", organization=elsewhere.pk)).status_code == 400
    assert client.post(NEW, typed(access_role="partner", organization=here.pk)).status_code == 302
    assert User.objects.get(name="Bram").organization == here


def test_another_role_ends_the_sessions_and_leaves_the_teams():
    worker, client = an_account("connector"), signed_in()
    team = a_team("Team Oost", worker)
    theirs = Client()
    first_step(theirs, worker.email)
    client.post(of(worker.pk), typed(email=worker.email, access_role="desk"))
    worker.refresh_from_db()

    assert (worker.access_role, list(team.members.all())) == ("desk", [])
    assert theirs.get("/werk/").status_code == 302


def test_another_name_keeps_the_sessions():
    worker, client = an_account("connector"), signed_in()
    theirs = Client()
    first_step(theirs, worker.email)
    client.post(of(worker.pk), typed(email=worker.email, name="Anne"))

    assert theirs.get("/werk/").status_code == 200


def test_an_administrator_stays_one_and_closes_others_only():
    client = signed_in()
    own = User.objects.get()

    assert client.post(of(own.pk), typed(email=own.email, access_role="desk")).status_code == 302
    own.refresh_from_db()
    assert (own.name, own.access_role) == ("Bram", "administrator")
    assert client.post(of(own.pk, "/sluiten")).status_code == 404
    assert client.post(of(own.pk, "/tweede-stap")).status_code == 404


def test_a_team_with_open_questions_is_not_left_alone_in_silence():
    worker, client = an_account("connector", name="Lianne"), signed_in()
    colleague = an_account("team_member", name="Omar")
    team = a_team("Team Oost", worker)
    a_request(None)
    page = client.get(of(worker.pk, "/sluiten")).content.decode()
    assert "Team Oost: 1 open vraag" in page

    assert client.post(of(worker.pk, "/sluiten")).status_code == 400
    assert User.objects.filter(pk=worker.pk).exists()
    client.post(of(worker.pk, "/sluiten"), {"successor": colleague.pk})
    assert not User.objects.filter(pk=worker.pk).exists()
    assert list(team.members.all()) == [colleague]
    assert HelpRequest.objects.visible_to(colleague).count() == 1


def test_an_administrator_may_close_it_knowingly():
    worker, client = an_account("connector"), signed_in()
    a_team("Team Oost", worker)
    a_request(None)

    assert client.post(of(worker.pk, "/sluiten"), {"certain": "on"}).status_code == 302
    assert not User.objects.filter(pk=worker.pk).exists()


@pytest.mark.parametrize("others", [True, False])
def test_nothing_is_asked_where_nobody_is_left_alone(others: bool):
    worker, client = an_account("connector"), signed_in()
    if others:
        a_team("Team Oost", worker, an_account("team_member"))
        a_request(None)
    else:
        a_team("Team Oost", worker)

    assert "successor" not in client.get(of(worker.pk, "/sluiten")).content.decode()
    assert client.post(of(worker.pk, "/sluiten")).status_code == 302


@pytest.mark.parametrize("change", [{"access_role": "desk"}, {"teams": []}], ids=["role", "teams"])
def test_a_change_leaves_no_team_alone_either(change: dict[str, Any]):
    worker, client = an_account("connector"), signed_in()
    team = a_team("Team Oost", worker)
    a_request(None)
    answer = client.post(of(worker.pk), typed(email=worker.email, **change))

    assert (answer.status_code, "dan niemand meer" in answer.content.decode()) == (400, True)
    assert list(team.members.all()) == [worker]


def test_a_colleague_without_password_gets_a_link_and_one_without_phone_starts_anew():
    worker, client = an_account("connector"), signed_in()

    assert client.post(of(worker.pk, "/link")).status_code == 302
    assert OutgoingMessage.objects.get().to == worker.email
    assert client.post(of(worker.pk, "/tweede-stap")).status_code == 302
    assert AuditEvent.objects.filter(action="drop_second_factors", object_id=str(worker.pk)).count() == 1


@pytest.mark.parametrize("what", ["", "/link", "/sluiten", "/tweede-stap"])
def test_an_account_of_another_municipality_does_not_exist_here(what: str):
    other, client = an_account("desk", email="x@elders.example", municipality="GM9902"), signed_in()

    assert client.post(of(other.pk, what), typed()).status_code == 404
    assert "x@elders.example" not in client.get("/werk/inrichten/accounts").content.decode()


def test_events_of_accounts_hold_no_name_and_no_address():
    client = signed_in()
    client.post(NEW, typed())
    worker = User.objects.get(name="Bram")
    client.post(of(worker.pk), typed(name="Bramling", email="bramling@markerwaard.example"))

    changed = AuditEvent.objects.get(action="change_account")
    assert changed.detail == {"fields": ["email", "name"], "access_role": "connector"}
    assert not any("bram" in str(event.detail).lower() for event in AuditEvent.objects.all())


def test_a_forgotten_password_gets_the_same_answer_with_and_without_an_account(client: Client):
    worker = an_account("desk")
    known = client.post("/werk/wachtwoord", {"email": worker.email})
    unknown = client.post("/werk/wachtwoord", {"email": "niemand@markerwaard.example"})

    assert known.content == unknown.content
    assert [message.to for message in OutgoingMessage.objects.all()] == [worker.email]


def test_nobody_is_flooded_with_links(client: Client):
    worker = an_account("desk")
    answers = [client.post("/werk/wachtwoord", {"email": worker.email}) for _ in range(FREE_LINKS["account_here"] + 1)]

    assert OutgoingMessage.objects.count() == 3
    assert answers[-1].status_code == 400
    assert "Wacht 1 seconden" in answers[-1].content.decode()


def test_who_tries_links_waits_too(client: Client):
    answers = [client.get("/werk/wachtwoord/AAAA.bbbb").status_code for _ in range(FREE_LINKS["account_here"] + 1)]

    assert set(answers[:-1]) == {410}
    assert answers[-1] == 429


def test_ones_own_password_is_changed_and_other_places_are_signed_out():
    user, here, there = an_account("desk"), Client(), Client()
    first_step(here, user.email)
    first_step(there, user.email)

    assert here.post("/werk/account/wachtwoord", {"current": "niet", "password": "x" * 20}).status_code == 400
    answer = here.post("/werk/account/wachtwoord", {"current": PASSWORD, "password": "acht-blauwe-stoepen"})
    assert answer["Location"] == "/werk/account"
    assert here.get("/werk/").status_code == 200
    assert there.get("/werk/").status_code == 302
    assert first_step(Client(), user.email, "acht-blauwe-stoepen").status_code == 302


def test_facts_of_an_account_are_those_that_were_given():
    worker = an_account("connector")
    team = a_team("Team Oost", worker)

    assert facts_of(worker).teams == (team,)
