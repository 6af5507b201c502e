"""How sure we are that an entry of the social map is still true.

Nothing on a social map stays true by itself. Every confirmation (a visit, a phone call, use)
starts with a weight and loses half of it in a half-life that depends on the kind of entry:
a residents' initiative hangs on a few people and changes sooner than a building.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Freshness(StrEnum):
    """What a page says of an entry: the stored value is the word."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody found the entry true ``on`` a day, by a ``method`` (keys of ``Decay.weights``)."""

    on: date
    method: str


@dataclass(frozen=True, slots=True)
class Decay:
    """The dated table behind the confidence; a municipality may pass its own.

    ``half_lives`` in days per kind of entry, ``weights`` 0-1 per verification method,
    ``fresh_from`` and ``stale_below`` on the confidence. Raises ``ValueError`` when a
    half-life is not above 0, a weight is outside 0-1 or the bounds are crossed.
    """

    valid_from: date
    source: str
    half_lives: Mapping[str, float]
    weights: Mapping[str, float]
    fresh_from: float = 0.6
    stale_below: float = 1 / 3

    def __post_init__(self) -> None:
        if any(days <= 0 for days in self.half_lives.values()):
            raise ValueError("a half-life must be above 0 days")
        if any(not 0 <= weight <= 1 for weight in self.weights.values()):
            raise ValueError("a weight must be from 0 to 1")
        if not 0 <= self.stale_below <= self.fresh_from <= 1:
            raise ValueError("stale_below must not be above fresh_from, both from 0 to 1")


#: No study gives these figures; they are a proposal, chosen so that an initiative, an activity
#: and a provision confirmed by phone become stale after about 9, 12 and 14 months. Directories
#: that lived asked for a yearly check at least (research/domain.md §1.5).
DEFAULT_DECAY = Decay(
    valid_from=date(2026, 11, 21),
    source="own proposal, to be measured against entries found wrong",
    half_lives=MappingProxyType({"initiative": 180.0, "activity": 240.0, "provision": 280.0, "meeting_place": 365.0}),
    weights=MappingProxyType(
        {
            "visit": 1.0,  # somebody stood there
            "phone": 0.95,  # the organizer said so
            "desk": 0.9,  # told at the counter, not always by the organizer
            "link": 0.85,  # the organizer pressed a button
            "letter": 0.75,  # an answer on paper, often by an office
            "use": 0.7,  # somebody went and did not complain
        }
    ),
)


def confidence(kind: str, confirmations: Iterable[Confirmation], at: date, decay: Decay = DEFAULT_DECAY) -> float:
    """Give the chance-like confidence, 0 to 1, that an entry is still true on the day ``at``.

    The strongest confirmation counts; more of them do not add up, as two old visits prove no
    more than one. So a newer confirmation never lowers it. Confirmations after ``at`` are left
    out. Raises ``KeyError`` for a kind or method that the table does not know.
    """
    half_life = decay.half_lives[kind]
    return max(
        (
            decay.weights[confirmed.method] * 0.5 ** ((at - confirmed.on).days / half_life)
            for confirmed in confirmations
            if confirmed.on <= at
        ),
        default=0.0,
    )


def freshness(kind: str, confirmations: Iterable[Confirmation], at: date, decay: Decay = DEFAULT_DECAY) -> Freshness:
    """Give the word for an entry on the day ``at``: unconfirmed without any confirmation so far."""
    past = [confirmed for confirmed in confirmations if confirmed.on <= at]
    if not past:
        return Freshness.UNCONFIRMED
    sure = confidence(kind, past, at, decay)
    if sure >= decay.fresh_from:
        return Freshness.FRESH
    return Freshness.STALE if sure < decay.stale_below else Freshness.AGEING
