"""The demo's people at work can sign in with the password of this start, and a team has something to read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate

from samenspel.demo.at_work import ACCOUNTS, TEAM, load_people_at_work
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.handover.models import HelpRequest
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import User
from tests.people.rows import an_area

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def team(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    areas = tuple(an_area(code, "district") for code in ("WK990105", "WK990106"))
    facts = TeamFacts(name=TEAM, phone="0320-55 53 13", areas=areas)
    set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=AT)


def test_each_start_has_its_own_password_and_leaves_the_questions_once():
    first = load_people_at_work(AT)
    second = load_people_at_work(AT)

    email = ACCOUNTS[0].email
    assert first != second
    assert authenticate(username=email, password=first) is None
    assert authenticate(username=email, password=second) is not None
    assert HelpRequest.objects.count() == 2


def test_the_verbinder_reads_the_questions_and_the_others_do_not():
    load_people_at_work(AT)

    seen = {user.access_role: HelpRequest.objects.visible_to(user).count() for user in User.objects.all()}

    assert seen == {"administrator": 0, "team_member": 2, "desk": 0}
