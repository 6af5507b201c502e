"""All areas by all building blocks: from records on a map to cells, and from cells to states.

A record counts for columns. A block has one column for what it is about ("groups"), and one for each part that the
norm asks for besides (a theme, an evening): each part must reach the norm's share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from dateutil.relativedelta import relativedelta
from numpy.typing import NDArray

from samenspel.engine.coverage.reach import Floats, Ints, Measure, Places, Reach, Residents, reach_of
from samenspel.engine.coverage.states import Cell, Judged, Norm, state_of

Flags = NDArray[np.bool_]
_NOWHERE = (float("nan"), float("nan"))
Column = tuple[int, str]
"""A block and the part of it; "" is the block itself."""


@dataclass(frozen=True)
class Record:
    """One thing on the map: `at` metres on a flat map, None where it comes to people's homes, then in `serves` (numbers
    of areas). `counts` says for which columns, each with its amount. `area` is where it stands, None outside all."""

    id: str
    counts: Mapping[Column, float]
    confirmed_on: date | None
    at: tuple[float, float] | None = None
    area: int | None = None
    serves: frozenset[int] = frozenset()

    def is_fresh(self, norm: Norm, on: date) -> bool:
        """Whether it was confirmed, and not longer ago than the norm takes."""
        return self.confirmed_on is not None and self.confirmed_on >= on - relativedelta(months=norm.months)


@dataclass(frozen=True)
class Rows:
    """Records as arrays, a row for each column that one counts for (and for each area that it serves at home).

    `at` (m, 2) is nan for who comes to people's homes; `area` is -1 outside all; `is_first` marks one row of a record
    per block and area, so that it is counted once.
    """

    at: Floats
    column: Ints
    amount: Floats
    area: Ints
    is_fresh: Flags
    is_first: Flags


@dataclass(frozen=True)
class Coverage:
    """What is measured for a set of records: the reach of those that are fresh, and per area and block how many there
    are. `everywhere` (areas, columns) has the amount that comes to every home of an area."""

    reach: Reach
    norms: Mapping[int, Norm]
    everywhere: Floats
    fresh: Ints
    old: Ints
    """(areas, blocks): records that stand in an area or serve it."""

    @property
    def blocks(self) -> tuple[int, ...]:
        return tuple(sorted(self.norms))

    @property
    def parts(self) -> tuple[slice, ...]:
        """Per block the columns of its parts; the column before them is its own."""
        ends = np.cumsum([1 + len(self.norms[block].parts) for block in self.blocks]).tolist()
        return tuple(
            slice(end - len(self.norms[block].parts), end) for block, end in zip(self.blocks, ends, strict=True)
        )

    @property
    def asked(self) -> tuple[slice, ...]:
        """Per block the columns that must all be within reach: its parts and itself, or the parts alone."""
        return tuple(
            parts if self.norms[block].parts_are_amount else slice(parts.start - 1, parts.stop)
            for block, parts in zip(self.blocks, self.parts, strict=True)
        )

    def shares(self, of: Floats) -> Floats:
        """(areas, columns): the share of `of` (people or older, per point) within reach; nan where nobody lives."""
        shares = self.reach.share(of)
        return np.where((self.everywhere > 0) & ~np.isnan(shares), 1.0, shares)

    def amounts(self) -> Floats:
        """(areas, columns): what an average resident has within reach; nan where nobody lives."""
        return self.reach.average() + self.everywhere


@dataclass(frozen=True)
class Measured:
    """The figures of all cells, each (areas, blocks) in the order of `blocks`; nan where nobody lives."""

    blocks: tuple[int, ...]
    reached: Floats
    reached_older: Floats
    amount: Floats
    per_thousand: Floats
    fresh: Ints
    old: Ints

    def cell(self, area: int, block: int, none_found_on: date | None = None) -> Cell:
        """One of them, to judge."""
        at = area, self.blocks.index(block)
        reached = float(self.reached[at])
        return Cell(
            reached=None if np.isnan(reached) else reached,
            amount=0.0 if np.isnan(self.amount[at]) else float(self.amount[at]),
            fresh=int(self.fresh[at]),
            old=int(self.old[at]),
            none_found_on=none_found_on,
        )


def columns_of(norms: Mapping[int, Norm]) -> tuple[Column, ...]:
    """The columns that these norms ask for, by block: the block itself, and each of its parts."""
    return tuple((block, part) for block in sorted(norms) for part in ("", *norms[block].parts))


def rows_of(records: Sequence[Record], norms: Mapping[int, Norm], on: date) -> Rows:
    """The rows of records under norms on a day; what no norm asks for is left out."""
    place = {column: number for number, column in enumerate(columns_of(norms))}
    rows: list[tuple[tuple[float, float], int, float, int, bool, bool]] = []
    for record in records:
        where = [(record.at, record.area)] if record.at else [(_NOWHERE, area) for area in sorted(record.serves)]
        blocks: set[int] = set()
        for column, amount in record.counts.items():
            if (number := place.get(column)) is None:
                continue
            is_fresh = record.is_fresh(norms[column[0]], on)
            for at, area in where:
                rows.append((at, number, amount, -1 if area is None else area, is_fresh, column[0] not in blocks))
            blocks.add(column[0])
    return Rows(
        at=np.array([row[0] for row in rows], dtype=np.float64).reshape(-1, 2),
        column=np.array([row[1] for row in rows], dtype=np.int64),
        amount=np.array([row[2] for row in rows], dtype=np.float64),
        area=np.array([row[3] for row in rows], dtype=np.int64),
        is_fresh=np.array([row[4] for row in rows], dtype=bool),
        is_first=np.array([row[5] for row in rows], dtype=bool),
    )


def coverage_of(residents: Residents, rows: Rows, norms: Mapping[int, Norm]) -> Coverage:
    """Measure the rows that are fresh; those that are too old are only counted. No norms, no columns."""
    columns, blocks = columns_of(norms), sorted(norms)
    is_placed = ~np.isnan(rows.at[:, 0])
    placed, at_home = rows.is_fresh & is_placed, rows.is_fresh & ~is_placed
    everywhere = np.zeros((residents.areas, len(columns)))
    np.add.at(everywhere, (rows.area[at_home], rows.column[at_home]), rows.amount[at_home])
    block = np.array([blocks.index(of) for of, _ in columns], dtype=np.int64)[rows.column]
    counted = rows.is_first & (rows.area >= 0)
    fresh, old = (
        np.bincount(rows.area[mask] * len(blocks) + block[mask], minlength=residents.areas * len(blocks)).reshape(
            residents.areas, len(blocks)
        )
        for mask in (counted & rows.is_fresh, counted & ~rows.is_fresh)
    )
    places = Places(rows.at[placed], rows.column[placed], rows.amount[placed])
    within = tuple(norms[of].metres for of, _ in columns)
    return Coverage(reach_of(residents, places, Measure(within=within)), norms, everywhere, fresh, old)


def measured(coverage: Coverage) -> Measured:
    """The figures of every cell.

    Reached is the least of the block and its parts. Where the amount is how many of the parts there are, it is the sum
    of their shares, so what an average resident has of them, and the block itself is not asked for.
    """
    residents = coverage.reach.residents
    people, older = coverage.shares(residents.people), coverage.shares(residents.older)
    amounts, access = coverage.amounts(), coverage.reach.per_person()
    amount = [
        people[:, parts].sum(axis=1) if coverage.norms[block].parts_are_amount else amounts[:, parts.start - 1]
        for block, parts in zip(coverage.blocks, coverage.parts, strict=True)
    ]
    return Measured(
        blocks=coverage.blocks,
        reached=np.stack([people[:, asked].min(axis=1) for asked in coverage.asked], axis=1),
        reached_older=np.stack([older[:, asked].min(axis=1) for asked in coverage.asked], axis=1),
        amount=np.stack(amount, axis=1),
        per_thousand=np.stack([access[:, parts.start - 1] * 1000 for parts in coverage.parts], axis=1),
        fresh=coverage.fresh,
        old=coverage.old,
    )


def judged(found: Measured, norms: Mapping[int, Norm]) -> list[dict[int, Judged]]:
    """The state of every cell, per area by block, where nobody said to have looked."""
    return [
        {block: state_of(found.cell(area, block), norms[block]) for block in found.blocks}
        for area in range(len(found.reached))
    ]
