"""The page of one offering and of one meeting place, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from samenspel.engine.calendar import Occurrence
from samenspel.frontdoor import words
from samenspel.frontdoor.cards import by_whom, trust_line
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.maps import Point, map_of
from samenspel.frontdoor.people import person
from samenspel.frontdoor.week import item, week_of
from samenspel.frontdoor.words import Fact, cost_fact
from samenspel.socialmap.models import MeetingPlace, Offering, YesNoUnknown
from samenspel.socialmap.pages import OfferingPage, PlacePage
from samenspel.socialmap.trust import Trust
from samenspel.sources.vocabulary import Audience

DATES = 4
"""How many coming dates the page of an offering shows."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the people of an offering themselves; absent when they shield it."""

    name: str
    phone: str
    phone_link: str
    email: str
    website: str
    website_name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is: the place with its page and address lines."""

    name: str
    href: str
    address: tuple[str, ...]
    access: tuple[str, ...]


def offering_context(page: OfferingPage, *, now: datetime) -> dict[str, Any]:
    """Show one offering, with its own contact or, where it shields that, the person of the area."""
    offering = page.offering
    trust, is_sure = trust_in_words(page.trust)
    contact = _contact(page)
    return {
        "offering": offering,
        "language": language(),
        "agenda": reverse("frontdoor:offering-agenda", kwargs={"slug": offering.slug}),
        "paragraphs": [text for text in offering.description.split("\n") if text.strip()],
        "times": [words.sentence(line) for line in page.times],
        "dates": dates_in_words(page.dates[:DATES], now=now),
        "spot": spot_of(offering.place) if offering.place else None,
        "closing": closing(offering.place, now=now) if offering.place else "",
        "pause": pause(offering, now=now),
        "where": words.sentence(str(Offering.Delivery(offering.delivery).label)),
        "facts": tuple(fact for fact in _facts(page) if fact.said or fact.own_words),
        "trust": trust,
        "is_sure": is_sure,
        "contact": contact,
        "person": None if contact else person(page.area_contact),
    }


def place_context(page: PlacePage, *, now: datetime) -> dict[str, Any]:
    """Show a meeting place with what happens there in the coming week."""
    place = page.place
    spot = spot_of(place)
    trust, is_sure = trust_in_words(page.trust)
    in_week = {offering.pk for _, offering in page.this_week}
    return {
        "place": place,
        "spot": spot,
        "closing": closing(place, now=now),
        "is_closed": page.is_closed,
        "nearby": [spot_of(one) for one in page.nearby],
        "days": week_of(page.this_week, now=now, with_place=False) if page.this_week else (),
        "others": [item(one) for one in page.offerings if one.pk not in in_week],
        "map": map_of(
            (Point(1, place.name, spot.href, place.latitude, place.longitude),),
            municipality=place.municipality,
            at=now,
        ),
        "hours": words.hours_by_day(place.hours) if place.hours else (),
        "rooms": [_room(room) for room in place.rooms],
        "host": page.host.name if page.host else "",
        "host_note": page.host_note,
        "phone_link": words.dialled(place.public_phone),
        "website_name": words.site(place.website),
        "trust": trust,
        "is_sure": is_sure,
        "person": person(page.area_contact),
    }


def pause(offering: Offering, *, now: datetime) -> str:
    """Say until when it is not there for a while; "" when it goes on."""
    if offering.paused_until is None or not offering.is_paused(now):
        return ""
    return gettext("Tot %(day)s is dit er even niet.") % {"day": words.day(offering.paused_until)}


def _room(room: Mapping[str, Any]) -> str:
    if not room.get("capacity"):
        return str(room["name"])
    return gettext("%(name)s, voor %(number)d mensen") % {"name": room["name"], "number": room["capacity"]}


def _contact(page: OfferingPage) -> Contact | None:
    """Give the group's own contact; None when it is shielded or there is no way in."""
    known = page.contact
    if page.is_shielded or not (known.phone or known.email or known.website):
        return None
    return Contact(
        name=known.name,
        phone=known.phone,
        phone_link=words.dialled(known.phone),
        email=known.email,
        website=known.website,
        website_name=words.site(known.website),
    )


