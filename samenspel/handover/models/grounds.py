"""The short list of legal grounds, fixed by the FG."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered


class LegalGround(ActionModel):
    """A ground (AVG art. 6, and 9 for health) on which a question is kept or something of it is shared.

    A worker chooses from the list and writes none. Consent is on it only where it is free and can be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    article = models.CharField(max_length=120)
    explanation = models.CharField(max_length=400)
    for_keeping = models.BooleanField(default=False)
    for_sharing = models.BooleanField(default=False)
    is_consent = models.BooleanField(default=False)
    fixed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="questions",
        purpose="Bij elke vraag en elke keer delen staat de grondslag (AVG art. 5 lid 2 en art. 6)",
        retention="zolang de FG haar laat gelden, of een vraag ernaar verwijst",
        public=(
            "id", "municipality", "key", "name", "article", "explanation", "for_keeping", "for_sharing", "is_consent",
        ),
        internal=("fixed_at", "ended_at"),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(ended_at__isnull=True), name="legal_ground_once"
            ),
            models.CheckConstraint(
                condition=Q(for_keeping=True) | Q(for_sharing=True), name="legal_ground_is_for_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name
