"""Offerings written out one by one, as the ranking takes them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from samenspel.engine.matching import FoundNeed, Offers
from samenspel.engine.matching.offers import slot_of

AUDIENCES = ("everyone", "older_people", "adults", "children", "lgbtqi")
DELIVERY = ("at_place", "at_home", "remote")
FRESHNESS = ("unconfirmed", "stale", "ageing", "fresh")
COST = (None, True, False)


@dataclass(frozen=True)
class Offering:
    """One offering; `layer` 0 is unknown, `next_dates` are aware."""

    id: str
    layer: int = 0
    needs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    minimum_age: int = 0
    maximum_age: int = 127
    latitude: float | None = None
    longitude: float | None = None
    delivery: str = "at_place"
    confidence: float = 0.0
    freshness: str = "unconfirmed"
    is_full: bool = False
    is_free: bool | None = None
    is_easy: bool = False
    is_scheduled: bool = False
    next_dates: tuple[datetime, ...] = ()
    leaning: tuple[float, float] = (0.0, 0.0)
    text: float = 0.0
    subject: float = 0.0
    meaning: float = 0.0
    named: bool = False


def together(found: Sequence[Offering], asked: Sequence[FoundNeed], at: datetime) -> Offers:
    """The offerings as arrays, seen from the needs asked and the day of asking; equals are parted by their id."""
    kinds = sorted({(one.needs[:1], one.delivery) for one in found})
    size = len(found)
    return Offers(
        answers=_flags((need.key in one.needs for need in asked for one in found), len(asked), size),
        main=_flags((one.needs[:1] == (need.key,) for need in asked for one in found), len(asked), size),
        kind_of_answer=np.array([kinds.index((one.needs[:1], one.delivery)) for one in found], dtype=np.int64),
        leaning=(np.array([one.leaning[0] for one in found]), np.array([one.leaning[1] for one in found])),
        text=np.array([one.text for one in found]),
        subject=np.array([one.subject for one in found]),
        meaning=np.array([one.meaning for one in found]),
        named=np.array([one.named for one in found], dtype=bool),
        latitude=np.array([np.nan if one.latitude is None else one.latitude for one in found]),
        longitude=np.array([np.nan if one.longitude is None else one.longitude for one in found]),
        delivery=np.array([DELIVERY.index(one.delivery) for one in found], dtype=np.int64),
        layer=np.array([one.layer for one in found], dtype=np.int64),
        audiences=np.array([_bits(AUDIENCES.index(key) for key in one.audiences) for one in found], dtype=np.uint64),
        audience_keys=AUDIENCES,
        minimum_age=np.array([one.minimum_age for one in found], dtype=np.int64),
        maximum_age=np.array([one.maximum_age for one in found], dtype=np.int64),
        confidence=np.array([one.confidence for one in found]),
        freshness=np.array([FRESHNESS.index(one.freshness) for one in found], dtype=np.int64),
        is_full=np.array([one.is_full for one in found], dtype=bool),
        cost=np.array([COST.index(one.is_free) for one in found], dtype=np.int64),
        is_easy=np.array([one.is_easy for one in found], dtype=bool),
        is_scheduled=np.array([one.is_scheduled or bool(one.next_dates) for one in found], dtype=bool),
        days=np.array([_bits(_ahead(one, at)) for one in found], dtype=np.uint64),
        slots=np.array([_slots(one) for one in found], dtype=np.uint64),
        first_day=at.date(),
        tie=np.argsort(np.argsort([one.id for one in found])).astype(np.float64),
    )


def _flags(values: Iterable[bool], rows: int, columns: int) -> np.ndarray:
    return np.array(list(values), dtype=bool).reshape(rows, columns)


def _ahead(one: Offering, at: datetime) -> list[int]:
    numbers = [(moment.date() - at.date()) // timedelta(days=1) for moment in one.next_dates]
    return [number for number in numbers if 0 <= number < 64]


def _slots(one: Offering) -> int:
    found = 0
    for moment in one.next_dates:
        found |= slot_of(moment.weekday(), moment.hour)
    return found


def _bits(numbers) -> int:
    return sum(1 << number for number in set(numbers))
