"""The shift ledger: counting where a question looks and what it is offered, and the tables of whole quarters.

Only quarters that are over are told, for the figures of a running one grow. No count of a year is told: the quarters
could be subtracted from it. What may be told, and what its change means, is the judgement of `engine.shift`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.engine.shift import (
    OFFERED,
    SOLVED,
    Count,
    Load,
    Shift,
    change_of,
    collective_share,
    guard_counts,
    load_of,
    measured,
)
from samenspel.engine.shift_money import Money, money_of
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

    `money` is of the change of the whole, so of the newest only; None without a clear one, or a price of a layer in it.
    `prices` are those it was worked out with.
    """

    quarter: str
    label: str
    whole: Shift
    areas: tuple[ShiftRow, ...]
    themes: tuple[ShiftRow, ...]
    load: Load | None
    money: Money | None = None
    prices: tuple[UnitPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ledger:
    """A quarter: the whole, each area by code, and each theme with a count in the order of `Theme`.

    What has no theme is in the whole.
    """

    whole: Shift
    areas: Mapping[str, Shift]
    themes: Mapping[str, Shift]


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
    """The last QUARTERS quarters that are over and have a count, newest first.

    4 queries, and one more when something was counted since the last look.
    """
    quarters = _quarters(quarter_of(at))
    counts = _counts(municipality, quarters)
    shared = _loads(municipality)
    loads = tuple(load_of(shared[quarter]) for quarter in quarters)
    held = in_force(prices_of(municipality), _last_day(quarters[-1]))
    names = dict(names_of({one.area for rows in counts for one in rows}, municipality))
    names[municipality] = _("Zonder plaats, of in een kleine wijk")
    tables = [
        _table(municipality, quarter, ledger, names, load)
        for quarter, ledger, load in zip(quarters, _judged(counts, loads), loads, strict=True)
        if ledger
    ]
    if tables:
        tables[-1] = _priced(tables[-1], held)
    return tuple(reversed(tables))


def _table(municipality: str, quarter: str, ledger: _Ledger, names: Mapping[str, str], load: Load | None) -> ShiftTable:
    areas = [ShiftRow(code, names.get(code, code), shift) for code, shift in ledger.areas.items()]
    return ShiftTable(
        quarter=quarter,
        label=str(_LABELS[int(quarter[-1]) - 1]) % {"year": quarter[:4]},
        whole=ledger.whole,
        areas=tuple(sorted(areas, key=lambda row: (row.key == municipality, row.name))),
        themes=tuple(ShiftRow(theme, str(Theme(theme).label), shift) for theme, shift in ledger.themes.items()),
        load=load,
    )


def _priced(table: ShiftTable, held: Mapping[int, UnitPrice]) -> ShiftTable:
    money = money_of(table.whole.change, {layer: (price.low, price.high) for layer, price in held.items()})
    return replace(table, money=money, prices=tuple(held[layer] for layer in sorted(held))) if money else table


@lru_cache(maxsize=16)
def _judged(counts: tuple[tuple[Count, ...], ...], loads: tuple[Load | None, ...]) -> tuple[_Ledger | None, ...]:
    """Each of some quarters that follow each other, the last with its change; None without a count.

    Quarters that are over are worked out once, for as long as their counts stay the same.
    """
    row = [_measured(one) if one else None for one in counts]
    newest = row[-1]
    if newest:
        row[-1] = _changed(newest, row, loads)
    return tuple(row)


def _changed(newest: _Ledger, row: Sequence[_Ledger | None], loads: Sequence[Load | None]) -> _Ledger:
    """The newest with the change up to it: of the whole, each area, and of each theme in what was offered."""
    areas, themes = ([getattr(one, name) if one else {} for one in row] for name in ("areas", "themes"))
    unknown = [None] * len(row)
    whole = change_of([one.whole if one else None for one in row], loads, is_whole=True)
    of_areas = {key: change_of([one.get(key) for one in areas], loads, is_whole=False) for key in newest.areas}
    of_themes = {
        key: change_of([one.get(key) for one in themes], unknown, is_whole=False, found=OFFERED)
        for key in newest.themes
    }
    return _Ledger(
        replace(newest.whole, change=whole),
        {key: replace(shift, change=of_areas[key]) for key, shift in newest.areas.items()},
        {key: replace(shift, change=of_themes[key]) for key, shift in newest.themes.items()},
    )


def _measured(counts: Sequence[Count]) -> _Ledger:
    told = guard_counts(counts)
    offered: dict[str, list[Count]] = defaultdict(list)
    for one in counts:
        if one.moment == OFFERED:
            offered[one.theme].append(one)
    share = collective_share(one for one in counts if one.moment == SOLVED)
    return _Ledger(
        whole=measured(told.whole, collective=share),
        areas={code: measured(spreads) for code, spreads in told.areas.items()},
        themes={
            theme: measured(told.themes[theme], collective=collective_share(offered[theme]))
            for theme in Theme.values
            if theme in told.themes
        },
    )


def _counts(municipality: str, quarters: Sequence[str]) -> tuple[tuple[Count, ...], ...]:
    """Of each quarter; one query, and one more when something was counted since the last look."""
    rows = ShiftCount.objects.filter(municipality=municipality, quarter__in=quarters)
    state = rows.aggregate(number=models.Count("pk"), newest=models.Max("pk"), times=models.Sum("times"))
    return _kept(municipality, tuple(quarters), tuple(state.values()))


@lru_cache(maxsize=4)
def _kept(municipality: str, quarters: tuple[str, ...], state: tuple[int | None, ...]) -> tuple[tuple[Count, ...], ...]:
    """The counts as long as their `state` stays: a count only grows, so their number and sum tell every change."""
    rows = ShiftCount.objects.filter(municipality=municipality, quarter__in=quarters).order_by("pk")
    found: dict[str, list[Count]] = defaultdict(list)
    for row in rows.values_list("quarter", *Count._fields):
        found[row[0]].append(Count(*row[1:]))
    return tuple(tuple(found[quarter]) for quarter in quarters)


def _quarters(before: str) -> list[str]:
    """The last QUARTERS before this one, oldest first."""
    ends = int(before[:4]) * 4 + int(before[-1]) - 1
    return [f"{number // 4}Q{number % 4 + 1}" for number in range(ends - QUARTERS, ends)]


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
