"""The commands about the event log, and what the doctor says when nothing works it off."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from samenspel.audit import guard
from samenspel.audit.chain import head_of_chain, seal_events
from samenspel.audit.models import AuditEvent
from samenspel.cli.management.commands import work
from samenspel.mail.models import RepeatedMail
from samenspel.mail.outbox import queue
from tests.audit.events import AT, BY, happen

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def answer(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


@pytest.fixture
def three() -> str:
    for _ in range(3):
        happen(by=BY, at=AT)
    seal_events()
    return str(head_of_chain())


def test_the_head_is_printed_alone_so_that_it_can_be_kept(three: str):
    assert said("audit_head") == f"{three}\n"
    assert answer("audit_head") == {"head": three, "number": 3, "digest": three.partition(":")[2], "not_sealed": 0}


def test_a_whole_log_is_verified_with_its_kept_head(three: str):
    happen(by=BY, at=AT)

    found = answer("audit_verify", "--head", three)

    assert found == {"whole": True, "events": 3, "head": three, "not_sealed": 1, "kept_is_older": False}
    assert "3 gebeurtenissen kloppen; 1 zijn nog niet verzegeld" in said("audit_verify")


def test_a_broken_log_ends_with_the_first_place_that_is_wrong(three: str):
    guard.take_off()
    AuditEvent.objects.filter(number=2).update(actor_id="13")
    out = StringIO()

    with pytest.raises(CommandError, match="gebeurtenis 2") as refused:
        call_command("audit_verify", "--json", stdout=out)

    assert refused.value.returncode == 1
    assert json.loads(out.getvalue())["broken"]["number"] == 2


def test_what_is_no_head_is_a_typing_error(three: str):
    with pytest.raises(CommandError, match="--head"):
        call_command("audit_verify", "--head", "3")


def test_work_seals_at_every_look_and_tells_the_head_to_the_log(caplog: pytest.LogCaptureFixture):
    happen(by=BY, at=NOW)

    work._Due().work_off(NOW)

    assert AuditEvent.objects.get(action="change_team").number == 1
    assert f"head of the event log: {head_of_chain()}" in caplog.text


def test_the_doctor_is_content_when_nothing_waits_for_long(three: str):
    with transaction.atomic():
        message = queue(municipality="GM9901", to="a@example.org", subject="x", body="x", at=NOW)
    RepeatedMail.objects.create(municipality="GM9901", message=message.pk, at=NOW)

    found = answer("doctor")

    assert found["audit"] == {"head": three, "not_sealed": 0}
    assert (found["mail"]["waiting"], found["mail"]["repeated_last_year"], found["complaints"]) == (1, 1, [])
    assert "1 in een jaar misschien twee keer verstuurd" in said("doctor")


def test_the_doctor_complains_when_nothing_seals_or_sends():
    old = NOW - timedelta(hours=2)
    happen(by=BY, at=old)
    with transaction.atomic():
        queue(municipality="GM9901", to="a@example.org", subject="x", body="x", at=old)

    with pytest.raises(CommandError, match="niet verzegeld en mail wacht langer dan een uur; draait"):
        call_command("doctor", stdout=StringIO())
