"""The outbox: what must be mailed, written in the transaction of the action that asks for it."""

import uuid
from typing import ClassVar

from django.db import models

from samenspel.engine.privacy import Registered


class OutgoingMessage(models.Model):
    """One mail that has not left yet; the row is deleted as soon as the mail server took it.

    `not_before` is when it may be tried (again): it is moved on before every try, so that two processes never send the
    same row and a killed one only delays it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    registry: ClassVar = Registered(
        purpose="Sending a mail that an action asked for",
        retention="until it was sent, at most 3 days",
        export="nothing to export: it goes to the person itself",
        erasure="deleted when sent, or after 3 days",
        internal=("id", "municipality", "created_at", "not_before", "tries"),
        personal=("to", "subject", "body"),
    )

    class Meta:
        indexes = [models.Index(fields=["not_before"], name="outgoing_message_due")]

    def __str__(self) -> str:
        return str(self.id)


class RecentMail(models.Model):
    """That an address which anyone may type got a mail, by keyed hash: so that nobody is flooded in our name."""

    municipality = models.CharField(max_length=6)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        purpose="Not flooding somebody with mail that others ask for",
        retention="1 day",
        export="nothing to export: a keyed hash",
        erasure="deleted after a day",
        internal=("id", "municipality", "at"),
        personal=("digest",),
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "digest", "at"], name="recent_mail_of_an_address")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
