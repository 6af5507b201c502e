"""A question that a resident left, and the code by which its text can be seen again."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.handover.models.grounds import LegalGround
from samenspel.handover.receipts import hash_of
from samenspel.handover.states import OPEN, WITHOUT_TEXT, State
from samenspel.people.models import HOLDING_ROLES, Organization, Team, User
from samenspel.places.models import Area


class HelpRequestQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that a holder's own people may know of; nobody else's, not even an administrator's.

        A team's questions for who works in it, whoever holds them, for the team is the one to call; an organization's
        for its own professionals and coordinators.
        """
        if not user.is_active:
            return self.none()
        here = self.filter(municipality=user.municipality)
        if user.organization_id is not None:
            return here.filter(organization=user.organization_id)
        if user.access_role not in HOLDING_ROLES:
            return self.none()
        return here.filter(team__in=Team.objects.filter(members=user))

    def being_held(self) -> Self:
        return self.filter(ended_at=None)

    def with_code(self, code: str, *, municipality: str, on: date) -> Self:
        """The one with this receipt code, unless its end date lies before the day `on` and no open melding keeps it."""
        kept = Q(meldingen__isnull=False, meldingen__transferred_at=None, meldingen__closed_on=None)
        here = self.filter(code_hash=hash_of(code), municipality=municipality)
        return here.filter(Q(ends_on__gte=on) | kept).distinct()


class HelpRequest(ActionModel):
    """A question that a resident left, for oneself or for someone who knows of it.

    It has exactly one holder: the organization that accepted it, else the person who took it up, else the team. The
    team stays the one to call, whoever holds it. All that the resident told is sealed with a key of its own, which is
    kept outside the store (see `keys`). The receipt code is kept as a hash only.
    """

    class About(models.TextChoices):
        SELF = "self", "voor mijzelf"
        KNOWS = "knows", "voor iemand die ervan weet"

    class Channel(models.TextChoices):
        WEB = "web", "op internet"
        DESK = "desk", "aan de balie"
        PHONE = "phone", "aan de telefoon"
        REFERRER = "referrer", "door een verwijzer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="help_requests")
    """Who answers for it and can be called."""
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_requests")
    """Who of the team took it up."""
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="help_requests"
    )
    """The partner or association that accepted the stokje."""
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="help_requests")
    code_hash = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=5, choices=About)
    channel = models.CharField(max_length=8, choices=Channel)
    ground = models.ForeignKey(LegalGround, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """On which ground it is kept; empty while the FG has fixed none."""
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    hands = models.PositiveSmallIntegerField(default=1)
    """How many have held it, the first one too."""
    asked_at = models.DateTimeField()
    next_on = models.DateField()
    """The last day on which the team reacts; the deputy is woken after it when nobody spoke with the resident."""
    first_contact_at = models.DateTimeField(null=True, blank=True)
    came_back_at = models.DateTimeField(null=True, blank=True)
    """When it came back to who has it (a no, silence, given back, not helped); empty once something was done since."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_on_word = models.CharField(max_length=6, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    ends_on = models.DateField()
    """The last day on which it can be read; after it, it is erased."""
    card_mailed = models.BooleanField(default=False)
    sealed = models.BinaryField()
    """`Told` as JSON, encrypted with the key of this row; empty after an end that needs no text."""

    objects: ClassVar = HelpRequestQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="questions",
        purpose="Een inwoner vraagt het team van de wijk om hulp, en kan dat volgen en intrekken",
        retention="tot de dag die de inwoner koos (14, 30 of 60 dagen, verlengd tot 180); dan gewist, met sleutel",
        export="de inwoner leest de vraag met de kaart en een code; stand en data staan op de pagina van de kaart",
        erasure="intrekken wist sleutel en tekst meteen; op de einddatum gaat ook de regel weg",
        internal=(
            "id", "municipality", "team", "person", "organization", "area", "code_hash", "about", "channel", "ground",
            "state", "hands", "asked_at", "next_on", "first_contact_at", "came_back_at", "ended_at", "ended_on_word",
            "reopened", "ends_on", "card_mailed",
        ),
        special=("sealed",),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=WITHOUT_TEXT, sealed=b"")) | (~Q(state__in=WITHOUT_TEXT) & ~Q(sealed=b"")),
                name="help_request_ended_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organization__isnull=True), name="help_request_has_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="help_request_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.HELPED, State.OWN_CIRCLE)) | ~Q(ended_on_word=""),
                name="help_request_helped_on_the_residents_word",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ACTIVE) | Q(first_contact_at__isnull=False),
                name="help_request_active_after_contact",
            ),
            models.CheckConstraint(condition=Q(hands__gte=1), name="help_request_was_in_some_hand"),
            models.CheckConstraint(condition=Q(next_on__lte=F("ends_on")), name="help_request_reacts_before_end"),
        ]
        indexes = [
            models.Index(
                fields=[
                    "municipality",
                    "team",
                    "organization",
                    "person",
                    "ended_at",
                    "next_on",
                    "asked_at",
                    "id",
                    "came_back_at",
                ],
                name="help_request_of_a_day",
            ),
            models.Index(
                fields=["municipality", "team", "organization", "ended_at", "person", "next_on", "asked_at", "id"],
                condition=Q(came_back_at__isnull=False),
                name="help_request_that_came_back",
            ),
            models.Index(fields=["person", "state", "next_on"], name="help_request_of_a_person"),
            models.Index(fields=["organization", "state", "next_on"], name="help_request_of_a_partner"),
            models.Index(fields=["ends_on"], name="help_request_due"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    @property
    def short(self) -> str:
        """The first signs of its id: by these people at work tell one question from another."""
        return str(self.pk)[:4].upper()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class SecondCode(ActionModel):
    """A code that a resident got by phone or mail, and types beside the one of the card; kept as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="second_codes")
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True, blank=True)
    is_mailed = models.BooleanField(default=False)
    """Asked for with the card; else it was read out by the holder."""

    registry: ClassVar = Registered(
        processing="questions",
        purpose="De kaart alleen toont geen tekst: daar is een tweede code voor nodig",
        retention="1 uur, of tot de inwoner klaar is",
        export="niets te geven: het is een onomkeerbare code",
        erasure="na een dag, of eerder samen met de vraag",
        internal=("id", "request", "expires_at", "tries_left", "used_at", "is_mailed"),
        personal=("code_hash",),
    )

    def __str__(self) -> str:
        return f"{self.request_id} {self.expires_at:%Y-%m-%d %H:%M}"
