"""Asking an organization "klopt dit?": one request per organization, answered by a link or a letter."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization


class ConfirmationRequest(ActionModel):
    """One "klopt dit?" to one organization. The secret of its link is kept as a hash only."""

    class Way(models.TextChoices):
        LINK = "link", _("link per e-mail")
        LETTER = "letter", _("brief met QR-code")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="confirmation_requests")
    secret_hash = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=6, choices=Way)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    """When the organization first said that its entries are true, or mended them."""
    reminder_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    """Of the link in the second mail, for the secret of the first is kept nowhere; both work."""
    reminded_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    """How often someone called and nobody answered."""
    called_at = models.DateTimeField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="confirmations",
        purpose="Een organisatie laten zeggen of haar gegevens kloppen",
        retention="1 jaar na de vraag",
        internal=(
            "id", "municipality", "organization", "secret_hash", "way", "asked_at", "ends_at", "answered_at",
            "reminder_hash", "reminded_at", "calls", "called_at",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=models.F("asked_at")),
                name="confirmation_request_answer_follows",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True, reminder_hash__isnull=True)
                | Q(reminded_at__gt=models.F("asked_at"), reminder_hash__isnull=False, way="link"),
                name="confirmation_request_reminder_has_a_link",
            ),
            models.CheckConstraint(
                condition=Q(calls=0, called_at__isnull=True)
                | Q(calls__gte=1, calls__lte=3, called_at__gte=models.F("asked_at")),
                name="confirmation_request_called_three_times_at_most",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "asked_at"], name="confirmation_request_round")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.asked_at:%Y-%m-%d}"
