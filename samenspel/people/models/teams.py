"""Teams that hold questions, what they may decide, and the ways to someone on the resident's own side."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.people.models.accounts import User
from samenspel.people.models.organizations import Organization
from samenspel.places.models import Area


class Team(ActionModel):
    """Who holds the questions of some areas: a wijkteam, a pair of verbinders. Without areas: all the municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="teams")
    members = models.ManyToManyField(User, blank=True, related_name="teams")
    controller = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="controlled_teams"
    )
    """Who answers for the personal data that the team uses (AVG art. 4 (7)); null is the municipality itself."""
    joint_with = models.ManyToManyField(Organization, blank=True, related_name="joint_teams")
    """Who answers for them too (AVG art. 26), by the arrangement of `joint_agreement`."""
    joint_agreement = models.CharField(max_length=120, blank=True)
    law_articles = models.JSONField(default=list, blank=True)
    """The articles under which the team works: keys of `laws.toml`."""

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Bij elke vraag hoort een team dat te bellen is",
        retention="zolang het team werkt; de leden zolang zij er werken",
        export="de beheerder laat de gegevens van het account zien",
        erasure="nieuwe leden komen meteen in de plaats van de oude",
        public=(
            "id", "municipality", "name", "phone", "email", "areas", "controller", "joint_with", "joint_agreement",
            "law_articles",
        ),
        personal=("members",),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="team_name_once",
                violation_error_code="name",
                violation_error_message=_("er is al een team met deze naam"),
            ),
            models.CheckConstraint(
                condition=~Q(phone=""),
                name="team_has_a_phone",
                violation_error_code="phone",
                violation_error_message=_("zonder telefoonnummer is niemand te bereiken"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(GuardedQuerySet):
    def in_force(self, on: date) -> Self:
        """Those that hold on the day `on`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)


class Mandate(ActionModel):
    """Which decision a team may take in whose name (Awb ch. 10), for as long as it holds."""

    class InNameOf(models.TextChoices):
        EXECUTIVE = "executive", "het college van burgemeester en wethouders"
        MAYOR = "mayor", "de burgemeester"
        COUNCIL = "council", "de gemeenteraad"
        JOINT_BODY = "joint_body", "het bestuur van een gemeenschappelijke regeling"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="mandates")
    decision = models.CharField(max_length=120)
    in_name_of = models.CharField(max_length=10, choices=InNameOf)
    reference = models.CharField(max_length=120)
    """Where the mandate can be read: number of the decision or of its publication."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    """The last day on which it holds; null while no end is known."""

    objects: ClassVar = MandateQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Weten welk team welk besluit mag nemen, en namens wie",
        retention="zolang het team er is: ook een oud besluit moet te verklaren zijn",
        public=("id", "team", "decision", "in_name_of", "reference", "valid_from", "valid_until"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="mandate_ends_after_it_begins",
                violation_error_code="valid_until",
                violation_error_message=_("de laatste dag ligt voor de eerste dag"),
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class Recourse(ActionModel):
    """Where a resident finds someone on their own side: the independent cliëntondersteuner, complaint, objection.

    Source: Wmo 2015 art. 2.2.4 (free and independent support); Awb ch. 6-7 (objection) and 9 (complaint).
    """

    class Kind(models.TextChoices):
        CLIENT_SUPPORT = "client_support", _("onafhankelijke cliëntondersteuner")
        COMPLAINT = "complaint", _("klacht")
        OBJECTION = "objection", _("bezwaar")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=400)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    address = models.CharField(max_length=200, blank=True)

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Een inwoner vindt altijd onafhankelijke hulp, klacht en bezwaar",
        retention="zolang het klopt; een nieuw gegeven komt meteen in de plaats",
        public=("id", "municipality", "kind", "name", "text", "phone", "email", "website", "address"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="recourse_one_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(phone="", email="", website="", address=""),
                name="recourse_can_be_reached",
                violation_error_code="phone",
                violation_error_message=_("geef een telefoonnummer, e-mailadres, website of adres"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"
