"""The event log: who did what to which object, when, and with what result.

Rows hold text and no foreign keys, so that they neither block nor follow a deletion, and no name of a person
(BIO2 8.15.01: action, object, result, origin, actor, time).
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samenspel.engine.privacy import Registered


class EventQuerySet(models.QuerySet["AuditEvent"]):
    def of(self, row: models.Model) -> Self:
        """What happened to a row (of a model with a municipality), in order: `at`, `actor_kind`, `action`."""
        return self.filter(
            municipality=row.serializable_value("municipality"),
            object_kind=row._meta.label_lower,
            object_id=str(row.pk),
        ).order_by("at", "pk")


class AuditEvent(models.Model):
    """One event. `number` and `digest` are its seal (`chain`): empty until `samenspel work` comes along."""

    municipality = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=20, default="done")
    detail = models.JSONField(default=dict)
    number = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="accountability",
        purpose="Verantwoording: wat is er gedaan, wanneer en door wie (BIO2 8.15.01)",
        retention="7 jaar na de gebeurtenis, dan vernietigd",
        internal=(
            "id", "municipality", "at", "actor_kind", "actor_id", "action", "object_kind", "object_id", "result",
            "detail", "number", "digest",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "object_kind", "object_id", "at"], name="audit_of_an_object"),
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="audit_not_sealed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(number__isnull=False), name="audit_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, digest="") | (Q(number__isnull=False) & ~Q(digest="")),
                name="audit_seal_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_id}"


class Anchor(models.Model):
    """The last of the events that were destroyed together after their term: there the chain begins since then."""

    number = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="accountability",
        purpose="Het logboek blijft na te rekenen als het oudste deel vernietigd is",
        retention="zolang de installatie er is",
        internal=("number", "digest", "at"),
    )

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
