"""Meldingen: questions that the municipality must look into by law."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.handover.models.request import HelpRequest
from samenspel.people.models import Team


class Melding(ActionModel):
    """That a question is a melding, since when, by when the law wants an end, and the receipt of its transfer.

    It holds nothing of what the resident told, and stays when the question is erased. Nothing that happens to the
    question changes its dates.
    """

    class Kind(models.TextChoices):
        WMO = "wmo", "Wmo: hulp of een hulpmiddel"
        YOUTH = "youth", "Jeugdwet: hulp voor een kind of gezin"
        DEBT = "debt", "schuldhulp"

    class MarkedBy(models.TextChoices):
        RESIDENT = "resident", "de inwoner"
        HOLDER = "holder", "wie de vraag heeft"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    request = models.ForeignKey(HelpRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="meldingen")
    kind = models.CharField(max_length=5, choices=Kind)
    reference = models.CharField(max_length=20, unique=True)
    """On the confirmation ("M-2026-7K2M94"); by it the resident and the zaaksysteem speak of the same melding."""
    marked_by = models.CharField(max_length=8, choices=MarkedBy)
    melded_on = models.DateField()
    term_ends_on = models.DateField()
    """The last day of the legal term, with the law that set it in `term_source`."""
    term_source = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="meldingen")
    """The team with the mandate that it was transferred to."""
    transferred_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    """The number that the zaaksysteem gave."""
    keep_until = models.DateField()
    legal_hold = models.BooleanField(default=False)
    """Kept beyond its term, for an objection or a judge."""

    registry: ClassVar = Registered(
        purpose="Proof that a melding was made, when, and that it was transferred (Wmo 2015 art. 2.3.2, Awb 4:13)",
        retention="until `keep_until`, longer under a legal hold",
        export="the confirmation that the resident got",
        erasure="erase_melding at the end of its term",
        internal=(
            "id", "municipality", "request", "kind", "reference", "marked_by", "melded_on", "term_ends_on",
            "term_source", "team", "transferred_at", "receipt", "keep_until", "legal_hold",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="melding_once_of_a_kind"),
            models.CheckConstraint(condition=Q(term_ends_on__gte=F("melded_on")), name="melding_term_follows_it"),
            models.CheckConstraint(
                condition=Q(transferred_at__isnull=True, receipt="")
                | (Q(transferred_at__isnull=False, team__isnull=False) & ~Q(receipt="")),
                name="melding_transferred_has_a_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "transferred_at", "term_ends_on"], name="melding_to_transfer"),
            models.Index(fields=["keep_until"], name="melding_due"),
        ]

    def __str__(self) -> str:
        return self.reference
