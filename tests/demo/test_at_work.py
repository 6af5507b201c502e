"""The demo's people at work can sign in with the password of this start, and a team has something to read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate

from samenspel.demo.at_work import ACCOUNTS, WORKS_FOR, load_people_at_work
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.demo.morning import MORNING
from samenspel.handover.models import EarlySign, Handover, HelpRequest
from samenspel.people.actions import add_organization, set_team
from samenspel.people.facts import OrganizationFacts, TeamFacts
from samenspel.people.models import AccessRole, Mandate, Team, User
from samenspel.workspace.daily import Day
from tests.people.rows import an_area

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def teams(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    for_all = TeamFacts(name="Alle wijken", phone="0320-55 53 13")
    set_team(municipality=MARKERWAARD, facts=for_all, by=BY, at=AT)
    for code in ("WK990105", "WK990106"):
        facts = TeamFacts(name=f"Team {code}", phone="0320-55 53 13", areas=(an_area(code, "district"),))
        set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=AT)
    for slug in WORKS_FOR.values():
        organization = OrganizationFacts(name=slug, kind="foundation")
        add_organization(municipality=MARKERWAARD, facts=organization, slug=slug, by=BY, at=AT)


def test_each_start_has_its_own_password_and_leaves_the_questions_once():
    first = load_people_at_work(AT)
    second = load_people_at_work(AT)

    email = ACCOUNTS[0].email
    assert first != second
    assert authenticate(username=email, password=first) is None
    assert authenticate(username=email, password=second) is not None
    assert HelpRequest.objects.count() == len(MORNING)


def test_the_verbinder_reads_the_questions_and_the_others_do_not():
    load_people_at_work(AT)

    seen = {user.access_role: HelpRequest.objects.visible_to(user).count() for user in User.objects.all()}

    assert set(seen) == set(AccessRole.values)
    assert {role for role, count in seen.items() if count} == {
        "connector",
        "prevention_worker",
        "team_member",
        "partner",
    }


def test_the_morning_has_something_in_every_group_of_the_day():
    load_people_at_work(AT)
    groups = {
        role: {group.kind.key for group in Day(User.objects.get(access_role=role), at=AT).groups() if group.lines}
        for role in ("connector", "partner", "volunteer_coordinator")
    }

    assert groups["connector"] >= {"antwoord", "melding", "eerst", "mijn", "niemand"}
    assert groups["partner"] == {"antwoord", "mijn"}
    assert groups["volunteer_coordinator"] == {"mee"}
    assert set(Handover.objects.values_list("state", flat=True)) == {"draft", "waiting", "accepted", "refused"}
    assert EarlySign.objects.count() == 1


def test_every_team_has_someone_who_reads_and_keeps_who_was_in_it():
    team = Team.objects.first()
    other = User.objects.create(email="lianne@example.nl", name="Lianne", municipality=MARKERWAARD)
    facts = TeamFacts(name=team.name, phone=team.phone, areas=tuple(team.areas.all()), members=(other,))
    set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=AT)

    load_people_at_work(AT)
    load_people_at_work(AT)

    verbinder = User.objects.get(email="verbinder@example.nl")
    assert all(verbinder in team.members.all() for team in Team.objects.all())
    assert other in team.members.all()
    assert HelpRequest.objects.values("team").distinct().count() == 3


def test_every_team_names_its_law_and_one_may_decide():
    load_people_at_work(AT)
    load_people_at_work(AT)

    assert all("wmo-2-3-2" in team.law_articles for team in Team.objects.all())
    assert Mandate.objects.in_force(AT.date()).count() == 1
