"""What the ranking looks at: many offerings at once, one array per fact and one row per offering.

All offerings of a question are weighed together (numpy), so that a thousand cost hardly more than ten and
nothing has to be left out before it was judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]

#: How something reaches a person; the numbers stand in ``Offers.delivery``.
AT_PLACE, AT_HOME, REMOTE = range(3)
#: Whether someone without money can come; the numbers stand in ``Offers.cost``.
COST_UNKNOWN, COST_FREE, COST_PAID = range(3)
#: How sure an entry is; the numbers stand in ``Offers.freshness``.
UNCONFIRMED, STALE, AGEING, FRESH = range(4)
#: Ages that stand for "no lower bound" and "no upper bound".
YOUNGEST, OLDEST = 0, 127
#: Parts of a day, as in ``Offers.slots``: before 12, from 12 to 17, from 17 hours.
PARTS_OF_DAY = ("morning", "afternoon", "evening")
_PARTS = len(PARTS_OF_DAY)


@dataclass(frozen=True, slots=True)
class Offers:
    """Facts of n offerings; every array has n rows unless said otherwise.

    ``answers`` and ``main`` have a row per need of the question (in its order) and n columns: does the offering answer
    it, and is it its main need. ``kind_of_answer`` is the same number for the same kind (main need and delivery).
    ``leaning`` is how strongly the words of the question lean to the main need, and to the other needs, of each (0-1).
    ``text`` is a score of at least 0 (0: not found by words), ``subject`` the same by words of a subject asked,
    ``meaning`` how far it stands out in meaning, in standard deviations (0: none); ``named`` that its name has a word
    by which the question names what it wants.
    Degrees WGS 84 are NaN where unknown; ``layer`` is 1-4, 0 unknown; ``audiences`` has a bit per entry of
    ``audience_keys``; ``confidence`` is 0-1; ``is_scheduled`` says that it has days of its own, ``days`` has bit i for
    one on ``first_day`` + i; ``slots`` has bit 3 x weekday + part of the day; ``tie`` parts what is equal in every
    other way.
    """

    answers: Flags
    main: Flags
    kind_of_answer: Whole
    leaning: tuple[Floats, Floats]
    text: Floats
    subject: Floats
    meaning: Floats
    named: Flags
    latitude: Floats
    longitude: Floats
    delivery: Whole
    layer: Whole
    audiences: Bits
    audience_keys: tuple[str, ...]
    minimum_age: Whole
    maximum_age: Whole
    confidence: Floats
    freshness: Whole
    is_full: Flags
    cost: Whole
    is_easy: Flags
    is_scheduled: Flags
    days: Bits
    slots: Bits
    first_day: date
    tie: Floats

    def __len__(self) -> int:
        return len(self.text)

    def meant_for(self, keys: Any) -> Flags:
        """Which offerings name one of these audiences; keys that are not in use match nothing."""
        wanted = set(keys)
        mask = sum(1 << bit for bit, key in enumerate(self.audience_keys) if key in wanted)
        found: Flags = (self.audiences & np.uint64(mask)) != 0
        return found


def slot_bits(weekdays: tuple[int, ...], parts: tuple[str, ...]) -> int:
    """The bits of ``Offers.slots`` for these weekdays (0 is Monday) and parts of the day; none given means any."""
    days = weekdays or tuple(range(7))
    numbers = [PARTS_OF_DAY.index(part) for part in parts] or range(_PARTS)
    return sum(1 << (_PARTS * day + number) for day in days for number in numbers)


def slot_of(weekday: int, hour: int) -> int:
    """The bit of one moment."""
    return 1 << (_PARTS * weekday + (0 if hour < 12 else 1 if hour < 17 else 2))
