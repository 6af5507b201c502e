"""Putting mail in the outbox, and sending what is due."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from samenspel.mail.models import OutgoingMessage

LEASE = timedelta(minutes=5)
"""How long a try may take before another process may try."""
KEEP = timedelta(days=3)

_log = logging.getLogger("samenspel.mail")


def queue(*, municipality: str, to: str, subject: str, body: str, at: datetime) -> OutgoingMessage:
    """Put a mail in the outbox, in the transaction of the action that asks for it.

    The text never holds what a resident wrote. Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a mail is queued in the transaction that asks for it")
    return OutgoingMessage.objects.create(
        municipality=municipality, to=to, subject=subject, body=body, created_at=at, not_before=at
    )


def send_due(*, at: datetime, sender: str) -> int:
    """Send what is due and delete it; how many left. A mail that fails waits longer each time; none blocks another.

    A mail leaves twice only when the process dies between the mail server's answer and the deletion, and then with the
    same Message-ID.
    """
    return sum(_send(message, sender) for message in _leased(at))


def discard_old(*, at: datetime) -> int:
    """Delete what could not be sent in 3 days; how many."""
    return OutgoingMessage.objects.filter(created_at__lt=at - KEEP).delete()[0]


def _leased(at: datetime) -> Iterator[OutgoingMessage]:
    """The messages that are due, each leased to this process first."""
    for message in OutgoingMessage.objects.filter(not_before__lte=at).order_by("created_at")[:50]:
        taken = OutgoingMessage.objects.filter(pk=message.pk, not_before=message.not_before)
        if taken.update(not_before=at + LEASE * 2**message.tries, tries=F("tries") + 1):
            yield message


def _send(message: OutgoingMessage, sender: str) -> bool:
    identity = {"Message-ID": f"<{message.pk}@{sender.rpartition('@')[2]}>"}
    mail = EmailMessage(message.subject, message.body, sender, [message.to], headers=identity)
    try:
        mail.send()
    except OSError as error:  # SMTPException is one: the server is away or refuses
        _log.warning("mail %s could not be sent (%s), try %d", message.pk, type(error).__name__, message.tries + 1)
        return False
    message.delete()
    return True
