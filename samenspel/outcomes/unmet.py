"""What residents looked for and did not find, as a table in which no small number can be read or worked out.

Only what is over is told, for the figures of a running quarter grow: who looks twice would see a single question. A
year has no figures per wijk, for then the quarters could be subtracted from it; with them left out, each figure stands
in one sum only (its own quarter), and the sum of a quarter in one more (its year). `engine.privacy` guards each sum and
rounds what is told, so rows and columns need not add up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Sum

from samenspel.engine.calendar import ZONE
from samenspel.engine.matching import Need
from samenspel.engine.privacy import guarded, rounded, sum_may_be_told
from samenspel.outcomes.models import OwnCircle, UnmetNeed
from samenspel.outcomes.periods import Period, finished, quarters_of
from samenspel.places.lookup import plain_name
from samenspel.places.models import Area
from samenspel.socialmap.vocabulary import vocabulary

NO_PLACE = "Plaats niet genoemd"
NOT_UNDERSTOOD = "Vraag niet begrepen"

_Name = tuple[str, str]
"""A need and why it was not met, as stored."""


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """One need and why it was not met, with its figures in the order of the table's areas; None is hidden."""

    need: str
    label: str
    why: str
    areas: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class UnmetTable:
    """The rows of a period, the largest first; `areas` are the names of the columns, none in a year."""

    period: Period
    areas: tuple[str, ...]
    rows: tuple[UnmetRow, ...]


def periods_of(municipality: str, *, at: datetime) -> tuple[Period, ...]:
    """The quarters and years that are over since the first count of either kind, newest first; 2 queries."""
    counted = (model.objects.filter(municipality=municipality) for model in (UnmetNeed, OwnCircle))
    first = min((week for one in counted if (week := one.aggregate(first=Min("week"))["first"])), default=None)
    return tuple(finished(first, at.astimezone(ZONE).date())) if first else ()


def unmet_needs(municipality: str, period: Period) -> UnmetTable:
    """The table of one of `periods_of`; at most 5 queries."""
    if not period.quarter:
        return _in_year(municipality, period)
    counts = _counts(municipality, period)
    codes = sorted({code for by_area in counts.values() for code in by_area})
    names = names_of(codes, municipality)
    codes.sort(key=lambda code: (code == municipality, names[code]))
    rows = []
    for name, by_area in counts.items():
        shown = guarded([by_area.get(code, 0) for code in codes])
        rows.append(_row(name, shown.parts, shown.total))
    return UnmetTable(period, tuple(names[code] for code in codes), _in_order(rows))


def _in_year(municipality: str, period: Period) -> UnmetTable:
    """Only totals: see `in_year`."""
    quarters = [_counts(municipality, quarter) for quarter in quarters_of(period.year)]
    rows = []
    for name in {name for counts in quarters for name in counts}:
        rows.append(_row(name, (), in_year([tuple(counts.get(name, {}).values()) for counts in quarters])))
    return UnmetTable(period, (), _in_order(rows))


def in_year(quarters: Sequence[Sequence[int]]) -> int | None:
    """The sum of the quarters, each as its parts; None when a part that is hidden could be worked out from it.

    Who knows the year subtracts the quarters that are told, and of the others the parts that are: what is left is the
    sum of the hidden parts of all of these together.
    """
    shown = [guarded(parts) for parts in quarters]
    hidden = [
        part
        for parts, told in zip(quarters, shown, strict=True)
        if told.total is None
        for part, is_told in zip(parts, told.parts, strict=True)
        if is_told is None
    ]
    return rounded(sum(map(sum, quarters))) if sum_may_be_told(hidden) else None


def _counts(municipality: str, period: Period) -> dict[_Name, dict[str, int]]:
    """By need and reason, the count of each area that has one."""
    counted = UnmetNeed.objects.filter(municipality=municipality, week__gte=period.begins, week__lt=period.ends)
    found: dict[_Name, dict[str, int]] = defaultdict(dict)
    for need, why, area, times in counted.values_list("need", "why", "area").annotate(times=Sum("times")).order_by():
        found[need, why][area] = times
    return found


def names_of(codes: Iterable[str], municipality: str) -> Mapping[str, str]:
    """What areas are called in their newest year; a code that is gone stays a code."""
    areas = Area.objects.filter(municipality=municipality, code__in=codes).order_by("year")
    known = {code: plain_name(name) for code, name in areas.values_list("code", "name")}
    return {code: known.get(code, code) for code in codes} | {municipality: NO_PLACE}


def _row(name: _Name, areas: tuple[int | None, ...], total: int | None) -> UnmetRow:
    need, why = name
    if not need:
        return UnmetRow(need, NOT_UNDERSTOOD, "", areas, total)
    known: Need | None = vocabulary().needs.get(need)
    return UnmetRow(need, known.label if known else need, str(UnmetNeed.Why(why).label), areas, total)


def _in_order(rows: Iterable[UnmetRow]) -> tuple[UnmetRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-(row.total or 0), row.label, row.why)))
