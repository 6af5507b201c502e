"""The shift ledger: counting where a question looks and what it is offered, and the tables of whole quarters.

Only quarters that are over are told, for the figures of a running one grow. No year is told: the quarters could be
subtracted from it. What may be told, and what it means, is the judgement of `engine.shift`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.engine.shift import (
    OFFERED,
    SOLVED,
    Count,
    Load,
    Money,
    Shift,
    collective_share,
    guard_counts,
    judge,
    load_of,
    money_of,
)
from samenspel.outcomes.counting import count_shift
from samenspel.outcomes.group_figures import released_figures
from samenspel.outcomes.layers import asked_of, offered_of
from samenspel.outcomes.models import ShiftCount, UnitPrice
from samenspel.outcomes.periods import quarter_of, quarter_with
from samenspel.outcomes.prices import in_force, prices_of
from samenspel.outcomes.unmet import names_of
from samenspel.socialmap.ask import Answer
from samenspel.sources.vocabulary import Theme

QUARTERS = 8
"""Quarters that are told: two years."""
VERSION = "1"
"""Of the definitions of the figures; raise it when one changes, for then quarters cannot be compared."""
_LABELS = (
    gettext_lazy("Eerste kwartaal %(year)s"),
    gettext_lazy("Tweede kwartaal %(year)s"),
    gettext_lazy("Derde kwartaal %(year)s"),
    gettext_lazy("Vierde kwartaal %(year)s"),
)


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """The ledger of one area (`key` is its code) or one theme (a key of `Theme`)."""

    key: str
    name: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """The ledger of one quarter ("2026Q3"): of the municipality, by area (by name, the nameless last) and by theme.

    `money` is of the whole, None without unit prices for every layer in it; `prices` are those it was worked out with.
    """

    quarter: str
    label: str
    whole: Shift
    areas: tuple[ShiftRow, ...]
    themes: tuple[ShiftRow, ...]
    load: Load | None
    money: Money | None
    prices: tuple[UnitPrice, ...]


def count_search(answer: Answer, *, at: datetime) -> None:
    """Count of a question without filters where people usually look for it, and on which layer it found something.

    Never with a cry for help in it, or when the search itself failed.
    """
    if answer.urgent or not answer.is_complete:
        return
    near = answer.near
    count_shift(
        municipality=near.municipality,
        area=near.neighborhood,
        shifts=[asked_of(answer), offered_of(answer)],
        at=at,
    )


def shift_of(municipality: str, *, at: datetime) -> tuple[ShiftTable, ...]:
    """The last QUARTERS quarters that are over and have a count, newest first; 4 queries."""
    counts = _counts(municipality, before=quarter_of(at))
    loads = _loads(municipality)
    prices = prices_of(municipality)
    names = dict(names_of({one.area for rows in counts.values() for one in rows}, municipality))
    names[municipality] = _("Zonder plaats, of in een kleine wijk")
    tables: list[ShiftTable] = []
    for quarter in sorted(counts):
        level = tables[-1].whole.return_rate if tables else None
        load = load_of(loads[quarter])
        held = in_force(prices, _last_day(quarter))
        tables.append(_table(municipality, quarter, counts[quarter], names=names, level=level, load=load, prices=held))
    return tuple(reversed(tables))


def _table(
    municipality: str,
    quarter: str,
    counts: Sequence[Count],
    *,
    names: dict[str, str],
    level: float | None,
    load: Load | None,
    prices: dict[int, UnitPrice],
) -> ShiftTable:
    whole, of_areas, of_themes = _judged(tuple(counts), level, load)
    areas = [ShiftRow(code, names.get(code, code), shift) for code, shift in of_areas]
    money = money_of(whole, {layer: (price.low, price.high) for layer, price in prices.items()})
    return ShiftTable(
        quarter=quarter,
        label=str(_LABELS[int(quarter[-1]) - 1]) % {"year": quarter[:4]},
        whole=whole,
        areas=tuple(sorted(areas, key=lambda row: (row.key == municipality, row.name))),
        themes=tuple(ShiftRow(theme, str(Theme(theme).label), shift) for theme, shift in of_themes),
        load=load,
        money=money,
        prices=tuple(prices[layer] for layer in sorted(prices)) if money else (),
    )


@lru_cache(maxsize=64)
def _judged(
    counts: tuple[Count, ...], level: float | None, load: Load | None
) -> tuple[Shift, tuple[tuple[str, Shift], ...], tuple[tuple[str, Shift], ...]]:
    """The whole, each area, and each theme that has a count in the order of `Theme`; what has no theme is in the whole.

    A quarter that is over is worked out once, for as long as its counts stay the same.
    """
    told = guard_counts(counts)
    share = collective_share(one for one in counts if one.moment == SOLVED)
    whole = judge(told.whole, level=level, load=load, collective=share)
    areas = ((code, judge(spreads, level=whole.return_rate, load=load)) for code, spreads in told.areas.items())
    offered: dict[str, list[Count]] = defaultdict(list)
    for one in counts:
        if one.moment == OFFERED:
            offered[one.theme].append(one)
    themes = (
        (
            theme,
            judge(told.themes[theme], level=whole.return_rate, load=load, collective=collective_share(offered[theme])),
        )
        for theme in Theme.values
        if theme in told.themes
    )
    return whole, tuple(areas), tuple(themes)


def _counts(municipality: str, *, before: str) -> dict[str, list[Count]]:
    """By quarter, those of the last QUARTERS before this one; one query."""
    year, number = int(before[:4]), int(before[-1])
    first = year * 4 + number - 1 - QUARTERS
    since = f"{first // 4}Q{first % 4 + 1}"
    rows = ShiftCount.objects.filter(municipality=municipality, quarter__gte=since, quarter__lt=before).order_by("pk")
    found: dict[str, list[Count]] = defaultdict(list)
    for row in rows.values_list("quarter", *Count._fields):
        found[row[0]].append(Count(*row[1:]))
    return found


def _loads(municipality: str) -> dict[str, list[int]]:
    """By quarter, the load that each group shared; one query."""
    found: dict[str, list[int]] = defaultdict(list)
    for begins, load in released_figures(municipality=municipality).values_list("begins", "load"):
        if load is not None:
            period = quarter_with(begins)
            found[f"{period.year}Q{period.quarter}"].append(load)
    return found


def _last_day(quarter: str) -> date:
    """Whose prices hold for a quarter: the last day of its last month that every month has."""
    return date(int(quarter[:4]), 3 * int(quarter[-1]), 28)
