"""A worry without a name: told once, read by its team only, gone after six weeks."""

from datetime import timedelta
from uuid import uuid4

import pytest

from samenspel.handover import keys
from samenspel.handover.actions import NoTeam
from samenspel.handover.models import EarlySign
from samenspel.handover.retention import destroy_orphans, erase_signs
from samenspel.handover.signs import Worry, read_sign, tell_sign, unread_for, with_code
from samenspel.handover.steps import NotAllowed
from samenspel.people.checks import FactRefused
from tests.handover.rows import AT, BY, RESIDENT, Town, a_person, a_town
from tests.handover.test_one_holder import as_person
from tests.people.rows import GM

pytestmark = pytest.mark.django_db


def told(town: Town, **given: object) -> tuple[EarlySign, str]:
    facts = {
        "about": "person",
        "person_knows": False,
        "worry": Worry(text="De gordijnen blijven dicht."),
        "token": uuid4(),
        **given,
    }
    return tell_sign(municipality=GM, area=town.west, by=RESIDENT, at=AT, **facts)


def test_a_sign_is_read_by_its_own_team_and_says_so_to_who_told_it():
    town = a_town()
    sign, code = told(town)
    lianne, omar = town.team_west.members.get(), town.team_east.members.get()
    assert (unread_for(lianne), unread_for(omar)) == (1, 0)
    with pytest.raises(NotAllowed):
        read_sign(sign=sign, by=as_person(omar), at=AT)
    assert read_sign(sign=sign, by=as_person(lianne), at=AT).text == "De gordijnen blijven dicht."
    found = with_code(code, municipality=GM)
    assert found is not None
    assert found.read_at == AT
    assert unread_for(lianne) == 0


def test_no_name_of_somebody_who_does_not_know():
    town = a_town()
    with pytest.raises(FactRefused):
        told(town, worry=Worry(text="x", name="Jan"))
    assert told(town, worry=Worry(text="x", name="Jan"), person_knows=True)[0].person_knows
    for wrong in ({"worry": Worry(text=" ")}, {"worry": Worry(text="x" * 1001)}, {"about": "iets"}):
        with pytest.raises(FactRefused):
            told(town, **wrong)


def test_the_same_form_twice_is_one_sign():
    town, token = a_town(), uuid4()
    assert told(town, token=token) == told(town, token=token)
    assert EarlySign.objects.count() == 1


def test_it_is_gone_after_six_weeks_with_its_key():
    sign, _ = told(a_town())
    assert destroy_orphans(at=AT + timedelta(days=41)) == 0
    assert erase_signs(by=BY, at=AT + timedelta(days=42)) == 0
    assert erase_signs(by=BY, at=AT + timedelta(days=43)) == 1
    assert [owner for owner, _ in keys.kept()] == []
    assert sign.pk not in EarlySign.objects.values_list("pk", flat=True)


def test_without_a_manned_team_it_must_be_said_on_the_phone():
    town = a_town()
    for team in (town.team_west, town.team_east):
        team.members.clear()
    a_person("beheer", "administrator")
    with pytest.raises(NoTeam):
        told(town)
