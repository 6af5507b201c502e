"""What a municipality wants to look at when a group mends its own entry, and what there is to look at."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.socialmap.models.offerings import Offering, Verification


class Part(models.TextChoices):
    """A group of fields that a group may mend itself."""

    TEXT = "text", _("de tekst")
    PHONE = "phone", _("het telefoonnummer")
    COST = "cost", _("de kosten")
    TIMES = "times", _("de tijden")


class Look(models.TextChoices):
    """Whether somebody looks at a change, and whether that is before residents see it."""

    NONE = "none", "niet nakijken"
    AFTER = "after", "meteen tonen, later nakijken"
    BEFORE = "before", "eerst nakijken, dan tonen"


class MendingRule(ActionModel):
    """How one municipality looks at changes of one part; without a row: afterwards."""

    municipality = models.CharField(max_length=6)
    part = models.CharField(max_length=5, choices=Part)
    look = models.CharField(max_length=6, choices=Look)

    registry: ClassVar = Registered(
        processing="confirmations",
        purpose="Elke gemeente kiest welke wijzigingen zij nakijkt",
        retention="zolang de keuze geldt",
        internal=("id", "municipality", "part", "look"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "part"], name="mending_rule_one_of_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.look}"


class Mending(ActionModel):
    """What a group mended in one entry, to be looked at: shown already, or waiting to be shown (`look`).

    `before` and `after` hold the same parts: {"text": …, "phone": …, "cost": {…}, "times": [{…}]}.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", "wacht"
        ACCEPTED = "accepted", "akkoord"
        REFUSED = "refused", "niet overgenomen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="mendings")
    look = models.CharField(max_length=6, choices=[(one.value, one.label) for one in (Look.AFTER, Look.BEFORE)])
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.WAITING)
    before = models.JSONField()
    after = models.JSONField()
    method = models.CharField(max_length=8, choices=Verification.Method)
    confirmed_by = models.CharField(max_length=80)
    """The function of who mended it, never a name."""
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was refused, for the group."""

    registry: ClassVar = Registered(
        processing="confirmations",
        purpose="Nakijken wat een groep zelf wijzigde in haar gegevens",
        retention="1 maand na het nakijken; wat te zien is en niemand nakeek 1 jaar",
        export="de eigen pagina van de groep",
        erasure="als de groep zich afmeldt (withdraw_listing), of samen met het aanbod",
        internal=(
            "id", "municipality", "offering", "look", "stage", "method", "confirmed_by", "made_at", "decided_at",
        ),
        personal=("before", "after", "reason"),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["offering"],
                condition=Q(look="before", stage="waiting"),
                name="mending_one_waits_for_an_offering",
            ),
            models.CheckConstraint(
                condition=Q(stage="waiting", decided_at__isnull=True)
                | (~Q(stage="waiting") & Q(decided_at__gte=F("made_at"))),
                name="mending_decided_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(stage="refused") & ~Q(reason="")) | (~Q(stage="refused") & Q(reason="")),
                name="mending_refused_says_why",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "stage", "made_at"], name="mending_to_look_at")]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.stage}"
