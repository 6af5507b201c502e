"""The wijken by their five building blocks as pages show them: a sign, a word and an address each; all by gettext."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspel.engine.coverage.states import State
from samenspel.policy.blocks import Matrix
from samenspel.policy.models import BlockState
from samenspel.sources.vocabulary import BuildingBlock

WORDS = {
    State.PRESENT: gettext_lazy("aanwezig"),
    State.PARTLY: gettext_lazy("deels"),
    State.MISSING: gettext_lazy("ontbreekt"),
    State.UNKNOWN: gettext_lazy("onbekend"),
}
MEANINGS = {
    State.PRESENT: gettext_lazy("Het is er, en het is genoeg volgens de norm van de raad."),
    State.PARTLY: gettext_lazy("Er is iets, maar nog niet genoeg."),
    State.MISSING: gettext_lazy("Iemand keek in de wijk en vond niets."),
    State.UNKNOWN: gettext_lazy("Wij weten het niet. Dat is iets anders dan ontbreken."),
}
_STEPS = {State.MISSING: 0, State.PARTLY: 1, State.PRESENT: 2}
"""UNKNOWN is no step between the others."""


ANY = "__wijk__"
"""A slug that no wijk has: an address with it is made once, and every wijk puts its own there."""


@dataclass(frozen=True)
class Shown:
    """One cell: the name of its block, its state with the word for it, and its page."""

    name: str
    state: State
    word: str
    address: str


@dataclass(frozen=True)
class Row:
    """A wijk with its own page and its five cells in order."""

    name: str
    address: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Legend:
    """A state, the word for it, what it means, and how many cells have it."""

    state: State
    word: str
    meaning: str
    number: int


@dataclass(frozen=True)
class Moved:
    """A cell that changed, in words: `way` is "up", "down", "known" (it was unknown) or "lost" (it became unknown)."""

    cell: str
    address: str
    words: str
    way: str


def state_of(kept: BlockState | None) -> State:
    """What was never judged is unknown."""
    return State(kept.state) if kept else State.UNKNOWN


def rows_of(found: Matrix, *, of_wijk: Callable[[str], str], of_cell: Callable[[str, int], str]) -> tuple[Row, ...]:
    """Every wijk by name; from its slug follow the addresses of a wijk and, with a block, of a cell."""
    words = {state: str(word) for state, word in WORDS.items()}
    columns = [(str(block.label), of_cell(ANY, block)) for block in BuildingBlock]
    page = of_wijk(ANY)
    rows = []
    for code, name, row in zip(found.wijken.codes, found.wijken.names, found.rows, strict=True):
        slug = found.wijken.slugs[code]
        cells = (
            Shown(label, (state := state_of(kept)), words[state], address.replace(ANY, slug))
            for (label, address), kept in zip(columns, row, strict=True)
        )
        rows.append(Row(name, page.replace(ANY, slug), tuple(cells)))
    return tuple(rows)


def legend_of(found: Matrix) -> tuple[Legend, ...]:
    """The four states with how often each occurs."""
    number = _counts(found)
    return tuple(Legend(state, str(WORDS[state]), str(MEANINGS[state]), number[state]) for state in State)


def sentence(found: Matrix) -> str:
    """How all wijken stand, in one sentence; what is unknown is never counted as missing."""
    number = _counts(found)
    said = _(
        "In %(wijken)s wijken is een bouwsteen %(present)s keer aanwezig en %(partly)s keer deels; "
        "%(missing)s keer ontbreekt er een, en %(unknown)s keer weten wij het niet."
    )
    return said % {"wijken": len(found.rows), **{state.value: number[state] for state in State}}


def weakest(found: Matrix) -> BuildingBlock:
    """The block that most wijken have only partly or not at all, as far as that is known; the first of equals."""

    def short(block: BuildingBlock) -> int:
        return sum(state_of(row[block - 1]) in (State.PARTLY, State.MISSING) for row in found.rows)

    return max(BuildingBlock, key=short)


def moved(before: Matrix, rows: tuple[Row, ...], codes: tuple[str, ...]) -> Iterator[Moved]:
    """What is another state than it was, by wijk and block; `codes` go with `rows`. A wijk that is new is left out."""
    said, words_of = _("was %(before)s, is nu %(now)s"), {state: str(word) for state, word in WORDS.items()}
    for code, row in zip(codes, rows, strict=True):
        then = before.of(code) if code in before.wijken.number else (None,) * len(row.cells)
        for kept, now in zip(then, row.cells, strict=True):
            if kept is not None and (was := state_of(kept)) != now.state:
                words = said % {"before": words_of[was], "now": now.word}
                yield Moved(f"{row.name}, {now.name}", now.address, words, _way(was, now.state))


def _way(was: State, now: State) -> str:
    if was == State.UNKNOWN:
        return "known"
    if now == State.UNKNOWN:
        return "lost"
    return "up" if _STEPS[now] > _STEPS[was] else "down"


def _counts(found: Matrix) -> Counter[State]:
    return Counter(state_of(kept) for row in found.rows for kept in row)
