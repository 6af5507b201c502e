"""Organizations of the social map, and who can be reached in which area."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.privacy import Registered
from samenspel.places.models import Area

POSTCODE = r"^[1-9][0-9]{3}[A-Z]{2}$"


class OrganizationQuerySet(GuardedQuerySet):
    def listed(self) -> Self:
        """Those that said yes to being listed and did not take it back."""
        return self.filter(listing_agreed_at__isnull=False, listing_withdrawn_at__isnull=True)


class Organization(ActionModel):
    """A club, foundation, church, school, business, public body or informal group that offers something.

    Being listed is the group's own yes (`listing_agreed_at`, how it was given) and can be taken back at any time. A no
    (`listing_withdrawn_at`) is kept also of a group that never said yes, so that nobody asks it again.
    An informal group needs no KvK number and may shield its contact: then only the team of the area is shown.
    """

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("vereniging")
        FOUNDATION = "foundation", _("stichting")
        FAITH_COMMUNITY = "faith_community", _("kerk, moskee of geloofsgemeenschap")
        SCHOOL = "school", _("school")
        BUSINESS = "business", _("bedrijf")
        PUBLIC_BODY = "public_body", _("gemeente of publieke instelling")
        INFORMAL_GROUP = "informal_group", _("groep bewoners")

    class AgreedBy(models.TextChoices):
        PHONE = "phone", _("telefoon")
        VISIT = "visit", _("bezoek")
        LINK = "link", _("link in een e-mail")
        LETTER = "letter", _("brief")
        DESK = "desk", _("aan de balie")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    description = models.TextField(blank=True)
    kvk_number = models.CharField(max_length=8, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_shielded = models.BooleanField(default=False)
    postcode = models.CharField(max_length=6, blank=True)
    listing_agreed_at = models.DateTimeField(null=True, blank=True)
    listing_agreed_via = models.CharField(max_length=8, choices=AgreedBy, blank=True)
    listing_withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OrganizationQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="social_map",
        purpose="Het aanbod van de sociale basis laten zien",
        retention="tot de groep weg wil; het contact is meteen gewist, de rest na 1 maand",
        export="de eigen pagina van de groep, en de export van de open gegevens",
        erasure="meteen onzichtbaar en zonder contact als de groep haar vermelding intrekt",
        public=(
            "id", "municipality", "slug", "name", "kind", "description", "kvk_number", "website", "postcode",
        ),
        internal=("contact_shielded", "listing_agreed_at", "listing_agreed_via", "listing_withdrawn_at"),
        personal=("email", "phone", "contact_name"),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="organization_slug_once",
                violation_error_code="slug",
                violation_error_message=_("dit adres is al van een andere groep"),
            ),
            models.CheckConstraint(
                condition=Q(listing_agreed_at__isnull=True, listing_agreed_via="")
                | (Q(listing_agreed_at__isnull=False) & ~Q(listing_agreed_via="")),
                name="organization_listing_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(listing_withdrawn_at__isnull=True)
                | Q(listing_agreed_at__isnull=True)
                | Q(listing_withdrawn_at__gte=F("listing_agreed_at")),
                name="organization_withdrawal_follows_agreement",
            ),
            models.CheckConstraint(
                condition=Q(listing_withdrawn_at__isnull=True) | Q(email="", phone="", contact_name=""),
                name="organization_withdrawn_keeps_no_contact",
                violation_error_code="email",
                violation_error_message=_("van een groep die niet vermeld wil staan bewaren wij geen contact"),
            ),
            models.CheckConstraint(
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"),
                name="organization_kvk_number_has_8_digits",
                violation_error_code="kvk_number",
                violation_error_message=_("een KvK-nummer heeft 8 cijfers"),
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=POSTCODE),
                name="organization_postcode_is_whole",
                violation_error_code="postcode",
                violation_error_message=_("een postcode is 4 cijfers en 2 letters, zoals 1234AB"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        return self.listing_agreed_at is not None and self.listing_withdrawn_at is None

    @property
    def public_contact(self) -> dict[str, str]:
        """The contact that anyone may see: empty when shielded."""
        if self.contact_shielded:
            return {"name": "", "email": "", "phone": ""}
        return {"name": self.contact_name, "email": self.email, "phone": self.phone}


class AreaContact(ActionModel):
    """The person to go to in an area (verbinder, preventiewerker, wijkteam), with hours, phone and deputy."""

    class JobTitle(models.TextChoices):
        CONNECTOR = "connector", _("verbinder")
        PREVENTION_WORKER = "prevention_worker", _("preventiewerker")
        TEAM = "team", _("wijkteam")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contacts")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="area_contacts"
    )
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=20, choices=JobTitle)
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    hours = models.JSONField(default=list, blank=True)
    """Weekly hours: [{"weekday": 0-6 (Monday is 0), "opens": "09:00", "closes": "12:00", "note": ""}]."""
    walk_in = models.CharField(max_length=200, blank=True)
    deputy_name = models.CharField(max_length=120, blank=True)
    deputy_phone = models.CharField(max_length=20, blank=True)
    away = models.BooleanField(default=False)
    """Not there for now, so the deputy helps; why is nobody's business and is kept nowhere."""

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Een inwoner bereikt altijd iemand van de wijk",
        retention="zolang de persoon daar werkt; een opvolger komt meteen in de plaats",
        export="de beheerder laat de gegevens van het account zien",
        erasure="gewist zodra de beheerder het contact vervangt of weghaalt",
        public=(
            "id", "municipality", "area", "organization", "name", "job_title", "phone", "email", "hours", "walk_in",
            "deputy_name", "deputy_phone", "away",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "area", "job_title"], name="area_contact_one_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(phone=""),
                name="area_contact_has_a_phone",
                violation_error_code="phone",
                violation_error_message=_("zonder telefoonnummer is niemand te bereiken"),
            ),
            models.CheckConstraint(
                condition=Q(away=False) | ~(Q(deputy_name="") | Q(deputy_phone="")),
                name="area_contact_away_has_a_deputy",
                violation_error_code="deputy_phone",
                violation_error_message=_("wie er niet is, heeft een vervanger met een naam en een telefoonnummer"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_job_title_display()})"

    @property
    def helper(self) -> str:
        """The name of who helps now: the person, or the deputy while the person is away."""
        return self.deputy_name if self.away else self.name

    @property
    def helper_phone(self) -> str:
        return self.deputy_phone if self.away else self.phone
