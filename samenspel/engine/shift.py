"""The shift ledger of one quarter: from counts about no one to what may be told of them, and what that means.

Three steps, each a pure function. `guard_counts` decides which figures may be told: every figure of an area or a theme
stands in one sum only (the layer of the whole municipality), each such sum in one more (the number of that moment), and
an area or theme has no sum of its own, for then a hidden figure could be worked out from two sides. `judge` and
`money_of` read what is told and nothing else, so that no mean, share or verdict tells more than the figures beside it.

What is compared is not the same people: where help is sought (asked) with where it was found (solved). A single quarter
says little; the movement from quarter to quarter says more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import ceil, floor, sqrt
from typing import NamedTuple

from samenspel.engine.privacy import LEAST, STEP, guarded, rounded

LAYERS = range(5)
"""From 0, one's own people, to 4, specialist care."""
ASKED, OFFERED, SOLVED, RETURNED = MOMENTS = ("asked", "offered", "solved", "returned")
COLLECTIVE = "collective"
LEAST_MARGIN = 0.1
"""Of a layer: a smaller movement is none."""
HEAVY = 4.0
"""The mean load of groups (1 light, 5 too heavy) from which nothing that became lighter is a gain."""
LEAST_GROUPS = 5
"""Groups whose load makes a mean: of fewer, each that knows its own could guess another's."""


class Count(NamedTuple):
    """How often something was counted in a quarter: an area, a theme ("" unknown), a moment, a layer, a form."""

    area: str
    theme: str
    moment: str
    layer: int
    form: str
    times: int


class Verdict(StrEnum):
    """What a movement means; NO_GAIN is lighter, but it comes back or weighs on volunteers."""

    LIGHTER = "lighter"
    SAME = "same"
    HEAVIER = "heavier"
    NO_GAIN = "no_gain"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True)
