"""Putting mail in the outbox, and sending what is due."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from samenspel.mail.models import OutgoingMessage, RecentMail

LEASE = timedelta(minutes=5)
"""How long a try may take before another process may try."""
KEEP = timedelta(days=3)
DAY = timedelta(days=1)

_log = logging.getLogger("samenspel.mail")


class TooMuchMail(Exception):
    """This address got as many mails in a day as it may get unasked."""


def queue(
    *, municipality: str, to: str, subject: str, body: str, at: datetime, most_a_day: int | None = None
) -> OutgoingMessage:
    """Put a mail in the outbox, in the transaction of the action that asks for it.

    The text never holds what a resident wrote. `most_a_day` is for mail to an address that anyone may type. Raises
    TooMuchMail, and TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a mail is queued in the transaction that asks for it")
    if most_a_day is not None:
        _count(municipality, to, at, most_a_day)
    return OutgoingMessage.objects.create(
        municipality=municipality,
        to=to,
        subject=" ".join(subject.split()),
        body=body,
        created_at=at,
        not_before=at,
    )


def _count(municipality: str, to: str, at: datetime, most: int) -> None:
    digest = salted_hmac("samenspel.mail.recipient", to.lower()).hexdigest()
    if RecentMail.objects.filter(municipality=municipality, digest=digest, at__gt=at - DAY).count() >= most:
        raise TooMuchMail(digest)
    RecentMail.objects.create(municipality=municipality, digest=digest, at=at)


def send_due(*, at: datetime, sender: str) -> int:
    """Send what is due and delete it; how many left. A mail that fails waits longer each time; none blocks another.

    A mail leaves twice only when the process dies between the mail server's answer and the deletion, and then with the
    same Message-ID.
    """
    return sum(_send(message, sender) for message in _leased(at))


def discard_old(*, at: datetime) -> int:
    """Delete what could not be sent in 3 days, and the counts of a day ago; how many mails."""
    RecentMail.objects.filter(at__lte=at - DAY).delete()
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
    except (OSError, ValueError) as error:  # the server is away or refuses (SMTPException), or an address is none
        _log.warning("mail %s could not be sent (%s), try %d", message.pk, type(error).__name__, message.tries + 1)
        return False
    message.delete()
    return True
