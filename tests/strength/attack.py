"""An attack on published figures: who has every row of every file works out what a hidden count may be.

The attacker knows what adds up to what (the rows say so), that a told count was rounded down by at most 4, that 0 is
told as it is, and that a hidden one is 1 or more. A linear program then finds the least and the most it may be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from samenspel.engine.privacy import STEP

ENDLESS = 10_000
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Interval:
    """Between what a hidden count must lie."""

    id: str
    least: float
    most: float


def intervals(items: Iterable[Item]) -> list[Interval]:
    """Of every hidden count that stands in a sum, or is one."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for one in items:
        groups[one["period"], one["measure"]].append(one)
    return [found for rows in groups.values() if any(one["adds_to"] for one in rows) for found in _solved(rows)]


def smallest_of_largest(items: Iterable[Item]) -> float:
    """The smallest of what each hidden count may be at most; endless when none is hidden."""
    return min((one.most for one in intervals(items)), default=float("inf"))


def _solved(rows: list[Item]) -> list[Interval]:
    number = {one["id"]: place for place, one in enumerate(rows)}
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in rows:
        if one["adds_to"]:
            sums[one["adds_to"], one["split"]].append(number[one["id"]])
    matrices = {is_whole: np.zeros((len(sums), len(rows))) for is_whole in (True, False)}
    for line, ((total, split), parts) in enumerate(sums.items()):
        matrix = matrices[split != "theme"]  # what has no known theme has no row: the others are less
        matrix[line, number[total]] = -1
        matrix[line, parts] = 1
    nothing = np.zeros(len(sums))
    bounds = [_bounds(one["value"]) for one in rows]
    found = []
    for one in rows:
        if one["is_hidden"]:
            wanted = np.zeros(len(rows))
            wanted[number[one["id"]]] = 1
            ends = [
                linprog(
                    sign * wanted, A_eq=matrices[True], b_eq=nothing, A_ub=matrices[False], b_ub=nothing, bounds=bounds
                )
                for sign in (1, -1)
            ]
            assert all(end.status == 0 for end in ends), one["id"]
            found.append(Interval(one["id"], ends[0].fun, -ends[1].fun))
    return found


def _bounds(value: float | None) -> tuple[float, float]:
    if value is None:
        return 1, ENDLESS
    return (value, value + STEP - 1) if value else (0, 0)
