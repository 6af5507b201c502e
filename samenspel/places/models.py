"""Where things are: the areas of the Netherlands with their boundaries, dated figures and postcodes.

CBS codes change every year, so an area is a code **and** a year. Data of third parties keep their source.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from samenspel.engine.privacy import Registered


class AreaQuerySet(models.QuerySet["Area"]):
    def newest(self) -> "QuerySet[Area]":
        """Only the areas of the newest year that has boundaries, per municipality and kind."""
        same_kind = Area.objects.filter(
            municipality=OuterRef("municipality"), kind=OuterRef("kind"), boundary__isnull=False
        )
        return self.filter(year=Subquery(same_kind.order_by("-year").values("year")[:1]))

    def without_parent(self) -> "QuerySet[Area]":
        """The wijken and buurten whose gemeente or wijk was not there yet when they were read."""
        return self.filter(parent__isnull=True, kind__in=[Area.Kind.DISTRICT, Area.Kind.NEIGHBORHOOD])


class Area(models.Model):
    """A municipality, wijk (DISTRICT), buurt (NEIGHBORHOOD), kern (VILLAGE) or working area of a municipality's own."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "gemeente"
        DISTRICT = "district", "wijk"
        NEIGHBORHOOD = "neighborhood", "buurt"
        VILLAGE = "village", "kern"
        WORKING_AREA = "working_area", "werkgebied"

    municipality = models.CharField(max_length=6)
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    province = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    members = models.ManyToManyField("self", symmetrical=False, related_name="member_of")
    boundary = models.BinaryField(null=True)
    """WKB, WGS84 (longitude, latitude); absent for the few areas that have figures but no boundary."""
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    """A point inside the area, for distances and maps."""
    source = models.CharField(max_length=120, blank=True)

    objects = AreaQuerySet.as_manager()

    registry: ClassVar = Registered(
        processing="about_no_one",
        purpose="Weten bij welke wijk en buurt een plek of postcode hoort",
        retention="zolang Samenspel draait; een oud jaar gaat weg als niets er meer naar verwijst",
        public=(
            "id", "municipality", "code", "year", "kind", "name", "province", "parent", "members", "boundary", "west",
            "south", "east", "north", "longitude", "latitude", "source",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "year"], name="area_is_a_code_and_a_year"),
            models.CheckConstraint(
                condition=Q(boundary__isnull=True)
                | Q(
                    west__lte=F("east"),
                    south__lte=F("north"),
                    longitude__isnull=False,
                    latitude__isnull=False,
                ),
                name="area_boundary_has_a_box_and_a_point",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "year", "kind"], name="area_of_a_municipality"),
            models.Index(fields=["year", "kind", "west", "east"], name="area_by_box"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaFigures(models.Model):
    """The figures of one area in one year of one source; a key that is absent is unknown, never 0."""

    municipality = models.CharField(max_length=6)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)
    values = models.JSONField()

    registry: ClassVar = Registered(
        processing="about_no_one",
        purpose="Een wijk kennen: hoeveel mensen, hoe oud, hoe ver van wat",
        retention="zolang Samenspel draait",
        public=("id", "municipality", "area", "year", "source", "values"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area", "year", "source"], name="figures_once_a_year_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year}"


class Postcode(models.Model):
    """A PC4 ("1234") or PC6 ("1234AB") with a point and, where known, its buurt."""

    municipality = models.CharField(max_length=6)
    code = models.CharField(max_length=6)
    place_name = models.CharField(max_length=80, blank=True)
    longitude = models.FloatField()
    latitude = models.FloatField()
    neighborhood = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="postcodes")
    source = models.CharField(max_length=120)

    registry: ClassVar = Registered(
        processing="about_no_one",
        purpose="Van een postcode een punt en een buurt maken",
        retention="zolang Samenspel draait; een nieuwer bestand komt in de plaats",
        public=(
            "id",
            "municipality",
            "code",
            "place_name",
            "longitude",
            "latitude",
            "neighborhood",
            "source",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="postcode_once"),
        ]
        indexes = [models.Index(fields=["municipality", "code"], name="postcode_of_a_municipality")]

    def __str__(self) -> str:
        return self.code
