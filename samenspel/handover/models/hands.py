"""Through whose hands a question went, and who tried to reach the resident."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.handover.models.request import HelpRequest
from samenspel.people.models import Organization, Team, User


class Hand(ActionModel):
    """One holder of a question, from when until when; the open one is who holds it now."""

    class Cause(models.TextChoices):
        ASKED = "asked", "gesteld"
        ACCEPTED = "accepted", "aangenomen"
        GIVEN_BACK = "given_back", "teruggegeven"
        SUCCEEDED = "succeeded", "overgenomen door een opvolger"
        SILENT = "silent", "te lang stil: overgenomen door de vervanger"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="hand_list")
    number = models.PositiveSmallIntegerField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="questions",
        purpose="Geen inwoner gaat van loket naar loket: elke hand telt en de inwoner ziet dat",
        retention="samen met de vraag",
        export="de pagina van de inwoner",
        erasure="samen met de vraag",
        internal=(
            "id", "request", "number", "team", "person", "organization", "cause", "began_at", "ended_at",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="hand_counted_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(ended_at__isnull=True), name="hand_one_holds_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="hand_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="hand_is_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"


class ContactTry(ActionModel):
    """One time that somebody tried to reach the resident, and whether they spoke."""

    class Way(models.TextChoices):
        PHONE = "phone", "gebeld"
        VISIT = "visit", "langs geweest"
        LETTER = "letter", "brief gestuurd"
        EMAIL = "email", "e-mail gestuurd"
        DESK = "desk", "aan de balie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="contact_tries")
    way = models.CharField(max_length=6, choices=Way)
    reached = models.BooleanField()
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="questions",
        purpose="Niemand heet onbereikbaar voor drie pogingen op drie dagen",
        retention="samen met de vraag",
        export="de pagina van de inwoner",
        erasure="samen met de vraag",
        internal=("id", "request", "way", "reached", "at"),
    )

    class Meta(ActionModel.Meta):
        indexes = [models.Index(fields=["request", "at"], name="contact_try_of_a_request")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.way} {self.at:%Y-%m-%d}"
