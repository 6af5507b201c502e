"""Early signs: someone worries about a person or a place."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.people.models import HOLDING_ROLES, Team, User
from samenspel.places.models import Area


class EarlySignQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those of the teams that somebody works in."""
        if not user.is_active or user.access_role not in HOLDING_ROLES:
            return self.none()
        return self.filter(municipality=user.municipality, team__in=Team.objects.filter(members=user))


class EarlySign(ActionModel):
    """A worry that was told, sealed; about a person without a name unless that person knows of it."""

    class About(models.TextChoices):
        PERSON = "person", "over iemand"
        PLACE = "place", "over een plek"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="early_signs")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=6, choices=About)
    person_knows = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    """When the deputy of the team was told that nobody read it."""
    ends_on = models.DateField()
    """The last day on which it can be read: six weeks after it was told."""
    sealed = models.BinaryField()
    """`Worry` as JSON; empty when the team read it and had it wiped: that it was read can still be seen."""

    objects: ClassVar = EarlySignQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="early_signs",
        purpose="Wie zich zorgen maakt, wordt gehoord; het enige antwoord is dat het gelezen is",
        retention="zes weken, dan gewist met de sleutel",
        export="niets te geven: er staat geen naam bij",
        erasure="gewist op de einddatum, of de tekst eerder als het team die las en wist",
        internal=("id", "municipality", "team", "area", "about", "person_knows", "code_hash", "told_at", "read_at",
                  "alerted_at", "ends_on"),
        special=("sealed",),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(about="person") | Q(person_knows=False), name="early_sign_place_knows"),
            models.CheckConstraint(
                condition=~Q(sealed=b"") | Q(read_at__isnull=False), name="early_sign_is_read_before_it_is_wiped"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "team", "read_at"], name="early_sign_of_a_team"),
            models.Index(fields=["ends_on"], name="early_sign_due"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.about}"
