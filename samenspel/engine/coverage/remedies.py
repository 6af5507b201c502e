"""What could fill a gap: the nearest real record of each kind that helps with a block.

It names, a person asks: nothing here says that a hall is to be had or that anyone agreed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.spatial import cKDTree

from samenspel.engine.coverage.reach import Floats, Ints, Residents


class Kind(StrEnum):
    """What a record could lend."""

    CALL = "call"
    """It would count, had somebody confirmed it in time: one call decides."""
    ROOM = "room"
    HOST = "host"
    CONNECTOR = "connector"
    OFFERING = "offering"
    INITIATIVE = "initiative"


HELPS: Mapping[int, tuple[Kind, ...]] = {
    1: (Kind.INITIATIVE, Kind.HOST),
    2: (Kind.OFFERING, Kind.ROOM),
    3: (Kind.CALL, Kind.ROOM),
    4: (Kind.HOST, Kind.CONNECTOR),
    5: (Kind.CONNECTOR,),
}
"""Per building block, in the order in which they are named (research/domain.md §3c); a place with a host and hours
counts as a meeting place itself, or needs a call."""


@dataclass(frozen=True)
class Nearest:
    """Per area the number of the nearest candidate of a kind, -1 where there is none, and its metres."""

    kind: Kind
    number: Ints
    metres: Floats


def centres_of(residents: Residents) -> Floats:
    """(areas, 2): where the people of an area live on average; nan where nobody does."""
    weight = np.bincount(residents.area, residents.people, minlength=residents.areas)
    sums = [np.bincount(residents.area, residents.people * at, minlength=residents.areas) for at in residents.at.T]
    whole = np.where(weight > 0, weight, np.nan)
    return np.stack([total / whole for total in sums], axis=1)


def nearest(centres: Floats, candidates: Mapping[Kind, Floats], *, farthest: float) -> dict[Kind, Nearest]:
    """For every area the nearest candidate (k, 2) of each kind within `farthest` metres, in a straight line."""
    return {kind: _nearest_of(kind, centres, at, farthest) for kind, at in candidates.items()}


def named(found: Mapping[Kind, Nearest], area: int, block: int) -> Sequence[tuple[Kind, int, float]]:
    """The remedies of one gap: kind, number of the candidate, metres; in the order of HELPS."""
    return [
        (kind, int(found[kind].number[area]), float(found[kind].metres[area]))
        for kind in HELPS[block]
        if kind in found and found[kind].number[area] >= 0
    ]


def _nearest_of(kind: Kind, centres: Floats, at: Floats, farthest: float) -> Nearest:
    number, metres = np.full(len(centres), -1, dtype=np.int64), np.full(len(centres), np.inf)
    known = ~np.isnan(centres[:, 0])
    if len(at) and known.any():
        metres[known], found = cKDTree(at).query(centres[known], distance_upper_bound=farthest)
        number[known] = np.where(found < len(at), found, -1)
    return Nearest(kind, number, metres)
