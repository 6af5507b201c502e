"""The shift ledger: from counts about no one to what may be told of a quarter, and what changed over the quarters.

Three steps, each a pure function. `guard_counts` decides which figures of a quarter may be told: every figure of an
area or a theme stands in one sum only (the layer of the whole municipality), each such sum in one more (the number of
that moment), and an area or theme has no sum of its own, for then a hidden figure could be worked out from two sides.
`measured` and `change_of` read what is told and nothing else, so that no mean, share or verdict tells more than the
figures beside it.

A single quarter has no verdict. Where people look (asked) comes from a table of ours that knows no layer 0 and 1, so
every quarter leans to "nearer"; it leans as much in the next one. What is judged is how the difference between asked
and solved changed: the last four quarters beside those before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from samenspel.engine.privacy import LEAST, STEP, guarded, rounded
from samenspel.engine.shares import Interval, Share, combined

LAYERS = range(5)
"""From 0, one's own people, to 4, specialist care."""
ASKED, OFFERED, SOLVED, RETURNED = MOMENTS = ("asked", "offered", "solved", "returned")
NEAR = 3
"""Layers that are near home, from 0: without a professional."""
COLLECTIVE = "collective"
LEAST_QUARTERS = 4
"""Unbroken and told, for a change; of just so many the last two are laid beside the first two."""
LEAST_RISE = 0.01
"""Of what ended: less than this more that comes back is not seen in whole percents, and counts as none."""
HEAVY, HEAVIER = 4.0, 0.5
"""The mean load of groups (1 light, 5 too heavy), and its rise, from which nothing that came nearer is a gain."""
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
    """What a change means.

    Nearer home is LIGHTER when no more comes back, UNPROVEN when that is unknown or may be chance, and NO_GAIN when
    more comes back or it weighs on volunteers. UNSURE is a difference that may be chance.
    """

    LIGHTER = "lighter"
    UNPROVEN = "unproven"
    NO_GAIN = "no_gain"
    UNSURE = "unsure"
    HEAVIER = "heavier"
    FEW_QUARTERS = "few_quarters"
    FEW_QUESTIONS = "few_questions"


@dataclass(frozen=True, slots=True)
class Pool:
    """For each layer about how many there were, and the variance that rounding and hiding give that figure."""

    weights: tuple[float, ...]
    blurs: tuple[float, ...]

    @property
    def number(self) -> float:
        return sum(self.weights)

    @property
    def near(self) -> Share:
        """The share of it that is near home."""
        return Share(sum(self.weights[:NEAR]), self.number, sum(self.blurs))


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
    def pool(self) -> Pool | None:
        """As `weights`; None when not measured."""
        return None if self.weights is None else Pool(self.weights, tuple(map(_blur, self.layers)))

    @cached_property
    def number(self) -> float | None:
        """About how many in all; None when hidden."""
        if self.n is None:
            return None
        return _middle(self.n) if None in self.layers else sum(_middle(figure) for figure in self.layers if figure)


@dataclass(frozen=True, slots=True)
class Guarded:
    """The spread of each moment that may be told: of all, by area and by theme."""

    whole: Mapping[str, Spread]
    areas: Mapping[str, Mapping[str, Spread]]
    themes: Mapping[str, Mapping[str, Spread]]


@dataclass(frozen=True, slots=True)
class Load:
    """The mean load that groups shared, from 1 (light) to 5 (too heavy), and of how many groups."""

    mean: float
    groups: int


@dataclass(frozen=True, slots=True)
class Era:
    """Some quarters together: where people looked, and where it was solved (of a theme: what was offered).

    `returned` is the share of all that ended or came back; None when hidden. `load` is None when not known.
    """

    quarters: int
    asked: Pool
    found: Pool
    returned: Share | None
    load: float | None

    @property
    def nearer(self) -> float:
        """The share found near home less the share sought there."""
        return self.found.near.value - self.asked.near.value


@dataclass(frozen=True, slots=True)
class Change:
    """The last quarters beside those before, and how much nearer home help came: a difference between two `nearer`.

    Without figures (None) when there are too few quarters or questions. By hand, as shown and with each figure standing
    for its middle: asked near home 22 of 106 in each quarter; solved there 42 of 106 in each of the first two and 76 of
    110 in each of the last two. `nearer` was 0.396 - 0.208 = 0.189 and is 0.691 - 0.208 = 0.483: it grew by 0.295. By
    chance and rounding the four shares may each be off (0.075 the new one solved, 0.074 the old one, 0.068 and 0.059
    those asked); squared and added that is 0.139. So 0.156 at least, which is above 0: help came nearer.
    """

    verdict: Verdict
    before: Era | None = None
    now: Era | None = None
    nearer: Interval | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """The ledger of an area, a theme or all of them in one quarter.

    `movement` is the mean layer asked minus solved; it leans to above 0 (see above). `return_rate` is returned for each
    one solved, which may be above 1: what is given back was not solved first. `collective` is the share (0 to 100, in
    steps of 5) that went together with others: of what was solved for the whole, of what was offered for a theme, and
    never of an area. `change` is that of the quarters up to this one, of the newest only.
    """

    asked: Spread
    offered: Spread
    solved: Spread
    returned: Spread
    movement: float | None
    return_rate: float | None
    collective: int | None = None
    change: Change = Change(Verdict.FEW_QUARTERS)

    @property
    def verdict(self) -> Verdict:
        return self.change.verdict


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


