"""What the outbox does with a real mail server that refuses, is busy, or falls silent after it got the mail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from samenspel.mail.models import OutgoingMessage, RepeatedMail
from samenspel.mail.outbox import KEEP_REPEATS, LEASE, discard_old, outbox_state, queue, send_due
from tests.mail.server import MailServer, serving

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    with serving(MailServer()) as (made, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield made


def queued(to: str = "koor@example.org") -> OutgoingMessage:
    with transaction.atomic():
        return queue(municipality="GM9901", to=to, subject="Klopt dit?", body="Kijk even mee.", at=AT)


def send(at: datetime) -> int:
    return send_due(clock=lambda: at, sender="Wijkteam <wijkteam@markerwaard.example>")


def test_a_mail_arrives_with_an_identity_that_is_its_own(server: MailServer):
    message = queued()

    assert send(AT) == 1
    assert server.identities == [f"<{message.pk}@markerwaard.example>"]
    assert (server.taken[0]["To"], server.taken[0]["Subject"]) == ("koor@example.org", "Klopt dit?")


def test_several_mails_go_over_one_connection_in_their_order(server: MailServer):
    first, second = queued("a@example.org"), queued("b@example.org")
    OutgoingMessage.objects.filter(pk=second.pk).update(created_at=AT - timedelta(minutes=1), not_before=AT)

    assert send(AT) == 2
    assert [identity[1:37] for identity in server.identities] == [str(second.pk), str(first.pk)]


def test_a_recipient_who_is_refused_waits_and_holds_up_nobody(server: MailServer):
    server.refuse = "weg@example.org"
    queued("weg@example.org")
    queued("hier@example.org")

    assert send(AT) == 1
    waiting = OutgoingMessage.objects.get()
    assert (waiting.to, waiting.not_before, waiting.handed_at) == ("weg@example.org", AT + LEASE, None)


def test_a_mail_that_was_refused_for_now_leaves_later_and_is_no_repeat(server: MailServer):
    server.busy = 1
    queued()

    assert (send(AT), send(AT), send(AT + LEASE)) == (0, 0, 1)
    assert len(server.taken) == 1
    assert not RepeatedMail.objects.exists()


def test_a_server_that_falls_silent_gets_the_mail_again_with_one_identity_and_it_is_counted(server: MailServer):
    server.falls_silent = True
    message = queued()

    assert send(AT) == 0
    assert OutgoingMessage.objects.get().handed_at == AT
    assert send(AT + LEASE) == 1

    assert server.identities == [f"<{message.pk}@markerwaard.example>"] * 2
    assert [(row.message, row.at) for row in RepeatedMail.objects.all()] == [(message.pk, AT + LEASE)]


def test_a_refusal_after_silence_still_leaves_a_possible_repeat(server: MailServer):
    server.falls_silent = True
    queued()
    send(AT)
    server.busy = 1
    send(AT + LEASE)

    assert OutgoingMessage.objects.get().handed_at == AT
    assert RepeatedMail.objects.count() == 1


def test_a_process_that_ends_between_answer_and_mark_repeats_the_mail_and_counts_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    queued()

    def killed(self: OutgoingMessage) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(OutgoingMessage, "delete", killed)
        with pytest.raises(SystemExit):
            send(AT)
    assert send(AT + LEASE) == 1

    assert len(set(server.identities)) == 1
    assert len(server.taken) == 2
    assert outbox_state(at=AT + LEASE).repeated == 1


def test_mails_wait_without_being_handed_while_the_server_is_away(settings: Any, server: MailServer):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    queued("a@example.org")
    queued("b@example.org")

    assert send(AT) == 0
    assert list(OutgoingMessage.objects.values_list("tries", "handed_at")) == [(1, None)] * 2
    settings.EMAIL_PORT = port
    assert send(AT + LEASE) == 2
    assert not RepeatedMail.objects.exists()


def test_a_lease_counts_from_the_moment_of_its_own_try(server: MailServer):
    """Else the last mail of a slow run is free for another process while it is being sent."""
    server.refuse = "weg@example.org"
    queued("weg@example.org")
    ticks = iter([AT, AT + 3 * LEASE])

    send_due(clock=lambda: next(ticks), sender="wijkteam@markerwaard.example")

    assert OutgoingMessage.objects.get().not_before == AT + 4 * LEASE


def test_the_state_of_the_outbox_and_the_end_of_what_was_counted(server: MailServer):
    queued()
    RepeatedMail.objects.create(municipality="GM9901", message=queued("b@example.org").pk, at=AT)

    state = outbox_state(at=AT)
    assert (state.waiting, state.waiting_since, state.repeated) == (2, AT, 1)
    discard_old(at=AT + KEEP_REPEATS)
    assert not RepeatedMail.objects.exists()
