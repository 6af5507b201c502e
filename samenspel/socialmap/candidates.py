"""From entries of the index to candidates for the ranking, with what depends on the moment of asking.

How sure an entry is and which dates are to come change slowly, so a process keeps the candidate of an entry for as long
as it stays the same: until its next date is over or the day ends.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from samenspel.engine.calendar import ZONE
from samenspel.engine.freshness import confidence, freshness
from samenspel.engine.matching import Candidate
from samenspel.socialmap.catalogue import Entry

DATES_SHOWN = 3
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry at a moment, and the period (seconds since 1970, end excluded) in which this holds."""

    entry: Entry
    candidate: Candidate
    next_dates: tuple[datetime, ...]
    begins: float
    ends: float

    def scored(self, text_score: float) -> Candidate:
        return replace(self.candidate, text_score=text_score) if text_score else self.candidate


_kept: dict[int, Prepared] = {}


def prepared(entry: Entry, version: int, *, at: datetime) -> Prepared:
    """The candidate of an entry at a moment; `version` is the entry's in the index."""
    moment = at.timestamp()
    known = _kept.get(version)
    if known is not None and known.begins <= moment < known.ends:
        return known
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    made = _prepare(entry, at)
    _kept[version] = made
    return made


def _prepare(entry: Entry, at: datetime) -> Prepared:
    day = at.astimezone(ZONE).date()
    midnight = datetime.combine(day, time.min, tzinfo=ZONE)
    tomorrow = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)
    moment = at.timestamp()
    past = [end for _, end in entry.dates if end <= moment]
    coming = [(start, end) for start, end in entry.dates if end > moment]
    next_dates = tuple(datetime.fromtimestamp(start, ZONE) for start, _ in coming[:DATES_SHOWN])
    return Prepared(
        entry=entry,
        candidate=_candidate(entry, at, next_dates),
        next_dates=next_dates,
        begins=max([midnight.timestamp(), *past[-1:]]),
        ends=min([tomorrow.timestamp(), *(end for _, end in coming[:1])]),
    )


def _candidate(entry: Entry, at: datetime, next_dates: tuple[datetime, ...]) -> Candidate:
    day = at.astimezone(ZONE).date()
    confirmed = [one.on for one in entry.confirmations if one.on <= day]
    return Candidate(
        id=entry.id,
        name=entry.name,
        summary=entry.summary,
        kind=entry.kind,
        layer=entry.layer,
        needs=entry.needs,
        themes=entry.themes,
        audiences=entry.audiences,
        minimum_age=entry.minimum_age,
        maximum_age=entry.maximum_age,
        latitude=entry.latitude,
        longitude=entry.longitude,
        area_name=entry.area,
        delivery=entry.delivery,
        confidence=confidence(entry.kind, entry.confirmations, day),
        freshness=freshness(entry.kind, entry.confirmations, day),
        is_full=entry.is_full,
        is_free=entry.is_free,
        next_dates=next_dates,
        confirmed_on=max(confirmed, default=None),
    )
