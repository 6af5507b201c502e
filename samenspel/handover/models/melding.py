"""Meldingen: questions that the municipality must look into by law."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, QuerySet

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.handover.models.request import HelpRequest
from samenspel.handover.processes import process_of
from samenspel.people.models import HOLDING_ROLES, Mandate, Team, User


def mandated_kinds(teams: "QuerySet[Team]", *, on: date) -> set[str]:
    """The kinds of melding whose article one of these teams works under, with a mandate on the day `on`; one query."""
    mandated = teams.filter(mandates__in=Mandate.objects.in_force(on))
    articles = {article for own in mandated.values_list("law_articles", flat=True) for article in own}
    return {kind for kind in Melding.Kind.values if process_of(kind, on=on).article in articles}


class MeldingQuerySet(GuardedQuerySet):
    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of one's teams' questions, and those that one of one's teams has the mandate for on the day `on`."""
        if not user.is_active or user.access_role not in HOLDING_ROLES:
            return self.none()
        teams = Team.objects.filter(members=user, municipality=user.municipality)
        own = Q(request__team__in=teams) | Q(team__in=teams)
        return self.filter(own | Q(kind__in=mandated_kinds(teams, on=on)), municipality=user.municipality)


class Melding(ActionModel):
    """That a question is a melding, since when, by when the law wants an end, and the receipt of its transfer.

    It holds nothing of what the resident told, and stays when the question is erased. Nothing that happens to the
    question changes its dates.
    """

    class Kind(models.TextChoices):
        WMO = "wmo", "Wmo: hulp of een hulpmiddel"
        YOUTH = "youth", "Jeugdwet: hulp voor een kind of gezin"
        DEBT = "debt", "schuldhulp"

    class MarkedBy(models.TextChoices):
        RESIDENT = "resident", "de inwoner"
        HOLDER = "holder", "wie de vraag heeft"

    class Hold(models.TextChoices):
        OBJECTION = "objection", "bezwaar of beroep loopt"
        COMPLAINT = "complaint", "een klacht loopt"
        INQUIRY = "inquiry", "een onderzoek of rechter vraagt erom"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    request = models.ForeignKey(HelpRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="meldingen")
    kind = models.CharField(max_length=5, choices=Kind)
    reference = models.CharField(max_length=20, unique=True)
    """On the confirmation ("M-2026-7K2M94"); by it the resident and the zaaksysteem speak of the same melding."""
    marked_by = models.CharField(max_length=8, choices=MarkedBy)
    melded_on = models.DateField()
    term_ends_on = models.DateField()
    """The last day of the legal term, with the law that set it in `term_source`."""
    term_source = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """When its dated confirmation went out, by mail or as a letter."""
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="meldingen")
    """The team with the mandate that it was transferred to."""
    taken_out_at = models.DateTimeField(null=True, blank=True)
    """When it was first taken out for the zaaksysteem."""
    transferred_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    """The number that the zaaksysteem gave."""
    keep_until = models.DateField()
    legal_hold = models.CharField(max_length=9, choices=Hold, blank=True)
    """Why it is kept beyond its term; empty when it is not."""
    closed_on = models.DateField(null=True, blank=True)
    """Taken back by the resident, or without object since the resident moved or died; never by lack of action."""

    objects: ClassVar = MeldingQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="meldingen",
        purpose="Bewijs van een melding: wanneer gedaan, wanneer overgedragen (Wmo 2015 art. 2.3.2, Awb art. 4:13)",
        retention="tot de bewaardatum van het proces; langer bij bezwaar of beroep",
        export="de bevestiging die de inwoner kreeg",
        erasure="gewist aan het eind van de termijn",
        internal=(
            "id", "municipality", "request", "kind", "reference", "marked_by", "melded_on", "term_ends_on",
            "term_source", "confirmed_at", "team", "taken_out_at", "transferred_at", "receipt", "keep_until",
            "legal_hold", "closed_on",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind"], condition=Q(closed_on__isnull=True), name="melding_once_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(transferred_at__isnull=True), name="melding_ends_one_way"
            ),
            models.CheckConstraint(condition=Q(term_ends_on__gte=F("melded_on")), name="melding_term_follows_it"),
            models.CheckConstraint(
                condition=Q(transferred_at__isnull=True, receipt="")
                | (Q(transferred_at__isnull=False, taken_out_at__isnull=False, team__isnull=False) & ~Q(receipt="")),
                name="melding_transferred_has_a_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "transferred_at", "term_ends_on"], name="melding_to_transfer"),
            models.Index(fields=["keep_until"], name="melding_due"),
        ]

    def __str__(self) -> str:
        return self.reference
