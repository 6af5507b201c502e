"""Where a resident looks around; the store is asked at most once a minute for the same place."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from samenspel.places.lookup import Near, centre_of, find_near


def near(typed: str, *, at: datetime) -> Near:
    """Give the place that was typed, or the middle of the municipality; raises UnknownPlace."""
    return _finder(int(at.timestamp() // 60))(typed, settings.MUNICIPALITY)


@lru_cache(maxsize=1)
def _finder(_minute: int) -> Callable[[str, str], Near]:
    """Give a look-up that remembers; the next minute has its own, so what was typed is soon forgotten."""
    return lru_cache(maxsize=512)(_find)


def _find(typed: str, municipality: str) -> Near:
    return find_near(typed, municipality=municipality) if typed else centre_of(municipality)


def forget() -> None:
    """Read the store again at the next question (for tests)."""
    _finder.cache_clear()
