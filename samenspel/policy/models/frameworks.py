"""The municipality's own framework, version by version; a decision keeps the version it was made under."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered


class FrameworkVersion(ActionModel):
    """One version: a draft that may change, or published for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    """The municipality's own part, in the shape of a `framework.toml` (days as text) with its own `cases` beside it."""
    note = models.CharField(max_length=400, blank=True)
    """What changed, and why."""
    adopted_by = models.CharField(max_length=120, blank=True)
    """Who adopted it (college or raad) and the reference of that decision."""
    published_at = models.DateTimeField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Weten volgens welk kader een besluit is genomen",
        retention="zolang de gemeente beleid maakt: ook een oud besluit moet te verklaren zijn",
        public=("id", "municipality", "number", "content", "note", "adopted_by", "published_at"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="framework_version_number_once"),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(published_at__isnull=True),
                name="framework_version_one_draft",
                violation_error_message="er is al een concept",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(adopted_by=""),
                name="framework_version_is_adopted_by_somebody",
                violation_error_code="adopted_by",
                violation_error_message="noem wie het kader vaststelde, en het nummer van dat besluit",
            ),
        ]

    def __str__(self) -> str:
        return f"versie {self.number}"


class CouncilAdvice(ActionModel):
    """What the advisory council said about a version, and what the college answered; both come before publishing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="council_advices")
    content = models.JSONField(default=dict)
    """What the council read: the content of the version on that day."""
    asked_on = models.DateField()
    advised_on = models.DateField(null=True, blank=True)
    advice = models.TextField(blank=True)
    reacted_on = models.DateField(null=True, blank=True)
    reaction = models.TextField(blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wat de adviesraad vond en wat de gemeente daarmee deed",
        retention="zolang de gemeente beleid maakt",
        public=("id", "version", "content", "asked_on", "advised_on", "advice", "reacted_on", "reaction"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(advised_on__isnull=True, advice="") | (Q(advised_on__gte=F("asked_on")) & ~Q(advice="")),
                name="council_advice_has_day_and_text",
                violation_error_code="advised_on",
                violation_error_message="geef het advies en de dag ervan, op of na de dag van de vraag",
            ),
            models.CheckConstraint(
                condition=Q(reacted_on__isnull=True, reaction="")
                | (Q(reacted_on__gte=F("advised_on")) & ~Q(reaction="")),
                name="council_reaction_has_day_and_text",
                violation_error_code="reacted_on",
                violation_error_message="geef de reactie en de dag ervan, op of na de dag van het advies",
            ),
        ]

    def __str__(self) -> str:
        return f"advies bij {self.version}"

    @property
    def is_of_another_text(self) -> bool:
        """Whether the version was changed after the council read it."""
        return bool(self.content != self.version.content)
