"""A map of areas by what state each is in; pattern, sign and number say it as well as colour does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from samenspel.engine.coverage.states import State
from samenspel.ui.charts.chart import DARK, INK, PAPER, SMALL, WIDTH, Chart, Words, draw
from samenspel.ui.charts.pixels import ruled, signs, texts

FILLS = {
    State.PRESENT: DARK,
    State.PARTLY: "url(#partly)",
    State.MISSING: "url(#missing)",
    State.UNKNOWN: "url(#unknown)",
}
_HALF = "M0,-1A1,1,0,0,0,0,1Z"
_SIGNS = {State.PRESENT: ("circle", ""), State.PARTLY: (_HALF, ""), State.MISSING: ("", ""), State.UNKNOWN: ("", "?")}
"""What stands in the ring: full, half, nothing, a question mark."""
_SWATCH = "M-1,-0.65H1V0.65H-1Z"
_CROWDED = 30
"""From how many areas a label is only a number; pattern and colour still say the state."""
_LINE = 30
_HIGHEST = 560

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Place:
    """An area with its state; `boundary` is WKB in WGS84, None where there is none, and then it is not on the map."""

    name: str
    state: State
    boundary: bytes | None


def area_map(words: Words, places: Sequence[Place], states: Mapping[State, str]) -> Chart:
    """Areas numbered as in the table; `words.columns` are number, area and state, `states` the words of each state."""
    table = [(str(number), place.name, states[place.state]) for number, place in enumerate(places, 1)]
    drawn = [(str(number), place) for number, place in enumerate(places, 1) if place.boundary]
    ground = _ground(tuple(bytes(place.boundary or b"") for _, place in drawn))
    high, crowded = ground.high, len(drawn) > _CROWDED
    labels = [_label(x, y, place.state, number) for (number, place), (x, y) in zip(drawn, ground.beside, strict=True)]
    swatches = [_label(72.0, high + _LINE * (row + 0.8), state, "") for row, state in enumerate(State)]
    said = [swatch | {"words": states[state]} for swatch, state in zip(swatches, State, strict=True)]
    signed = [] if crowded else labels + swatches
    grounds = [_feature(shape, drawn[at][1].state) for at, shape in ground.shapes]
    ring = {"size": 150, "stroke": INK, "xOffset": -11}
    layers = [
        _grounds(grounds, {"stroke": PAPER, "strokeWidth": 3}, fill=True),
        _grounds(grounds, {"stroke": INK, "filled": False, "strokeWidth": 1}),
        ruled([(*ends, 1) for ends in np.hstack([ground.inside, ground.beside]).tolist()], INK),
        signs([{"x": x, "y": y} for x, y in ground.inside], {"size": 30, "fill": INK, "stroke": INK}),
        signs(labels, {"shape": _box(ground.size), "size": 4, "fill": PAPER, "stroke": INK}),
        signs(swatches, {"shape": _SWATCH, "size": 900, "stroke": INK, "xOffset": -52}, by_value=["fill"]),
        signs(signed, ring | {"fill": PAPER}),
        signs([one for one in signed if one["shape"]], ring | {"fill": INK}, by_value=["shape"]),
        texts(signed, "mark", {"fontSize": 12, "fontWeight": "bold", "xOffset": -11}),
        texts(labels, "number", {"fontSize": SMALL, "fontWeight": "bold", "xOffset": 0 if crowded else 9}),
        texts(said, "words", {"align": "left"}),
    ]
    projection = {"type": "identity", "scale": 1, "translate": [0, 0]}
    high += _LINE * len(State)
    return draw(words, table, {"width": WIDTH - 8, "height": high, "projection": projection, "layer": layers})


@dataclass(frozen=True)
class _Ground:
    """What only boundaries decide: `shapes` as GeoJSON with their places in the list, large ones first, in pixels."""

    high: int
    shapes: list[tuple[int, dict[str, Any]]]
    inside: list[list[float]]
    beside: list[list[float]]
    size: tuple[float, float]


@lru_cache(maxsize=16)
def _ground(boundaries: tuple[bytes, ...]) -> _Ground:
    shapes, high = _on_paper(np.array([shapely.from_wkb(one) for one in boundaries], dtype=object))
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes)).round(1)
    size = (26.0, 22.0) if len(shapes) > _CROWDED else (42.0, 28.0)
    order = np.argsort(-shapely.area(shapes), kind="stable").tolist()  # a kern in a wijk lies on top of it
    seen = [(at, shapely.geometry.mapping(shapes[at])) for at in order]
    return _Ground(high, seen, inside.tolist(), _apart(inside, np.array(size) + 2, high).tolist(), size)


def _on_paper(shapes: Array) -> tuple[Array, int]:
    """Boundaries in pixels, north up, as detailed as a pixel shows, and how high the map is."""
    if not len(shapes):
        return shapes, 0
    west, south, east, north = shapely.total_bounds(shapes)
    flat = np.cos(np.radians((south + north) / 2))
    scale = min((WIDTH - 10) / ((east - west) * flat), _HIGHEST / (north - south))
    left = (WIDTH - 10 - (east - west) * flat * scale) / 2
    corner, per_degree = np.array([west, north]), np.array([flat * scale, -scale])
    moved = shapely.transform(shapes, lambda at: (at - corner) * per_degree + (left, 1))
    seen = shapely.transform(shapely.simplify(moved, 0.7), lambda at: at.round(1))
    return seen, round((north - south) * scale) + 2


def _apart(at: Array, size: Array, high: int) -> Array:
    """Labels of a size moved until none lies over another, or nearly so where areas are many and small."""
    at = at + np.arange(len(at))[:, None] * 1e-3  # two at one place have a way to go
    for _ in range(100):
        apart = at[:, None] - at[None]
        over = np.clip(size - np.abs(apart), 0, None)
        over[(over == 0).any(axis=2)] = 0
        over[np.arange(len(at)), np.arange(len(at))] = 0
        if not over.any():
            break
        sideways = over[..., :1] / size[0] < over[..., 1:] / size[1]
        push = np.where(np.concatenate([sideways, ~sideways], axis=2), over, 0) * np.where(apart < 0, -0.5, 0.5)
        at = np.clip(at + push.sum(axis=1), size / 2, np.array([WIDTH - 8, high]) - size / 2)
    return at.round(1)


def _grounds(features: list[dict[str, Any]], look: dict[str, Any], *, fill: bool = False) -> dict[str, Any]:
    by_state = {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}} if fill else {}
    return {"data": {"values": features}, "mark": {"type": "geoshape", "clip": False} | look, "encoding": by_state}


def _feature(shape: dict[str, Any], state: State) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape, "properties": {"fill": FILLS[state]}}


def _label(x: float, y: float, state: State, number: str) -> dict[str, Any]:
    shape, mark = _SIGNS[state]
    return {"x": x, "y": y, "number": number, "shape": shape, "mark": mark, "fill": FILLS[state]}


def _box(size: tuple[float, float]) -> str:
    x, y = size[0] / 2, size[1] / 2
    return f"M{-x:g},{-y:g}H{x:g}V{y:g}H{-x:g}Z"
