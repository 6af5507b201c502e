"""Per team: how long silence may last, and who is woken then."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Team, User

ANSWER_DAYS, SILENT_DAYS = 3, 2
"""Working days, where a team set nothing else: for an answer to a handover, and until the first human contact."""


class TeamWatch(ActionModel):
    """A team's own terms in working days, and the deputy who gets a question that stayed without contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="watch")
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer_days = models.PositiveSmallIntegerField(default=ANSWER_DAYS)
    silent_days = models.PositiveSmallIntegerField(default=SILENT_DAYS)

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Geen vraag blijft stil: na enkele werkdagen krijgt een vervanger hem",
        retention="zolang het team werkt",
        export="de beheerder laat de gegevens van het account zien",
        erasure="een nieuwe keuze komt in de plaats; leeg als het account sluit",
        internal=("id", "team", "answer_days", "silent_days"),
        personal=("deputy",),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__range=(1, 30), silent_days__range=(1, 30)),
                name="team_watch_within_a_month",
                violation_error_code="silent_days",
                violation_error_message="kies van 1 tot 30 werkdagen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.silent_days}"
