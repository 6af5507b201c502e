"""The outbox: what must be mailed, written in the transaction of the action that asks for it."""

import uuid
from typing import ClassVar

from django.db import models

from samenspel.engine.privacy import Registered


class OutgoingMessage(models.Model):
    """One mail that has not left yet; the row is deleted as soon as the mail server took it.

    `not_before` is when it may be tried (again): it is moved on before every try, so that two processes never send the
    same row and a killed one only delays it. `handed_at` is set with the try and taken back when the mail server
    refused: a row that still has it may have left, so that the next try may be a repeat.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    kind = models.SlugField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="nl")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True)

    registry: ClassVar = Registered(
        processing="mail",
        purpose="Een mail versturen die bij een handeling hoort",
        retention="tot de mail weg is, hoogstens 3 dagen",
        export="niets te geven: de mail gaat naar de persoon zelf",
        erasure="gewist zodra de mail weg is, of na 3 dagen",
        internal=("id", "municipality", "kind", "language", "created_at", "not_before", "tries", "handed_at"),
        personal=("to", "subject", "body"),
    )

    class Meta:
        indexes = [models.Index(fields=["not_before"], name="outgoing_message_due")]

    def __str__(self) -> str:
        return str(self.id)


class RepeatedMail(models.Model):
    """That a mail was tried again though it may have left: its reader can have it twice, with one Message-ID."""

    municipality = models.CharField(max_length=6)
    message = models.UUIDField()
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="mail",
        purpose="Weten hoe vaak iemand een mail twee keer kan hebben gekregen",
        retention="1 jaar na de tweede poging, dan gewist",
        internal=("id", "municipality", "message", "at"),
    )

    class Meta:
        indexes = [models.Index(fields=["at"], name="repeated_mail_by_moment")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.message}"


class RecentMail(models.Model):
    """That an address which anyone may type got a mail, by keyed hash: so that nobody is flooded in our name."""

    municipality = models.CharField(max_length=6)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="mail",
        purpose="Niemand te veel mail sturen die een ander aanvraagt",
        retention="1 dag",
        export="niets te geven: het is een onomkeerbare code",
        erasure="gewist na een dag",
        internal=("id", "municipality", "at"),
        personal=("digest",),
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "digest", "at"], name="recent_mail_of_an_address")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
