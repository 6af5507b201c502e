"""Putting mail in the outbox, and sending what is due."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend as Server
from django.db import transaction
from django.db.models import Count, F, Min
from django.utils.crypto import salted_hmac

from samenspel.mail.kinds import Value, words_of
from samenspel.mail.models import OutgoingMessage, RecentMail, RepeatedMail

Clock = Callable[[], datetime]

LEASE = timedelta(minutes=5)
"""How long a try may take before another process may try."""
KEEP = timedelta(days=3)
KEEP_REPEATS = timedelta(days=365)
DAY = timedelta(days=1)
MOST_AT_ONCE = 50
REFUSALS = (ValueError, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException)
"""After these a mail has certainly not left; after any other failure it may have."""

_log = logging.getLogger("samenspel.mail")


class TooMuchMail(Exception):
    """This address got as many mails in a day as it may get unasked."""


@dataclass(frozen=True)
class OutboxState:
    """How many mails wait and since when, and how many may have reached somebody twice in the last year."""

    waiting: int
    waiting_since: datetime | None
    repeated: int


def queue_template(
    *,
    kind: str,
    context: Mapping[str, Value],
    language: str,
    municipality: str,
    to: str,
    at: datetime,
    most_a_day: int | None = None,
) -> OutgoingMessage:
    """Put a mail of a known kind in the outbox (`kinds.KINDS` names the values it takes).

    Raises WrongValue, and what `queue` raises.
    """
    subject, body = words_of(kind, context, language)
    return queue(
        municipality=municipality,
        to=to,
        subject=subject,
        body=body,
        at=at,
        most_a_day=most_a_day,
        kind=kind,
        language=language,
    )


def queue(
    *,
    municipality: str,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    most_a_day: int | None = None,
    kind: str = "",
    language: str = "nl",
) -> OutgoingMessage:
    """Put a mail in the outbox, in the transaction of the action that asks for it; `kind` is "" without a template.

    The text never holds what a resident wrote. `most_a_day` is for mail to an address that anyone may type. Raises
    TooMuchMail, and TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a mail is queued in the transaction that asks for it")
    if most_a_day is not None:
        _count(municipality, to, at, most_a_day)
    return OutgoingMessage.objects.create(
        municipality=municipality,
        kind=kind,
        language=language,
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


def send_due(*, clock: Clock, sender: str) -> int:
    """Send what is due and delete it; how many left. A mail that fails waits longer each time; none blocks another.

    A mail leaves twice only when the process dies, or the connection breaks, between the mail server's answer and the
    deletion; then with the same Message-ID, and counted as `RepeatedMail`. `clock` gives the moment of each try: a slow
    mail server must not make a lease end before it began.
    """
    due = OutgoingMessage.objects.filter(not_before__lte=clock()).order_by("created_at")[:MOST_AT_ONCE]
    server, is_there, sent = get_connection(), True, 0
    try:
        for message in due:
            is_there = is_there and _is_reached(server)
            if _take(message, clock(), is_handed=is_there) and is_there:
                sent += _send(server, message, sender)
    finally:
        _leave(server)
    return sent


def discard_old(*, at: datetime) -> int:
    """Delete what could not be sent in 3 days, counts of a day ago and repeats of a year ago; how many mails."""
    RecentMail.objects.filter(at__lte=at - DAY).delete()
    RepeatedMail.objects.filter(at__lte=at - KEEP_REPEATS).delete()
    return OutgoingMessage.objects.filter(created_at__lt=at - KEEP).delete()[0]


def outbox_state(*, at: datetime) -> OutboxState:
    """How the outbox is doing."""
    waiting = OutgoingMessage.objects.aggregate(count=Count("pk"), oldest=Min("created_at"))
    return OutboxState(
        waiting=waiting["count"],
        waiting_since=waiting["oldest"],
        repeated=RepeatedMail.objects.filter(at__gt=at - KEEP_REPEATS).count(),
    )


def _is_reached(server: Server) -> bool:
    try:
        server.open()
    except OSError as error:  # away, or our password is wrong (SMTPException)
        _log.warning("the mail server cannot be reached (%s); mails wait", type(error).__name__)
        return False
    return True


@transaction.atomic
def _take(message: OutgoingMessage, at: datetime, *, is_handed: bool) -> bool:
    """Lease a due mail to this process, in one update; False when another has it.

    `is_handed`: the mail server will get it now. Then it may have left from here on, until it is known that not.
    """
    free = OutgoingMessage.objects.filter(pk=message.pk, not_before=message.not_before)
    handed = {"handed_at": at} if is_handed else {}
    if not free.update(not_before=at + LEASE * 2**message.tries, tries=F("tries") + 1, **handed):
        return False
    if is_handed and message.handed_at is not None:
        RepeatedMail.objects.create(municipality=message.municipality, message=message.pk, at=at)
    return True


def _send(server: Server, message: OutgoingMessage, sender: str) -> bool:
    identity = {"Message-ID": f"<{message.pk}@{parseaddr(sender)[1].rpartition('@')[2]}>"}
    mail = EmailMessage(message.subject, message.body, sender, [message.to], headers=identity)
    try:
        server.send_messages([mail])
    except (OSError, ValueError) as error:  # an answer of the server (SMTPException), none, or an address that is none
        _log.warning("mail %s could not be sent (%s), try %d", message.pk, type(error).__name__, message.tries + 1)
        if isinstance(error, REFUSALS):
            OutgoingMessage.objects.filter(pk=message.pk).update(handed_at=message.handed_at)
        _leave(server)
        return False
    message.delete()
    return True


def _leave(server: Server) -> None:
    with suppress(OSError):
        server.close()
