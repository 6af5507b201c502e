"""The order of offerings for a question, as factors a person can read back.

The score is a product of named factors above 0 and at most 1, each worked out from the question and one offering alone.

"Lowest suitable layer first" (policy: own strength first, R8, R9; research/domain.md): the layer weighs little, so it
decides between offerings that fit about equally and never at the price of suitability. Who asks for a professional
turns it round, and who tried already goes up a layer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from samenspel.engine.calendar import ZONE
from samenspel.engine.matching import offers as codes
from samenspel.engine.matching.offers import Flags, Floats, Offers, Whole, slot_bits
from samenspel.engine.matching.understand import Understanding

#: What speaks for an offering adds up: that it answers a need, shares words, tells of the same subject, means the
#: same. The weights are of full evidence of each kind; the halves are where half of a weight is reached.
NEED_WEIGHT = 1.0
TEXT_WEIGHT = 0.8
TEXT_HALF = 8.0
SUBJECT_WEIGHT = 0.9
SUBJECT_HALF = 4.0
#: Meaning counts by rank only (reciprocal rank, Cormack et al. 2009): cosines of two questions cannot be compared.
MEANING_WEIGHT = 1.0
MEANING_HALF = 10.0
#: What each further thing asked counts, for an offering that answers that too.
ALSO_WEIGHT = 0.5
#: So much evidence suits fully; more says nothing more.
FULL_EVIDENCE = 4.0
#: Twice the evidence counts four times: what fits well comes before what is merely near, free or soon.
SUITABILITY_POWER = 2
#: Less than this is no answer.
LEAST_SUITABILITY = 0.0004
#: An offering names its main need first; company at a dog-walking service is a side effect.
SIDE_NEED = 0.75
#: The share of a need's weight for covering more of the needs that one thing asked shows.
COVERED_SHARE = 0.3
#: Metres at which reach has lost half of what distance can take; within a walk nothing is lost.
REACH_HALF_M = 5000.0
REACH_FLOOR = 0.7
REACH_UNKNOWN = 0.75
REACH_AT_HOME = 0.95
REACH_REMOTE = 0.9
ROOM_WHEN_FULL = 0.5
STALE_FACTOR = 0.7
OTHER_AUDIENCE = 0.5
NARROW_AUDIENCE = 0.8
OTHER_AGE = 0.3
#: What the asker said of money, thresholds, the way and the time; unknown is no refusal.
COST_FACTORS = {codes.COST_FREE: 1.0, codes.COST_UNKNOWN: 0.9, codes.COST_PAID: 0.7}
HARD_FACTOR = 0.85
OTHER_WAY = 0.7
OTHER_TIME = 0.7
TIME_UNKNOWN = 0.85
#: From first to last less than a clear difference of suitability, see the module's text.
LAYER_FACTORS = (0.96, 1.0, 0.975, 0.95, 0.925)
#: Who tried already asks for more than the same again.
TRIED_FACTORS = (0.96, 0.925, 0.95, 1.0, 0.99)
#: The asker's own wish is part of what suits, so it weighs more than the layer does otherwise.
PROFESSIONAL_FACTORS = (0.5, 0.3, 0.4, 0.9, 1.0)
_WHEN = ((7, 1.0), (14, 0.95), (31, 0.9))
WHEN_LATER = 0.8
WHEN_UNKNOWN = 0.9
#: Audiences anyone may belong to without saying so; the others must be asked for.
_BROAD_AUDIENCES = ("adults", "men", "women")

_EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise ValueError(f"no place on earth: {self.latitude}, {self.longitude}")


class Part(NamedTuple):
    """One factor of a score, 0-1."""

    name: str
    factor: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of ``Offers`` that fits: its score 0-1, distance in metres where known, and the factors of the score."""

    row: int
    score: float
    distance_m: int | None
    factors: tuple[float, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(map(Part, _FACTORS, self.factors))

    def factor(self, name: str) -> float:
        """Give one factor by name. Raises ``KeyError`` for an unknown name."""
        return dict(self.parts)[name]

    def explain(self) -> str:
        """Write the sum out, for a developer or a test: "suitability 0.90 × audience 1.00 × …"."""
        return " × ".join(f"{part.name} {part.factor:.2f}" for part in self.parts)


def distance_m(near: Point, latitude: Floats, longitude: Floats) -> Floats:
    """Give distances over the earth's surface in metres (haversine, mean radius); NaN stays NaN."""
    here, there = math.radians(near.latitude), np.radians(latitude)
    half_lat = (there - here) / 2
    half_lon = np.radians(longitude - near.longitude) / 2
    chord = np.sin(half_lat) ** 2 + math.cos(here) * np.cos(there) * np.sin(half_lon) ** 2
    metres: Floats = 2 * _EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return metres


def rank(
    understanding: Understanding, offers: Offers, *, near: Point | None, at: datetime, limit: int
) -> tuple[Ranked, ...]:
    """Order the offerings that fit, best first, at most ``limit``.

    What has neither a need nor a word in common, or hardly, is left out: nothing found is said honestly. Equal scores
    are ordered by distance and ``tie``. Raises ``ValueError`` when ``at`` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("at must have a time zone")
    if not len(offers):
        return ()
    metres = _metres(offers, near)
    values = np.array([factor(understanding, offers, at, metres) for factor in _FACTORS.values()])
    score: Floats = np.prod(values, axis=0)
    best = _best(np.where(values[0] >= LEAST_SUITABILITY, np.round(score, 6), -1.0), metres, offers.tie, max(0, limit))
    return tuple(
        Ranked(row, of_all, None if math.isnan(away) else round(away), tuple(parts))
        for row, of_all, away, parts in zip(
            best.tolist(), score[best].tolist(), metres[best].tolist(), values[:, best].T.tolist(), strict=True
        )
    )


def _best(rounded: Floats, metres: Floats, tie: Floats, limit: int) -> Whole:
    """Give the rows of the highest scores in order; what is below 0 is left out, and only what is in is sorted."""
    fits = np.flatnonzero(rounded >= 0)
    if limit < len(fits):
        least = np.partition(rounded[fits], len(fits) - limit - 1)[len(fits) - limit :].min(initial=np.inf)
        fits = fits[rounded[fits] >= least]
    order = np.lexsort((tie[fits], np.nan_to_num(metres[fits], nan=np.inf), -rounded[fits]))
    best: Whole = fits[order][:limit]
    return best


def _metres(offers: Offers, near: Point | None) -> Floats:
    if near is None:
        return np.full(len(offers), np.nan)
    return distance_m(near, offers.latitude, offers.longitude)


def _suitability(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    """Say how well each offering answers the question, 0 (not at all) to 1; any kind of evidence is enough."""
    evidence = (
        NEED_WEIGHT * _by_need(understanding, offers)
        + TEXT_WEIGHT * offers.text / (offers.text + TEXT_HALF)
        + SUBJECT_WEIGHT * offers.subject / (offers.subject + SUBJECT_HALF)
        + np.where(offers.meaning > 0, MEANING_WEIGHT * MEANING_HALF / (MEANING_HALF + offers.meaning), 0.0)
    )
    suits: Floats = np.minimum(1.0, evidence / FULL_EVIDENCE) ** SUITABILITY_POWER
    return suits


def _by_need(understanding: Understanding, offers: Offers) -> Floats:
    """Say how well the needs are answered: of each thing asked the strongest need that the offering answers counts,
    and for ``COVERED_SHARE`` how many of its needs are.

    Who asks two things is answered by either, and better by what answers both: a Turkish carers' group for a Turkish
    carer.
    """
    asks = [_of_ask(understanding, offers, list(rows)) for rows in understanding.asked_rows()]
    if not asks:
        return np.zeros(len(offers))
    best: Floats = np.max(asks, axis=0)
    every: Floats = np.sum(asks, axis=0)
    return best + ALSO_WEIGHT * (every - best)


def _of_ask(understanding: Understanding, offers: Offers, rows: list[int]) -> Floats:
    weights = np.array([understanding.needs[row].weight for row in rows])[:, np.newaxis]
    answered = weights * offers.answers[rows]
    strongest = np.max(answered * np.where(offers.main[rows], 1.0, SIDE_NEED), axis=0)
    found: Floats = (1.0 - COVERED_SHARE) * strongest + COVERED_SHARE * np.sum(answered, axis=0) / weights.sum()
    return found


def _audience(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    everyone = (offers.audiences == 0) | offers.meant_for(("everyone",))
    asked = offers.meant_for(understanding.audiences)
    if understanding.audiences:
        factor = np.where(everyone | asked, 1.0, OTHER_AUDIENCE)
    else:
        factor = np.where(everyone | offers.meant_for(_BROAD_AUDIENCES), 1.0, NARROW_AUDIENCE)
    if understanding.age is None:
        return factor
    fits = (offers.minimum_age <= understanding.age) & (understanding.age <= offers.maximum_age)
    return np.where(fits, factor, OTHER_AGE)


def _cost(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    if not understanding.wants_free:
        return np.ones(len(offers))
    return np.array([COST_FACTORS[code] for code in range(len(COST_FACTORS))])[offers.cost]


def _threshold(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    easy = offers.is_easy | (offers.delivery != codes.AT_PLACE)
    return np.where(easy | (not understanding.wants_easy), 1.0, HARD_FACTOR)


def _reach(understanding: Understanding, offers: Offers, _at: datetime, metres: Floats) -> Floats:
    loss = 1.0 / (1.0 + (np.nan_to_num(metres) / REACH_HALF_M) ** 1.5)
    by_distance = np.where(np.isnan(metres), REACH_UNKNOWN, REACH_FLOOR + (1.0 - REACH_FLOOR) * loss)
    ways = (offers.delivery == codes.AT_HOME, offers.delivery == codes.REMOTE)
    reach: Floats = np.select(ways, (REACH_AT_HOME, REACH_REMOTE), by_distance)
    return reach * np.where(_other_way(understanding, offers), OTHER_WAY, 1.0)


def _other_way(understanding: Understanding, offers: Offers) -> Flags:
    """Which offerings do not come the way that was asked for: at home, by telephone or online."""
    wanted = [codes.AT_HOME] * understanding.wants_at_home + [codes.REMOTE] * understanding.wants_remote
    if not wanted:
        return np.zeros(len(offers), dtype=np.bool_)
    return ~np.isin(offers.delivery, wanted)


def _when(understanding: Understanding, offers: Offers, at: datetime, _metres: Floats) -> Floats:
    """How soon it is, and whether it is at the time that was asked for."""
    ahead = (at.astimezone(ZONE).date() - offers.first_day).days
    days = offers.days >> np.uint64(min(63, max(0, ahead)))
    conditions = [(days & np.uint64((1 << (within + 1)) - 1)) != 0 for within, _ in _WHEN]
    soon = np.select([days == 0, *conditions], [WHEN_UNKNOWN, *(factor for _, factor in _WHEN)], WHEN_LATER)
    if not (understanding.weekdays or understanding.parts_of_day):
        return soon
    wanted = np.uint64(slot_bits(understanding.weekdays, understanding.parts_of_day))
    suits = np.where((offers.slots & wanted) != 0, 1.0, OTHER_TIME)
    return soon * np.where(offers.slots == 0, TIME_UNKNOWN, suits)


def _freshness(_understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    return (0.6 + 0.4 * offers.confidence) * np.where(offers.freshness == codes.STALE, STALE_FACTOR, 1.0)


def _room(_understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    return np.where(offers.is_full, ROOM_WHEN_FULL, 1.0)


def _layer(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    if understanding.wants_professional:
        factors = PROFESSIONAL_FACTORS
    else:
        factors = TRIED_FACTORS if understanding.has_tried else LAYER_FACTORS
    return np.array(factors)[offers.layer]


_FACTORS: dict[str, Callable[[Understanding, Offers, datetime, Floats], Floats]] = {
    "suitability": _suitability,
    "audience": _audience,
    "cost": _cost,
    "threshold": _threshold,
    "reach": _reach,
    "when": _when,
    "freshness": _freshness,
    "room": _room,
    "layer": _layer,
}
