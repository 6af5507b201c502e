"""Where a resident looks around; the store is asked at most once a minute for the same place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from samenspel.places.lookup import Near, centre_of, find_near
from samenspel.socialmap.wijk import Wijk, municipality_slug, wijken


@dataclass(frozen=True, slots=True)
class WijkAround:
    """The wijk or kern of a place, with the address of its page."""

    name: str
    href: str


def near(typed: str, *, at: datetime) -> Near:
    """Give the place that was typed, or the middle of the municipality; raises UnknownPlace."""
    return _finder(int(at.timestamp() // 60))(typed, settings.MUNICIPALITY)


def wijk_around(place: Near, *, at: datetime) -> WijkAround | None:
    """Give the wijk or kern that the place is called after, else the smallest that it lies in; None elsewhere."""
    slug, known = _wijken(settings.MUNICIPALITY, int(at.timestamp() // 60))
    wijk = known.get(place.label) or (known.get(place.neighborhood.code) if place.neighborhood else None)
    if wijk is None:
        return None
    href = reverse("frontdoor:wijk", kwargs={"municipality": slug, "slug": wijk.slug})
    return WijkAround(wijk.name, href)


@lru_cache(maxsize=1)
def _wijken(municipality: str, _minute: int) -> tuple[str, dict[str, Wijk]]:
    """Give the municipality as in an address, and its wijken by their name and by the codes of their buurten."""
    largest_first = sorted(wijken(municipality), key=lambda one: -len(one.buurten))
    by_buurt = {code: wijk for wijk in largest_first for code in wijk.buurten}
    return municipality_slug(municipality), by_buurt | {wijk.name: wijk for wijk in largest_first}


@lru_cache(maxsize=1)
def _finder(_minute: int) -> Callable[[str, str], Near]:
    """Give a look-up that remembers; the next minute has its own, so what was typed is soon forgotten."""
    return lru_cache(maxsize=512)(_find)


def _find(typed: str, municipality: str) -> Near:
    return find_near(typed, municipality=municipality) if typed else centre_of(municipality)


def forget() -> None:
    """Read the store again at the next question (for tests)."""
    _finder.cache_clear()
    _wijken.cache_clear()