class Spread:
    """What may be told of one moment: a figure for each layer, and their number; both rounded down, None hidden.

    `n` of an area or theme is the sum of its figures, None when one of them is hidden.
    """

    layers: tuple[int | None, ...]
    n: int | None

    @cached_property
    def weights(self) -> tuple[float, ...] | None:
        """For each layer about how many; None when too little is told to say so.

        A figure stands for the middle of what it may be. Hidden ones share what is left of a number that is told, and
        else stand for half of LEAST; they may not be more than half of all.
        """
        hidden = self.layers.count(None)
        seen = sum(_middle(figure) for figure in self.layers if figure is not None)
        left = hidden * LEAST / 2 if self.n is None else max(self.n + STEP // 2 - seen, hidden)
        if seen < max(LEAST, left if hidden else 0):
            return None
        return tuple(left / hidden if figure is None else _middle(figure) for figure in self.layers)

    @cached_property
    def mean(self) -> float | None:
        """The mean layer, to a hundredth; None when not measured."""
        weights = self.weights
        return None if weights is None else round(_mean(weights), 2)

    @cached_property
    def error(self) -> float:
        """The standard error of the mean; 0 when not measured."""
        if (weights := self.weights) is None:
            return 0.0
        middle, number = _mean(weights), sum(weights)
        return sqrt(sum(weight * (layer - middle) ** 2 for layer, weight in zip(LAYERS, weights, strict=True))) / number


@dataclass(frozen=True, slots=True)
class Guarded:
    """The spread of each moment that may be told: of all, by area and by theme."""

    whole: Mapping[str, Spread]
    areas: Mapping[str, Mapping[str, Spread]]
    themes: Mapping[str, Mapping[str, Spread]]


@dataclass(frozen=True, slots=True)
class Shift:
    """The ledger of an area, a theme or all of them in one quarter.

    `movement` is the mean layer asked minus solved, above 0 when help came lighter; within `margin` of 0 it may be
    chance. `toward` is asked minus offered. `return_rate` is returned for each one solved, which may be above 1: what
    is given back was not solved first. `collective` is the share (0 to 100, in steps of 5) that went together with
    others: of what was solved for the whole, of what was offered for a theme, and never of an area.
    """

    asked: Spread
    offered: Spread
    solved: Spread
    returned: Spread
    movement: float | None
    margin: float | None
    toward: float | None
    return_rate: float | None
    verdict: Verdict
    collective: int | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """The mean load that groups shared, from 1 (light) to 5 (too heavy), and of how many groups."""

    mean: float
    groups: int


@dataclass(frozen=True, slots=True)
class Money:
    """Whole euros that the movement is worth in a quarter, at least and at most; below 0 it costs more."""

    low: int
    high: int


def guard_counts(counts: Iterable[Count]) -> Guarded:
    """Decide of the counts of one quarter what may be told; at least LEAST or nothing at all."""
    areas: dict[str, dict[str, list[int]]] = {moment: defaultdict(lambda: [0] * len(LAYERS)) for moment in MOMENTS}
    themes: dict[str, dict[str, list[int]]] = {moment: defaultdict(lambda: [0] * len(LAYERS)) for moment in MOMENTS}
    for one in counts:
        areas[one.moment][one.area][one.layer] += one.times
        themes[one.moment][one.theme][one.layer] += one.times
    told = {moment: _told(areas[moment], themes[moment]) for moment in MOMENTS}
    return Guarded(
        whole={moment: told[moment][0] for moment in MOMENTS},
        areas=_by_name({moment: told[moment][1] for moment in MOMENTS}),
        themes=_by_name({moment: told[moment][2] for moment in MOMENTS}),
    )


def judge(
    spreads: Mapping[str, Spread], *, level: float | None, load: Load | None, collective: int | None = None
) -> Shift:
    """Judge what is told of the four moments.

    `level` is the return rate to compare with (of the municipality, or of the quarter before), None when unknown; more
    than that counts only beyond what rounding can do to both.
    """
    asked, offered, solved, returned = (spreads[moment] for moment in MOMENTS)
    movement, margin = _between(asked, solved)
    rate = _rate(returned, solved)
    more_returns = rate is not None and level is not None and rate > level + 2 * STEP / max(solved.n or 0, LEAST)
    braked = more_returns or (load is not None and load.mean >= HEAVY)
    return Shift(
        asked=asked,
        offered=offered,
        solved=solved,
        returned=returned,
        movement=movement,
        margin=margin,
        toward=_between(asked, offered)[0],
        return_rate=rate,
        verdict=_verdict(movement, margin, braked=braked),
        collective=collective,
    )


def collective_share(counts: Iterable[Count]) -> int | None:
    """The share (0 to 100, rounded down to 5) of counts in the collective form; None where one side is small.

    An unknown form counts as not collective.
    """
    together = apart = 0
    for one in counts:
        if one.form == COLLECTIVE:
            together += one.times
        else:
            apart += one.times
    if any(0 < side < LEAST for side in (together, apart)) or not together + apart:
        return None
    return rounded(100 * together // (together + apart))


def load_of(loads: Collection[int]) -> Load | None:
    """The mean of what groups shared; None for fewer than LEAST_GROUPS."""
    return Load(round(sum(loads) / len(loads), 1), len(loads)) if len(loads) >= LEAST_GROUPS else None


def money_of(shift: Shift, prices: Mapping[int, tuple[int, int]]) -> Money | None:
    """What the questions that were solved would have cost where they are asked, less what they cost where solved.

    `prices` gives per layer the lowest and highest whole euros of one question. At least: all asked at its lowest and
    all solved at its highest price; at most the other way round; both wider by what the margin of the movement is
    worth at the steepest step between two layers. None without a clear movement or a price of a layer in it.
    """
    asked, solved, number = shift.asked.weights, shift.solved.weights, shift.solved.n
    if asked is None or solved is None or number is None or shift.verdict not in (Verdict.LIGHTER, Verdict.HEAVIER):
        return None
    if any((asked[layer] or solved[layer]) and layer not in prices for layer in LAYERS):
        return None
    cost = [(_cost(weights, prices, 0), _cost(weights, prices, 1)) for weights in (asked, solved)]
    slack = (shift.margin or 0.0) * _steepest(prices)
    return Money(floor(number * (cost[0][0] - cost[1][1] - slack)), ceil(number * (cost[0][1] - cost[1][0] + slack)))


def _middle(figure: int) -> float:
    """What a figure that was rounded down stands for; 0 is told as it is."""
    return float(figure + STEP // 2) if figure else 0.0


def _told(
    areas: Mapping[str, Sequence[int]], themes: Mapping[str, Sequence[int]]
) -> tuple[Spread, dict[str, Spread], dict[str, Spread]]:
    """What may be told of one moment: of the whole, by area and by theme.

    A layer whose sum cannot be told for one split is hidden in the other too. The number of the moment is told only if
    the figures in such layers may, for all who add and subtract, each still be LEAST or more.
    """
    grids = (areas, themes)
    columns: list[int | None] = []
    parts: list[dict[str, list[int | None]]] = [{name: [] for name in grid} for grid in grids]
    hidden = needed = 0
    for layer in LAYERS:
        figures = [[grid[name][layer] for name in grid] for grid in grids]
        guards = [guarded(one) for one in figures]
        is_told = all(guard.total is not None for guard in guards)
        columns.append(guards[0].total if is_told else None)
        if not is_told:
            hidden += sum(figures[0])
            needed += max(sum(figure > 0 for figure in one) for one in figures)
        for grid, part, guard, row in zip(grids, parts, guards, figures, strict=True):
            for name, shown, figure in zip(grid, guard.parts, row, strict=True):
                part[name].append(shown if is_told or figure == 0 else None)
    total = sum(sum(row) for row in areas.values())
    is_safe = not hidden or hidden - (needed - 1) >= LEAST
    whole = Spread(tuple(columns), rounded(total) if is_safe else None)
    of_areas, of_themes = ({name: _part(row) for name, row in part.items()} for part in parts)
    return whole, of_areas, of_themes


def _part(figures: Sequence[int | None]) -> Spread:
    known = [figure for figure in figures if figure is not None]
    return Spread(tuple(figures), sum(known) if len(known) == len(figures) else None)


def _by_name(moments: Mapping[str, Mapping[str, Spread]]) -> dict[str, dict[str, Spread]]:
    nothing = Spread((0,) * len(LAYERS), 0)
    names = sorted({name for spreads in moments.values() for name in spreads})
    return {name: {moment: moments[moment].get(name, nothing) for moment in MOMENTS} for name in names}


def _between(one: Spread, other: Spread) -> tuple[float | None, float | None]:
    """How much lighter the other is, and what may be chance: twice the standard error of the difference."""
    if one.mean is None or other.mean is None:
        return None, None
    margin = max(LEAST_MARGIN, 2 * sqrt(one.error**2 + other.error**2))
    return round(one.mean - other.mean, 2), round(margin, 2)


def _rate(returned: Spread, solved: Spread) -> float | None:
    if returned.n is None or not solved.n or solved.n < LEAST:
        return None
    return round(returned.n / solved.n, 2)


def _verdict(movement: float | None, margin: float | None, *, braked: bool) -> Verdict:
    if movement is None or margin is None:
        return Verdict.NOT_MEASURED
    if abs(movement) <= margin:
        return Verdict.SAME
    if movement < 0:
        return Verdict.HEAVIER
    return Verdict.NO_GAIN if braked else Verdict.LIGHTER


def _mean(weights: Sequence[float]) -> float:
    return sum(layer * weight for layer, weight in zip(LAYERS, weights, strict=True)) / sum(weights)


def _steepest(prices: Mapping[int, tuple[int, int]]) -> int:
    """The most that one layer can differ from the next that has a price, per layer between them, at least 0."""
    layers = sorted(prices)
    steps = [
        max(abs(prices[above][1] - prices[below][0]), abs(prices[below][1] - prices[above][0]))
        for below, above in zip(layers, layers[1:], strict=False)
    ]
    return max(steps, default=0)


def _cost(weights: Sequence[float], prices: Mapping[int, tuple[int, int]], side: int) -> float:
    """What one question costs on average, by the lowest (0) or highest (1) price."""
    return sum(weight * prices[layer][side] for layer, weight in enumerate(weights) if weight) / sum(weights)
