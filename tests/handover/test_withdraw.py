"""Taking a question back, or its end date, destroys key and text; the card is mailed once and says nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.handover import keys, retention
from samenspel.handover.actions import AlreadyMailed, NotThere, mail_card, withdraw_help
from samenspel.handover.models import HelpRequest
from samenspel.mail.models import OutgoingMessage
from tests.handover.rows import AT, BY, RESIDENT, a_request, a_town
from tests.people.rows import ELSEWHERE, GM

pytestmark = pytest.mark.django_db


def test_withdrawing_destroys_key_and_text_at_once_and_keeps_the_state(own_keys: Path):
    request, code = a_request(a_town().west)

    withdraw_help(municipality=GM, code=code.lower(), by=RESIDENT, at=AT)

    row = HelpRequest.objects.get(pk=request.pk)
    assert (row.state, bytes(row.sealed)) == ("withdrawn", b"")
    assert list(own_keys.iterdir()) == []
    assert AuditEvent.objects.get(action="withdraw_help").detail == {}


def test_a_key_is_overwritten_before_it_is_removed(own_keys: Path):
    request, _ = a_request(a_town().west)
    twin = own_keys.parent / "twin"
    twin.hardlink_to(own_keys / str(request.pk))

    keys.destroy(request.pk)

    assert twin.read_bytes() == bytes(32)


@pytest.mark.parametrize("case", ["wrong", "withdrawn", "ended", "elsewhere"])
def test_a_code_that_opens_nothing_is_one_and_the_same_refusal(case: str):
    _, code = a_request(a_town().west, days=14)
    at, place = AT, GM
    if case == "wrong":
        code = "0000-0000-0000"
    elif case == "withdrawn":
        withdraw_help(municipality=GM, code=code, by=RESIDENT, at=AT)
    elif case == "ended":
        at = AT + timedelta(days=15)
    else:
        place = ELSEWHERE

    with pytest.raises(NotThere):
        withdraw_help(municipality=place, code=code, by=RESIDENT, at=at)
    with pytest.raises(NotThere):
        mail_card(municipality=place, code=code, to="an@example.nl", language="nl", by=RESIDENT, at=at)

    assert OutgoingMessage.objects.count() == 0


def test_a_card_is_mailed_once():
    _, code = a_request(a_town().west)
    mail_card(municipality=GM, code=code, to="an@example.nl", language="nl", by=RESIDENT, at=AT)

    with pytest.raises(AlreadyMailed):
        mail_card(municipality=GM, code=code, to="piet@example.nl", language="nl", by=RESIDENT, at=AT)

    assert OutgoingMessage.objects.get().to == "an@example.nl"
    assert "an@example.nl" not in str(AuditEvent.objects.get(action="mail_card").detail)


def test_the_last_day_still_counts_and_the_day_after_everything_is_gone(own_keys: Path):
    town = a_town()
    short, _ = a_request(town.west, days=14)
    long, _ = a_request(town.east, days=30)

    assert retention.erase_ended(by=BY, at=AT + timedelta(days=14)) == 0
    assert retention.erase_ended(by=BY, at=AT + timedelta(days=15)) == 1
    assert retention.erase_ended(by=BY, at=AT + timedelta(days=15)) == 0

    assert [one.pk for one in HelpRequest.objects.all()] == [long.pk]
    assert [file.name for file in own_keys.iterdir()] == [str(long.pk)]
    assert AuditEvent.objects.get(action="erase_help").object_id == str(short.pk)


def test_a_withdrawn_question_goes_at_its_end_date_as_well():
    _, code = a_request(a_town().west, days=14)
    withdraw_help(municipality=GM, code=code, by=RESIDENT, at=AT)

    assert retention.erase_ended(by=BY, at=AT + timedelta(days=15)) == 1
    assert HelpRequest.objects.count() == 0


def test_keys_without_an_open_question_are_destroyed_after_an_hour_and_others_stay(own_keys: Path):
    request, _ = a_request(a_town().west)
    orphan = HelpRequest().pk
    keys.keep(keys.new_key(), owner=orphan)
    (own_keys / "lees-mij.txt").write_text("niet van ons")
    now = datetime.now(UTC)

    assert retention.destroy_orphans(at=now) == 0
    assert retention.destroy_orphans(at=now + timedelta(hours=2)) == 1

    assert {file.name for file in own_keys.iterdir()} == {str(request.pk), "lees-mij.txt"}


def test_without_any_key_folder_there_is_nothing_to_destroy():
    keys.destroy(HelpRequest().pk)

    assert retention.destroy_orphans(at=datetime.now(UTC)) == 0
