"""How sure we are of an entry, and what we say of it: confirmed when, by whom, how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from samenspel.engine.calendar import ZONE
from samenspel.engine.freshness import Confirmation, Freshness, confidence, freshness
from samenspel.socialmap.models import MeetingPlace, Offering, Verification


@dataclass(frozen=True, slots=True)
class Trust:
    """`confidence` from 0 to 1; the last confirmation is empty (None, "", "") when there never was one."""

    confidence: float
    state: Freshness
    confirmed_on: date | None
    method: str
    method_label: str
    confirmed_by: str


def trust_in_offering(offering: Offering, at: datetime) -> Trust:
    """Judge an offering at a moment; no query when its verifications are prefetched."""
    return _trust(offering.kind, offering.verifications.all(), at)


def trust_in_place(place: MeetingPlace, at: datetime) -> Trust:
    """Judge a meeting place at a moment; no query when its verifications are prefetched."""
    return _trust("meeting_place", place.verifications.all(), at)


def _trust(kind: str, verifications: Iterable[Verification], at: datetime) -> Trust:
    past = [one for one in verifications if one.confirmed_at <= at]
    confirmations = [Confirmation(_day(one.confirmed_at), one.method) for one in past]
    last = max(past, key=lambda one: (one.confirmed_at, one.pk), default=None)
    return Trust(
        confidence=confidence(kind, confirmations, _day(at)),
        state=freshness(kind, confirmations, _day(at)),
        confirmed_on=_day(last.confirmed_at) if last else None,
        method=last.method if last else "",
        method_label=last.get_method_display() if last else "",
        confirmed_by=last.confirmed_by if last else "",
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
