"""The event log: who did what to which object, when, and with what result.

Rows hold text and no foreign keys, so that they neither block nor follow a deletion, and no name of a person
(BIO2 8.15.01: action, object, result, origin, actor, time).
"""

from typing import ClassVar

from django.db import models

from samenspel.engine.privacy import Registered


class AuditEvent(models.Model):
    municipality = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=20, default="done")
    detail = models.JSONField(default=dict)

    registry: ClassVar = Registered(
        processing="accountability",
        purpose="Verantwoording: wat is er gedaan, wanneer en door wie (BIO2 8.15.01)",
        retention="7 jaar na de gebeurtenis, dan vernietigd",
        internal=(
            "id", "municipality", "at", "actor_kind", "actor_id", "action", "object_kind", "object_id", "result",
            "detail",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["municipality", "object_kind", "object_id", "at"], name="audit_of_an_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_id}"
