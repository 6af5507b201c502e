"""A question is held by the team of its area, sealed with a key of its own, and asked once however often it is sent."""

import stat
import threading
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from samenspel.audit.models import AuditEvent
from samenspel.handover import actions, keys
from samenspel.handover.actions import AlreadyAsked, NoTeam
from samenspel.handover.models import HelpRequest
from samenspel.handover.receipts import hash_of, receipt_for
from samenspel.handover.terms import next_working_day
from samenspel.handover.told import Told
from samenspel.people.checks import FactRefused
from tests.handover.rows import AT, a_request, a_town, told
from tests.people.rows import an_area

pytestmark = pytest.mark.django_db


def test_the_team_of_the_area_holds_it_and_reacts_by_the_next_working_day():
    town = a_town()

    request, _code = a_request(town.east, days=14)

    assert request.team == town.team_east
    assert (request.next_on, request.ends_on) == (date(2026, 11, 23), date(2026, 12, 4))  # asked on a Friday


def test_without_a_team_nothing_is_kept(own_keys: Path):
    with pytest.raises(NoTeam):
        a_request(an_area("BU99010301", "neighborhood"))

    assert (HelpRequest.objects.count(), list(keys.kept())) == (0, [])


def test_nothing_that_was_told_stands_in_the_row_the_event_or_a_printed_object():
    secrets = told(text="zebrapad", name="Annabel", reach="0320-555399", when="dinsdagnacht")

    request, code = a_request(a_town().west, told=secrets)

    row = HelpRequest.objects.filter(pk=request.pk).values_list().get()
    event = AuditEvent.objects.get(action="ask_for_help")
    said = f"{row} {event.detail} {event.object_id} {secrets!r} {request!r} {request}"
    assert [secret for secret in ("zebrapad", "Annabel", "555399", "dinsdagnacht", code) if secret in said] == []
    assert event.detail == {"about": "self", "channel": "web"}


def test_each_has_a_key_of_its_own_that_only_this_user_can_read(own_keys: Path):
    town = a_town()
    first, second = a_request(town.west)[0], a_request(town.west)[0]

    contents = {(own_keys / str(one.pk)).read_bytes() for one in (first, second)}

    assert {len(key) for key in contents} == {32}
    assert len(contents) == 2
    assert stat.S_IMODE((own_keys / str(first.pk)).stat().st_mode) == 0o600
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o700


def test_a_sealed_text_opens_with_its_key_and_under_its_own_id_only():
    town = a_town()
    first, second = a_request(town.west)[0], a_request(town.west)[0]

    assert Told.from_bytes(keys.unseal(first.sealed, owner=first.pk)) == told()
    with pytest.raises(keys.Unreadable):
        keys.unseal(first.sealed, owner=second.pk)
    with pytest.raises(keys.Unreadable):
        keys.unseal(first.sealed[:-1], owner=first.pk)


def test_the_same_form_sent_twice_is_one_question_with_the_same_code():
    west, token = a_town().west, uuid4()
    request, code = a_request(west, token=token)

    with pytest.raises(AlreadyAsked) as known:
        a_request(west, token=token, at=AT + timedelta(minutes=5))

    assert (known.value.request.pk, known.value.code) == (request.pk, code)
    assert HelpRequest.objects.count() == 1
    assert len(list(keys.kept())) == 1


def test_other_words_in_the_same_form_are_another_question():
    west, token = a_town().west, uuid4()
    _, first = a_request(west, token=token)

    _, second = a_request(west, token=token, told=told(text="Toch iets anders."))

    assert first != second
    assert HelpRequest.objects.count() == 2


def test_every_part_of_what_is_told_makes_it_other_words():
    token, plain = uuid4(), told()
    others = [replace(plain, **{part.name: not getattr(plain, part.name) if part.type == "bool" else "anders"})
              for part in fields(plain)]  # fmt: skip

    receipts = {receipt_for(token, one.as_bytes()) for one in (plain, *others)}

    assert len(receipts) == len(others) + 1


def test_a_code_is_twelve_signs_that_look_like_no_other_and_may_be_typed_loosely():
    code = receipt_for(uuid4(), b"x").code

    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("ILOU")
    assert hash_of(code) == hash_of(code.lower().replace("-", " "))
    assert hash_of("1O0I-L000-0000") == hash_of("100110000000")
    assert hash_of("\ud800 ¼ß") != hash_of(code)


def test_a_code_says_nothing_about_the_row_without_the_secret(settings: object):
    token = uuid4()
    with_secret = receipt_for(token, b"x")

    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]

    assert receipt_for(token, b"x") != with_secret
    assert receipt_for(token, b"x").code != with_secret.code


def test_a_key_of_a_question_that_was_broken_off_is_left_without_a_row_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
):
    town = a_town()

    def fail(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        a_request(town.west)

    assert HelpRequest.objects.count() == 0
    assert len(list(keys.kept())) == 1


def test_other_terms_than_those_offered_are_refused():
    with pytest.raises(FactRefused):
        a_request(a_town().west, days=365)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 19), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),  # Saturday
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas on Friday and Saturday
        (date(2026, 12, 31), date(2027, 1, 4)),  # New Year's Day on a Friday
        (date(2027, 4, 26), date(2027, 4, 28)),  # King's Day
    ],
)
def test_the_next_working_day_skips_weekends_and_holidays(on: date, expected: date):
    assert next_working_day(on) == expected


def test_the_database_keeps_an_open_question_sealed_and_a_withdrawn_one_empty():
    request, _ = a_request(a_town().west)

    for wrong in ({"sealed": b""}, {"state": "withdrawn"}, {"next_on": request.ends_on + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuerySet(HelpRequest).filter(pk=request.pk).update(**wrong)  # past the guard of actions


@pytest.mark.django_db(transaction=True)
def test_two_at_once_of_one_form_become_one_question():
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has one connection")
    west, token = a_town().west, uuid4()
    start, answers = threading.Barrier(2), []

    def send() -> None:
        start.wait()
        try:
            answers.append(a_request(west, token=token))
        except AlreadyAsked as known:
            answers.append((known.request, known.code))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len({code for _, code in answers}) == 1
    assert len(answers) == 2
    request = HelpRequest.objects.get()
    assert keys.unseal(request.sealed, owner=request.pk) == told().as_bytes()
