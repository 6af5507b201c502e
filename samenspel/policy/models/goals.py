"""Goals that the council or the college adopted: what an activity demonstrably contributes to."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.socialmap.models import Offering


class PolicyGoal(ActionModel):
    """A goal with the document it stands in and how it can be seen (denkkader §5.A; herijking subsidies)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    document = models.CharField(max_length=200)
    """The document that adopted it, with its place in it."""
    adopted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    """The first day on which it no longer holds."""
    indicator = models.CharField(max_length=200, blank=True)
    """By what one can see that it comes nearer; "" while nobody chose that."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien waar een activiteit of bijdrage voor is",
        retention="zolang de gemeente beleid maakt: ook een oud besluit moet te verklaren zijn",
        public=("id", "municipality", "title", "text", "document", "adopted_on", "ended_on", "indicator"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"],
                name="policy_goal_title_once",
                violation_error_code="title",
                violation_error_message="er is al een doel met deze naam",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("adopted_on")),
                name="policy_goal_ends_after_it_began",
                violation_error_code="ended_on",
                violation_error_message="het einde ligt voor het begin",
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="policy_goal_has_a_document",
                violation_error_code="document",
                violation_error_message="noem het stuk waarin het doel staat",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoalLink(ActionModel):
    """An activity contributes to a goal; a case names its own goals (`RoleCase.goals`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(PolicyGoal, on_delete=models.CASCADE, related_name="links")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="goal_links")

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien waar een activiteit aan bijdraagt",
        retention="zolang het doel en de activiteit er zijn",
        internal=("id", "goal", "offering"),
    )

    class Meta(ActionModel.Meta):
        constraints = [models.UniqueConstraint(fields=["offering", "goal"], name="goal_link_once")]

    def __str__(self) -> str:
        return f"{self.offering}: {self.goal}"
