"""Counts about no one, the numbers that a group keeps about itself, and the shift ledger."""

from samenspel.outcomes.models.counts import (
    LEAST_MEETINGS,
    MOST,
    GroupCount,
    OwnCircle,
    ReleasedFigure,
    UnmetNeed,
)
from samenspel.outcomes.models.shift import HandoverLink, ShiftCount, UnitPrice

__all__ = [
    "LEAST_MEETINGS",
    "MOST",
    "GroupCount",
    "HandoverLink",
    "OwnCircle",
    "ReleasedFigure",
    "ShiftCount",
    "UnitPrice",
    "UnmetNeed",
]
