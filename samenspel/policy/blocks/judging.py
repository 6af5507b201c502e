"""From what is known to the state of every block in every wijk, with what could fill a gap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from samenspel.engine.coverage import remedies
from samenspel.engine.coverage.matrix import Coverage, Measured, coverage_of, measured, rows_of
from samenspel.engine.coverage.reach import Floats
from samenspel.engine.coverage.remedies import Kind, centres_of, nearest
from samenspel.engine.coverage.states import Cell, Norm, State, Why, state_of
from samenspel.policy.blocks.local import Local, looked_on, network_cell, verbinder_cell
from samenspel.policy.blocks.reading import EVENING, Known, Thing
from samenspel.policy.models import BlockNorm
from samenspel.sources.vocabulary import BuildingBlock

ON_THE_MAP = (BuildingBlock.PEOPLE, BuildingBlock.PROVISIONS, BuildingBlock.MEETING_PLACES)
"""What is measured by who lives near it; the others belong to a whole wijk."""
FARTHEST = {
    Kind.CALL: 3_000,
    Kind.ROOM: 3_000,
    Kind.HOST: 5_000,
    Kind.INITIATIVE: 5_000,
    Kind.OFFERING: 10_000,
    Kind.CONNECTOR: 10_000,
}
"""Metres to a remedy, in a straight line: a hall must be where people live, an offering they can be driven to."""


@dataclass(frozen=True)
class Remedy:
    """What could help: the id of a record of the map, or of a verbinder the code of the wijk."""

    kind: Kind
    id: str
    metres: int


@dataclass(frozen=True)
class Judgement:
    """One block in one wijk; the fields of `BlockState`."""

    area: str
    block: int
    state: State
    why: Why
    reached: float | None
    reached_older: float | None
    amount: float | None
    per_thousand: float | None
    fresh: int
    old: int
    confirmed_on: date | None
    remedies: tuple[Remedy, ...] = ()


def norms_for(rows: Mapping[BuildingBlock, BlockNorm]) -> dict[int, Norm]:
    """The council's norms as the engine takes them; of themes the amount is that each of them is within reach."""
    return {int(block): _norm(row) for block, row in rows.items()}


def covered(known: Known, norms: Mapping[int, Norm], on: date) -> Coverage:
    """Measure what is on the map."""
    asked = {block: norm for block, norm in norms.items() if block in ON_THE_MAP}
    return coverage_of(known.residents, rows_of([thing.record for thing in known.things], asked, on), asked)


def judgements(known: Known, local: Local, norms: Mapping[int, Norm], on: date) -> list[Judgement]:
    """Every block of every wijk, in the order of `known.wijken` and of the blocks."""
    found = measured(covered(known, norms, on)) if any(block in norms for block in ON_THE_MAP) else None
    states = [_judged(known, local, norms, found, area, block, on) for area, block in _cells(known)]
    helped = _Helping(known, local, norms, on)
    return [helped.with_remedies(judgement) for judgement in states]


def _cells(known: Known) -> Iterator[tuple[int, BuildingBlock]]:
    return ((area, block) for area in range(len(known.wijken.codes)) for block in BuildingBlock)


def _norm(row: BlockNorm) -> Norm:
    themed = row.block == BuildingBlock.PROVISIONS
    return Norm(
        block=row.block,
        since=row.since,
        metres=row.metres,
        share=row.share / 100,
        amount=0 if themed else row.amount,
        months=row.months,
        source=row.document,
        parts=tuple(row.themes) if themed else (EVENING,) if row.evening else (),
        parts_are_amount=themed,
    )


def _judged(
    known: Known, local: Local, norms: Mapping[int, Norm], found: Measured | None, area: int, block: int, on: date
) -> Judgement:
    code, norm = known.wijken.codes[area], norms.get(block)
    cell, older, per_thousand = _cell(known, local, norm, found, area, block, on)
    judged = state_of(cell, norm)
    return Judgement(
        area=code,
        block=block,
        state=judged.state,
        why=judged.why,
        reached=cell.reached,
        reached_older=older,
        amount=cell.amount,
        per_thousand=per_thousand,
        fresh=cell.fresh,
        old=cell.old,
        confirmed_on=_newest(known, area, block),
    )


def _cell(
    known: Known, local: Local, norm: Norm | None, found: Measured | None, area: int, block: int, on: date
) -> tuple[Cell, float | None, float | None]:
    """The cell, the share of those of 65 and over, and the capacity per 1,000."""
    code = known.wijken.codes[area]
    if norm is None:
        return Cell(reached=None, amount=0.0, fresh=0, old=0), None, None
    if block == BuildingBlock.NETWORK:
        return network_cell(local, code, norm, on), None, None
    if block == BuildingBlock.CONNECTOR:
        return (cell := verbinder_cell(local, code, norm, on)), None, cell.amount
    if found is None:
        raise ValueError(f"block {block} was not measured")
    at = area, found.blocks.index(block)
    cell = found.cell(area, block, looked_on(local, code, block, norm, on))
    return cell, _known(found.reached_older[at]), _known(found.per_thousand[at])