def _facts(page: OfferingPage) -> Iterator[Fact]:
    """Say for whom it is, what it costs and what makes it easy to join."""
    offering = page.offering
    is_somewhere = offering.delivery == Offering.Delivery.AT_PLACE
    yield Fact(gettext("Voor wie"), words.sentence(_for_whom(offering)))
    yield cost_fact(offering.cost_kind, offering.cost_cents, offering.cost_note)
    yield Fact(gettext("Aanmelden"), words.sentence(str(Offering.SignUp(offering.sign_up).label)))
    if not page.is_shielded:
        yield Fact(gettext("De eerste keer"), "", words.sentence(offering.first_contact))
    if is_somewhere and offering.alone_welcome:
        yield Fact(gettext("Alleen komen"), gettext("Ja, u kunt alleen komen"))
    if is_somewhere:
        yield Fact(gettext("Rolstoel"), _step_free(page.step_free))
    spoken = [words.language_name(code) for code in offering.languages]
    yield Fact(gettext("Talen"), words.sentence(words.listed(spoken)))
    yield Fact(gettext("Door"), words.sentence(by_whom(offering.organization.name, offering.layer)))


def _for_whom(offering: Offering) -> str:
    said = words.listed([str(Audience(key).label) for key in offering.audiences if key in Audience.values])
    ages = _ages(offering.minimum_age, offering.maximum_age)
    return ", ".join(part for part in (said or gettext("iedereen"), ages) if part)


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return gettext("van %(youngest)d tot en met %(oldest)d jaar") % {"youngest": youngest, "oldest": oldest}
    if youngest is not None:
        return gettext("vanaf %(age)d jaar") % {"age": youngest}
    return gettext("tot en met %(age)d jaar") % {"age": oldest} if oldest is not None else ""


def _step_free(known: str) -> str:
    return {
        YesNoUnknown.YES: gettext("Een rolstoel kan naar binnen"),
        YesNoUnknown.NO: gettext("Er zijn drempels of trappen"),
    }.get(YesNoUnknown(known), "")


def spot_of(place: MeetingPlace) -> Spot:
    return Spot(
        name=place.name,
        href=reverse("frontdoor:place", kwargs={"slug": place.slug}),
        address=tuple(
            line
            for line in (
                f"{place.street} {place.house_number}".strip(),
                f"{words.postcode(place.postcode)} {place.city}".strip(),
            )
            if line
        ),
        access=access_of(place),
    )


def closing(place: MeetingPlace, *, now: datetime) -> str:
    """Say that a place closed, or is going to; empty when neither."""
    if place.closed_on is None:
        return ""
    said = gettext("Deze plek is dicht sinds %(day)s.")
    if not place.is_closed(now):
        said = gettext("Deze plek gaat dicht op %(day)s.")
    return said % {"day": words.day(place.closed_on)}


def access_of(place: MeetingPlace) -> tuple[str, ...]:
    """Say in sentences what is known about getting in; what is unknown is said too, for it decides whether to call."""
    asked = (
        (
            place.step_free,
            gettext("Een rolstoel of rollator kan naar binnen."),
            gettext("Er zijn drempels of trappen."),
            gettext("Of een rolstoel naar binnen kan, weten wij niet."),
        ),
        (
            place.accessible_toilet,
            gettext("Er is een toilet voor mensen met een rolstoel."),
            gettext("Er is geen toilet voor mensen met een rolstoel."),
            gettext("Of er een rolstoeltoilet is, weten wij niet."),
        ),
        (
            place.hearing_loop,
            gettext("Er is een ringleiding voor wie slecht hoort."),
            gettext("Er is geen ringleiding."),
            "",
        ),
    )
    said = [{"yes": yes, "no": no}.get(known, unknown) for known, yes, no, unknown in asked]
    return tuple(sentence for sentence in said if sentence)


def dates_in_words(dates: Sequence[Occurrence], *, now: datetime) -> tuple[str, ...]:
    """Say the coming dates with their times."""
    today = now.astimezone(words.LOCAL).date()
    return tuple(
        gettext("%(day)s van %(times)s")
        % {
            "day": words.sentence(words.day_of_week(one.start.date(), today=today)),
            "times": words.from_to(one.start, one.end),
        }
        for one in dates
    )


def trust_in_words(trust: Trust) -> tuple[str, bool]:
    """Say who confirmed it last, and whether to count on it."""
    said, is_sure = trust_line(trust.state, trust.confirmed_on, trust.method)
    if trust.confirmed_by:
        said = gettext("%(said)s, door: %(who)s") % {"said": said, "who": trust.confirmed_by}
    return said, is_sure
