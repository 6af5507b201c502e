"""From what a resident types, or from a point, to where that is.

`find_near` and `centre_of` take at most two queries; `Locator` reads the boundaries once and answers without any.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import cos, hypot, radians

import numpy as np
import shapely
from django.db.models import Q
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samenspel.engine.dutch import fold
from samenspel.places.geometry import shape_of
from samenspel.places.models import Area, AreaFigures, Postcode

MAX_TEXT = 100
"""Characters of a place that are looked at; the longest Dutch place name has 28."""
PLACES_APART = " / "
"""Between the names of the places that share one postcode."""

_POSTCODE = re.compile(r"([1-9][0-9]{3})(?:[ -]?([A-Z]{2}))?(?: .*)?", re.IGNORECASE | re.ASCII)
_NOT_NAME = re.compile(r"[\W_]+")
_CBS_NUMBER = re.compile(r"^wijk\s+[0-9]+\s+", re.IGNORECASE)
_ADDITION = re.compile(r"\s*\(.*\)$")
_FIRST_MEANT = {kind: rank for rank, kind in enumerate((
    Area.Kind.VILLAGE, Area.Kind.DISTRICT, Area.Kind.NEIGHBORHOOD, Area.Kind.MUNICIPALITY, Area.Kind.WORKING_AREA,
))}  # fmt: skip


class UnknownPlace(Exception):
    """Nothing is known by this postcode or name; the message tells a resident what can be typed."""


@dataclass(frozen=True)
class Near:
    """A place to look around: degrees WGS84, its buurt where known, and the municipality it lies in."""

    label: str
    latitude: float
    longitude: float
    neighborhood: Area | None
    municipality: str


COUNTRY = Near("Nederland", 52.1, 5.3, None, "")
"""No place in particular: what is asked of the whole country."""


def find_near(text: str, *, municipality: str) -> Near:
    """The place that `text` names: a PC6, a PC4, or a kern, wijk, buurt or place in `municipality`.

    A postcode may lie in another municipality; a PC6 that is not known counts as its PC4. Capitals, accents and
    punctuation do not matter. Raises UnknownPlace.
    """
    typed = " ".join(text[:MAX_TEXT].split())
    if match := _POSTCODE.fullmatch(typed):
        return _near_postcode(match[1], (match[2] or "").upper())
    if key := _key(typed):
        return _near_name(typed, key, municipality)
    raise UnknownPlace(_("Typ een postcode, zoals 1234 AB, of de naam van een kern, wijk of buurt."))


def centre_of(municipality: str) -> Near:
    """The middle of a municipality: of its own boundary, else of its buurten; raises UnknownPlace."""
    areas = Area.objects.filter(municipality=municipality, latitude__isnull=False).order_by("-year").defer("boundary")
    if whole := areas.filter(kind=Area.Kind.MUNICIPALITY).first():
        latitude, longitude = _point(whole)
        return Near(whole.name, latitude, longitude, None, municipality)
    points = np.array(areas.filter(kind=Area.Kind.NEIGHBORHOOD).newest().values_list("latitude", "longitude"))
    if not len(points):
        raise UnknownPlace(_("De grenzen van deze gemeente zijn nog niet ingelezen."))
    latitude, longitude = points.mean(axis=0).tolist()
    return Near(municipality, latitude, longitude, None, municipality)


def _near_postcode(digits: str, letters: str) -> Near:
    found = {
        postcode.code: postcode
        for postcode in Postcode.objects.filter(code__in=[digits, digits + letters])
        .select_related("neighborhood")
        .defer("neighborhood__boundary")
    }
    best = found.get(digits + letters) or found.get(digits)
    if not best:
        raise UnknownPlace(
            _("Postcode %(postcode)s kennen wij niet. Klopt hij? U kunt ook de naam van uw kern, wijk of buurt typen.")
            % {"postcode": f"{digits} {letters}".strip()}
        )
    place_name = best.place_name or (found[digits].place_name if digits in found else "")
    label = f"{best.code[:4]} {best.code[4:]}".strip()
    return Near(f"{label} {place_name}".strip(), best.latitude, best.longitude, best.neighborhood, best.municipality)


def _near_name(typed: str, key: str, municipality: str) -> Near:
    """An area of this name, else a place that a postcode carries."""
    areas = list(
        Area.objects.filter(municipality=municipality, latitude__isnull=False)
        .defer("boundary")
        .order_by("-year", "code")
    )
    if named := [area for area in areas if key in _keys(area.name)]:
        area = min(named, key=lambda area: _FIRST_MEANT[Area.Kind(area.kind)])  # among equals the newest year
        return _near_area(area, areas)
    places = _places(municipality)
    if key in places:
        return _near_place(*places[key])
    known = [*(area.name for area in areas), *(name for name, _postcodes in places.values())]
    raise UnknownPlace(_unknown_name(typed, key, known))


def _near_area(area: Area, areas: Iterable[Area]) -> Near:
    """An area by the buurt where its people are; its inner point may be a field between villages."""
    heart = _heart(area, areas)
    latitude, longitude = _point(area if area.kind == Area.Kind.MUNICIPALITY else heart or area)
    return Near(plain_name(area.name), latitude, longitude, heart, area.municipality)


def plain_name(name: str) -> str:
    """The name of an area as people say it: CBS writes "Wijk 01 Dorp"."""
    return _CBS_NUMBER.sub("", name)


def _heart(area: Area, areas: Iterable[Area]) -> Area | None:
    """The buurt nearest to the middle of the residents of a kern or wijk; none for a whole municipality."""
    if area.kind in (Area.Kind.NEIGHBORHOOD, Area.Kind.MUNICIPALITY):
        return area if area.kind == Area.Kind.NEIGHBORHOOD else None
    buurten = {one.pk: one for one in areas if one.kind == Area.Kind.NEIGHBORHOOD}
    within = Q(area__parent=area) if area.kind == Area.Kind.DISTRICT else Q(area__member_of=area)
    residents = {
        pk: values["residents"]
        for pk, values in AreaFigures.objects.filter(within).order_by("year").values_list("area", "values")
        if pk in buurten and values.get("residents")
    }
    if not residents:
        return min(buurten.values(), key=lambda one: _apart(_point(one), _point(area)), default=None)
    points = [_point(buurten[pk]) for pk in residents]
    latitude, longitude = np.average(points, axis=0, weights=list(residents.values())).tolist()
    return min((buurten[pk] for pk in residents), key=lambda one: _apart(_point(one), (latitude, longitude)))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points in degrees of latitude, near enough to compare within a municipality."""
    return hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))


