"""The outline of a municipality and its wijken on a small grid, the drawing under every map.

The grid is the projection of web maps (Mercator), so that the same drawing lies right under the markers of a live map.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asinh, cos, degrees, radians, tan
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from samenspel.places.geometry import shape_of
from samenspel.places.models import Area
from samenspel.socialmap.wijk import wijken

SIDE = 1200
"""Units on the longest side of the grid: finer than a phone shows, coarse enough for a few kB."""
_METRES_PER_DEGREE = 111_320.0
"""On the equator, of longitude."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A municipality on a grid of `width` by `height` units, north up.

    `land` is the SVG path of all of it, `lines` of each wijk by area code. A point in degrees lies on the grid at
    ((longitude - west) * scale, (north - mercator(latitude)) * scale).
    """

    west: float
    north: float
    scale: float
    width: float
    height: float
    latitude: float
    land: str
    lines: Mapping[str, str]
    names: tuple[tuple[str, float, float], ...]
    """What people call the wijken and kernen, the smallest ones: name, latitude, longitude."""

    def on_grid(self, *, latitude: float, longitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.scale, (self.north - _mercator(latitude)) * self.scale

    @property
    def metres(self) -> float:
        """How many metres one unit of the grid is, in the middle of the municipality."""
        return _METRES_PER_DEGREE * cos(radians(self.latitude)) / self.scale

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """South, west, north and east of the grid in degrees."""
        south = _latitude(self.north - self.height / self.scale)
        north, east = _latitude(self.north), self.west + self.width / self.scale
        return round(south, 6), round(self.west, 6), round(north, 6), round(east, 6)


@lru_cache(maxsize=4)
def outline(municipality: str, _hour: int) -> Outline | None:
    """Draw a municipality, at most once an hour; None when its boundaries have not been read in."""
    areas = Area.objects.filter(municipality=municipality, boundary__isnull=False).newest()
    shapes = {area.code: shape_of(area) for area in areas.filter(kind=Area.Kind.DISTRICT).order_by("code")}
    if not shapes:
        shapes = {area.code: shape_of(area) for area in areas.filter(kind=Area.Kind.MUNICIPALITY)}
    known = {code: shape for code, shape in shapes.items() if shape is not None}
    return _drawn(known, _names(municipality)) if known else None


def _names(municipality: str) -> tuple[tuple[str, float, float], ...]:
    found = [wijk for wijk in wijken(municipality) if wijk.area.latitude is not None]
    return tuple(
        (wijk.name, wijk.area.latitude or 0.0, wijk.area.longitude or 0.0)
        for wijk in found
        if not any(wijk.holds(other) for other in found)
    )


def _drawn(shapes: Mapping[str, BaseGeometry], names: tuple[tuple[str, float, float], ...]) -> Outline:
    projected = shapely.transform(np.array(list(shapes.values())), _projected)
    west, south, east, north = shapely.total_bounds(projected).tolist()
    scale = SIDE / max(east - west, north - south)
    simple = shapely.coverage_simplify(shapely.transform(projected, _onto(west, north, scale)), tolerance=SIDE / 300)
    return Outline(
        west=west,
        north=north,
        scale=scale,
        width=(east - west) * scale,
        height=(north - south) * scale,
        latitude=_latitude((north + south) / 2),
        land=_path(shapely.union_all(simple)),
        lines=dict(zip(shapes, map(_path, simple), strict=True)),
        names=names,
    )


def _path(shape: BaseGeometry) -> str:
    """The rings of a surface as one SVG path of whole units; a ring smaller than a dot is left out."""
    return "".join(_ring(ring) for polygon in _polygons(shape) for ring in (polygon.exterior, *polygon.interiors))


def _polygons(shape: BaseGeometry) -> Iterable[Any]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]


def _ring(ring: Any) -> str:
    corners = np.rint(shapely.get_coordinates(ring)[:-1]).astype(int)
    steps = np.diff(corners, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < 2:
        return ""
    drawn = "l".join(f"{x},{y}" if y >= 0 else f"{x}{y}" for x, y in steps.tolist())
    return f"M{corners[0][0]},{corners[0][1]}l{drawn}z"


def _onto(west: float, north: float, scale: float) -> Any:
    return lambda points: np.column_stack([(points[:, 0] - west) * scale, (north - points[:, 1]) * scale])


def _projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([points[:, 0], np.degrees(np.arcsinh(np.tan(np.radians(points[:, 1]))))])


def _mercator(latitude: float) -> float:
    return degrees(asinh(tan(radians(latitude))))


def _latitude(mercator: float) -> float:
    return float(np.degrees(np.arctan(np.sinh(np.radians(mercator)))))
