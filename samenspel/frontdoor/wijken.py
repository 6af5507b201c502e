"""The page of a wijk or kern, and the list of them all, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from samenspel.frontdoor import words
from samenspel.frontdoor.details import Spot, closing, spot_of
from samenspel.frontdoor.hands import hands_context
from samenspel.frontdoor.maps import Point, map_of
from samenspel.frontdoor.people import person
from samenspel.frontdoor.themes import ThemeLink, themes
from samenspel.frontdoor.week import item, week_of
from samenspel.places.lookup import plain_name
from samenspel.places.models import Area
from samenspel.socialmap.models import Entrance
from samenspel.socialmap.wijk import Wijk, WijkPage, entrances_by_area, municipality_slug, wijken


@dataclass(frozen=True, slots=True)
class Ingang:
    """The place to walk in at, in words; `area` is the area whose ingang it is.

    `closing` says that the place closed, and then nobody is there: no host and no hours; or that it is going to.
    """

    spot: Spot
    closing: str
    area: str
    host: str
    phone: str
    phone_link: str
    hours: tuple[words.Hours, ...]
    note: str


@dataclass(frozen=True, slots=True)
class WijkLink:
    """A wijk or kern in a list, with its number on the map and the name of its ingang."""

    number: int
    name: str
    href: str
    entrance: str
    area: Area


def wijk_context(page: WijkPage, *, municipality: str, now: datetime) -> dict[str, Any]:
    """Show a wijk: its ingang, its person, this week, its places, and the way to everything by theme."""
    slug = municipality_slug(municipality)
    in_week = {offering.pk for _, offering in page.this_week}
    spots = [spot_of(place) for place in page.places]
    return {
        "wijk": page.wijk,
        "entrances": [_ingang(one, now) for one in page.entrances],
        "person": person(page.contact),
        "days": week_of(page.this_week, now=now, with_place=True) if page.this_week else (),
        "others": [item(one, with_place=True) for one in page.offerings if one.pk not in in_week],
        "places": list(enumerate(spots, start=1)),
        "parts": [(part.name, address("wijk", slug, part)) for part in page.parts],
        "themes": _themes_near(page.wijk.name),
        "everything": f"{reverse('frontdoor:search')}?{urlencode({'plaats': page.wijk.name})}",
        "guide": address("guide", slug, page.wijk),
        "poster": address("poster", slug, page.wijk) if page.open_entrances else "",
        "agenda": address("wijk-agenda", slug, page.wijk),
        "hands": hands_context(page, municipality=municipality, now=now),
        "map": map_of(
            (
                Point(number, place.name, spot.href, place.latitude, place.longitude)
                for number, (place, spot) in enumerate(zip(page.places, spots, strict=True), start=1)
            ),
            municipality=municipality,
            at=now,
            chosen=page.wijk.area.code,
        ),
    }


def wijken_context(*, municipality: str, now: datetime) -> dict[str, Any]:
    """Show all wijken and kernen with their ingang, and a map of them."""
    links = _links(municipality, now)
    points = (
        Point(one.number, one.name, one.href, one.area.latitude, one.area.longitude)
        for one in links
        if one.area.latitude is not None and one.area.longitude is not None
    )
    return {"wijken": links, "map": map_of(points, municipality=municipality, at=now)}


def address(page: str, municipality: str, wijk: Wijk) -> str:
    """Give the address of a page of a wijk."""
    return reverse(f"frontdoor:{page}", kwargs={"municipality": municipality, "slug": wijk.slug})


def _links(municipality: str, now: datetime) -> list[WijkLink]:
    slug = municipality_slug(municipality)
    known = {
        code: one.place.name for code, one in entrances_by_area(municipality).items() if not one.place.is_closed(now)
    }
    return [
        WijkLink(
            number=number,
            name=wijk.name,
            href=address("wijk", slug, wijk),
            entrance=known.get(wijk.area.code, ""),
            area=wijk.area,
        )
        for number, wijk in enumerate(wijken(municipality), start=1)
    ]


def _ingang(entrance: Entrance, now: datetime) -> Ingang:
    is_closed = entrance.place.is_closed(now)
    return Ingang(
        spot=spot_of(entrance.place),
        closing=closing(entrance.place, now=now),
        area=plain_name(entrance.area.name),
        host="" if is_closed else entrance.host,
        phone=entrance.phone,
        phone_link=words.dialled(entrance.phone),
        hours=() if is_closed else words.hours_in_short(entrance.hours),
        note=entrance.note,
    )


def _themes_near(place: str) -> tuple[ThemeLink, ...]:
    near = urlencode({"plaats": place})
    return tuple(ThemeLink(one.key, one.label, f"{one.href}&{near}", one.pictogram) for one in themes())
