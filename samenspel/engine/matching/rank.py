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

#: What speaks for an offering adds up to its evidence: that it answers a need as its main one or beside another, how
#: much of what is asked it answers, the words it shares, the subject it tells of, its likeness in meaning. Each weight
#: is of full evidence of its kind; one point more makes an offering e times as suitable. The weights start from a fit
#: on each half of bench/questions (softmax over the gains), which differ by a quarter at most where they are large;
#: weights fitted on one half give the other the same nDCG as these within 0.005.
MAIN_NEED_WEIGHT = 1.2
SIDE_NEED_WEIGHT = 0.5
COVERED_WEIGHT = 1.0
TEXT_WEIGHT = 1.9
SUBJECT_WEIGHT = 2.2
SUBJECT_HALF = 4.0
MAIN_LEANING_WEIGHT = 1.3
SIDE_LEANING_WEIGHT = 0.9
MEANING_WEIGHT = 0.45
#: What bears the name of what she asks for ("naar de soos") goes on top where it is near.
NAMED_WEIGHT = 3.0
#: Words in a name count more than once; however many there are, together they count at most this many times.
MOST_TEXT = 3.0
#: So much evidence suits fully; more says nothing more.
FULL_EVIDENCE = 8.0
#: Less evidence than this is no answer.
LEAST_EVIDENCE = 0.6
#: Metres at which reach has lost half of what distance can take; within a walk nothing is lost.
REACH_HALF_M = 5000.0
REACH_FLOOR = 0.7
REACH_UNKNOWN = 0.75
REACH_AT_HOME = 1.0
REACH_REMOTE = 0.9
ROOM_WHEN_FULL = 0.5
STALE_FACTOR = 0.7
#: Who names a group is served by what is for that group or what she names herself, then by what is for all, then by
#: what is for grown-ups of some age, when no age was named: who sees badly may well be old.
ANY_AUDIENCE = 0.8
SOME_AGE = 0.5
OTHER_AUDIENCE = 0.35
NARROW_AUDIENCE = 0.85
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
PROFESSIONAL_FACTORS = (0.3, 0.1, 0.15, 0.85, 1.0)
_WHEN = ((7, 1.0), (14, 0.95), (31, 0.9))
WHEN_LATER = 0.8
#: What has days, but none in the weeks to come, sinks: once a year is no company. What has none may be had any day.
WHEN_NOT_SOON = 0.6
WHEN_UNKNOWN = 0.9
#: Audiences anyone may belong to without saying so; the others must be asked for.
_BROAD_AUDIENCES = ("adults", "men", "women")
_GROWN_UP = ("young_adults", "adults", "older_people")
_YOUNG = frozenset(("teenagers", "children"))
_AGES = _YOUNG.union(_GROWN_UP)

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
    fits = _evidence(understanding, offers) >= LEAST_EVIDENCE
    best = _best(np.where(fits, np.round(score, 9), -1.0), metres, offers.tie, max(0, limit))
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


def _suitability(understanding: Understanding, offers: Offers, _at: datetime, metres: Floats) -> Floats:
    """Say how well each offering answers the question, above 0 to 1; any kind of evidence is enough."""
    of_main, of_others = offers.leaning
    leaning = MAIN_LEANING_WEIGHT * of_main + SIDE_LEANING_WEIGHT * of_others
    named = NAMED_WEIGHT * _named(understanding, offers) * _nearness(metres)
    suits: Floats = np.exp(np.minimum(0.0, _evidence(understanding, offers) + leaning + named - FULL_EVIDENCE))
    return suits


def _named(understanding: Understanding, offers: Offers) -> Flags:
    """Which bear the name of what is asked; a children's film is not "the film" of who named no children."""
    if _YOUNG.intersection(understanding.audiences):
        return offers.named
    return offers.named & (~offers.meant_for(_YOUNG) | offers.meant_for((*_GROWN_UP, "everyone")))


def _nearness(metres: Floats) -> Floats:
    """1 at the door, 0.5 at ``REACH_HALF_M``; 1 too where no distance is known."""
    near: Floats = 1.0 / (1.0 + (np.nan_to_num(metres) / REACH_HALF_M) ** 1.5)
    return near


def _evidence(understanding: Understanding, offers: Offers) -> Floats:
    """Add up what speaks for each offering, from 0. What single words lean to is none: it only orders."""
    return (
        _by_need(understanding, offers)
        + TEXT_WEIGHT * offers.text / (1.0 + offers.text / MOST_TEXT)
        + SUBJECT_WEIGHT * offers.subject / (offers.subject + SUBJECT_HALF)
        + MEANING_WEIGHT * offers.meaning
    )


def _by_need(understanding: Understanding, offers: Offers) -> Floats:
    """Say how well the needs are answered: by the strongest that is the offering's main need, the strongest of its
    others, and how many of all it answers.

    Who asks two things is answered by either, and better by what answers both: a Turkish carers' group for a Turkish
    carer.
    """
    if not understanding.needs:
        return np.zeros(len(offers))
    weights = np.array([need.weight for need in understanding.needs])[:, np.newaxis]
    answered = weights * offers.answers
    found: Floats = (
        MAIN_NEED_WEIGHT * np.max(answered * offers.main, axis=0)
        + SIDE_NEED_WEIGHT * np.max(answered * ~offers.main, axis=0)
        + COVERED_WEIGHT * np.sum(answered, axis=0) / weights.sum()
    )
    return found


def _audience(understanding: Understanding, offers: Offers, _at: datetime, _metres: Floats) -> Floats:
    everyone = (offers.audiences == 0) | offers.meant_for(("everyone",))
    if understanding.audiences:
        is_any_age = understanding.age is None and _AGES.isdisjoint(understanding.audiences)
        asked = offers.meant_for(understanding.audiences) | (_named(understanding, offers) & is_any_age)
        some_age = offers.meant_for(_GROWN_UP) & is_any_age
        factor = np.select((asked, everyone, some_age), (1.0, ANY_AUDIENCE, SOME_AGE), OTHER_AUDIENCE)
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
    by_distance = np.where(np.isnan(metres), REACH_UNKNOWN, REACH_FLOOR + (1.0 - REACH_FLOOR) * _nearness(metres))
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
    none = [(days == 0) & ~offers.is_scheduled, days == 0]
    soon = np.select([*none, *conditions], [WHEN_UNKNOWN, WHEN_NOT_SOON, *(factor for _, factor in _WHEN)], WHEN_LATER)
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
