"""What somebody takes on by a day, where everyone can see whether the day or the words moved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel


class Commitment(ActionModel):
    """What is done by a day. The day that was promised first stays, and so do words that were replaced."""

    what = models.CharField(max_length=200)
    due_on = models.DateField()
    first_due = models.DateField()
    """The day that was promised first; it never changes."""
    progress = models.CharField(max_length=400, blank=True)
    """How it goes, why the day moved, or what came of it."""
    earlier = models.JSONField(default=list, blank=True)
    """What was replaced, oldest first: {"until": the day, and what then changed of "what", "owner", "due_on",
    "progress"}; "removed": true where the words were taken out (`policy.commitments`)."""

    class Meta(ActionModel.Meta):
        abstract = True
        ordering = ["due_on", "what"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(due_on__lte=F("first_due")) | ~Q(progress=""),
                name="%(class)s_later_day_says_why",
                violation_error_code="progress",
                violation_error_message="de dag is later dan eerst beloofd: schrijf waarom",
            )
        ]
