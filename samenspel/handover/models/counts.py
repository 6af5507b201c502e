"""What is counted of a question after it was erased: nothing that leads back to it."""

import uuid
from typing import ClassVar

from django.db import models

from samenspel.engine.privacy import Registered
from samenspel.handover.states import State


class EndedQuestion(models.Model):
    """One erased question: wijk, quarter, how it ended, hands and days; no id, no date, no team, no person.

    A wijk where few live is not named (`outcomes.wijken`), nor is any of who died or moved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """By chance, so that its order tells nothing of when it was written."""
    municipality = models.CharField(max_length=6)
    area_code = models.CharField(max_length=12, blank=True)
    """The code of the wijk; empty when it was asked without a place, or the wijk is too small."""
    quarter = models.CharField(max_length=6)
    """In which it was asked: "2026Q4"."""
    outcome = models.CharField(max_length=11, choices=State)
    hands = models.PositiveSmallIntegerField()
    returned = models.PositiveSmallIntegerField()
    """How often the stokje came back."""
    warm = models.PositiveSmallIntegerField()
    referred = models.PositiveSmallIntegerField()
    """Handovers that were accepted, those where the three met and those where they did not."""
    days_to_contact = models.PositiveSmallIntegerField(null=True, blank=True)
    days_to_helped = models.PositiveSmallIntegerField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="figures",
        purpose="Leren hoe vaak inwoners van loket naar loket gaan, en hoe lang zij wachten",
        retention="10 jaar; het gaat over niemand",
        internal=(
            "id", "municipality", "area_code", "quarter", "outcome", "hands", "returned", "warm", "referred",
            "days_to_contact", "days_to_helped",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["municipality", "quarter", "area_code"], name="ended_question_of_an_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.quarter} {self.outcome}"
