"""The wijken and kernen of a municipality as pages: who is there, where to walk in, what happens this week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.text import slugify

from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact, Recourse
from samenspel.places.lookup import plain_name
from samenspel.places.models import Area
from samenspel.socialmap.entrances import entrance_for
from samenspel.socialmap.models import Entrance, MeetingPlace, Offering
from samenspel.socialmap.pages import WEEK
from samenspel.socialmap.schedules import Happening, happening


@dataclass(frozen=True, slots=True)
class Wijk:
    """A wijk or kern by the name that people use; `buurten` are the codes of the neighborhoods it consists of."""

    area: Area
    name: str
    slug: str
    buurten: frozenset[str]

    def holds(self, other: "Wijk") -> bool:
        """Whether the other lies wholly inside it."""
        return other is not self and bool(other.buurten) and other.buurten < self.buurten


@dataclass(frozen=True, slots=True)
class WijkPage:
    """All that stands on the page of a wijk or kern.

    `entrances` is its own ingang; of a kern without one those of its wijken (`parts`), else the ingang of the wider
    area; `open_entrances` are those whose place has not closed, as all of `places`. `offerings` are visible, by name:
    at its places, or brought to the homes of its areas. `this_week` has every occurrence of the coming 7 days in order.
    """

    wijk: Wijk
    parts: tuple[Wijk, ...]
    entrances: tuple[Entrance, ...]
    open_entrances: tuple[Entrance, ...]
    contact: AreaContact | None
    places: tuple[MeetingPlace, ...]
    offerings: tuple[Offering, ...]
    this_week: tuple[Happening, ...]


def municipality_slug(municipality: str) -> str:
    """The name of a municipality as it stands in an address, "" when it is not known; one query."""
    areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY)
    return slugify(areas.order_by("-year").values_list("name", flat=True).first() or "")


def wijken(municipality: str) -> tuple[Wijk, ...]:
    """The kernen and wijken of a municipality by name, each with its own slug; 3 queries.

    A kern of the same buurten as a wijk is that wijk, so it is left out.
    """
    kinds = [Area.Kind.DISTRICT, Area.Kind.VILLAGE]
    rows = Area.objects.filter(municipality=municipality, kind__in=kinds).newest().defer("boundary")
    buurten: dict[int, set[str]] = defaultdict(set)
    for inside in ("children", "members"):
        of_kind = rows.filter(**{f"{inside}__kind": Area.Kind.NEIGHBORHOOD})
        for pk, code in of_kind.values_list("pk", f"{inside}__code"):
            buurten[pk].add(code)
    found: list[Wijk] = []
    for area in rows.order_by("kind", "code"):  # districts come first
        codes = frozenset(buurten[area.pk])
        if codes and any(codes == other.buurten for other in found):
            continue
        name = plain_name(area.name)
        taken = {other.slug for other in found}
        slug = slugify(name)
        found.append(Wijk(area, name, slug if slug not in taken else f"{slug}-{slugify(area.code)}", codes))
    return tuple(sorted(found, key=lambda one: (one.name, one.slug)))


def find_wijk(municipality_name: str, slug: str, *, municipality: str) -> Wijk:
    """The wijk or kern that an address names; raises Area.DoesNotExist; 4 queries."""
    if municipality_name == municipality_slug(municipality):
        for wijk in wijken(municipality):
            if wijk.slug == slug:
                return wijk
    raise Area.DoesNotExist(slug)


def wijk_page(wijk: Wijk, *, municipality: str, at: datetime) -> WijkPage:
    """Read the page of a wijk or kern; at most 14 queries, however much there is."""
    offerings = offerings_of(wijk, municipality=municipality, at=at)
    parts = tuple(other for other in wijken(municipality) if wijk.holds(other))
    entrances = _entrances(wijk, parts, municipality)
    return WijkPage(
        wijk=wijk,
        parts=parts,
        entrances=entrances,
        open_entrances=tuple(one for one in entrances if not one.place.is_closed(at)),
        contact=contact_for(wijk.area, municipality=municipality),
        places=tuple(
            MeetingPlace.objects.open(at)
            .filter(municipality=municipality, neighborhood__code__in=wijk.buurten)
            .select_related("host")
            .order_by("name", "slug")
        ),
        offerings=offerings,
        this_week=happening(offerings, municipality=municipality, start=at, end=at + WEEK),
    )


def offerings_of(wijk: Wijk, *, municipality: str, at: datetime) -> tuple[Offering, ...]:
    """What a resident may see at the places of a wijk, or has brought home there, by name; 4 queries."""
    here = Q(place__neighborhood__code__in=wijk.buurten)
    comes_by = ~Q(delivery=Offering.Delivery.AT_PLACE) & Q(serves__code__in={wijk.area.code, *wijk.buurten})
    chosen = Offering.objects.filter(here | comes_by, municipality=municipality).values("pk")
    return tuple(Offering.objects.visible(at).complete().filter(pk__in=chosen).order_by("name", "slug"))


def entrances_by_area(municipality: str) -> dict[str, Entrance]:
    """Every ingang with its place, by the code of its area; one query."""
    rows = Entrance.objects.filter(municipality=municipality).select_related("area", "place").defer("area__boundary")
    return {one.area.code: one for one in rows}


def recourse_of(municipality: str) -> tuple[Recourse, ...]:
    """Where to find independent help, complain and object, in that order; one query."""
    order = Recourse.Kind.values
    return tuple(sorted(Recourse.objects.filter(municipality=municipality), key=lambda one: order.index(one.kind)))


def _entrances(wijk: Wijk, parts: Iterable[Wijk], municipality: str) -> tuple[Entrance, ...]:
    known = entrances_by_area(municipality)
    if own := known.get(wijk.area.code):
        return (own,)
    if within := tuple(known[part.area.code] for part in parts if part.area.code in known):
        return within
    wider = entrance_for(wijk.area, municipality=municipality)
    return (wider,) if wider else ()
