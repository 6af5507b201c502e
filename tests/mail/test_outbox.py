"""Mail leaves once, waits longer after each failure, and is gone from the store when it left."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from samenspel.mail.models import OutgoingMessage
from samenspel.mail.outbox import DAY, KEEP, LEASE, TooMuchMail, discard_old, queue, send_due

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SENDER = "wijkteam@markerwaard.example"


def queued(to: str = "koor@example.org") -> OutgoingMessage:
    with transaction.atomic():
        return queue(municipality="GM9901", to=to, subject="Klopt dit?", body="Kijk even mee.", at=AT)


def send(at: datetime) -> int:
    return send_due(clock=lambda: at, sender=SENDER)


class Away(EmailBackend):
    """A mail server that is away."""

    def open(self) -> None:
        raise ConnectionRefusedError


def test_a_mail_leaves_once_and_its_row_is_gone():
    message = queued()

    assert send(AT) == 1
    assert send(AT) == 0

    assert [sent.to for sent in mail.outbox] == [["koor@example.org"]]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.pk}@markerwaard.example>"
    assert not OutgoingMessage.objects.exists()


def test_a_failed_mail_stays_and_waits_twice_as_long_each_time(settings: Any):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    message = queued()

    assert send(AT) == 0
    message.refresh_from_db()
    assert message.not_before == AT + LEASE

    send(AT + LEASE)
    message.refresh_from_db()
    assert (message.tries, message.not_before) == (2, AT + LEASE + 2 * LEASE)


def test_a_mail_that_another_process_took_is_left_alone():
    message = queued()
    OutgoingMessage.objects.filter(pk=message.pk).update(not_before=AT + LEASE, tries=1)

    assert send(AT) == 0
    assert mail.outbox == []


def test_one_mail_that_fails_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch):
    queued("weg@example.org")
    queued("hier@example.org")
    plain = EmailBackend.send_messages

    def send_messages(self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to == ["weg@example.org"]:
            raise TimeoutError
        return plain(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    assert send(AT) == 1
    assert [message.to for message in OutgoingMessage.objects.all()] == ["weg@example.org"]


def test_what_could_not_leave_in_three_days_is_deleted():
    queued()

    assert discard_old(at=AT + KEEP) == 0
    assert discard_old(at=AT + KEEP + timedelta(seconds=1)) == 1


def test_an_address_that_anyone_may_type_gets_only_so_many_mails_a_day():
    def ask(to: str, at: datetime) -> None:
        with transaction.atomic():
            queue(municipality="GM9901", to=to, subject="Kaart", body="Code", at=at, most_a_day=2)

    ask("an@example.org", AT)
    ask("An@example.org", AT)
    with pytest.raises(TooMuchMail):
        ask("an@example.org", AT)
    ask("jos@example.org", AT)

    discard_old(at=AT + DAY)
    ask("an@example.org", AT + DAY)
    assert OutgoingMessage.objects.count() == 4


def test_a_name_with_a_line_end_neither_adds_a_header_nor_stops_the_others():
    with transaction.atomic():
        queue(municipality="GM9901", to="koor@example.org", subject="Groep\nBcc: x@example.org", body="x", at=AT)
        queue(municipality="GM9901", to="geen adres\n", subject="x", body="x", at=AT)
        queue(municipality="GM9901", to="fanfare@example.org", subject="x", body="x", at=AT)

    assert send(AT) == 2
    assert mail.outbox[0].subject == "Groep Bcc: x@example.org"


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_only_queued_inside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        queue(municipality="GM9901", to="koor@example.org", subject="x", body="x", at=AT)
