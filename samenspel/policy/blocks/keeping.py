"""The states as they are kept: worked out again when something changed, with what they were before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.policy.blocks.judging import Judgement, judgements, norms_for
from samenspel.policy.blocks.local import local
from samenspel.policy.blocks.reading import Wijken, known, wijken_of
from samenspel.policy.models import BlockNorm, BlockState
from samenspel.policy.norms import norms_in_force
from samenspel.sources.vocabulary import BuildingBlock

_ROUNDED = 4
"""Decimals that are kept of a share or an amount: a shift below it is no change."""
_FIGURES = (
    "state", "why", "reached", "reached_older", "amount", "per_thousand", "fresh", "old", "confirmed_on", "remedies",
)  # fmt: skip


@dataclass(frozen=True)
class Matrix:
    """The wijken by name, and per wijk its blocks in order; a block that was never judged is None."""

    wijken: Wijken
    rows: tuple[tuple[BlockState | None, ...], ...]

    def of(self, code: str) -> tuple[BlockState | None, ...]:
        return self.rows[self.wijken.number[code]]


def judge(municipality: str, *, at: datetime) -> list[Judgement]:
    """The state of every block of every wijk at a moment, worked out now; at most 16 queries."""
    on = at.astimezone(ZONE).date()
    found = known(municipality, at=at)
    return judgements(found, local(municipality, found.wijken, on=on), norms_for(norms_in_force(municipality, on)), on)


def refresh(*, municipality: str, by: Actor, at: datetime) -> int:
    """Bring what is kept up to date with what is known; how many blocks changed state. Writes only what differs."""
    found = judge(municipality, at=at)
    kept = {(row.area, row.block): row for row in _now(municipality)}
    wanted = {(one.area, one.block): figures_of(one) for one in found}
    differing = {key: figures for key, figures in wanted.items() if _differs(kept.get(key), figures)}
    gone = [row for key, row in kept.items() if key not in wanted]
    if not differing and not gone:
        return 0
    return _store(municipality=municipality, differing=differing, gone=gone, by=by, at=at)


def refresh_all(*, by: Actor, at: datetime) -> int:
    """`refresh` for every municipality that has norms or kept states; how many blocks changed state."""
    norms, states = (model.objects.values_list("municipality", flat=True) for model in (BlockNorm, BlockState))
    return sum(refresh(municipality=home, by=by, at=at) for home in sorted({*norms.distinct(), *states.distinct()}))


@action
def _store(
    *,
    municipality: str,
    differing: Mapping[tuple[str, int], Mapping[str, Any]],
    gone: Sequence[BlockState],
    by: Actor,
    at: datetime,
) -> int:
    """Figures in place, a new row where the state itself changed, an end for a wijk that is gone."""
    on = at.astimezone(ZONE).date()
    kept = {(row.area, row.block): row for row in _now(municipality).select_for_update()}
    same = {key: row for key, row in kept.items() if key in differing and row.state == differing[key]["state"]}
    for key, row in same.items():
        for name, value in differing[key].items():
            setattr(row, name, value)
    BlockState.objects.bulk_update(same.values(), _FIGURES)
    ended = [*gone, *(row for key, row in kept.items() if key in differing and key not in same)]
    of_today = [row.pk for row in ended if row.since >= on]
    BlockState.objects.filter(pk__in=of_today).delete()
    BlockState.objects.filter(pk__in=[row.pk for row in ended]).update(until=on)
    made = [
        BlockState(municipality=municipality, area=area, block=block, since=on, **figures)
        for (area, block), figures in differing.items()
        if (area, block) not in same
    ]
    BlockState.objects.bulk_create(made)
    about = next(iter([*made, *same.values(), *gone]))
    record(action="refresh_blocks", on=about, by=by, at=at, municipality=municipality, number=len(made))
    return len(made)


def figures_of(judgement: Judgement) -> dict[str, Any]:
    """A judgement as the columns of `BlockState`."""
    return {
        "state": judgement.state.value,
        "why": judgement.why.value,
        **{name: _short(getattr(judgement, name)) for name in ("reached", "reached_older", "amount", "per_thousand")},
        "fresh": judgement.fresh,
        "old": judgement.old,
        "confirmed_on": judgement.confirmed_on,
        "remedies": [{"kind": one.kind.value, "id": one.id, "metres": one.metres} for one in judgement.remedies],
    }


def matrix(municipality: str) -> Matrix:
    """What is kept now; 4 queries."""
    return _matrix(municipality, _now(municipality))


def matrix_on(municipality: str, day: date, *, of: Wijken | None = None) -> Matrix:
    """What was kept on a day in the past; 4 queries, or 1 with the wijken known."""
    rows = BlockState.objects.filter(municipality=municipality, since__lte=day).exclude(until__lte=day)
    return _matrix(municipality, rows, of)


def history(municipality: str, area: str) -> list[BlockState]:
    """Every state that a wijk had, the oldest first; one query."""
    return list(BlockState.objects.filter(municipality=municipality, area=area).order_by("since", "block"))


def _matrix(municipality: str, rows: Any, known_wijken: Wijken | None = None) -> Matrix:
    of = known_wijken or wijken_of(municipality)
    kept: Mapping[tuple[str, int], BlockState] = {(row.area, row.block): row for row in rows}
    return Matrix(of, tuple(tuple(kept.get((code, block)) for block in BuildingBlock) for code in of.codes))


def _now(municipality: str) -> Any:
    return BlockState.objects.filter(municipality=municipality, until=None)


def _differs(row: BlockState | None, figures: Mapping[str, Any]) -> bool:
    return row is None or any(getattr(row, name) != value for name, value in figures.items())


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, _ROUNDED)
