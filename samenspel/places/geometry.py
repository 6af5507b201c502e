"""Boundaries: what may be stored as one, and the box and point that are stored with it.

All coordinates are WGS84, longitude first (RFC 7946).
"""

from math import cos, radians, sqrt
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from samenspel.places.models import Area

_WEST, _SOUTH, _EAST, _NORTH = 3.0, 50.6, 7.4, 53.8
"""The Netherlands in Europe with some room."""
_SURFACES = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def in_country(longitude: float, latitude: float) -> bool:
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def place_problem(west: float, south: float, east: float, north: float) -> str:
    """Why this box (or point, given twice) cannot lie in the Netherlands, or ""."""
    if in_country(west, south) and in_country(east, north):
        return ""
    if in_country(south, west) and in_country(north, east):
        return "lengte- en breedtegraad zijn verwisseld; de lengtegraad komt eerst"
    if 0 <= west <= 300_000 and 300_000 <= north <= 640_000:
        return "dit zijn RD-coördinaten; zet het bestand om naar WGS84 (EPSG:4326)"
    return f"ligt buiten Nederland (lengtegraad {west:g} tot {east:g}, breedtegraad {south:g} tot {north:g})"


def boundary_problem(shape: BaseGeometry | None) -> str:
    """Why this cannot be the boundary of an area, or ""."""
    if shape is None:
        return "geen geldige Polygon of MultiPolygon"
    if shape.is_empty:
        return "de grens is leeg"
    if shapely.get_type_id(shape) not in _SURFACES:
        return f"een grens is een Polygon of MultiPolygon, geen {shape.geom_type}"
    return place_problem(*shape.bounds) or _shape_problem(shape)


def _shape_problem(shape: BaseGeometry) -> str:
    if shapely.is_valid(shape):
        return ""
    reason, _, where = shapely.is_valid_reason(shape).rstrip("]").partition("[")
    if "Self-intersection" in reason:
        return f"de grens snijdt zichzelf bij {where}"
    return f"de grens is geen geldig vlak ({reason.strip()} bij {where})"


def boundary_fields(shapes: "np.ndarray[Any, Any]") -> list[dict[str, Any]]:
    """The boundary, box and inner point of each shape, as fields of Area."""
    boxes = shapely.bounds(shapes)
    inner = shapely.centroid(shapes)
    outside = ~shapely.contains(shapes, inner)
    inner[outside] = shapely.point_on_surface(shapes[outside])
    names = ("boundary", "west", "south", "east", "north", "longitude", "latitude")
    columns = (shapely.to_wkb(shapes), *boxes.T.tolist(), shapely.get_x(inner).tolist(), shapely.get_y(inner).tolist())
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def shape_of(area: Area) -> BaseGeometry | None:
    """The boundary of an area as a shape; None when it has none."""
    return None if area.boundary is None else shapely.from_wkb(bytes(area.boundary))


def spread_over(shape: BaseGeometry, number: int) -> list[tuple[float, float]]:
    """About `number` points (longitude, latitude) at even distances inside a boundary, at least one.

    For where people live inside an area of which no more is known than how many they are; the same each time.
    """
    west, south, east, north = shape.bounds
    shrink = cos(radians((south + north) / 2))
    step = sqrt(shape.area * shrink / number) or 1.0
    columns, rows = np.arange(west + step / shrink / 2, east, step / shrink), np.arange(south + step / 2, north, step)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    inside = grid[shapely.intersects_xy(shape, *grid.T)] if len(grid) else grid
    middle = shape.representative_point()
    return [(x, y) for x, y in inside.tolist()] or [(middle.x, middle.y)]
