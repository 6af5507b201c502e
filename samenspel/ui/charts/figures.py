"""Pictures of figures: bars with a norm, bars in parts, and lines over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

from samenspel.ui.charts.chart import (
    BROWN,
    DARK,
    INK,
    LETTER,
    LIGHT,
    MIDDLE,
    PALE,
    PAPER,
    SMALL,
    WIDTH,
    Chart,
    Words,
    draw,
    short,
)

STEPS = ("#062b29", DARK, MIDDLE, "#5fa79c", LIGHT, PALE)
"""From dark to light, so that grey tells them apart too; every part has a dark edge."""
LINES = (DARK, BROWN, "#00568b", INK)
_DASHES = ([1, 0], [8, 4], [2, 3], [10, 3, 2, 3])
_SHAPES = ("circle", "square", "triangle-up", "diamond")
_ROW = 56
_UNDER = 12
"""Where a bar lies below the middle of its row, in pixels; its words lie above it."""
_SCALE = 52
"""How wide the figures beside lines are, in pixels: up to 99.999."""
_HIDDEN_SHARE = 0.1
"""How long a hidden part is drawn, of the longest bar: always the same, so that it tells nothing."""

Rows = Sequence[tuple[str, Sequence[float | None]]]
"""What a row is about (a quarter, an area) and a figure for each series; None is hidden or not measured."""


@dataclass(frozen=True)
class Bar:
    label: str
    value: float | None
    n: int | None = None
    """From how many answers or people the value comes."""


@dataclass(frozen=True)
class Norm:
    value: float
    label: str


def bars(words: Words, rows: Sequence[Bar], norm: Norm | None = None) -> Chart:
    """One measure, a bar for each row; `words.columns` are area, measure and, where rows have an n, that."""
    with_n = len(words.columns) > 2
    table = [(one.label, words.figure(one.value), *([_count(one.n)] if with_n else [])) for one in rows]
    values = [
        {"row": at, "value": one.value, "label": f"{short(one.label)}: {words.figure(one.value)}{_of(one.n)}"}
        for at, one in enumerate(rows)
    ]
    most = max([one.value or 0 for one in rows] + [norm.value if norm else 0]) or 1
    layers: list[dict[str, Any]] = [
        {"mark": _bar(DARK), "encoding": {"x": _length("value", most)}},
        {"mark": _above(), "encoding": {"text": {"field": "label"}}},
        *(_norm(norm, most) if norm else []),
    ]
    return draw(words, table, _rows_of(values, len(rows), layers))


def stacked(words: Words, rows: Rows) -> Chart:
    """A bar for each row in parts that add up, a part for each column after the first; raises ValueError above six."""
    series = tuple(map(short, words.columns[1:]))
    hidden = max((sum(value or 0 for value in parts) for _, parts in rows), default=0) * _HIDDEN_SHARE or 1
    drawn = [[hidden if value is None else value for value in parts] for _, parts in rows]
    most = max(map(sum, drawn), default=0) or 1
    values = [
        {"row": row, "part": part, "series": words.missing if value is None else series[part]}
        | {"length": drawn[row][part], "label": words.figure(value) if _fits(value, most) else ""}
        for row, (_, parts) in enumerate(rows)
        for part, value in enumerate(parts)
        if value != 0
    ]
    fills = dict(zip(series, steps(len(series)), strict=True))
    if any(None in parts for _, parts in rows):
        fills[words.missing] = "url(#unknown)"
    dark = [name for name, fill in fills.items() if fill in STEPS[:3]]
    length = _length("length", most) | {"stack": "zero"}
    order = {"field": "part", "type": "quantitative"}
    parts_drawn = {"x": length, "order": order, "fill": _named("series", fills)}
    counts = {
        "x": length | {"bandPosition": 0.5},
        "order": order,
        "detail": order,
        "text": {"field": "label"},
        "color": {"condition": {"test": {"field": "series", "oneOf": dark}, "value": PAPER}, "value": INK},
    }
    heads = [{"row": row, "label": short(label)} for row, (label, _) in enumerate(rows)]
    layers: list[dict[str, Any]] = [
        {"mark": _bar(PAPER) | {"stroke": INK}, "encoding": parts_drawn},
        {"mark": {"type": "text", "fontSize": SMALL, "yOffset": _UNDER}, "encoding": counts},
        {"data": {"values": heads}, "mark": _above(), "encoding": {"text": {"field": "label"}}},
    ]
    return draw(words, _table(words, rows), _rows_of(values, len(rows), layers))


def trend(words: Words, rows: Rows) -> Chart:
    """A line for each column after the first over the rows in time; a gap where a figure is None.

    Raises ValueError for more than four lines, which nobody can tell apart.
    """
    series = tuple(map(short, words.columns[1:]))
    values = [
        {"at": label, "value": value, "series": name}
        for label, figures in rows
        for name, value in zip(series, figures, strict=True)
    ]
    looks = (kind[: len(series)] for kind in (LINES, _SHAPES, _DASHES))
    color, shape, dash = (_named("series", dict(zip(series, look, strict=True))) for look in looks)
    color["legend"] = {"symbolStrokeWidth": 0}  # dashes would fray the edge of a sign
    axis = {"labelExpr": "split(datum.label, ' ')", "labelAngle": 0, "labelOverlap": "greedy", "labelFontSize": SMALL}
    encoding = {
        "x": {"field": "at", "type": "ordinal", "sort": None, "axis": axis},
        "y": {
            "field": "value",
            "type": "quantitative",
            "axis": {"tickCount": 5, "minExtent": _SCALE, "maxExtent": _SCALE},
        },
    }
    line, point = {"type": "line", "strokeWidth": 2.5}, {"type": "point", "filled": True, "size": 90, "opacity": 1}
    picture = {
        "width": WIDTH - 8 - _SCALE,
        "height": 220,
        "data": {"values": values},
        "encoding": encoding,
        "layer": [
            {"mark": line, "encoding": {"color": color, "strokeDash": dash}},
            {"mark": point, "encoding": {"color": color, "shape": shape}},
        ],
    }
    return draw(words, _table(words, rows), picture)


def steps(count: int) -> tuple[str, ...]:
    """So many fills from dark to light, as far apart as they can be."""
    if count > len(STEPS):
        raise ValueError(f"{count} parts: at most {len(STEPS)} differ in grey")
    return tuple(STEPS[round(at * (len(STEPS) - 1) / max(count - 1, 1))] for at in range(count))


def _count(n: int | None) -> str:
    return "" if n is None else number_format(n, force_grouping=True)


def _of(n: int | None) -> str:
    return "" if n is None else f" (n = {_count(n)})"


def _table(words: Words, rows: Rows) -> list[tuple[str, ...]]:
    return [(label, *map(words.figure, figures)) for label, figures in rows]


def _rows_of(values: list[dict[str, Any]], count: int, layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows under each other: words above, a bar below."""
    row = {"field": "row", "type": "ordinal", "axis": None, "scale": {"domain": list(range(count)), "padding": 0}}
    return {
        "width": WIDTH - 8,
        "height": {"step": _ROW},
        "data": {"values": values},
        "encoding": {"y": row},
        "layer": layers,
    }


