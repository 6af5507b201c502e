"""The order of offerings for a question, as factors a person can read back.

The score is a product of named factors between 0 and 1. Each is worked out from the question
and one candidate alone, so an added candidate never changes the order of the others.

"Lowest suitable layer first" (policy: own strength first, R8, R9; research/domain.md): the
layer weighs less than one step of suitability, so it decides between offerings that fit
equally and never at the price of suitability. Who asks for a professional turns it round.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from samenspel.engine.matching.understand import FoundNeed, Understanding

#: One step of suitability. Finer differences in text scores say nothing, so they count only
#: when all else is equal.
SUITABILITY_STEP = 0.1
#: A text score at which half of the text weight is reached (BM25 scores run to about 20).
TEXT_HALF = 4.0
#: Text alone never counts as much as a need that was found.
TEXT_WEIGHT = 0.7
#: A need alone leaves room above it: who names the very thing ("rolstoel") goes before who
#: only answers the same need.
NEED_WEIGHT = 0.85
#: An offering names its main need first; company at a dog-walking service is a side effect.
SIDE_NEED = 0.9
#: The share of suitability for covering more of the needs that a question shows.
COVERED_SHARE = 0.3
#: Metres at which reach has lost half of what distance can take.
REACH_HALF_M = 3500.0
REACH_FLOOR = 0.3
REACH_UNKNOWN = 0.75
REACH_AT_HOME = 0.95
REACH_REMOTE = 0.9
ROOM_WHEN_FULL = 0.4
STALE = 0.7
OTHER_AUDIENCE = 0.5
NARROW_AUDIENCE = 0.8
OTHER_AGE = 0.3
#: Together less than one step of suitability, see the module's text.
LAYER_FACTORS = {1: 1.0, 2: 0.975, 3: 0.95, 4: 0.925}
#: The asker's own wish is part of what suits, so it weighs more than the layer does otherwise.
PROFESSIONAL_FACTORS = {1: 0.7, 2: 0.75, 3: 0.95, 4: 1.0}
LAYER_UNKNOWN = {False: 0.96, True: 0.8}
_WHEN = ((timedelta(days=7), 1.0), (timedelta(days=14), 0.95), (timedelta(days=31), 0.9))
WHEN_LATER = 0.8
WHEN_UNKNOWN = 0.9
#: Audiences anyone may belong to without saying so; the others must be asked for.
_BROAD_AUDIENCES = frozenset({"everyone", "adults", "men", "women"})

_EARTH_RADIUS_M = 6_371_008.8


class CandidateInvalid(ValueError):
    """A candidate has a value outside its range; the message names the candidate."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise ValueError(f"no place on earth: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offering that may fit, with all the ranking looks at.

    ``needs`` has the main need first; ``layer`` 1-4 or None; ages in whole years, both inclusive; ``confidence`` 0-1;
    ``freshness`` as in ``samenspel.engine.freshness.Freshness``; ``next_dates`` aware, earliest
    first, empty when nobody gave times; ``text_score`` at least 0 (0: not found by text).
    Raises ``CandidateInvalid`` for values outside these.
    """

    id: str
    name: str
    summary: str
    kind: str
    layer: int | None = None
    needs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    area_name: str = ""
    delivery: str = "at_place"
    confidence: float = 0.0
    freshness: str = "unconfirmed"
    is_full: bool = False
    is_free: bool | None = None
    next_dates: tuple[datetime, ...] = ()
    confirmed_on: date | None = None
    text_score: float = 0.0

    def __post_init__(self) -> None:
        if self.layer not in (None, 1, 2, 3, 4):
            raise CandidateInvalid(f"{self.id}: layer must be 1-4 or None, not {self.layer!r}")
        if not 0.0 <= self.confidence <= 1.0:
            raise CandidateInvalid(f"{self.id}: confidence must be 0-1, not {self.confidence!r}")
        if not (math.isfinite(self.text_score) and self.text_score >= 0.0):
            raise CandidateInvalid(f"{self.id}: text_score must be 0 or more, not {self.text_score!r}")
        if any(moment.tzinfo is None for moment in self.next_dates):
            raise CandidateInvalid(f"{self.id}: next_dates must have a time zone")

    @property
    def point(self) -> Point | None:
        """The place, when both coordinates are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


