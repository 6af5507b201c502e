"""The facts that the ranking looks at, packed in a few whole numbers per offering that the index keeps in columns.

A column can be read for a thousand documents at once without opening any of them. `packed` and `offers` are each
other's opposite; where the facts change with the day, they are of the day that the index was made.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from math import nan
from operator import or_
from zlib import crc32

import numpy as np

from samenspel.engine.calendar import ZONE
from samenspel.engine.freshness import confidence, freshness
from samenspel.engine.matching import offers as codes
from samenspel.engine.matching.offers import Bits, Flags, Floats, Offers, Whole, slot_of
from samenspel.socialmap.entry import Entry
from samenspel.socialmap.models import Offering
from samenspel.sources.vocabulary import Audience

_BOUNDS = ("period", "serves")
_WEIGHED = ("place", "people", "days")
COLUMNS = ("facts", *_WEIGHED, *_BOUNDS)
_NEEDS_IN_ONE = 64
_DELIVERY = {
    Offering.Delivery.AT_PLACE.value: codes.AT_PLACE,
    Offering.Delivery.AT_HOME.value: codes.AT_HOME,
    Offering.Delivery.FETCHED.value: codes.AT_HOME,  # who is fetched need not come by herself either
    Offering.Delivery.REMOTE.value: codes.REMOTE,
}
_FRESHNESS = ("unconfirmed", "stale", "ageing", "fresh")
_COST = {None: codes.COST_UNKNOWN, True: codes.COST_FREE, False: codes.COST_PAID}
_STEPS = 255
_PER_DEGREE = 1e7
_FACTS = {"layer": 3, "delivery": 2, "is_full": 1, "cost": 2, "is_easy": 1, "freshness": 2, "confidence": 8}
_FACTS |= {"minimum_age": 7, "maximum_age": 7, "main": 12, "is_bounded": 1, "is_scheduled": 1}
_PEOPLE = {"audiences": 32, "slots": 21}
_PERIOD = {"active_from": 24, "active_until": 24}
_AUDIENCES = tuple(Audience.values)


@dataclass(frozen=True, slots=True)
class NeedColumns:
    """Which bit of which column stands for which need."""

    keys: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """One column for each 64 needs."""
        return tuple(f"needs{number}" for number in range((len(self.keys) - 1) // _NEEDS_IN_ONE + 1))

    def packed(self, needs: Sequence[str]) -> dict[str, int]:
        bits = dict.fromkeys(self.names, 0)
        for key in needs:
            if key in self.keys:
                column, bit = self._place(key)
                bits[column] |= 1 << bit
        return bits

    def number(self, key: str) -> int:
        """The need's number from 1, 0 when the vocabulary does not have it."""
        return self.keys.index(key) + 1 if key in self.keys else 0

    def answered(self, key: str, columns: Mapping[str, Bits]) -> Flags:
        column, bit = self._place(key)
        found: Flags = (columns[column] >> np.uint64(bit)) & np.uint64(1) == 1
        return found

    def having(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The columns in which these needs stand."""
        return tuple(dict.fromkeys(self._place(key)[0] for key in keys))

    def _place(self, key: str) -> tuple[str, int]:
        number = self.keys.index(key)
        return f"needs{number // _NEEDS_IN_ONE}", number % _NEEDS_IN_ONE


def packed(entry: Entry, needs: NeedColumns, *, day: date) -> dict[str, int]:
    """The columns of one entry as of a day."""
    sure = confidence(entry.kind, entry.confirmations, day)
    facts = {
        "layer": entry.layer or 0,
        "delivery": _DELIVERY[entry.delivery],
        "is_full": int(entry.is_full),
        "cost": _COST[entry.is_free],
        "is_easy": int(bool(entry.alone_welcome) or entry.sign_up == Offering.SignUp.NONE),
        "freshness": _FRESHNESS.index(freshness(entry.kind, entry.confirmations, day)),
        "confidence": round(sure * _STEPS),
        "minimum_age": min(entry.minimum_age or codes.YOUNGEST, codes.OLDEST),
        "maximum_age": min(codes.OLDEST if entry.maximum_age is None else entry.maximum_age, codes.OLDEST),
        "main": needs.number(entry.needs[0]) if entry.needs else 0,
        "is_bounded": int(bool(entry.active_from or entry.active_until or entry.serves)),
        "is_scheduled": int(entry.is_scheduled),
    }
    moments = [datetime.fromtimestamp(start, ZONE) for start, _ in entry.dates]
    people = {
        "audiences": sum(1 << _AUDIENCES.index(key) for key in set(entry.audiences) if key in _AUDIENCES),
        "slots": _together(slot_of(moment.weekday(), moment.hour) for moment in moments),
    }
    ahead = [(moment.date() - day).days for moment in moments]
    period = {
        "active_from": (entry.active_from or date.min).toordinal(),
        "active_until": (entry.active_until or date.max).toordinal(),
    }
    return {
        "place": _place(entry.latitude, entry.longitude),
        "facts": _side_by_side(facts, _FACTS),
        "people": _side_by_side(people, _PEOPLE),
        "days": _together(1 << number for number in ahead if 0 <= number < 64),
        "period": _side_by_side(period, _PERIOD),
        "serves": _together(_bit_of(code) for code in entry.serves),
        **needs.packed(entry.needs),
    }


Read = Callable[[Sequence[str], Whole], Mapping[str, Bits]]
"""Read columns of these rows of what was found."""


def running(facts: Bits, read: Read, *, day: date, neighborhood: str | None) -> Whole:
    """The rows of offerings that run on a day and may be for a neighborhood, or any when there is none.

    Most offerings have no such bounds, so those are looked up for few.
    """
    rows = np.flatnonzero(_apart(facts, _FACTS)["is_bounded"])
    bounds = read(_BOUNDS, rows)
    suits = active(bounds, day)
    if neighborhood is not None:
        suits &= serving(bounds, neighborhood)
    fits = np.ones(len(facts), dtype=np.bool_)
    fits[rows] = suits
    return np.flatnonzero(fits)


def weighed(facts: Bits, read: Read, rows: Whole, needs: NeedColumns, asked: Iterable[str]) -> dict[str, Bits]:
    """The columns that `offers` reads of these rows, for a question that shows the needs `asked`."""
    return {"facts": facts[rows], **read((*_WEIGHED, *needs.having(asked)), rows)}


def active(columns: Mapping[str, Bits], day: date) -> Flags:
    """Which documents are of offerings that run on a day."""
    period = _apart(columns["period"], _PERIOD)
    found: Flags = (period["active_from"] <= day.toordinal()) & (day.toordinal() < period["active_until"])
    return found


def serving(columns: Mapping[str, Bits], neighborhood: str) -> Flags:
    """Which documents may be for a neighborhood; some are not, as two neighborhoods can share a bit."""
    found: Flags = (columns["serves"] == 0) | (columns["serves"] & np.uint64(_bit_of(neighborhood)) != 0)
    return found


def _bit_of(neighborhood: str) -> int:
    return 1 << crc32(neighborhood.encode()) % 64


def prior(columns: Mapping[str, int]) -> float:
    """How much an offering is worth showing whatever was asked, 0-1: the surer, and not full."""
    facts = _apart(np.array([columns["facts"]], dtype=np.uint64), _FACTS)
    return float(facts["confidence"][0]) / _STEPS * (0.5 if facts["is_full"][0] else 1.0)


def offers(
    columns: Mapping[str, Bits],
    needs: NeedColumns,
    asked: Sequence[str],
    leanings: Sequence[tuple[str, float]],
    *,
    text: Floats,
    subject: Floats,
    meaning: Floats,
    named: Flags,
    tie: Floats,
    day: date,
) -> Offers:
    """Read the columns of n documents back, for a question that shows the needs `asked` and leans to others."""
    facts, people = _apart(columns["facts"], _FACTS), _apart(columns["people"], _PEOPLE)
    size = len(text)
    answers = [needs.answered(key, columns) for key in asked]
    main = [facts["main"] == needs.number(key) for key in asked]
    latitude, longitude = _point(columns["place"])
    return Offers(
        answers=np.array(answers, dtype=np.bool_).reshape(len(asked), size),
        main=np.array(main, dtype=np.bool_).reshape(len(asked), size),
        leaning=_leaning(columns, facts["main"], needs, leanings),
        kind_of_answer=facts["main"] * len(_DELIVERY) + facts["delivery"],
        text=text,
        subject=subject,
        meaning=meaning,
        named=named,
        latitude=latitude,
        longitude=longitude,
        delivery=facts["delivery"],
        layer=facts["layer"],
        audiences=people["audiences"].astype(np.uint64),
        audience_keys=_AUDIENCES,
        minimum_age=facts["minimum_age"],
        maximum_age=facts["maximum_age"],
        confidence=facts["confidence"] / _STEPS,
        freshness=facts["freshness"],
        is_full=facts["is_full"] == 1,
        cost=facts["cost"],
        is_easy=facts["is_easy"] == 1,
        is_scheduled=facts["is_scheduled"] == 1,
        days=columns["days"],
        slots=people["slots"].astype(np.uint64),
        first_day=day,
        tie=tie,
    )


def _leaning(
    columns: Mapping[str, Bits], main: Whole, needs: NeedColumns, leanings: Sequence[tuple[str, float]]
) -> tuple[Floats, Floats]:
    """How strongly a question leans to the main need of each document, and to the other needs it answers."""
    of_main, of_others = np.zeros(len(main)), np.zeros(len(main))
    for key, strength in leanings:
        is_main = main == needs.number(key)
        of_main[is_main] = strength
        others = needs.answered(key, columns) & ~is_main
        of_others[others] = np.maximum(of_others[others], strength)
    return of_main, of_others


def _together(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _place(latitude: float | None, longitude: float | None) -> int:
    """Both degrees in one number; 0 is no place, a pole has no offerings."""
    if latitude is None or longitude is None:
        return 0
    return (round((latitude + 90) * _PER_DEGREE) << 32) | round((longitude + 180) * _PER_DEGREE)


def _point(column: Bits) -> tuple[Floats, Floats]:
    unknown = column == 0
    latitude = (column >> np.uint64(32)) / _PER_DEGREE - 90
    longitude = (column & np.uint64(0xFFFFFFFF)) / _PER_DEGREE - 180
    return np.where(unknown, nan, latitude), np.where(unknown, nan, longitude)


def _side_by_side(values: Mapping[str, int], widths: Mapping[str, int]) -> int:
    packed, shift = 0, 0
    for name, width in widths.items():
        packed |= values[name] << shift
        shift += width
    return packed


def _apart(column: Bits, widths: Mapping[str, int]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    values, shift = {}, 0
    for name, width in widths.items():
        values[name] = ((column >> np.uint64(shift)) & np.uint64((1 << width) - 1)).astype(np.int64)
        shift += width
    return values
