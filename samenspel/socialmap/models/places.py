"""Where people meet, and the way in of each area."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenspel.audit.action import ActionModel, GuardedQuerySet
from samenspel.engine.calendar import ZONE
from samenspel.engine.privacy import Registered
from samenspel.people.models import POSTCODE, Organization
from samenspel.places.models import Area


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("niet bekend")


class MeetingPlaceQuerySet(GuardedQuerySet):
    def open(self, at: datetime) -> Self:
        """Those that have not closed, though they may be going to."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=at.astimezone(ZONE).date()))


class MeetingPlace(ActionModel):
    """A place where people meet: buurthuis, library, canteen, church hall, garden."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    street = models.CharField(max_length=80, blank=True)
    house_number = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=80, blank=True)
    longitude = models.FloatField()
    latitude = models.FloatField()
    neighborhood = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_places"
    )
    host = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="hosts")
    host_note = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    step_free = models.CharField(max_length=8, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    accessible_toilet = models.CharField(max_length=8, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    hearing_loop = models.CharField(max_length=8, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    access_note = models.CharField(max_length=200, blank=True)
    hours = models.JSONField(default=list, blank=True)
    """Weekly opening hours, in the form of `people.AreaContact.hours`; empty is unknown."""
    rooms = models.JSONField(default=list, blank=True)
    """Rooms that others may use: [{"name": "grote zaal", "capacity": 60}]."""
    closed_on = models.DateField(null=True, blank=True)
    """The first day on which it is closed, for now or for good."""

    objects: ClassVar = MeetingPlaceQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="social_map",
        purpose="Laten zien waar mensen elkaar kunnen ontmoeten",
        retention="zolang de plek bestaat",
        public=(
            "id", "municipality", "slug", "name", "description", "street", "house_number", "postcode", "city",
            "longitude", "latitude", "neighborhood", "host", "host_note", "phone", "website", "step_free",
            "accessible_toilet", "hearing_loop", "access_note", "hours", "rooms",
            "closed_on",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=POSTCODE),
                name="meeting_place_postcode_is_whole",
                violation_error_code="postcode",
                violation_error_message=_("een postcode is 4 cijfers en 2 letters, zoals 1234AB"),
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(50.7, 53.7), longitude__range=(3.2, 7.3)),
                name="meeting_place_in_the_netherlands",
                violation_error_code="latitude",
                violation_error_message=_("dit punt ligt niet in Nederland"),
            ),
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="meeting_place_slug_once",
                violation_error_code="slug",
                violation_error_message=_("dit adres is al van een andere plek"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_phone(self) -> str:
        """The number that anyone may call: empty as long as its host did not say yes, or shields its contact."""
        return self.phone if self._may_be_called else ""

    @property
    def public_host_note(self) -> str:
        """How anyone finds the host, by the same rule."""
        return self.host_note if self._may_be_called else ""

    @property
    def _may_be_called(self) -> bool:
        return self.host is None or (self.host.is_listed and not self.host.contact_shielded)

    def is_closed(self, at: datetime) -> bool:
        return self.closed_on is not None and self.closed_on <= at.astimezone(ZONE).date()


class Entrance(ActionModel):
    """The *ingang* of an area: the one named place where any question is welcome, with a host, hours and a phone.

    It is what the policy texts ask: one way in per area, and no going from loket to loket.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="entrances")
    place = models.ForeignKey(MeetingPlace, on_delete=models.PROTECT, related_name="entrances")
    host = models.CharField(max_length=120)
    """Who welcomes you there: a first name and a function."""
    phone = models.CharField(max_length=20)
    hours = models.JSONField(default=list)
    """Walk-in hours, in the form of `people.AreaContact.hours`."""
    note = models.CharField(max_length=200, blank=True)

    registry: ClassVar = Registered(
        processing="contacts",
        purpose="Per wijk één plek waar elke vraag welkom is",
        retention="zolang het de ingang is; een nieuwe komt meteen in de plaats",
        public=("id", "municipality", "area", "place", "host", "phone", "hours", "note"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "area"], name="entrance_one_of_an_area"),
            models.CheckConstraint(
                condition=~Q(phone=""),
                name="entrance_has_a_phone",
                violation_error_code="phone",
                violation_error_message=_("zonder telefoonnummer is niemand te bereiken"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} for {self.area_id}"