class Part(NamedTuple):
    """One factor of a score, 0-1, and the fact behind it in a few English words for the log of a test."""

    name: str
    factor: float
    because: str


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """The factors of one candidate; the score is their product."""

    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """The product of the factors, 0-1."""
        return math.prod(part.factor for part in self.parts)

    def factor(self, name: str) -> float:
        """Give one factor by name. Raises ``KeyError`` for an unknown name."""
        for part in self.parts:
            if part.name == name:
                return part.factor
        raise KeyError(name)

    def explain(self) -> str:
        """Write the sum out, for a developer or a test: "suitability 0.90 (walking_buddy) × …"."""
        return " × ".join(f"{part.name} {part.factor:.2f} ({part.because})" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Reason:
    """The facts from which a reason is told. ``distance_m`` in metres, ``next_date`` aware."""

    needs: tuple[FoundNeed, ...]
    distance_m: int | None
    next_date: datetime | None
    at: datetime
    delivery: str
    area_name: str
    is_full: bool
    freshness: str


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that fits, with its score, the parts of it and the reason."""

    candidate: Candidate
    score: float
    distance_m: int | None
    parts: CandidateScore
    reason: Reason


def distance_m(a: Point, b: Point) -> float:
    """Give the distance over the earth's surface in metres (haversine, mean radius)."""
    latitude_a, latitude_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = (latitude_b - latitude_a) / 2
    half_lon = math.radians(b.longitude - a.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(latitude_a) * math.cos(latitude_b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def rank(
    understanding: Understanding,
    candidates: Iterable[Candidate],
    *,
    near: Point | None,
    at: datetime,
    limit: int,
) -> tuple[Match, ...]:
    """Order the candidates that fit, best first, at most ``limit``.

    A candidate with neither a need nor a word in common is left out: nothing found is said
    honestly. Equal scores are ordered by suitability before rounding, distance, name and id.
    Raises ``ValueError`` when ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("at must have a time zone")
    asked = _Asked(understanding, sum(need.weight for need in understanding.needs), near, at)
    found: list[_Scored] = []
    for candidate in candidates:
        shared = [need for need in understanding.needs if need.key in candidate.needs]
        if shared or candidate.text_score > 0:
            found.append(_scored(asked, candidate, shared))
    found.sort(key=lambda scored: scored.order)
    return tuple(_match(scored, at) for scored in found[: max(0, limit)])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for every candidate."""

    understanding: Understanding
    weight_of_needs: float
    near: Point | None
    at: datetime


_Factor = tuple[float, str]
"""A factor and the fact behind it: a ``Part`` that has no name until it is shown."""

_NAMES = ("suitability", "audience", "reach", "when", "freshness", "room", "layer")
_STEPS = tuple(round(step * SUITABILITY_STEP, 6) for step in range(round(1 / SUITABILITY_STEP) + 1))


class _Scored(NamedTuple):
    """A candidate with its score and place in the order, before its match is written out."""

    candidate: Candidate
    needs: list[FoundNeed]
    factors: tuple[_Factor, ...]
    score: float
    distance_m: int | None
    next_date: datetime | None
    order: tuple[float, float, float, str, str]


def _scored(asked: _Asked, candidate: Candidate, shared: list[FoundNeed]) -> _Scored:
    raw = _suitability(asked, candidate, shared)
    place = candidate.point
    metres = round(distance_m(asked.near, place)) if asked.near is not None and place is not None else None
    upcoming = _upcoming(candidate, asked.at)
    factors = (
        _suitability_factor(candidate, shared, raw),
        _audience_factor(asked.understanding, candidate),
        _reach_factor(candidate, metres),
        _when_factor(upcoming, asked.at),
        _freshness_factor(candidate),
        (ROOM_WHEN_FULL, "full") if candidate.is_full else (1.0, "room"),
        _layer_factor(asked.understanding, candidate),
    )
    score = math.prod([factor for factor, _ in factors])
    far = math.inf if metres is None else float(metres)
    order = (-score, -raw, far, candidate.name, candidate.id)
    return _Scored(candidate, shared, factors, score, metres, upcoming, order)


def _upcoming(candidate: Candidate, at: datetime) -> datetime | None:
    for moment in candidate.next_dates:
        if moment >= at:
            return moment
    return None


def _match(scored: _Scored, at: datetime) -> Match:
    candidate = scored.candidate
    parts = tuple(Part(name, *factor) for name, factor in zip(_NAMES, scored.factors, strict=True))
    reason = Reason(
        needs=tuple(scored.needs),
        distance_m=scored.distance_m,
        next_date=scored.next_date,
        at=at,
        delivery=candidate.delivery,
        area_name=candidate.area_name,
        is_full=candidate.is_full,
        freshness=candidate.freshness,
    )
    return Match(candidate, scored.score, scored.distance_m, CandidateScore(parts), reason)


def _suitability(asked: _Asked, candidate: Candidate, shared: list[FoundNeed]) -> float:
    """Say how well the candidate answers the question, 0 (not at all) to 1.

    Needs count by the strongest one shared and for ``COVERED_SHARE`` by how many of the needs
    are covered; text closes part of what is left. Either alone is enough to be found.
    """
    by_need = 0.0
    if shared:
        strongest = max([need.weight * _place_factor(need.key, candidate) for need in shared])
        covered = sum([need.weight for need in shared]) / asked.weight_of_needs
        by_need = NEED_WEIGHT * ((1.0 - COVERED_SHARE) * strongest + COVERED_SHARE * covered)
    by_text = TEXT_WEIGHT * candidate.text_score / (candidate.text_score + TEXT_HALF)
    return 1.0 - (1.0 - by_need) * (1.0 - by_text)


def _place_factor(need: str, candidate: Candidate) -> float:
    return 1.0 if need == candidate.needs[0] else SIDE_NEED


def _suitability_factor(candidate: Candidate, shared: list[FoundNeed], raw: float) -> _Factor:
    because = ", ".join([need.key for need in shared] + (["text"] if candidate.text_score > 0 else []))
    return _STEPS[max(1, round(raw / SUITABILITY_STEP))], because


def _audience_factor(understanding: Understanding, candidate: Candidate) -> _Factor:
    age = understanding.age
    if age is not None and not (candidate.minimum_age or 0) <= age <= (candidate.maximum_age or 999):
        return OTHER_AGE, f"not for age {age}"
    meant = set(candidate.audiences)
    if not meant or "everyone" in meant or meant.intersection(understanding.audiences):
        return 1.0, "welcome"
    if understanding.audiences:
        return OTHER_AUDIENCE, "for others than asked"
    if meant & _BROAD_AUDIENCES:
        return 1.0, "welcome"
    return NARROW_AUDIENCE, "for one group, not asked"


def _reach_factor(candidate: Candidate, metres: int | None) -> _Factor:
    if candidate.delivery == "at_home":
        return REACH_AT_HOME, "comes to the home"
    if candidate.delivery == "remote":
        return REACH_REMOTE, "by telephone or online"
    if metres is None:
        return REACH_UNKNOWN, "distance unknown"
    loss = 1.0 / (1.0 + (metres / REACH_HALF_M) ** 1.5)
    return REACH_FLOOR + (1.0 - REACH_FLOOR) * loss, f"{metres} m"


def _when_factor(upcoming: datetime | None, at: datetime) -> _Factor:
    if upcoming is None:
        return WHEN_UNKNOWN, "no date known"
    ahead = upcoming - at
    for within, factor in _WHEN:
        if ahead <= within:
            return factor, f"within {within.days} days"
    return WHEN_LATER, "later"


def _freshness_factor(candidate: Candidate) -> _Factor:
    factor = 0.6 + 0.4 * candidate.confidence
    if candidate.freshness == "stale":
        factor *= STALE
    return factor, candidate.freshness


def _layer_factor(understanding: Understanding, candidate: Candidate) -> _Factor:
    wanted = understanding.wants_professional
    if candidate.layer is None:
        return LAYER_UNKNOWN[wanted], "layer unknown"
    factors = PROFESSIONAL_FACTORS if wanted else LAYER_FACTORS
    return factors[candidate.layer], f"layer {candidate.layer}"
