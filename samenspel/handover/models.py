"""Questions that residents left, and who holds them."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.handover.receipts import hash_of
from samenspel.people.models import AccessRole, Team, User
from samenspel.places.models import Area


class HelpRequestQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the teams that a team member works in; nobody else's, not even an administrator's."""
        if not user.is_active or user.access_role != AccessRole.TEAM_MEMBER:
            return self.none()
        return self.filter(municipality=user.municipality, team__in=Team.objects.filter(members=user))

    def with_code(self, code: str, *, municipality: str, on: date) -> Self:
        """The one with this receipt code, unless its end date lies before the day `on`."""
        return self.filter(code_hash=hash_of(code), municipality=municipality, ends_on__gte=on)

    def past_end(self, on: date) -> Self:
        """Those whose end date lies before the day `on`."""
        return self.filter(ends_on__lt=on)


class HelpRequest(ActionModel):
    """A question that a resident left, for oneself or for someone who knows of it.

    All that the resident told is sealed with a key of its own, which is kept outside the store (see `keys`). The
    receipt code is kept as a hash only.
    """

    class About(models.TextChoices):
        SELF = "self", "voor mijzelf"
        KNOWS = "knows", "voor iemand die ervan weet"

    class Channel(models.TextChoices):
        WEB = "web", "op internet"
        DESK = "desk", "aan de balie"
        PHONE = "phone", "aan de telefoon"

    class State(models.TextChoices):
        OPEN = "open", "wij zijn ermee bezig"
        WITHDRAWN = "withdrawn", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="help_requests")
    """Who holds it."""
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="help_requests")
    code_hash = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=5, choices=About)
    channel = models.CharField(max_length=5, choices=Channel)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField()
    next_on = models.DateField()
    """The last day on which the team reacts."""
    ends_on = models.DateField()
    """The last day on which it can be read; after it, it is erased."""
    card_mailed = models.BooleanField(default=False)
    sealed = models.BinaryField()
    """`Told` as JSON, encrypted with the key of this row; empty when withdrawn."""

    objects: ClassVar = HelpRequestQuerySet.as_manager()

    registry: ClassVar = Registered(
        purpose="A resident asks the team of the area for help, and can follow and withdraw that (Wmo 2015 art. 2.2.3)",
        retention="until its end date (14, 30 or 60 days, as the resident chose), then erased with its key",
        export="the team reads it to the resident; the status page shows state and dates",
        erasure="withdraw_help destroys key and text at once; erase_help the row at the end date",
        internal=(
            "id", "municipality", "team", "area", "code_hash", "about", "channel", "state", "asked_at", "next_on",
            "ends_on", "card_mailed",
        ),
        special=("sealed",),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="open") & ~Q(sealed=b"")) | Q(state="withdrawn", sealed=b""),
                name="help_request_withdrawn_keeps_no_text",
            ),
            models.CheckConstraint(condition=Q(next_on__lte=F("ends_on")), name="help_request_reacts_before_end"),
        ]
        indexes = [
            models.Index(fields=["municipality", "team", "next_on"], name="help_request_of_a_team"),
            models.Index(fields=["ends_on"], name="help_request_due"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"
