"""The shift ledger: on which layer help was asked, offered, solved and came back; and who gave questions to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization
from samenspel.sources.vocabulary import Theme

OWN_CIRCLE_LAYER, HIGHEST_LAYER = 0, 4
"""The layers of `PyramidLayer`, and below them the zero layer: solved in one's own circle."""


class ShiftCount(models.Model):
    """How often, in one quarter, one wijk and one theme, help was asked, offered, solved or came back on a layer.

    A plain counter as `UnmetNeed` is, and for the same reason without an event (decision 0020): of a question it keeps
    no words, day, person or organization, and no counter leads to another.
    """

    class Moment(models.TextChoices):
        ASKED = "asked", "gevraagd"
        OFFERED = "offered", "aangeboden"
        SOLVED = "solved", "opgelost"
        RETURNED = "returned", "teruggekomen"

    class Form(models.TextChoices):
        INDIVIDUAL = "individual", "voor één huishouden"
        COLLECTIVE = "collective", "samen met anderen"
        UNKNOWN = "unknown", "niet bekend"

    municipality = models.CharField(max_length=6)
    quarter = models.CharField(max_length=6)
    """Of the calendar: "2026Q4"."""
    area = models.CharField(max_length=40)
    """The code of a wijk; the municipality's own where no place was given, or few live."""
    theme = models.CharField(max_length=10, choices=Theme, blank=True)
    """"" where it is not known."""
    moment = models.CharField(max_length=8, choices=Moment)
    layer = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=10, choices=Form, default=Form.UNKNOWN)
    times = models.PositiveIntegerField(default=0)

    registry: ClassVar = Registered(
        processing="shift",
        purpose="Zien of hulp lichter en dichterbij wordt, en of zij dan standhoudt",
        retention="10 hele jaren; het gaat over niemand",
        internal=("id", "municipality", "quarter", "area", "theme", "moment", "layer", "form", "times"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "quarter", "area", "theme", "moment", "layer", "form"],
                name="shift_count_in_one_row",
            ),
            models.CheckConstraint(
                condition=Q(layer__lte=HIGHEST_LAYER) & (Q(layer__gt=OWN_CIRCLE_LAYER) | Q(moment="solved")),
                name="shift_count_zero_layer_is_only_solved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.area} {self.moment} {self.layer}"


class UnitPrice(ActionModel):
    """What one question on a layer costs the municipality by its own books: a lowest and a highest guess."""

    municipality = models.CharField(max_length=6)
    layer = models.PositiveSmallIntegerField()
    since = models.DateField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    """Whole euros for one question from asked to solved."""
    source = models.CharField(max_length=200)

    registry: ClassVar = Registered(
        processing="shift",
        purpose="Alleen met eigen prijzen zeggen wat een verschuiving in geld betekent",
        retention="zolang de gemeente ermee rekent",
        public=("id", "municipality", "layer", "since", "low", "high", "source"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "layer", "since"],
                name="unit_price_once_a_day",
                violation_error_code="since",
                violation_error_message="vanaf die dag staat er al een prijs voor deze laag",
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("high"), layer__lte=HIGHEST_LAYER) & ~Q(source=""),
                name="unit_price_is_possible",
                violation_error_code="high",
                violation_error_message="de hoogste prijs is lager dan de laagste",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.since}"


class HandoverLink(models.Model):
    """That one party gave questions to another in a quarter: who and whom, not how often, when or whose.

    A link leaves no event, as a counter does not (decision 0020).
    """

    municipality = models.CharField(max_length=6)
    quarter = models.CharField(max_length=6)
    giver = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="+")
    """Null when a team of the municipality gave."""
    receiver = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="+")
    """Null when a team of the municipality took it on."""

    registry: ClassVar = Registered(
        processing="shift",
        purpose="Zien of organisaties met elkaar verbonden zijn; nooit mensen",
        retention="2 jaar",
        internal=("id", "municipality", "quarter", "giver", "receiver"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "quarter", "giver", "receiver"], name="handover_link_once_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["municipality", "quarter", "receiver"],
                condition=Q(giver__isnull=True),
                name="handover_link_from_a_team_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "quarter", "giver"],
                condition=Q(receiver__isnull=True),
                name="handover_link_to_a_team_once",
            ),
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | Q(receiver__isnull=False), name="handover_link_of_an_organization"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.giver_id} {self.receiver_id}"