def _bar(fill: str) -> dict[str, Any]:
    return {"type": "bar", "fill": fill, "height": 24, "yOffset": _UNDER}


def _above() -> dict[str, Any]:
    return {"type": "text", "align": "left", "baseline": "middle", "dy": -14, "x": 0}


def _norm(norm: Norm, most: float) -> list[dict[str, Any]]:
    tick = {"type": "tick", "orient": "vertical", "thickness": 4, "size": 34, "yOffset": _UNDER, "opacity": 1}
    return [
        {
            "transform": [{"calculate": str(float(norm.value)), "as": "norm"}],
            "mark": tick,
            "encoding": {"x": _length("norm", most), "fill": _datum(short(norm.label), INK)},
        }
    ]


def _length(field: str, most: float) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, most], "nice": False}}


def _named(field: str, looks: dict[str, Any]) -> dict[str, Any]:
    """A channel whose look per name is given, so that none depends on what else is drawn."""
    return {"field": field, "type": "nominal", "scale": {"domain": list(looks), "range": list(looks.values())}}


def _datum(name: str, look: str) -> dict[str, Any]:
    symbol = {"symbolType": "M0,-0.9V0.9", "symbolStrokeColor": look, "symbolStrokeWidth": 4, "symbolOpacity": 1}
    return {"datum": name, "type": "nominal", "scale": {"domain": [name], "range": [look]}, "legend": symbol}


def _fits(value: float | None, most: float) -> bool:
    return value is not None and value / most * WIDTH > LETTER * 1.5
