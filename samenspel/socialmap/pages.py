"""What the page of one offering or one meeting place shows, read in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from django.db.models import F, Prefetch

from samenspel.engine.calendar import Occurrence
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact, Organization
from samenspel.places.models import Area
from samenspel.socialmap.holidays import days_off
from samenspel.socialmap.models import MeetingPlace, Offering, YesNoUnknown
from samenspel.socialmap.schedules import Happening, happening, next_dates, times_in_words
from samenspel.socialmap.trust import Trust, trust_in_offering, trust_in_place

WEEK = timedelta(days=7)
DATES_SHOWN = 6
NEARBY_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Contact:
    """How anyone may reach the organizer; all empty but the website when the group shields its contact."""

    name: str
    phone: str
    email: str
    website: str


@dataclass(frozen=True, slots=True)
class OfferingPage:
    """One offering with its organization, place, schedules and areas loaded; `area_contact` is the person nearby.

    `is_shielded` says that the way in is the area's person. `step_free` is the place's when the offering says nothing.
    """

    offering: Offering
    trust: Trust
    times: tuple[str, ...]
    dates: tuple[Occurrence, ...]
    contact: Contact
    is_shielded: bool
    step_free: str
    area_contact: AreaContact | None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One meeting place; `host` is None when it has none or does not want to be listed.

    `this_week` has every occurrence of the coming 7 days in order, `offerings` all that is there, by name. When it has
    closed, `nearby` are the nearest places that have not.
    """

    place: MeetingPlace
    is_closed: bool
    nearby: tuple[MeetingPlace, ...]
    trust: Trust
    host: Organization | None
    host_note: str
    this_week: tuple[Happening, ...]
    offerings: tuple[Offering, ...]
    area_contact: AreaContact | None


def offering_page(slug: str, *, municipality: str, at: datetime) -> OfferingPage:
    """Read the page of an offering; 6 queries. Raises Offering.DoesNotExist when residents may not see it."""
    offering = Offering.objects.visible(at).complete().get(municipality=municipality, slug=slug)
    return OfferingPage(
        offering=offering,
        trust=trust_in_offering(offering, at),
        times=times_in_words(offering, at=at),
        dates=next_dates(offering, at=at, count=DATES_SHOWN, off=days_off(municipality)),
        contact=contact_of(offering),
        is_shielded=offering.organization.contact_shielded,
        step_free=_step_free(offering),
        area_contact=contact_for(_area(offering), municipality=municipality),
    )


def place_page(slug: str, *, municipality: str, at: datetime) -> PlacePage:
    """Read the page of a meeting place; 6 queries, 7 when it has closed. Raises MeetingPlace.DoesNotExist."""
    visible = Offering.objects.visible(at).select_related("organization").prefetch_related("schedules").order_by("name")
    place = (
        MeetingPlace.objects.select_related("host", "neighborhood")
        .defer("neighborhood__boundary")
        .prefetch_related("verifications", Prefetch("offerings", visible))
        .get(municipality=municipality, slug=slug)
    )
    offerings = tuple(place.offerings.all())
    host = place.host if place.host and place.host.is_listed else None
    is_closed = place.is_closed(at)
    return PlacePage(
        place=place,
        is_closed=is_closed,
        nearby=_nearby(place, at) if is_closed else (),
        trust=trust_in_place(place, at),
        host=host,
        host_note=place.public_host_note,
        this_week=happening(offerings, municipality=municipality, start=at, end=at + WEEK),
        offerings=offerings,
        area_contact=contact_for(place.neighborhood, municipality=municipality),
    )


def _nearby(place: MeetingPlace, at: datetime) -> tuple[MeetingPlace, ...]:
    """The nearest open places as the crow flies; a degree to the east is shorter than one to the north."""
    north = F("latitude") - place.latitude
    east = (F("longitude") - place.longitude) * cos(radians(place.latitude))
    others = MeetingPlace.objects.open(at).filter(municipality=place.municipality).exclude(pk=place.pk)
    return tuple(others.order_by(north * north + east * east, "slug")[:NEARBY_SHOWN])


def _area(offering: Offering) -> Area | None:
    """The area whose person knows it: around the place, else the first that it serves."""
    if offering.place:
        return offering.place.neighborhood
    return min(offering.serves.all(), key=lambda area: area.code, default=None)


def contact_of(offering: Offering) -> Contact:
    """The contact of an offering that anyone may see; no query when its organization is loaded."""
    organization = offering.organization
    is_shielded = organization.contact_shielded  # then the offering's own number stays unsaid as well
    public = organization.public_contact
    return Contact(
        name=public["name"],
        phone=public_phone(offering.phone, organization.phone, is_shielded=is_shielded),
        email="" if is_shielded else offering.email or public["email"],
        website=offering.website or organization.website,
    )


def public_phone(own: str, of_organization: str, *, is_shielded: bool) -> str:
    """The number of an offering that anyone may call: its own, else its organization's; none of who shields it."""
    return "" if is_shielded else own or of_organization


def _step_free(offering: Offering) -> str:
    if offering.step_free == YesNoUnknown.UNKNOWN and offering.place:
        return offering.place.step_free
    return offering.step_free
