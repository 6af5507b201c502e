"""Signs and words at places that we worked out ourselves, in pixels from the top left."""

from collections.abc import Sequence
from typing import Any

Values = Sequence[dict[str, Any]]


def signs(values: Values, look: dict[str, Any], *, by_value: Sequence[str] = ()) -> dict[str, Any]:
    """Signs at `x` and `y` of the values; `by_value` names what differs for each ("fill", "shape")."""
    differs = {name: {"field": name, "type": "nominal", "scale": None} for name in by_value}
    mark = {"type": "point", "opacity": 1, "strokeWidth": 1.2} | look
    return {"data": {"values": list(values)}, "mark": mark, "encoding": _PLACE | differs}


def texts(values: Values, field: str, look: dict[str, Any]) -> dict[str, Any]:
    """Words at `x` and `y` of the values."""
    encoding = _PLACE | {"text": {"field": field, "type": "nominal"}}
    return {"data": {"values": list(values)}, "mark": {"type": "text"} | look, "encoding": encoding}


def ruled(lines: Sequence[tuple[float, float, float, float, float]], stroke: str) -> dict[str, Any]:
    """Lines, each from x, y to x, y and its width."""
    values = [dict(zip(("x", "y", "x2", "y2", "width"), line, strict=True)) for line in lines]
    ends = _PLACE | {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    width = {"field": "width", "type": "quantitative", "scale": None}
    mark = {"type": "rule", "stroke": stroke, "opacity": 1}
    return {"data": {"values": values}, "mark": mark, "encoding": ends | {"strokeWidth": width}}


def _pixel(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None, "scale": _SAME}


_SAME = {"domain": [0, 1], "range": [0, 1], "nice": False, "zero": False}
_PLACE = {"x": _pixel("x"), "y": _pixel("y")}
