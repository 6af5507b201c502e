"""Handing over, and the circle of partners around a resident: one row for each that was asked."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.handover.models.grounds import LegalGround
from samenspel.handover.models.request import HelpRequest
from samenspel.handover.states import Word
from samenspel.people.models import HOLDING_ROLES, OUTSIDE_ROLES, Organization, Team, User


class HandoverQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those that ask a team that somebody works in, or the organization that somebody works for."""
        here = self.filter(request__municipality=user.municipality)
        if user.is_active and user.access_role in OUTSIDE_ROLES:
            return here.filter(organization=user.organization_id)
        if user.is_active and user.access_role in HOLDING_ROLES:
            return here.filter(team__in=Team.objects.filter(members=user))
        return self.none()


class Handover(ActionModel):
    """Someone asked to take the stokje (`HOLDER`) or to help beside the holder (`PARTNER`).

    The holder stays the holder until the other accepts. It is called warm only after resident, giver and receiver met
    or spoke, and says how; until then it is a referral. What is shared is one short text that the resident approved,
    sealed with the key of the question. Who has no account answers by a link, of which only a hash is kept.
    """

    class Kind(models.TextChoices):
        HOLDER = "holder", "neemt het stokje over"
        PARTNER = "partner", "helpt mee"

    class State(models.TextChoices):
        DRAFT = "draft", "wacht op het ja van de inwoner"
        WAITING = "waiting", "wacht op antwoord"
        ACCEPTED = "accepted", "aangenomen"
        REFUSED = "refused", "nee gezegd"
        LAPSED = "lapsed", "niet geantwoord"
        CANCELLED = "cancelled", "niet meer nodig"
        ENDED = "ended", "klaar"

    class Sees(models.TextChoices):
        TEXT = "text", "alleen de korte tekst"
        CONTACT = "contact", "ook de voornaam en het telefoonnummer"

    class Refusal(models.TextChoices):
        FULL = "full", "er is nu geen plek of tijd"
        OTHER_HELP = "other_help", "er is andere hulp nodig"
        TOO_FAR = "too_far", "het is te ver"
        UNKNOWN = "unknown", "zonder reden"

    class WarmHow(models.TextChoices):
        TOGETHER = "together", "met zijn drieën bij elkaar gezeten"
        CALL = "call", "met zijn drieën gebeld"
        JOINED = "joined", "samen de eerste keer meegegaan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="handovers")
    kind = models.CharField(max_length=7, choices=Kind)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State)
    ground = models.ForeignKey(LegalGround, on_delete=models.PROTECT, related_name="+")
    sees = models.CharField(max_length=7, choices=Sees, default=Sees.TEXT)
    until = models.DateField()
    """The last day on which the receiver sees anything."""
    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_on_word = models.CharField(max_length=6, choices=Word, blank=True)
    answer_by = models.DateField()
    """The last day for an answer; after it, it lapses."""
    answered_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True)
    warm_on = models.DateField(null=True, blank=True)
    warm_how = models.CharField(max_length=8, choices=WarmHow, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """Of the link by which someone without an account answers; a new link ends the one before."""
    sealed = models.BinaryField()
    """`Shared` as JSON: the approved text, and who without an account is asked."""

    objects: ClassVar = HandoverQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="handovers",
        purpose="Een vraag warm overdragen, en een kring waarvan de inwoner bepaalt wie wat ziet, en tot wanneer",
        retention="samen met de vraag, hoogstens tot de afgesproken dag",
        export="de pagina van de inwoner en het afsprakenblad",
        erasure="samen met de vraag; terugnemen sluit de ontvanger meteen buiten",
        internal=(
            "id", "request", "kind", "team", "organization", "state", "ground", "sees", "until", "proposed_at",
            "approved_at", "approved_on_word", "answer_by", "answered_at", "refusal", "warm_on", "warm_how", "ended_at",
            "link_hash",
        ),
        special=("sealed",),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(organization__isnull=True), name="handover_asks_one"
            ),
            models.CheckConstraint(
                condition=Q(kind="partner") | Q(team__isnull=False) | Q(organization__isnull=False),
                name="handover_holder_can_be_called",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind="holder", state__in=("draft", "waiting")),
                name="handover_stokje_offered_once",
                violation_error_code="kind",
                violation_error_message="iemand anders is al gevraagd het stokje over te nemen; wacht op het antwoord",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(approved_at__isnull=False),
                name="handover_after_the_residents_yes",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_on_word="")
                | (Q(approved_at__isnull=False) & ~Q(approved_on_word="")),
                name="handover_approval_says_on_whose_word",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
                name="handover_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(warm_on__isnull=True, warm_how="") | (Q(warm_on__isnull=False) & ~Q(warm_how="")),
                name="handover_warm_says_how",
            ),
            models.CheckConstraint(
                condition=Q(warm_on__isnull=True) | Q(state__in=("accepted", "ended")),
                name="handover_warm_after_accepting",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("proposed_at")),
                name="handover_answer_follows_the_question",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "answer_by"], name="handover_to_a_team"),
            models.Index(fields=["organization", "state", "answer_by"], name="handover_to_a_partner"),
            models.Index(fields=["state", "answer_by"], name="handover_due"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind} {self.state}"

    @property
    def is_warm(self) -> bool:
        return self.warm_on is not None
