"""A map as a drawing with the numbers of the list beside it; with JavaScript `ui/map.js` makes it move.

The drawing needs no tiles and no other computer. It repeats what the list says: one picture to a screen reader.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from samenspel.frontdoor.outline import Outline, outline
from samenspel.frontdoor.parts import rendered

WIDTH, HEIGHT = 400, 360
"""The drawing in its own pixels."""
_LEAST_METRES = 900
"""A map of one point shows a few streets around it."""
_ROOM = 1.3
"""How much wider than its points a map is."""
_BARS = (5000, 2000, 1000, 500, 200, 100)


@dataclass(frozen=True, slots=True)
class Point:
    """Something of the list with its number there, in degrees; `href` leads to it."""

    number: int
    name: str
    href: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Marker:
    """The points at one spot: their numbers, and where they are in the drawing."""

    label: str
    name: str
    """Begins with the label: what is seen is also what is said."""
    href: str
    latitude: float
    longitude: float
    x: float
    y: float

    @property
    def half(self) -> int:
        return self.width // 2

    @property
    def width(self) -> int:
        """The width of its label; 34 is a circle."""
        return max(34, 12 * len(self.label) + 12)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the grid that is shown, in units of the grid."""

    left: float
    top: float
    width: float
    height: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.left) / self.width * WIDTH, 1), round((y - self.top) / self.height * HEIGHT, 1)


def map_of(
    points: Iterable[Point],
    *,
    municipality: str,
    at: datetime,
    home: tuple[float, float] | None = None,
    chosen: str = "",
) -> SafeString:
    """Draw the points; empty without points or without boundaries.

    `home` (latitude, longitude) is where the resident looks around from; `chosen` is the code of the wijk it is about.
    """
    return _map(tuple(points), municipality, home, chosen, get_language() or "", int(at.timestamp() // 60))


@lru_cache(maxsize=256)
def _map(
    points: tuple[Point, ...],
    municipality: str,
    home: tuple[float, float] | None,
    chosen: str,
    _language: str,
    minute: int,
) -> SafeString:
    """Keep a map for a minute: many ask the same, and where someone looked is soon forgotten."""
    ground = outline(municipality, minute // 60)
    if ground is None or not points:
        return SafeString()
    spots = [ground.on_grid(latitude=one.latitude, longitude=one.longitude) for one in points]
    start = ground.on_grid(latitude=home[0], longitude=home[1]) if home else None
    frame = _around([*spots, *((start,) if start else ())], ground)
    pixels = [frame.pixel(*spot) for spot in spots]
    context = {
        "ground": ground,
        "frame": frame,
        "chosen": ground.lines.get(chosen, ""),
        "names": _names(ground, frame, pixels),
        "markers": _markers(points, pixels),
        "home": frame.pixel(*start) if start else None,
        "home_at": home,
        "bar": _bar(ground.metres * frame.width / WIDTH),
        "tiles": settings.TILES,
        "tiles_by": settings.TILES_BY,
    }
    return rendered("frontdoor/map.inc.html", context)


def forget() -> None:
    """Read the store again at the next map (for tests)."""
    _map.cache_clear()
    outline.cache_clear()


def _around(spots: Sequence[tuple[float, float]], ground: Outline) -> _Frame:
    """The part of the grid with all spots, in the shape of the drawing and never larger than the municipality needs."""
    across, down = [x for x, _ in spots], [y for _, y in spots]
    middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    least = _LEAST_METRES / ground.metres
    width = max(least, (max(across) - min(across)) * _ROOM, (max(down) - min(down)) * _ROOM * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    return _Frame(round(middle[0] - width / 2, 1), round(middle[1] - height / 2, 1), round(width, 1), round(height, 1))


def _names(
    ground: Outline, frame: _Frame, pixels: Sequence[tuple[float, float]]
) -> list[tuple[str, float, float, float, float]]:
    """The names of wijken that can be read in the drawing: name, latitude, longitude and where it is drawn."""
    kept: list[tuple[str, float, float, float, float]] = []
    for name, latitude, longitude in ground.names:
        x, y = frame.pixel(*ground.on_grid(latitude=latitude, longitude=longitude))
        half = 4.5 * len(name)
        inside = half < x < WIDTH - half and 20 < y < HEIGHT - 40
        on_marker = any(abs(x - other) < half + 18 and abs(y - 5 - below) < 26 for other, below in pixels)
        on_name = any(abs(x - other[3]) < half + 4.5 * len(other[0]) and abs(y - other[4]) < 20 for other in kept)
        if inside and not on_marker and not on_name:
            kept.append((name, latitude, longitude, x, y))
    return kept


def _markers(points: Sequence[Point], pixels: Sequence[tuple[float, float]]) -> list[Marker]:
    """One marker for each spot; the first of the list is drawn last, so that it lies on top."""
    by_spot: dict[tuple[float, float], list[Point]] = {}
    for point, pixel in zip(points, pixels, strict=True):
        by_spot.setdefault(pixel, []).append(point)
    return [_marker(together, *pixel) for pixel, together in reversed(by_spot.items())]


def _marker(together: Sequence[Point], x: float, y: float) -> Marker:
    first = together[0]
    more = len(together) - 2
    label = ", ".join(str(one.number) for one in together[:2]) + (f" +{more}" if more > 0 else "")
    name = f"{label}: " + "; ".join(one.name for one in together)
    return Marker(label, name, first.href, first.latitude, first.longitude, x, y)


def _bar(metres_per_pixel: float) -> dict[str, Any]:
    """The longest round distance that takes at most a third of the drawing, with its words."""
    metres = next((bar for bar in _BARS if bar / metres_per_pixel <= WIDTH / 3), _BARS[-1])
    words = gettext("%(number)d kilometer") if metres >= 1000 else gettext("%(number)d meter")
    return {
        "pixels": round(metres / metres_per_pixel),
        "words": words % {"number": metres // 1000 if metres >= 1000 else metres},
    }
