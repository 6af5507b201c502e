"""The last gate before figures about people leave: no number from 1 to 9 stands in them or follows from them.

Each kind of figure is guarded where it is worked out (`engine.privacy`, `engine.shift`). Here all that leaves together
is looked at once more, by what adds up to what: a figure stands in one total of each split, and a total that would tell
how small a hidden part is, is hidden too. The attack in `tests/strength/attack.py` tries it with a linear program.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from samenspel.engine.privacy import LEAST, STEP

AREA, LAYER, THEME = "area", "layer", "theme"
"""By what a count is split."""


class Row(NamedTuple):
    """One figure that anyone may have; a tuple, for there are ten thousand of them in a look.

    `area` is the code of a wijk or the municipality, "" where no place was given or few live. `period` is a quarter
    ("2026Q3") or a day. `value` is None when it is not measured, or `is_hidden`; `word` is there for what is no number
    (a state). Counts add up: all rows with the same `adds_to` and `split` together are the row with that id, of the
    split `theme` at most, for what has no known theme has no row.
    """

    measure: str
    period: str
    area: str
    area_name: str
    part: str = ""
    value: float | None = None
    word: str = ""
    n: int | None = None
    is_hidden: bool = False
    adds_to: str = ""
    split: str = ""
    source: str = ""
    as_of: date | None = None
    definition_version: str = ""
    is_count: bool = False
    """Whether it counts people or what they did: then it is rounded down, and never from 1 to 9."""

    @property
    def id(self) -> str:
        return ".".join((self.period, self.measure, self.area or "geen-plaats", self.part or "alles"))


@dataclass(frozen=True, slots=True)
class Sum:
    """Counts that together are another count, or at most that when they are not `is_whole`."""

    total: Row
    parts: tuple[Row, ...]
    is_whole: bool


def sums(rows: Iterable[Row]) -> Iterator[Sum]:
    """What adds up to what among some rows."""
    by_id = {row.id: row for row in rows}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in by_id.values():
        if row.adds_to:
            found[row.adds_to, row.split].append(row)
    return (Sum(by_id[total], tuple(parts), split != THEME) for (total, split), parts in found.items())


def gated(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same rows, with every count hidden that is small, or that tells of a hidden one that it is.

    A total that is hidden may be a part of another, which then tells of it: so until nothing tells any more.
    """
    shown = [_hidden(row) if _is_small(row) else row for row in rows]
    while telling := {one.total.id for one in sums(shown) if _tells(one)}:
        shown = [_hidden(row) if row.id in telling else row for row in shown]
    return tuple(shown)


def _is_small(row: Row) -> bool:
    return row.is_count and row.value is not None and (0 < row.value < LEAST or row.value % STEP != 0)


def _tells(one: Sum) -> bool:
    """Whether a total leaves a hidden part no room to be LEAST or more; a hidden one is 1 or more."""
    hidden = sum(part.value is None for part in one.parts)
    if not hidden or one.total.value is None:
        return False
    known = sum(part.value for part in one.parts if part.value is not None)
    return (one.is_whole and hidden == 1) or one.total.value + STEP - 1 - known - (hidden - 1) < LEAST


def _hidden(row: Row) -> Row:
    return row._replace(value=None, is_hidden=True)
