"""What leaves by the open API, field by field: public fields of the models under their own names.

A test holds every field against the class that the model's registry gives it; what is not a field of the model is
named in `DERIVED` there, with its reason. A blank choice is given as null: not known.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, Verification, YesNoUnknown
from samenspel.socialmap.pages import contact_of
from samenspel.sources.vocabulary import Audience, MunicipalRole, PyramidLayer, Sphere, Theme

# Three choices are called Kind; in the document, where names are shared, each stands where it is used.
AreaKind = Annotated[Area.Kind, WithJsonSchema({"type": "string", "enum": Area.Kind.values})]
OfferingKind = Annotated[Offering.Kind, WithJsonSchema({"type": "string", "enum": Offering.Kind.values})]
OrganizationKind = Annotated[Organization.Kind, WithJsonSchema({"type": "string", "enum": Organization.Kind.values})]
KnownSphere = Annotated[Sphere | None, BeforeValidator(lambda value: value or None)]


class Problem(Schema):
    """Een fout, in de vorm van RFC 9457."""

    class FieldError(Schema):
        field: str
        detail: str

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []


class Reference(Schema):
    id: UUID
    name: str


class ContactData(Schema):
    """Hoe iedereen de organisatie bereikt; leeg als de groep haar contact afschermt."""

    name: str
    phone: str
    email: str
    website: str


class VerificationData(Schema):
    """Wie (een functie, geen naam) wanneer en hoe nakeek of het klopt."""

    confirmed_at: datetime
    method: Verification.Method
    confirmed_by: str


class HoursData(Schema):
    """Een vaste tijd in de week; 0 is maandag."""

    weekday: int = Field(ge=0, le=6)
    opens: str
    closes: str
    note: str = ""


class RoomData(Schema):
    name: str
    capacity: int | None = None


class AreaData(Schema):
    """Een gemeente, wijk, buurt, kern of werkgebied in een jaar."""

    code: str
    year: int
    kind: AreaKind
    name: str
    province: str
    parent: str | None = Field(description="Code van het gebied waarin dit gebied ligt.")
    members: list[str] = Field(description="Codes van de buurten van een kern of werkgebied.")
    west: float | None
    south: float | None
    east: float | None
    north: float | None
    longitude: float | None
    latitude: float | None
    source: str

    @staticmethod
    def resolve_parent(area: Area) -> str | None:
        return area.parent.code if area.parent else None

    @staticmethod
    def resolve_members(area: Area) -> list[str]:
        return sorted(member.code for member in area.members.all())


class ScheduleData(Schema):
    """Wanneer het is: een regel (RFC 5545), of één dag als `rrule` leeg is. Tijden zijn die van Nederland."""

    starts_on: date
    starts: str = Field(examples=["10:00"])
    ends: str = Field(examples=["11:30"])
    rrule: str
    until: date | None
    skips_school_holidays: bool
    skips_public_holidays: bool
    exdates: list[date]
    note: str

    @staticmethod
    def resolve_starts(schedule: Schedule) -> str:
        return f"{schedule.starts:%H:%M}"

    @staticmethod
    def resolve_ends(schedule: Schedule) -> str:
        return f"{schedule.ends:%H:%M}"


class OfferingData(Schema):
    """Iets waar inwoners aan mee kunnen doen of gebruik van kunnen maken."""

    id: UUID
    slug: str
    name: str
    kind: OfferingKind
    summary: str
    description: str
    organization: Reference
    place: Reference | None
    delivery: Offering.Delivery
    serves: list[str] = Field(description="Codes van de gebieden waarvoor het is; leeg: de hele gemeente.")
    themes: list[Theme]
    needs: list[str]
    audiences: list[Audience]
    minimum_age: int | None
    maximum_age: int | None
    cost_kind: Offering.CostKind
    cost_cents: int | None
    cost_note: str
    step_free: YesNoUnknown
    languages: list[str]
    alone_welcome: bool | None
    sign_up: Offering.SignUp
    website: str
    capacity: int | None
    is_full: bool
    volunteers_wanted: bool
    sphere: KnownSphere
    layer: PyramidLayer | None
    municipal_role: MunicipalRole | None
    active_from: date | None
    active_until: date | None = Field(description="De eerste dag waarop het er niet meer is.")
    schedules: list[ScheduleData]
    last_verification: VerificationData | None
    contact: ContactData

    @staticmethod
    def resolve_serves(offering: Offering) -> list[str]:
        return sorted(area.code for area in offering.serves.all())

    @staticmethod
    def resolve_schedules(offering: Offering) -> list[Schedule]:
        return sorted(offering.schedules.all(), key=lambda line: line.pk)

    @staticmethod
    def resolve_last_verification(offering: Offering) -> Verification | None:
        return _last(offering.verifications)

    @staticmethod
    def resolve_contact(offering: Offering) -> Any:
        return contact_of(offering)


class PlaceData(Schema):
    """Een plek waar mensen elkaar ontmoeten."""

    id: UUID
    slug: str
    name: str
    description: str
    street: str
    house_number: str
    postcode: str
    city: str
    longitude: float
    latitude: float
    neighborhood: str | None = Field(description="Code van de buurt.")
    host: Reference | None
    host_note: str
    phone: str
    website: str
    step_free: YesNoUnknown
    accessible_toilet: YesNoUnknown
    hearing_loop: YesNoUnknown
    access_note: str
    hours: list[HoursData] = Field(description="Openingstijden in de week; leeg: niet bekend.")
    rooms: list[RoomData]
    closed_on: date | None = Field(description="De eerste dag waarop deze plek dicht is.")
    last_verification: VerificationData | None

    @staticmethod
    def resolve_neighborhood(place: MeetingPlace) -> str | None:
        return place.neighborhood.code if place.neighborhood else None

    @staticmethod
    def resolve_host(place: MeetingPlace) -> Organization | None:
        return place.host if place.host and place.host.is_listed else None

    @staticmethod
    def resolve_host_note(place: MeetingPlace) -> str:
        return place.public_host_note

    @staticmethod
    def resolve_phone(place: MeetingPlace) -> str:
        return place.public_phone

    @staticmethod
    def resolve_last_verification(place: MeetingPlace) -> Verification | None:
        return _last(place.verifications)


class OrganizationData(Schema):
    """Een organisatie of groep die zelf zei dat zij vermeld wil staan."""

    id: UUID
    slug: str
    name: str
    kind: OrganizationKind
    description: str
    kvk_number: str
    website: str
    postcode: str
    contact: ContactData

    @staticmethod
    def resolve_contact(organization: Organization) -> dict[str, str]:
        return {**organization.public_contact, "website": organization.website}


class Boundary(Schema):
    """De grens van een gebied als GeoJSON (RFC 7946), lengtegraad eerst."""

    class Properties(Schema):
        code: str
        year: int
        kind: AreaKind
        name: str

    class Geometry(Schema):
        type: Literal["Polygon", "MultiPolygon"]
        coordinates: list[Any]

    type: Literal["Feature"] = "Feature"
    id: str
    bbox: list[float] = Field(min_length=4, max_length=4, description="West, zuid, oost, noord.")
    properties: Properties
    geometry: Geometry


def _last(verifications: Any) -> Verification | None:
    return max(verifications.all(), key=lambda one: (one.confirmed_at, one.pk), default=None)
