"""A worry without a name: told once, read by its team only, gone after six weeks."""

from datetime import timedelta
from uuid import uuid4

import pytest

from samenspel.handover import keys, signs
from samenspel.handover.actions import NoTeam
from samenspel.handover.models import EarlySign
from samenspel.handover.retention import destroy_orphans, erase_signs
from samenspel.handover.signs import Worry, alert_unread, read_sign, tell_sign, unread_for, wipe_sign, with_code
from samenspel.handover.steps import NotAllowed
from samenspel.handover.watch import WatchFacts, set_watch
from samenspel.mail.models import OutgoingMessage
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
    assert (unread_for(lianne), unread_for(omar)) == ((1, 0), (0, 0))
    with pytest.raises(NotAllowed):
        read_sign(sign=sign, by=as_person(omar), at=AT)
    assert read_sign(sign=sign, by=as_person(lianne), at=AT).text == "De gordijnen blijven dicht."
    found = with_code(code, municipality=GM, on=AT.date())
    assert found is not None
    assert found.read_at == AT
    assert unread_for(lianne) == (0, 0)
    assert with_code(code, municipality=GM, on=sign.ends_on + timedelta(days=1)) is None


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


def test_a_sign_is_wiped_only_after_it_was_read_and_still_says_that_it_was():
    town = a_town()
    sign, code = told(town)
    lianne = as_person(town.team_west.members.get())
    with pytest.raises(NotAllowed, match="Lees het bericht eerst"):
        wipe_sign(sign=sign, by=lianne, at=AT)
    read_sign(sign=sign, by=lianne, at=AT)
    wipe_sign(sign=sign, by=lianne, at=AT)

    found = with_code(code, municipality=GM, on=AT.date())
    assert found is not None
    assert (found.read_at, bytes(found.sealed), list(keys.kept())) == (AT, b"", [])
    with pytest.raises(keys.Unreadable):
        read_sign(sign=found, by=lianne, at=AT)


def test_a_sign_that_nobody_reads_is_called_for_once():
    town = a_town()
    told(town)
    lianne = town.team_west.members.get()
    set_watch(team=town.team_west, facts=WatchFacts(deputy=lianne, silent_days=2), by=BY, at=AT)
    days = [alert_unread(by=BY, at=AT + timedelta(days=day)) for day in range(8)]

    assert days == [0, 0, 0, 0, 0, 1, 0, 0]  # told on a Friday: after Monday and Tuesday
    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to) == ("unread", lianne.email)
    assert unread_for(lianne) == (1, 1)


def test_a_sign_that_was_read_is_not_called_for():
    town = a_town()
    sign, _ = told(town)
    read_sign(sign=sign, by=as_person(town.team_west.members.get()), at=AT)

    assert alert_unread(by=BY, at=AT + timedelta(days=30)) == 0


def test_the_same_form_twice_at_once_is_one_sign(monkeypatch: pytest.MonkeyPatch):
    town, token, first = a_town(), uuid4(), []
    real = signs.check_row

    def while_the_other_is_told(row: EarlySign) -> None:
        if not first:
            first.append(None)
            first[0] = told(town, token=token)
        real(row)

    monkeypatch.setattr(signs, "check_row", while_the_other_is_told)

    assert told(town, token=token) == first[0]
    assert EarlySign.objects.count() == 1
    assert len(list(keys.kept())) == 1
