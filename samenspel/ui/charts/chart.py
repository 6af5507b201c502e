"""What a picture is, and how a Vega-Lite description becomes one: in this process, without network or browser.

The colours are those of our own theme (ui/static/ui/tint.css) as values, because a picture in <img> sees no tokens.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.formats import get_format, number_format

WIDTH = 480
LETTER = 16
SMALL = 14
LONGEST = 40
"""Characters of a name in a picture."""
KEPT = 256
"""How many pictures a process keeps (about 20 kB each): three for each of 50 areas, in two languages."""

INK, SUBTLE, RULE, PAPER = "#211f1b", "#6e675b", "#d2c8b5", "#ffffff"
DARK, MIDDLE, LIGHT, PALE = "#0c5a55", "#267a72", "#93c7bd", "#e2f0ed"
BROWN, PEACH = "#863d15", "#ffdbc2"
ON_SCREEN, ON_PAPER = "Arial, Helvetica, sans-serif", "Atkinson Hyperlegible"
"""Letters that every machine has, since a picture in <img> cannot load a typeface; on paper the house's own."""


@dataclass(frozen=True)
class Pattern:
    """A fill that reads without colour: lines of `ink`, each `size` wide across a field of 8, on `base`."""

    base: str
    ink: str
    size: float
    turned: int


PATTERNS = {
    "partly": Pattern(LIGHT, DARK, 2.5, 90),
    "missing": Pattern(PEACH, BROWN, 2, 45),
    "unknown": Pattern(PAPER, SUBTLE, 1, -45),
}


@dataclass(frozen=True)
class Words:
    """All text of a picture that no figure gives, already in the reader's language.

    `summary` is the text alternative: one sentence with what the picture shows. `columns` are the headings of the
    table. `missing` stands where a figure is None ("afgeschermd", "niet gemeten"). `unit` follows every figure
    (" %").
    """

    title: str
    summary: str
    columns: tuple[str, ...]
    missing: str
    unit: str = ""
    decimals: int = 0

    def figure(self, value: float | None) -> str:
        if value is None:
            return self.missing
        return number_format(round(value, self.decimals), self.decimals, force_grouping=True) + self.unit


@dataclass(frozen=True)
class Chart:
    """A picture and its table; the first cell of each row names the row. A figure that is hidden is in neither."""

    title: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str

    @property
    def source(self) -> str:
        """The picture as an address for <img src>: no inline SVG, so that the strict CSP holds."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode("ascii")


def draw(words: Words, rows: Sequence[Sequence[str]], picture: dict[str, Any]) -> Chart:
    """The chart of a Vega-Lite description without config; the same description gives the same picture."""
    if not words.summary.strip():
        raise ValueError("a picture without words")
    spec = json.dumps(picture | {"config": _config()}, ensure_ascii=False, sort_keys=True)
    return Chart(words.title, words.summary, words.columns, tuple(map(tuple, rows)), _drawn(spec))


def for_paper(chart: Chart) -> dict[str, Any]:
    """The chart as data for `chart` of ui/print/chart.typ, in the typeface that our paper has."""
    return asdict(chart) | {"svg": chart.svg.replace(f'"{ON_SCREEN}"', f'"{ON_PAPER}"')}


def short(name: str) -> str:
    """A name as long as a picture has room for; the table says the whole of it."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def warm() -> None:
    """Start the converter, which costs its process half a second once."""
    text = {"type": "text", "text": "1", "font": ON_SCREEN}
    _drawn(json.dumps({"data": {"values": [{}]}, "mark": text}))


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg.replace(">", f">{_patterns()}", 1) if "url(#" in svg else svg


@lru_cache(maxsize=1)
def _patterns() -> str:
    fills = (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({one.turned})"><rect width="8" height="8" fill="{one.base}"/>'
        f'<rect width="{one.size}" height="8" fill="{one.ink}"/></pattern>'
        for name, one in PATTERNS.items()
    )
    return f"<defs>{''.join(fills)}</defs>"


def _config() -> dict[str, Any]:
    # Each limit would have every text measured once more, the dearest part of a picture; `short` is the limit.
    letters = {"labelFontSize": LETTER, "labelColor": INK, "labelLimit": 0}
    number = {"decimal": get_format("DECIMAL_SEPARATOR"), "thousands": get_format("THOUSAND_SEPARATOR")}
    return {
        "aria": False,  # the words stand in alt; who reads a screen aloud never enters the picture
        "background": PAPER,
        "font": ON_SCREEN,
        "padding": 4,
        "locale": {"number": number | {"grouping": [3], "currency": ["", ""]}},
        "view": {"stroke": None},
        "text": {"fontSize": LETTER, "fill": INK},
        "axis": letters | {"gridColor": RULE, "domainColor": SUBTLE, "ticks": False, "title": None, "labelPadding": 6},
        "legend": letters | {"orient": "bottom", "direction": "vertical", "symbolSize": 260, "title": None}
        | {"symbolStrokeColor": INK, "symbolStrokeWidth": 1, "offset": 12},
    }  # fmt: skip
