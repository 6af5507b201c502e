"""What partners take on in an area: the wijkopgave with its promises, and the wijknetwerk that meets about it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization
from samenspel.policy.models.commitments import Commitment

KEPT = "zolang de gemeente beleid maakt"


class AreaChallenge(ActionModel):
    """A wijkopgave: what must become better in an area, which partners take on together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.CharField(max_length=40)
    """The code of a wijk or kern."""
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    seen_by = models.CharField(max_length=200, blank=True)
    """By what one can see that it comes nearer; "" while nobody chose that."""
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    """What came of it."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien waar partners in een wijk samen aan werken",
        retention=KEPT,
        public=("id", "municipality", "area", "title", "text", "seen_by", "began_on", "ended_on", "result"),
    )

    class Meta(ActionModel.Meta):
        ordering = ["began_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area", "title"],
                name="area_challenge_title_once",
                violation_error_code="title",
                violation_error_message="deze wijk heeft al een opgave met deze naam",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(result=""),
                name="area_challenge_ended_has_a_result",
                violation_error_code="result",
                violation_error_message="schrijf wat eruit kwam",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChallengePartner(ActionModel):
    """One that takes part in a wijkopgave; of an organization outside the map only its name is kept."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", "bewoners"
        CLUB = "club", "vereniging of groep"
        WELFARE = "welfare", "welzijn"
        CARE = "care", "zorg"
        HOUSING = "housing", "woningcorporatie"
        SCHOOL = "school", "school"
        POLICE = "police", "politie"
        BUSINESS = "business", "ondernemer"
        MUNICIPALITY = "municipality", "gemeente"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(AreaChallenge, on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="challenge_partners"
    )

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wie meedoet",
        retention="samen met de wijkopgave",
        public=("id", "challenge", "kind", "name", "organization"),
    )

    class Meta(ActionModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "name"],
                name="challenge_partner_once",
                violation_error_code="name",
                violation_error_message="deze partner doet al mee",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartnerPromise(Commitment):
    """What a partner promised, by when, and whether it was kept: the charter of the coalition."""

    class State(models.TextChoices):
        OPEN = "open", "loopt nog"
        KEPT = "kept", "nagekomen"
        PARTLY = "partly", "deels nagekomen"
        BROKEN = "broken", "niet nagekomen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(ChallengePartner, on_delete=models.CASCADE, related_name="promises")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wie wat beloofde, en of het is nagekomen",
        retention="samen met de wijkopgave",
        public=("id", "partner", "what", "due_on", "first_due", "state", "progress", "earlier", "closed_on"),
    )

    class Meta(Commitment.Meta):
        constraints = [
            *Commitment.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False) & ~Q(progress="")),
                name="partner_promise_closed_says_what_came_of_it",
                violation_error_code="progress",
                violation_error_message="schrijf wat ervan kwam",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class NeighborhoodNetwork(ActionModel):
    """A wijknetwerk: the organizations of an area that meet; persons are not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Organization, blank=True, related_name="networks")
    next_on = models.DateField(null=True, blank=True)
    """When it meets next; null when no day was set."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Weten of clubs en professionals in een wijk elkaar treffen",
        retention="zolang het netwerk bestaat",
        public=("id", "municipality", "area", "name", "members", "next_on"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area"],
                name="neighborhood_network_one_an_area",
                violation_error_code="area",
                violation_error_message="deze wijk heeft al een netwerk",
            )
        ]

    def __str__(self) -> str:
        return self.name


class NetworkMeeting(ActionModel):
    """One time that a wijknetwerk met, and what it agreed; no names and nothing about a resident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(NeighborhoodNetwork, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField()
    organizations = models.PositiveSmallIntegerField()
    """How many organizations were there."""
    agreed = models.CharField(max_length=400, blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Weten of een netwerk bij elkaar komt",
        retention="zolang het netwerk bestaat",
        public=("id", "network", "on", "organizations"),
        internal=("agreed",),
    )

    class Meta(ActionModel.Meta):
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "on"],
                name="network_meeting_once_a_day",
                violation_error_code="on",
                violation_error_message="deze dag staat er al",
            ),
            models.CheckConstraint(
                condition=Q(organizations__gte=2),
                name="network_meeting_of_two_or_more",
                violation_error_code="organizations",
                violation_error_message="een netwerk komt bij elkaar met twee of meer organisaties",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.on}"
