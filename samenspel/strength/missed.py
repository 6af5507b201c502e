"""What residents often looked for and did not find, as inbreng that a person may write down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.text import capfirst, slugify

from samenspel.outcomes.periods import Period
from samenspel.outcomes.unmet import NO_PLACE, UnmetTable, periods_of, unmet_needs
from samenspel.policy.models import PublicQuestion

SUGGESTED = 10
"""At most so many are put forward."""


@dataclass(frozen=True)
class OftenMissed:
    """A need that residents often looked for and did not find in a period; only figures that may be told.

    `title` is "vervoer: niets in de buurt" with a capital; `areas` are those with a figure, the largest first.
    """

    title: str
    period: Period
    total: int
    areas: tuple[tuple[str, int], ...]

    @property
    def key(self) -> str:
        return slugify(self.title)


def often_missed(municipality: str, *, at: datetime) -> list[OftenMissed]:
    """What was missed most in the last quarter that is over, largest first; 8 queries.

    Without what already waits for an answer, or was brought in since.
    """
    period = next((one for one in periods_of(municipality, at=at) if one.quarter), None)
    if period is None:
        return []
    table = unmet_needs(municipality, period)
    brought = PublicQuestion.objects.filter(municipality=municipality, origin=PublicQuestion.Origin.UNMET)
    known = set(
        brought.filter(Q(answered_on=None) | Q(asked_on__gte=period.ends)).values_list("title", flat=True).order_by()
    )
    return [one for one in _told(table) if one.title not in known][:SUGGESTED]


def _told(table: UnmetTable) -> Iterator[OftenMissed]:
    """The rows whose total may be told and that name a need."""
    for row in table.rows:
        if row.need and row.total:
            figures = zip(table.areas, row.areas, strict=True)
            shown = [(name, figure) for name, figure in figures if figure and name != NO_PLACE]
            largest = tuple(sorted(shown, key=lambda one: (-one[1], one[0])))
            yield OftenMissed(f"{capfirst(row.label)}: {row.why}", table.period, row.total, largest)
