"""Who lives within reach of what, and how much there is per person.

Distances are straight lines in metres on the Dutch grid (RD), stretched by a detour factor; they are no walking routes.
Capacity is the enhanced two-step floating catchment area (E2SFCA): Luo & Qi, "An enhanced two-step floating catchment
area (E2SFCA) method for measuring spatial accessibility to primary care physicians", Health & Place 15 (2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BANDS: tuple[tuple[float, float], ...] = ((800, 1.0), (1_500, 0.68), (3_000, 0.22))
"""Metres and weight: whoever lives farther counts less (the weights of the paper's slow decay)."""


@dataclass(frozen=True)
class Residents:
    """Points where people live: `at` (n, 2) metres, `area` (n,) the number of their area, `people` and `older` (n,)."""

    at: Floats
    area: Ints
    people: Floats
    older: Floats
    areas: int
    """How many areas there are; an area may have no point."""

    @cached_property
    def tree(self) -> "cKDTree":
        return cKDTree(self.at)


@dataclass(frozen=True)
class Places:
    """What there is: `at` (m, 2) metres, `column` (m,) the number of what it counts for, `amount` (m,) its capacity."""

    at: Floats
    column: Ints
    amount: Floats

    @cached_property
    def tree(self) -> "cKDTree":
        return cKDTree(self.at)


@dataclass(frozen=True)
class Measure:
    """How far counts: `within` metres per column, the `bands` of the catchment, and the `detour` of real paths."""

    within: Sequence[float]
    bands: tuple[tuple[float, float], ...] = BANDS
    detour: float = 1.0

    @property
    def columns(self) -> int:
        return len(self.within)

    @property
    def farthest(self) -> float:
        """In a straight line."""
        return max([*self.within, self.bands[-1][0]]) / self.detour

    def weights(self, metres: Floats) -> Floats:
        """The weight of the band of each distance; 0 beyond the last."""
        edges = np.array([edge for edge, _ in self.bands])
        of_bands = np.array([*(weight for _, weight in self.bands), 0.0])
        found: Floats = of_bands[np.searchsorted(edges, metres, side="left")]
        return found


@dataclass(frozen=True)
class Reach:
    """Per point and column how many places are within reach (`near`), what they have together (`held`), and how much
    there is per person (`access`)."""

    residents: Residents
    measure: Measure
    near: Ints
    held: Floats
    access: Floats

    def share(self, of: Floats) -> Floats:
        """(areas, columns): the share of `of` (people or older, per point) with a place within reach; nan in an area
        where nobody lives."""
        return _per_area(self.residents, (self.near > 0) * of[:, None]) / _whole(self.residents, of)

    def average(self) -> Floats:
        """(areas, columns): what an average resident has within reach; nan where nobody lives."""
        return self._mean(self.held)

    def per_person(self) -> Floats:
        """(areas, columns): the mean capacity per person of who lives there; nan where nobody does."""
        return self._mean(self.access)

    def _mean(self, values: Floats) -> Floats:
        people = self.residents.people
        return _per_area(self.residents, values * people[:, None]) / _whole(self.residents, people)


def reach_of(residents: Residents, places: Places, measure: Measure) -> Reach:
    """Both, over all pairs within the farthest distance."""
    pairs = residents.tree.sparse_distance_matrix(places.tree, measure.farthest, output_type="ndarray")
    point, place, metres = pairs["i"], pairs["j"], pairs["v"] * measure.detour
    column = places.column[place]
    shape = (len(residents.at), measure.columns)
    cell = point * measure.columns + column
    is_near = metres <= np.asarray(measure.within, dtype=float)[column]
    near = np.bincount(cell[is_near], minlength=shape[0] * shape[1]).reshape(shape)
    held = _summed(cell[is_near], places.amount[place[is_near]], shape[0] * shape[1]).reshape(shape)
    weight = measure.weights(metres)
    demand = _summed(place, weight * residents.people[point], len(places.at))
    supply = np.divide(places.amount, demand, out=np.zeros_like(places.amount), where=demand > 0)
    access = _summed(cell, weight * supply[place], shape[0] * shape[1]).reshape(shape)
    return Reach(residents, measure, near, held, access)


def with_place(reach: Reach, at: tuple[float, float], column: int, amount: float) -> Reach:
    """The same with one place more."""
    return _stirred(reach, at, column, amount, 1)


def without_place(reach: Reach, at: tuple[float, float], column: int, amount: float) -> Reach:
    """The same with one place less, which must be one of those that were counted."""
    return _stirred(reach, at, column, amount, -1)


def _stirred(reach: Reach, at: tuple[float, float], column: int, amount: float, sign: int) -> Reach:
    """Only the points around one place change: its supply falls on them, and on no other place's."""
    measure, residents = reach.measure, reach.residents
    points = np.array(residents.tree.query_ball_point(at, measure.farthest), dtype=np.int64)
    metres = np.hypot(*(residents.at[points] - at).T) * measure.detour
    weight = measure.weights(metres)
    demand = float(weight @ residents.people[points])
    near, held, access = reach.near.copy(), reach.held.copy(), reach.access.copy()
    is_near = metres <= measure.within[column]
    near[points, column] += sign * is_near
    held[points, column] += sign * is_near * amount
    if demand > 0:
        access[points, column] += sign * weight * amount / demand
    return replace(reach, near=near, held=held, access=access)


def _per_area(residents: Residents, values: Floats) -> Floats:
    """Sums per area of values per point and column."""
    columns = values.shape[1]
    cell = (residents.area[:, None] * columns + np.arange(columns)).ravel()
    return _summed(cell, values.ravel(), residents.areas * columns).reshape(-1, columns)


def _whole(residents: Residents, of: Floats) -> Floats:
    """(areas, 1): the sum of `of` per area, nan where it is 0, so that a share of nobody is unknown."""
    whole = _summed(residents.area, of, residents.areas)
    return np.where(whole > 0, whole, np.nan)[:, None]


def _summed(at: Ints, values: Floats, length: int) -> Floats:
    return np.bincount(at, values, minlength=length).astype(np.float64, copy=False)