def _newest(known: Known, area: int, block: int) -> date | None:
    days = (
        thing.record.confirmed_on
        for thing in known.things
        if thing.record.confirmed_on and counts_in(thing, area, block)
    )
    return max(days, default=None)


def counts_in(thing: Thing, area: int, block: int) -> bool:
    """Whether a thing stands in an area or serves it, and counts for a block."""
    record = thing.record
    here = record.area == area if record.at else area in record.serves
    return here and any(of == block for of, _ in record.counts)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


class _Helping:
    """The candidates that could help, found once for all wijken."""

    def __init__(self, known: Known, local: Local, norms: Mapping[int, Norm], on: date) -> None:
        self._known, self._norms, self._on = known, norms, on
        centres = centres_of(known.residents)
        things = known.things
        places = [thing for thing in things if thing.kind == "place"]
        norm = norms.get(BuildingBlock.MEETING_PLACES)
        self._candidates: dict[Kind, Sequence[Thing]] = {
            Kind.CALL: [
                thing for thing in places if norm and thing.record.counts and not thing.record.is_fresh(norm, on)
            ],
            Kind.ROOM: [thing for thing in places if thing.has_roof and not (norm and thing.record.counts)],
            Kind.HOST: [thing for thing in places if thing.has_roof and thing.has_host],
            Kind.INITIATIVE: [thing for thing in things if thing.is_initiative and thing.at],
        }
        self._nearest = {kind: _nearest(kind, centres, _points(found)) for kind, found in self._candidates.items()}
        self._verbinders = [code for code in known.wijken.codes if code in local.verbinder]
        self._nearest[Kind.CONNECTOR] = self._others(centres)
        self._of_theme = self._themes(centres)

    def _others(self, centres: Floats) -> remedies.Nearest:
        """Per wijk the nearest other one with a verbinder."""
        numbers = [self._known.wijken.number[code] for code in self._verbinders]
        metres = np.linalg.norm(centres[:, None] - centres[numbers], axis=2)
        metres[numbers, range(len(numbers))] = np.inf
        metres = np.where(metres <= FARTHEST[Kind.CONNECTOR], metres, np.inf)  # nan, where nobody lives, is far too
        if not numbers:
            return remedies.Nearest(Kind.CONNECTOR, np.full(len(centres), -1), np.full(len(centres), np.inf))
        number = metres.argmin(axis=1)
        least = metres[range(len(centres)), number]
        return remedies.Nearest(Kind.CONNECTOR, np.where(np.isinf(least), -1, number), least)

    def _themes(self, centres: Floats) -> dict[str, tuple[Sequence[Thing], remedies.Nearest]]:
        norm = self._norms.get(BuildingBlock.PROVISIONS)
        found: dict[str, tuple[Sequence[Thing], remedies.Nearest]] = {}
        for theme in norm.parts if norm else ():
            things = [t for t in self._known.things if t.at and (BuildingBlock.PROVISIONS, theme) in t.record.counts]
            found[theme] = things, _nearest(Kind.OFFERING, centres, _points(things))
        return found

    def with_remedies(self, judgement: Judgement) -> Judgement:
        """The same, with what could help where it is not present; without a norm nobody said that there is a gap."""
        if judgement.state == State.PRESENT or judgement.block not in self._norms:
            return judgement
        area = self._known.wijken.number[judgement.area]
        found = [
            Remedy(kind, self._id(kind, number), round(metres))
            for kind, number, metres in remedies.named(self._nearest, area, judgement.block)
            if kind != Kind.INITIATIVE or not self._counts_here(self._candidates[kind][number], metres)
        ]
        if judgement.block == BuildingBlock.PROVISIONS:
            found = [*self._lacking(area), *found]
        return Judgement(**{**vars(judgement), "remedies": tuple(found)})

    def _counts_here(self, initiative: Thing, metres: float) -> bool:
        """Whether an initiative is what an area already has of the first block."""
        norm = self._norms[BuildingBlock.PEOPLE]
        return metres <= norm.metres and initiative.record.is_fresh(norm, self._on)

    def _id(self, kind: Kind, number: int) -> str:
        return self._verbinders[number] if kind == Kind.CONNECTOR else self._candidates[kind][number].record.id

    def _lacking(self, area: int) -> list[Remedy]:
        """Of each theme that is out of reach the nearest offering, each once, nearest first."""
        metres = self._norms[BuildingBlock.PROVISIONS].metres
        found = {
            Remedy(Kind.OFFERING, things[near.number[area]].record.id, round(near.metres[area]))
            for things, near in self._of_theme.values()
            if near.number[area] >= 0 and near.metres[area] > metres
        }
        return sorted(found, key=lambda one: (one.metres, one.id))


def _points(things: Sequence[Thing]) -> Floats:
    return np.array([thing.at for thing in things], dtype=np.float64).reshape(-1, 2)


def _nearest(kind: Kind, centres: Floats, at: Floats) -> remedies.Nearest:
    return nearest(centres, {kind: at}, farthest=FARTHEST[kind])[kind]
