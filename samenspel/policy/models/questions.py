"""What the council and residents put to the college, with a day on which an answer is due and the answer itself."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.sources.vocabulary import BuildingBlock


class PublicQuestion(ActionModel):
    """A question of the council, or what residents brought in (inbreng); public from the day it is written down."""

    class Origin(models.TextChoices):
        COUNCIL = "council", "vraag van de raad"
        MEETING = "meeting", "van een bijeenkomst met bewoners"
        UNMET = "unmet", "vaak gezocht en niet gevonden"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    origin = models.CharField(max_length=8, choices=Origin)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    """Never about one resident."""
    asked_by = models.CharField(max_length=120)
    """A party of the council or the name of a meeting ("bewonersavond Rietkoog"), never a resident."""
    area = models.CharField(max_length=40, blank=True)
    """The code of a wijk or kern; "" for the whole municipality."""
    block = models.PositiveSmallIntegerField(choices=BuildingBlock, null=True, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    """What the college answered, or what was done with it ("dit deden we ermee")."""
    answered_on = models.DateField(null=True, blank=True)
    entered_on = models.DateField(null=True, blank=True)
    """The day on which it was written down with the answer that it had by then; null when it was put here."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Vragen van raad en bewoners zichtbaar en op tijd beantwoorden",
        retention="zolang de gemeente beleid maakt",
        public=(
            "id", "municipality", "origin", "title", "text", "asked_by", "area", "block", "asked_on", "due_on",
            "answer", "answered_on", "entered_on",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        ordering = ["-asked_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")),
                name="public_question_due_after_asked",
                violation_error_code="due_on",
                violation_error_message="het antwoord komt na de dag van de vraag",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="public_question_answer_has_a_day",
                violation_error_code="answer",
                violation_error_message="schrijf het antwoord en de dag, of geen van beide",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="public_question_answered_after_asked",
                violation_error_code="answered_on",
                violation_error_message="het antwoord komt na de vraag",
            ),
            models.CheckConstraint(
                condition=Q(entered_on__isnull=True) | Q(answered_on__isnull=False, entered_on__gte=F("answered_on")),
                name="public_question_entered_after_answered",
                violation_error_code="answered_on",
                violation_error_message="het antwoord was er al toen de vraag hier kwam te staan",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "answered_on", "due_on"], name="public_question_due")]

    def __str__(self) -> str:
        return self.title
