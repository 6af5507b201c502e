"""What there is to do and to get nearby, when, and how sure we are of it."""

import uuid
from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.calendar import ZONE
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models.places import MeetingPlace, YesNoUnknown
from samenspel.sources.vocabulary import MunicipalRole, PyramidLayer, Sphere


class OfferingQuerySet(GuardedQuerySet):
    def visible(self, at: datetime) -> Self:
        """What a resident may see: its organization agreed to be listed, and it is there (or is announced)."""
        return self.filter(
            Q(active_until__isnull=True) | Q(active_until__gt=at.astimezone(ZONE).date()),
            organization__listing_agreed_at__isnull=False,
            organization__listing_withdrawn_at__isnull=True,
        )

    def complete(self) -> Self:
        """With everything that a page or a card shows of an offering: 4 queries, however many rows."""
        return (
            self.select_related("organization", "place__neighborhood")
            .defer("place__neighborhood__boundary")
            .prefetch_related("schedules", "verifications", models.Prefetch("serves", Area.objects.defer("boundary")))
        )


class Offering(ActionModel):
    """Something a resident can join, use or get: an initiative, an activity or a provision."""

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", _("initiatief van bewoners")
        ACTIVITY = "activity", _("activiteit")
        PROVISION = "provision", _("hulp of voorziening")

    class Delivery(models.TextChoices):
        AT_PLACE = "at_place", _("op een vaste plek")
        AT_HOME = "at_home", _("bij u thuis")
        FETCHED = "fetched", _("haalt u thuis op")
        REMOTE = "remote", _("per telefoon of online")

    class CostKind(models.TextChoices):
        FREE = "free", _("gratis")
        VOLUNTARY = "voluntary", _("vrijwillige bijdrage")
        PAID = "paid", _("betaald")
        UNKNOWN = "unknown", _("kosten niet bekend")

    class SignUp(models.TextChoices):
        NONE = "none", _("aanmelden hoeft niet")
        WELCOME = "welcome", _("aanmelden mag")
        REQUIRED = "required", _("eerst aanmelden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    summary = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="offerings")
    place = models.ForeignKey(MeetingPlace, null=True, blank=True, on_delete=models.PROTECT, related_name="offerings")
    delivery = models.CharField(max_length=8, choices=Delivery)
    serves = models.ManyToManyField(Area, blank=True, related_name="offerings")
    """The areas it is for; none means the whole municipality."""
    themes = models.JSONField(default=list, blank=True)
    needs = models.JSONField(default=list, blank=True)
    audiences = models.JSONField(default=list, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_kind = models.CharField(max_length=9, choices=CostKind, default=CostKind.UNKNOWN)
    cost_cents = models.PositiveIntegerField(null=True, blank=True)
    cost_note = models.CharField(max_length=120, blank=True)
    step_free = models.CharField(max_length=8, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    languages = models.JSONField(default=list, blank=True)
    alone_welcome = models.BooleanField(null=True, blank=True)
    sign_up = models.CharField(max_length=8, choices=SignUp, default=SignUp.NONE)
    first_contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    is_full = models.BooleanField(default=False)
    volunteers_wanted = models.BooleanField(default=False)
    sphere = models.CharField(max_length=13, choices=Sphere, blank=True)
    layer = models.PositiveSmallIntegerField(choices=PyramidLayer, null=True, blank=True)
    municipal_role = models.PositiveSmallIntegerField(choices=MunicipalRole, null=True, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)
    """The first day on which it is no longer there."""
    paused_until = models.DateField(null=True, blank=True)
    """The day on which it goes on again; until then it is known but not going on."""

    objects: ClassVar = OfferingQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="social_map",
        purpose="Inwoners laten vinden wat er in de buurt is",
        retention="tot het aanbod stopt of de organisatie weg wil, daarna nog 1 maand",
        export="de eigen pagina van de organisatie",
        erasure="weg als de organisatie haar vermelding intrekt of het aanbod beëindigt",
        public=(
            "id", "municipality", "slug", "name", "kind", "summary", "description", "organization", "place", "delivery",
            "serves", "themes", "needs", "audiences", "minimum_age", "maximum_age", "cost_kind", "cost_cents",
            "cost_note", "step_free", "languages", "alone_welcome", "sign_up", "website", "capacity", "is_full",
            "volunteers_wanted", "sphere", "layer", "municipal_role", "active_from", "active_until", "paused_until",
        ),
        personal=("first_contact", "phone", "email"),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="offering_slug_once",
                violation_error_code="slug",
                violation_error_message=_("dit adres is al van ander aanbod"),
            ),
            models.CheckConstraint(
                condition=~Q(delivery="at_place") | Q(place__isnull=False),
                name="offering_at_a_place_names_it",
                violation_error_code="place",
                violation_error_message=_("zeg op welke plek het is"),
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="offering_ages_in_order",
                violation_error_code="maximum_age",
                violation_error_message=_("de hoogste leeftijd ligt onder de laagste"),
            ),
            models.CheckConstraint(
                condition=Q(cost_cents__isnull=True) | Q(cost_kind__in=["paid", "voluntary"]),
                name="offering_price_is_paid",
                violation_error_code="cost_cents",
                violation_error_message=_("een bedrag hoort bij betaald of een vrijwillige bijdrage"),
            ),
            models.CheckConstraint(
                condition=Q(active_from__isnull=True)
                | Q(active_until__isnull=True)
                | Q(active_from__lt=F("active_until")),
                name="offering_active_dates_in_order",
                violation_error_code="active_until",
                violation_error_message=_("het houdt op voordat het begint"),
            ),
            models.CheckConstraint(
                condition=Q(sphere__in=["", *Sphere.values]),
                name="offering_never_personal_sphere",
                violation_error_code="sphere",
                violation_error_message=_("deze leefsfeer bestaat niet"),
            ),
            models.CheckConstraint(
                condition=Q(layer__isnull=True) | Q(layer__in=PyramidLayer.values),
                name="offering_layer_1_to_4",
                violation_error_code="layer",
                violation_error_message=_("een laag is 1, 2, 3 of 4"),
            ),
            models.CheckConstraint(
                condition=Q(municipal_role__isnull=True) | Q(municipal_role__in=MunicipalRole.values),
                name="offering_role_1_to_4",
                violation_error_code="municipal_role",
                violation_error_message=_("een rol is 1, 2, 3 of 4"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def goes_on_from(self) -> date | None:
        """The first day on which it goes on: announced, or paused until then; None when nothing holds it back."""
        return max((day for day in (self.active_from, self.paused_until) if day), default=None)

    def is_paused(self, at: datetime) -> bool:
        return self.paused_until is not None and at.astimezone(ZONE).date() < self.paused_until


class Schedule(ActionModel):
    """When an offering happens: a recurrence rule (RFC 5545), or one date when `rrule` is empty."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="schedules")
    municipality = models.CharField(max_length=6)
    starts_on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    rrule = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True, blank=True)
    skips_school_holidays = models.BooleanField(default=False)
    skips_public_holidays = models.BooleanField(default=False)
    exdates = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=120, blank=True)

    registry: ClassVar = Registered(
        processing="social_map",
        purpose="Laten zien wanneer iets is",
        retention="samen met het aanbod",
        public=(
            "id", "offering", "municipality", "starts_on", "starts", "ends", "rrule", "until", "skips_school_holidays",
            "skips_public_holidays", "exdates", "note",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="schedule_ends_after_it_starts",
                violation_error_code="ends",
                violation_error_message=_("het eindigt voordat het begint"),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
                name="schedule_until_after_start",
                violation_error_code="until",
                violation_error_message=_("de laatste dag ligt voor de eerste"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.starts}"


class Verification(ActionModel):
    """Someone confirmed that an entry is true. Confirming is not editing: it changes nothing but our trust in it."""

    class Method(models.TextChoices):
        PHONE = "phone", _("gebeld")
        VISIT = "visit", _("langs geweest")
        LINK = "link", _("zelf bevestigd via een link")
        LETTER = "letter", _("per brief")
        DESK = "desk", _("aan de balie")
        USE = "use", _("door gebruik")

    municipality = models.CharField(max_length=6)
    offering = models.ForeignKey(
        Offering, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    place = models.ForeignKey(
        MeetingPlace, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    confirmed_at = models.DateTimeField()
    method = models.CharField(max_length=8, choices=Method)
    confirmed_by = models.CharField(max_length=80)
    """The function of who confirmed it ("penningmeester", "verbinder"), never a name."""

    registry: ClassVar = Registered(
        processing="social_map",
        purpose="Laten zien hoe zeker een gegeven is",
        retention="samen met het aanbod of de plek",
        public=("id", "municipality", "offering", "place", "confirmed_at", "method", "confirmed_by"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(offering__isnull=False, place__isnull=True) | Q(offering__isnull=True, place__isnull=False),
                name="verification_of_one_thing",
                violation_error_code="offering",
                violation_error_message=_("een bevestiging gaat over één ding"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.confirmed_at:%Y-%m-%d}"
