"""The resources of the open API: areas, offerings, meeting places and organizations, as lists and one by one."""

import json
from typing import Annotated, Any
from uuid import UUID

import shapely
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from samenspel.opendata.problems import Refused
from samenspel.opendata.reading import Code, Keys, Page, PageKeys, page, reads
from samenspel.opendata.schemas import (
    AreaData,
    AreaKind,
    Boundary,
    OfferingData,
    OfferingKind,
    OrganizationData,
    OrganizationKind,
    PlaceData,
)
from samenspel.people.models import Organization
from samenspel.places.geometry import shape_of
from samenspel.places.models import Area
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.open import known_places, open_areas, open_offerings, open_organizations, open_places
from samenspel.sources.vocabulary import PyramidLayer, Theme

router = Router()

GEO_JSON = "application/geo+json"
_NONE = SkipJsonSchema[None]
_AFTER = Field(None, description="Geef wat achter dit id komt; neem het adres uit `links.next`.")
_YEAR = Field(None, description="Jaar van de indeling; leeg: de nieuwste.")
Year = Annotated[int, Field(ge=1990, le=2100)]


class YearKeys(Keys):
    year: Year | _NONE = _YEAR


class AreaKeys(PageKeys):
    kind: AreaKind | _NONE = None
    year: Year | _NONE = _YEAR
    after: Code | _NONE = Field(None, description="Geef wat achter deze code komt; neem het adres uit `links.next`.")


class OfferingKeys(PageKeys):
    theme: Theme | _NONE = None
    kind: OfferingKind | _NONE = None
    layer: PyramidLayer | _NONE = None
    area: Code | _NONE = Field(
        None,
        description="Code van een gebied: wat daar is, en wat voor dat gebied, een deel ervan of de wijk of kern is.",
    )
    place: UUID | _NONE = Field(None, description="Id van een ontmoetingsplek.")
    organization: UUID | _NONE = Field(None, description="Id van een organisatie.")
    after: UUID | _NONE = _AFTER


class PlaceKeys(PageKeys):
    area: Code | _NONE = Field(None, description="Code van het gebied waarin de plek ligt.")
    after: UUID | _NONE = _AFTER


class OrganizationKeys(PageKeys):
    kind: OrganizationKind | _NONE = None
    after: UUID | _NONE = _AFTER


@reads(router, "areas", name="areas", summary="Gebieden", gives=Page[AreaData], keys=AreaKeys)
def areas(request: HttpRequest, asked: Query[AreaKeys]) -> dict[str, Any]:
    rows = open_areas(municipality=settings.MUNICIPALITY, year=asked.year, kind=asked.kind or "")
    return page(request, rows, by="code", after=asked.after, size=asked.page_size)


@reads(router, "areas/{code}", name="area", summary="Een gebied", gives=AreaData, keys=YearKeys)
def area(request: HttpRequest, code: Path[Code], asked: Query[YearKeys]) -> Area:
    return _area(code, asked.year)


@reads(
    router,
    "areas/{code}/boundary",
    name="area-boundary",
    summary="De grens van een gebied",
    gives=Boundary,
    keys=YearKeys,
    media_type=GEO_JSON,
)
def area_boundary(request: HttpRequest, code: Path[Code], asked: Query[YearKeys]) -> HttpResponse:
    found = _area(code, asked.year)
    shape = shape_of(found)
    if shape is None:
        raise Refused(404, "Van dit gebied kennen wij de grens niet.")
    feature = {
        "type": "Feature",
        "id": found.code,
        "bbox": [found.west, found.south, found.east, found.north],
        "properties": {"code": found.code, "year": found.year, "kind": found.kind, "name": found.name},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }
    return HttpResponse(json.dumps(feature), content_type=GEO_JSON)


def _area(code: str, year: int | None) -> Area:
    try:
        return open_areas(municipality=settings.MUNICIPALITY, year=year).get(code=code)
    except Area.DoesNotExist as error:
        raise Refused(404, "Dit gebied kennen wij niet. Zoekt u een ouder gebied? Noem dan het jaar.") from error


@reads(router, "offerings", name="offerings", summary="Aanbod", gives=Page[OfferingData], keys=OfferingKeys)
def offerings(request: HttpRequest, asked: Query[OfferingKeys]) -> dict[str, Any]:
    rows = open_offerings(
        municipality=settings.MUNICIPALITY,
        at=timezone.now(),
        **asked.model_dump(exclude={"after", "page_size"}, exclude_none=True),
    )
    return page(request, rows, by="pk", after=asked.after, size=asked.page_size)


@reads(router, "offerings/{uuid:id}", name="offering", summary="Eén aanbod", gives=OfferingData)
def offering(request: HttpRequest, id: UUID) -> Offering:
    try:
        return open_offerings(municipality=settings.MUNICIPALITY, at=timezone.now()).get(pk=id)
    except Offering.DoesNotExist as error:
        raise Refused(404, "Dit aanbod is er niet of niet meer.") from error


@reads(router, "places", name="places", summary="Ontmoetingsplekken", gives=Page[PlaceData], keys=PlaceKeys)
def places(request: HttpRequest, asked: Query[PlaceKeys]) -> dict[str, Any]:
    rows = open_places(municipality=settings.MUNICIPALITY, at=timezone.now(), area=asked.area or "")
    return page(request, rows, by="pk", after=asked.after, size=asked.page_size)


@reads(router, "places/{uuid:id}", name="place", summary="Eén ontmoetingsplek", gives=PlaceData)
def place(request: HttpRequest, id: UUID) -> MeetingPlace:
    try:
        return known_places(municipality=settings.MUNICIPALITY).get(pk=id)
    except MeetingPlace.DoesNotExist as error:
        raise Refused(404, "Deze plek kennen wij niet.") from error


@reads(
    router,
    "organizations",
    name="organizations",
    summary="Organisaties",
    gives=Page[OrganizationData],
    keys=OrganizationKeys,
)
def organizations(request: HttpRequest, asked: Query[OrganizationKeys]) -> dict[str, Any]:
    rows = open_organizations(municipality=settings.MUNICIPALITY, kind=asked.kind or "")
    return page(request, rows, by="pk", after=asked.after, size=asked.page_size)


@reads(router, "organizations/{uuid:id}", name="organization", summary="Eén organisatie", gives=OrganizationData)
def organization(request: HttpRequest, id: UUID) -> Organization:
    try:
        return open_organizations(municipality=settings.MUNICIPALITY).get(pk=id)
    except Organization.DoesNotExist as error:
        raise Refused(404, "Deze organisatie is er niet of wil niet vermeld staan.") from error