def _point(area: Area) -> tuple[float, float]:
    """The latitude and longitude of an area that was selected for having them."""
    if area.latitude is None or area.longitude is None:
        raise ValueError(f"{area.code} has no point")
    return area.latitude, area.longitude


def _places(municipality: str) -> dict[str, tuple[str, list[Postcode]]]:
    """Per key the name of each place with the postcodes that carry it."""
    places: dict[str, tuple[str, list[Postcode]]] = {}
    for postcode in (
        Postcode.objects.filter(municipality=municipality)
        .exclude(place_name="")
        .select_related("neighborhood")
        .defer("neighborhood__boundary")
        .order_by("code")
    ):
        for name in postcode.place_name.split(PLACES_APART):
            for key in _keys(name):
                places.setdefault(key, (name, []))[1].append(postcode)
    return places


def _near_place(name: str, postcodes: Sequence[Postcode]) -> Near:
    """The postcode nearest to the middle of a place: a point that lies somewhere, not between two.

    A postcode that several places share has the point of the first, so it counts for the others only without better.
    """
    own = [one for one in postcodes if one.place_name.split(PLACES_APART)[0] == name] or postcodes
    latitude, longitude = np.mean([(one.latitude, one.longitude) for one in own], axis=0).tolist()
    best = min(own, key=lambda one: _apart((one.latitude, one.longitude), (latitude, longitude)))
    return Near(name, best.latitude, best.longitude, best.neighborhood, best.municipality)


def _unknown_name(typed: str, key: str, names: Iterable[str]) -> str:
    by_key = {known: name for name in names for known in _keys(name)}
    alike = get_close_matches(key, by_key, n=3, cutoff=0.75)
    if alike:
        meant = ", ".join(dict.fromkeys(by_key[one] for one in alike))
        return _("‘%(typed)s’ kennen wij niet. Bedoelt u: %(meant)s?") % {"typed": typed, "meant": meant}
    return _(
        "‘%(typed)s’ kennen wij niet in deze gemeente. Typ een postcode, zoals 1234 AB, "
        "of de naam van een kern, wijk of buurt."
    ) % {"typed": typed}


def _keys(name: str) -> Iterator[str]:
    """What people may type for `name`: CBS writes "Wijk 01 Dorp", others "Dorp (Gld)"."""
    plain = plain_name(name)
    yield from {_key(name), _key(plain), _key(_ADDITION.sub("", plain))} - {""}


def _key(name: str) -> str:
    return _NOT_NAME.sub("", fold(name))


class Locator:
    """Finds the buurt of a point; where two years or two boundaries overlap, the newest year and the lowest code."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Take the areas that have a boundary."""
        shapes = [(area, shape) for area in areas if (shape := shape_of(area)) is not None]
        shapes.sort(key=lambda one: (-one[0].year, one[0].code))
        self._areas = [area for area, _shape in shapes]
        self._by_code = {area.code: area for area in reversed(self._areas)}
        self._tree = shapely.STRtree([shape for _area, shape in shapes])

    @classmethod
    def of(cls, municipality: str | None = None) -> "Locator":
        """Over the newest buurten of one municipality, or of all; one query."""
        areas = Area.objects.filter(kind=Area.Kind.NEIGHBORHOOD, boundary__isnull=False)
        return cls((areas.filter(municipality=municipality) if municipality else areas).newest())

    def __len__(self) -> int:
        return len(self._areas)

    def with_code(self, code: str) -> Area | None:
        """The newest buurt of this code that has a boundary."""
        return self._by_code.get(code)

    def find(self, *, latitude: float, longitude: float) -> Area | None:
        """The buurt of one point (degrees), or None outside all boundaries."""
        hits = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return self._areas[int(hits.min())] if len(hits) else None

    def find_all(self, *, latitudes: Sequence[float], longitudes: Sequence[float]) -> list[Area | None]:
        """The buurt of each point, in order; both sequences have the same length."""
        found = self.positions(latitudes=np.asarray(latitudes, float), longitudes=np.asarray(longitudes, float))
        return [self._areas[place] if place < len(self._areas) else None for place in found.tolist()]

    def positions(self, *, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.intp]:
        """Per point, shape (n,), the rank of its buurt; `len(self)` where there is none."""
        which, hit = self._tree.query(shapely.points(longitudes, latitudes), predicate="intersects")
        found = np.full(len(latitudes), len(self._areas))
        np.minimum.at(found, which, hit)
        return found
