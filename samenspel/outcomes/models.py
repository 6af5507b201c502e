"""Counts about no one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.engine.privacy import Registered


class UnmetNeed(models.Model):
    """How often, in one week, a need was asked for in one area and not found.

    A plain counter: of a question it keeps no words, time, day, postcode or buurt. It leaves no event, for an event
    has a moment, and with it single questions could be followed in time (decision 0020).
    """

    class Why(models.TextChoices):
        NOTHING_NEAR = "nothing_near", "niets in de buurt"
        ALL_FULL = "all_full", "alles vol"
        NOT_UNDERSTOOD = "not_understood", "vraag niet begrepen"

    municipality = models.CharField(max_length=6)
    week = models.DateField()
    """The Monday of the week."""
    area = models.CharField(max_length=40)
    """The code of a wijk; the municipality's own where no place was given."""
    need = models.CharField(max_length=40, blank=True)
    """A key of the vocabulary; "" when the question was not understood."""
    why = models.CharField(max_length=16, choices=Why)
    times = models.PositiveIntegerField(default=0)

    registry: ClassVar = Registered(
        purpose="Knowing what residents look for and do not find, as input for policy",
        retention="5 whole years; about no one, so there is nothing to export or erase for a person",
        internal=("id", "municipality", "week", "area", "need", "why", "times"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "week", "area", "need", "why"], name="unmet_need_counted_in_one_row"
            ),
            models.CheckConstraint(
                condition=Q(need="", why="not_understood") | (~Q(need="") & ~Q(why="not_understood")),
                name="unmet_need_is_named_when_understood",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.area} {self.need or self.why}"
