"""States by norms: no evidence is unknown, more evidence never makes it worse."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from samenspel.engine.coverage.states import Cell, Judged, Norm, State, Why, state_of

NORM = Norm(block=3, since=date(2026, 1, 1), metres=800, share=0.8, amount=20, months=6, source="raadsbesluit 12")
NOTHING = Cell(reached=0.0, amount=0, fresh=0, old=0)
STEPS = [State.MISSING, State.PARTLY, State.PRESENT]


@pytest.mark.parametrize(
    ("cell", "judged"),
    [
        (NOTHING, Judged(State.UNKNOWN, Why.NOTHING_KNOWN)),
        (replace(NOTHING, old=2), Judged(State.UNKNOWN, Why.ONLY_OLD)),
        (replace(NOTHING, none_found_on=date(2026, 5, 1)), Judged(State.MISSING, Why.LOOKED_AND_NONE)),
        (replace(NOTHING, reached=None), Judged(State.UNKNOWN, Why.NOBODY_LIVES_HERE)),
        (Cell(0.8, 20, 1, 0), Judged(State.PRESENT, Why.ENOUGH)),
        (Cell(0.79, 20, 1, 0), Judged(State.PARTLY, Why.TOO_FEW_REACHED)),
        (Cell(0.8, 19, 1, 0), Judged(State.PARTLY, Why.TOO_LITTLE)),
        (Cell(0.0, 30, 1, 0), Judged(State.PARTLY, Why.NOBODY_REACHED)),
        (Cell(0.5, 0, 0, 0), Judged(State.PARTLY, Why.TOO_FEW_REACHED)),
    ],
)
def test_a_state_and_what_decided_it(cell: Cell, judged: Judged):
    assert state_of(cell, NORM) == judged


def test_more_evidence_never_makes_a_state_worse():
    values = product((0.0, 0.5, 0.8, 1.0), (0, 10, 20), (0, 1, 2), (0, 1), (None, date(2026, 5, 1)))
    cells = [Cell(*each) for each in values]
    judged = [(cell, state_of(cell, NORM).state) for cell in cells]
    for (less, before), (more, after) in product(judged, judged):
        if before != State.UNKNOWN and has_more(more, less):
            assert after in STEPS[STEPS.index(before) :]


def has_more(more: Cell, less: Cell) -> bool:
    """Whether a cell has as much or more of everything, and the same was found when somebody looked."""
    grows = all(getattr(more, name) >= getattr(less, name) for name in ("reached", "amount", "fresh", "old"))
    return grows and more.none_found_on == less.none_found_on


def test_nothing_is_missing_before_somebody_looked():
    missing = [
        cell
        for cell in (Cell(*each) for each in product((0.0, 0.9), (0, 30), (0, 1), (0, 1)))
        if state_of(cell, NORM).state == State.MISSING
    ]

    assert missing == []
