"""How questions fared in an area, in figures about no one: hands, and always beside them what came of the questions.

Both what was erased (`EndedQuestion`) and what is still there counts, of the last four quarters that are over: in the
running one, who looks twice would see a single question come. Never per worker or team, nothing under 10 questions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, median
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from samenspel.engine.calendar import ZONE
from samenspel.engine.privacy import LEAST, guarded, rounded
from samenspel.handover.counting import days_between
from samenspel.handover.models import EndedQuestion, Hand, HelpRequest
from samenspel.handover.states import State
from samenspel.outcomes.periods import quarter_of

QUARTERS = 4
CAME_BACK = (Hand.Cause.GIVEN_BACK, Hand.Cause.SILENT)
_HELPED = (State.HELPED, State.OWN_CIRCLE)


@dataclass(frozen=True, slots=True)
class Days:
    """A median of whole days and of how many questions (rounded down)."""

    median: float
    number: int


@dataclass(frozen=True, slots=True)
class HandFigures:
    """Hands and outcomes of `number` questions; every count is rounded down to 5, and None when it must be hidden.

    `through` counts those that went through 1, 2, and more hands; `became` those that were helped, those in progress,
    those that wait for a first conversation, and those that ended otherwise.
    """

    since: str
    number: int
    mean: float
    median: float
    through: tuple[int | None, ...]
    became: tuple[int | None, ...]
    returned: int | None
    to_contact: Days | None
    to_helped: Days | None


class _Question(NamedTuple):
    outcome: str
    hands: int
    returned: bool
    to_contact: int | None
    to_helped: int | None


def hands_of(area_codes: Iterable[str], *, municipality: str, at: datetime) -> HandFigures | None:
    """The figures of the questions asked in some wijken in four finished quarters; None under 10; 2 queries."""
    codes, since, until = list(area_codes), _begin(at, back=QUARTERS), _begin(at)
    rows = [*_erased(codes, municipality, since, until), *_there(codes, municipality, since, until)]
    if len(rows) < LEAST:
        return None
    number, hands = len(rows), [row.hands for row in rows]
    one, two = hands.count(1), hands.count(2)
    helped = sum(row.outcome in _HELPED for row in rows)
    busy, waiting = (sum(row.outcome == state for row in rows) for state in (State.ACTIVE, State.WAITING))
    returned = sum(row.returned for row in rows)
    return HandFigures(
        since=quarter_of(since),
        number=rounded(number),
        mean=round(mean(hands), 1),
        median=median(hands),
        through=guarded([one, two, number - one - two]).parts,
        became=guarded([helped, busy, waiting, number - helped - busy - waiting]).parts,
        returned=guarded([returned, number - returned]).parts[0],
        to_contact=_days([row.to_contact for row in rows]),
        to_helped=_days([row.to_helped for row in rows]),
    )


def _begin(at: datetime, *, back: int = 0) -> datetime:
    """When the quarter of a moment began, or one some quarters `back`."""
    now = at.astimezone(ZONE)
    months = now.year * 12 + (now.month - 1) // 3 * 3 - back * 3
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=ZONE)


def _erased(codes: list[str], municipality: str, since: datetime, until: datetime) -> list[_Question]:
    rows = EndedQuestion.objects.filter(
        municipality=municipality, area_code__in=codes, quarter__gte=quarter_of(since), quarter__lt=quarter_of(until)
    )
    fields = ("outcome", "hands", "returned", "days_to_contact", "days_to_helped")
    return [_Question(end, hands, back > 0, *days) for end, hands, back, *days in rows.values_list(*fields)]


def _there(codes: list[str], municipality: str, since: datetime, until: datetime) -> list[_Question]:
    here = Q(area__code__in=codes) | Q(area__parent__code__in=codes)
    back = Exists(Hand.objects.filter(request=OuterRef("pk"), cause__in=CAME_BACK))
    asked_then = HelpRequest.objects.filter(here, municipality=municipality, asked_at__gte=since, asked_at__lt=until)
    rows = asked_then.annotate(came_back=back)
    fields = ("state", "hands", "came_back", "asked_at", "first_contact_at", "ended_at")
    return [
        _Question(
            state, hands, returned, days_between(asked, met), days_between(asked, ended if state in _HELPED else None)
        )
        for state, hands, returned, asked, met, ended in rows.values_list(*fields)
    ]


def _days(known: Sequence[int | None]) -> Days | None:
    days = [one for one in known if one is not None]
    return Days(median(days), rounded(len(days))) if len(days) >= LEAST else None
