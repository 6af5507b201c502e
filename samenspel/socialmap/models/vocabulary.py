"""A municipality's own phrases, beside the vocabulary that is shipped."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered


class OwnPhrase(ActionModel):
    """A phrase of a municipality and what it shows: a draft, published to residents, or taken away again.

    `target` is the key of a need, for an alarm that of an urgent help. Accounts are kept as ids, as in the event log;
    `written_by` is who wrote the phrase as it is now. An alarm needs a second pair of eyes: who wrote it never
    publishes it, and who asks to withdraw it never does so.
    """

    class Effect(models.TextChoices):
        NAMES = "names", "noemt deze behoefte"
        HINTS = "hints", "wijst een beetje op deze behoefte"
        TAKES_BACK = "takes_back", "neemt deze behoefte terug"
        ALARMS = "alarms", "laat dringende hulp zien"

    class Stage(models.TextChoices):
        DRAFT = "draft", "concept"
        PUBLISHED = "published", "gepubliceerd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    text = models.CharField(max_length=100)
    effect = models.CharField(max_length=10, choices=Effect)
    target = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.DRAFT)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    published_by = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    """What was said when it was published."""
    withdrawal_asked_by = models.CharField(max_length=64, blank=True)
    """Who wants a published alarm withdrawn, and waits for a colleague."""
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    registry: ClassVar = Registered(
        processing="vocabulary",
        purpose="De woorden begrijpen die mensen in deze gemeente gebruiken",
        retention="zolang de gemeente de zin gebruikt; een ingetrokken zin blijft, zodat de keuze uit te leggen is",
        internal=(
            "id", "municipality", "text", "effect", "target", "reason", "stage", "written_by", "written_at",
            "published_by", "published_at", "note", "withdrawal_asked_by", "withdrawn_by", "withdrawn_at",
            "withdrawn_because",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "text", "target"],
                condition=~Q(stage="withdrawn"),
                name="own_phrase_once",
                violation_error_code="text",
                violation_error_message="deze zin staat hier al bij",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(reason=""), name="own_phrase_has_text_and_reason"),
            models.CheckConstraint(
                condition=Q(stage="draft", published_at__isnull=True, published_by="")
                | Q(stage="published", published_at__isnull=False, withdrawn_at__isnull=True) & ~Q(published_by="")
                | Q(stage="withdrawn", published_at__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_because=""),
                name="own_phrase_stage_says_when",
                violation_error_code="withdrawn_because",
                violation_error_message="schrijf waarom u deze zin intrekt",
            ),
            models.CheckConstraint(
                condition=Q(stage="draft") | ~Q(note=""),
                name="own_phrase_published_with_a_note",
                violation_error_code="note",
                violation_error_message="schrijf waarom u dit nu publiceert",
            ),
            models.CheckConstraint(
                condition=~Q(effect="alarms") | ~Q(published_by=F("written_by")),
                name="own_phrase_alarm_needs_two",
                violation_error_code="note",
                violation_error_message="een collega moet dit publiceren",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_asked_by="") | ~Q(withdrawn_because=""),
                name="own_phrase_asked_back_with_a_reason",
                violation_error_code="withdrawn_because",
                violation_error_message="schrijf waarom u deze zin wilt intrekken",
            ),
            models.CheckConstraint(
                condition=~Q(effect="alarms", stage="withdrawn")
                | ~Q(withdrawal_asked_by="") & ~Q(withdrawn_by="") & ~Q(withdrawn_by=F("withdrawal_asked_by")),
                name="own_phrase_alarm_withdrawn_by_two",
                violation_error_code="withdrawn_because",
                violation_error_message="een collega moet dit intrekken",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text