def measured(spreads: Mapping[str, Spread], *, collective: int | None = None) -> Shift:
    """What the four moments of one quarter tell together."""
    asked, offered, solved, returned = (spreads[moment] for moment in MOMENTS)
    return Shift(
        asked=asked,
        offered=offered,
        solved=solved,
        returned=returned,
        movement=None if asked.mean is None or solved.mean is None else round(asked.mean - solved.mean, 2),
        return_rate=_rate(returned, solved),
        collective=collective,
    )


def change_of(
    quarters: Sequence[Shift | None], loads: Sequence[Load | None], *, is_whole: bool, found: str = SOLVED
) -> Change:
    """The change over some quarters, oldest first, up to the last that is over; None is one without a count.

    Only the unbroken row of quarters at the end counts. A quarter of an area or theme with a hidden figure breaks it:
    that figure may be large, hidden to guard another. Of the whole only a layer with few questions is hidden.
    """
    counted = _unbroken([one is not None for one in quarters])
    told = _unbroken([one is not None and _is_told(one, found, is_whole=is_whole) for one in quarters])
    if told < LEAST_QUARTERS:
        return Change(Verdict.FEW_QUARTERS if counted < LEAST_QUARTERS else Verdict.FEW_QUESTIONS)
    last = LEAST_QUARTERS if told > LEAST_QUARTERS else LEAST_QUARTERS // 2
    row = [(one, load) for one, load in zip(quarters, loads, strict=True) if one is not None][-told:]
    before, now = _era(row[:-last], found), _era(row[-last:], found)
    nearer = combined([now.found.near, before.asked.near], [now.asked.near, before.found.near])
    return Change(_verdict(before, now, nearer), before, now, nearer)


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


def _middle(figure: int) -> float:
    """What a figure that was rounded down stands for; 0 is told as it is."""
    return float(figure + STEP // 2) if figure else 0.0


def _blur(figure: int | None) -> float:
    """The variance of what a figure may be: one of STEP numbers, or hidden from 1 to LEAST - 1; 0 is told as it is."""
    if figure == 0:
        return 0.0
    return ((LEAST - 1 if figure is None else STEP) ** 2 - 1) / 12


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


def _rate(returned: Spread, solved: Spread) -> float | None:
    if returned.n is None or not solved.n or solved.n < LEAST:
        return None
    return round(returned.n / solved.n, 2)


def _unbroken(known: Sequence[bool]) -> int:
    """How many at the end are true in a row."""
    return next((at for at, one in enumerate(reversed(known)) if not one), len(known))


def _is_told(shift: Shift, found: str, *, is_whole: bool) -> bool:
    spreads = (shift.asked, _end(shift, found))
    return all(one.pool is not None and (is_whole or None not in one.layers) for one in spreads)


def _end(shift: Shift, found: str) -> Spread:
    return shift.solved if found == SOLVED else shift.offered


def _era(row: Sequence[tuple[Shift, Load | None]], found: str) -> Era:
    asked, ended = _pooled(one.asked for one, _load in row), _pooled(_end(one, found) for one, _load in row)
    groups = sum(load.groups for _one, load in row if load)
    weighed = sum(load.mean * load.groups for _one, load in row if load)
    return Era(
        quarters=len(row),
        asked=asked,
        found=ended,
        returned=_back([one.returned for one, _load in row], ended),
        load=weighed / groups if groups else None,
    )


def _pooled(spreads: Iterable[Spread]) -> Pool:
    pools = [one.pool for one in spreads if one.pool]
    weights, blurs = ([getattr(one, name) for one in pools] for name in ("weights", "blurs"))
    return Pool(tuple(map(sum, zip(*weights, strict=True))), tuple(map(sum, zip(*blurs, strict=True))))


def _back(returned: Sequence[Spread], ended: Pool) -> Share | None:
    numbers = [one.number for one in returned if one.number is not None]
    if len(numbers) < len(returned):
        return None
    blur = sum(_blur(figure) for one in returned for figure in one.layers)
    return Share(sum(numbers), sum(numbers) + ended.number, blur + sum(ended.blurs))


def _verdict(before: Era, now: Era, nearer: Interval) -> Verdict:
    """What a change means; the brake holds on what is sure, and a gain needs that the brake is known."""
    if nearer.low <= 0:
        return Verdict.HEAVIER if nearer.high < 0 else Verdict.UNSURE
    back = combined([now.returned], [before.returned]) if now.returned and before.returned else None
    if _weighs(before, now) or (back and back.low > 0):
        return Verdict.NO_GAIN
    return Verdict.UNPROVEN if back is None or back.value >= LEAST_RISE else Verdict.LIGHTER


def _weighs(before: Era, now: Era) -> bool:
    """Whether groups say that it weighs much, or clearly more than before."""
    if now.load is None:
        return False
    return now.load >= HEAVY or (before.load is not None and now.load - before.load >= HEAVIER)


def _mean(weights: Sequence[float]) -> float:
    return sum(layer * weight for layer, weight in zip(LAYERS, weights, strict=True)) / sum(weights)
