"""Organizations and the links between them: those with links on a circle, those without in rows below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samenspel.ui.charts.chart import DARK, INK, PAPER, SUBTLE, WIDTH, Chart, Words, draw
from samenspel.ui.charts.pixels import ruled, signs, texts

_WIDE = WIDTH - 8
_RADIUS = 205
_MIDDLE = np.array([_WIDE / 2, _RADIUS + 20])
_APART = 36
_IN_A_ROW = _WIDE // _APART
_THINNEST, _THICKEST = 1.0, 4.0


@dataclass(frozen=True)
class Link:
    """Between two organizations by their place in the list; `times` (1 or more) is how thick it is drawn."""

    one: int
    other: int
    times: int = 1


def links(words: Words, names: Sequence[str], ties: Sequence[Link]) -> Chart:
    """Organizations numbered as in the table, clockwise from the top; reads up to some forty.

    `words.columns` are number, organization and with how many others it is linked; `words.missing` is said of those
    without a link.
    """
    partners: list[set[int]] = [set() for _ in names]
    for tie in ties:
        partners[tie.one].add(tie.other)
        partners[tie.other].add(tie.one)
    table = [
        (str(number), name, str(len(others)) if others else words.missing)
        for number, (name, others) in enumerate(zip(names, partners, strict=True), 1)
    ]
    linked = [at for at, others in enumerate(partners) if others]
    alone = [at for at, others in enumerate(partners) if not others]
    circle = int(_MIDDLE[1] + _RADIUS + 20) if linked else 0
    at = _circle(linked) | _rows(alone, circle + 50)
    dots = [{"x": at[one][0], "y": at[one][1], "number": str(one + 1)} for one in linked]
    apart = [{"x": at[one][0], "y": at[one][1], "number": str(one + 1)} for one in alone]
    said = [{"x": 0, "y": circle + 16, "words": words.missing}] if alone else []
    dot = {"size": 700, "stroke": INK}
    layers = [
        _lines(ties, at),
        signs(dots, dot | {"fill": DARK}),
        signs(apart, dot | {"fill": PAPER, "strokeDash": [3, 2]}),
        texts(dots, "number", {"fill": PAPER, "fontWeight": "bold"}),
        texts(apart, "number", {"fontWeight": "bold"}),
        texts(said, "words", {"align": "left"}),
    ]
    high = circle + (34 + _APART * (-(-len(alone) // _IN_A_ROW)) if alone else 0)
    return draw(words, table, {"width": _WIDE, "height": high, "layer": layers})


def _circle(linked: list[int]) -> dict[int, tuple[float, float]]:
    """Where each stands, in order, so that a number is easy to find."""
    turned = np.arange(len(linked)) / max(len(linked), 1) * 2 * np.pi
    at = (_MIDDLE + _RADIUS * np.stack([np.sin(turned), -np.cos(turned)], axis=1)).round(1)
    return {one: (x, y) for one, (x, y) in zip(linked, at.tolist(), strict=True)}


def _rows(alone: list[int], top: int) -> dict[int, tuple[float, float]]:
    return {
        one: (_APART / 2 + place % _IN_A_ROW * _APART, top + place // _IN_A_ROW * _APART)
        for place, one in enumerate(alone)
    }


def _lines(ties: Sequence[Link], at: dict[int, tuple[float, float]]) -> dict[str, Any]:
    most = max((tie.times for tie in ties), default=1)
    step = (_THICKEST - _THINNEST) / max(most - 1, 1)
    return ruled([(*at[tie.one], *at[tie.other], round(_THINNEST + step * (tie.times - 1), 1)) for tie in ties], SUBTLE)
