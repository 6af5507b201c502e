"""What if: two measurements of the same people, before and after, and who loses or wins reach between them."""

from dataclasses import dataclass

import numpy as np

from samenspel.engine.coverage.matrix import Coverage
from samenspel.engine.coverage.reach import Floats


@dataclass(frozen=True)
class Moved:
    """People (areas, blocks) that had something within reach and no longer have (`lost`), and the other way (`won`)."""

    lost: Floats
    won: Floats


def moved(before: Coverage, after: Coverage, of: Floats) -> Moved:
    """Count `of` (people or older, per point); both are measured under the same norms on the same residents.

    Who has every column that a block asks for has the block; what comes to the home is always within reach.
    """
    had, has = _has(before), _has(after)
    return Moved(lost=_counted(before, had & ~has, of), won=_counted(before, has & ~had, of))


def _has(coverage: Coverage) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """(points, blocks): whether somebody there has all that a block asks for."""
    residents = coverage.reach.residents
    within = (coverage.reach.near > 0) | (coverage.everywhere[residents.area] > 0)
    return np.stack([within[:, asked].all(axis=1) for asked in coverage.asked], axis=1)


def _counted(coverage: Coverage, which: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", of: Floats) -> Floats:
    residents = coverage.reach.residents
    sums = [np.bincount(residents.area, of * mask, minlength=residents.areas) for mask in which.T]
    return np.stack(sums, axis=1)
