"""From all figures of the shift ledger together, nobody works out that a hidden one is small.

The attacker knows the scheme, every figure that is told, and that a told figure is rounded down by at most 4 and a
hidden one is at least 1; a linear program then finds the largest that each hidden figure may be. The controls take
away one guard each, and must be broken.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from samenspel.engine.privacy import LEAST, STEP
from samenspel.engine.shift import LAYERS, MOMENTS, SOLVED, Count, Guarded, Spread, guard_counts

AREAS, THEMES = ("A", "B", "C"), ("x", "y")
Figures = list[list[list[int]]]
"""By area, theme and layer."""
Guard = Callable[[list[Count]], Guarded]
SHAPE = (len(AREAS), len(THEMES), len(LAYERS))
figures = st.lists(
    st.lists(st.lists(st.integers(0, 14), min_size=5, max_size=5), min_size=2, max_size=2), min_size=3, max_size=3
)


def counts(table: Figures) -> list[Count]:
    return [
        Count(area, theme, SOLVED, layer, "unknown", table[a][t][layer])
        for a, area in enumerate(AREAS)
        for t, theme in enumerate(THEMES)
        for layer in LAYERS
        if table[a][t][layer]
    ]


def cells(told: Guarded) -> Iterator[tuple[np.ndarray, int | None]]:
    """Each figure that is told or hidden, with the cells that it is the sum of."""
    nothing = Spread((0,) * 5, 0)
    for layer in LAYERS:
        yield chosen(layer=layer), told.whole[SOLVED].layers[layer]
        for a, area in enumerate(AREAS):
            yield chosen(area=a, layer=layer), told.areas.get(area, {SOLVED: nothing})[SOLVED].layers[layer]
        for t, theme in enumerate(THEMES):
            yield chosen(theme=t, layer=layer), told.themes.get(theme, {SOLVED: nothing})[SOLVED].layers[layer]
    yield chosen(), told.whole[SOLVED].n


def chosen(area: int | slice = slice(None), theme: int | slice = slice(None), layer: int | slice = slice(None)):
    found = np.zeros(SHAPE)
    found[area, theme, layer] = 1
    return found.ravel()


def smallest_of_largest(told: Guarded) -> float:
    """Of all hidden figures, the smallest of what each may be at most; endless when nothing is hidden."""
    known = list(cells(told))
    above, below = [], []
    for which, figure in known:
        above.append((-which, -1 if figure is None else -figure))
        if figure is not None:
            below.append((which, figure + STEP - 1 if figure else 0))
    rows, limits = zip(*above, *below, strict=True)
    most = [
        linprog(-which, A_ub=np.array(rows), b_ub=np.array(limits), integrality=1, bounds=(0, 10_000))
        for which, figure in known
        if figure is None
    ]
    assert all(one.status == 0 for one in most)
    return min((-one.fun for one in most), default=float("inf"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(figures)
@example([[[1] * 5] * 2] * 3)
@example([[[12, 3, 0, 0, 0]] * 2, [[30, 9, 0, 0, 1]] * 2, [[5, 0, 0, 0, 0]] * 2])
def test_every_hidden_figure_may_be_large_for_who_knows_all_that_is_told(table: Figures):
    assert smallest_of_largest(guard_counts(counts(table))) >= LEAST


@given(figures)
def test_no_small_figure_is_told_and_every_told_one_is_true_to_five(table: Figures):
    real = np.array(table)
    for which, figure in cells(guard_counts(counts(table))):
        truth = int(real.ravel() @ which)
        assert figure is None or figure == truth - truth % STEP
        assert figure is None or figure == 0 or figure >= LEAST
        assert figure != 0 or truth == 0


def without_a_second(given: list[Count]) -> Guarded:
    """Only what is small is hidden, and every sum is told."""

    def shown(number: int) -> int | None:
        return None if 0 < number < LEAST else number // STEP * STEP

    def spread(rows: list[Count]) -> dict[str, Spread]:
        sums = [sum(one.times for one in rows if one.layer == layer) for layer in LAYERS]
        told = Spread(tuple(shown(one) for one in sums), shown(sum(sums)))
        return dict.fromkeys(MOMENTS, told)

    return Guarded(
        spread(given),
        {area: spread([one for one in given if one.area == area]) for area in AREAS},
        {theme: spread([one for one in given if one.theme == theme]) for theme in THEMES},
    )


def with_every_number(given: list[Count]) -> Guarded:
    """As it is, but the number of the moment is told although layers of it are hidden."""
    told = guard_counts(given)
    total = sum(one.times for one in given)
    whole = {moment: Spread(spread.layers, total // STEP * STEP) for moment, spread in told.whole.items()}
    return Guarded(whole, told.areas, told.themes)


@pytest.mark.parametrize(
    ("guard", "table"),
    [
        (without_a_second, [[[20, 0, 0, 0, 0]] * 2, [[3, 0, 0, 0, 0], [0] * 5], [[40, 0, 0, 0, 0]] * 2]),
        (with_every_number, [[[20, 0, 0, 0, 3], [0] * 5], [[20, 0, 0, 0, 0], [0] * 5], [[0] * 5] * 2]),
    ],
    ids=["nothing guards the next", "the number is told"],
)
def test_without_a_guard_the_same_attack_succeeds(guard: Guard, table: Figures):
    assert smallest_of_largest(guard(counts(table))) < LEAST <= smallest_of_largest(guard_counts(counts(table)))
