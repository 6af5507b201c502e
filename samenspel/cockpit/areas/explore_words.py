"""What an exploration says: its steps, what changes, and who loses or wins reach. A sketch says "ongeveer"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import number_format

from samenspel.engine.coverage.states import State
from samenspel.places.models import Area
from samenspel.policy.blocks.exploring import Explored, Shifted, Turned
from samenspel.policy.blocks.judging import Judgement
from samenspel.policy.blocks.keeping import figures_of
from samenspel.policy.blocks.steps import (
    AddHours,
    AddPlace,
    ClosePlace,
    Step,
    StopOffering,
    StopOrganization,
    as_text,
)
from samenspel.policy.blocks.words import amount, in_words, percentage, reason
from samenspel.policy.models import BlockNorm, BlockState
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.ui.charts.areas import Place, area_map
from samenspel.ui.charts.chart import Chart, Words

FEW = 10
"""Below it a number of people is not shown."""
ROUNDED = 5
"""CBS rounds people to it; finer would be false."""
_FIXED = "\u00a0"
"""A space at which no line ends."""
_WORDS = {State(value): str(label) for value, label in BlockState.State.choices}


@dataclass(frozen=True)
class Line:
    """One step as it stands on the page; `text` goes back when it changes, `hours` is None where there are none."""

    words: str
    text: str
    is_skipped: bool
    name: str
    hours: float | None = None
    evening: bool = False


@dataclass(frozen=True)
class Side:
    """A block before or after: the state with its word, why, and what there is."""

    state: str
    word: str
    why: str
    amount: str


@dataclass(frozen=True)
class Change:
    """One block in one wijk, before and after."""

    wijk: str
    block: str
    before: Side
    after: Side
    has_another_state: bool


@dataclass(frozen=True)
class People:
    """Who loses or wins a block within reach in one wijk, in words."""

    wijk: str
    block: str
    people: str
    older: str


def lines(steps: Iterable[Step], names: Mapping[UUID, str], skipped: Iterable[Step]) -> list[Line]:
    """The steps in order."""
    return [_line(step, names, step in skipped) for step in steps]


def changes(found: Explored, norms: Mapping[BuildingBlock, BlockNorm], on: date) -> list[Change]:
    """What differs, by wijk and block."""
    return [_change(one, found, norms.get(BuildingBlock(one.before.block)), on) for one in found.turned]


def losers(found: Explored) -> list[People]:
    """Who loses reach: per block all of the municipality, then each wijk."""
    return list(_people(found, lost=True))


def winners(found: Explored) -> list[People]:
    return list(_people(found, lost=False))


def about(people: float, of: float) -> str:
    """A number of people with its part, as finely as it is known: "ongeveer 335 van de 2.265 (15 %)"."""
    if round(people) == 0:
        return "niemand"
    if people < FEW:
        return f"minder dan {FEW}"
    number, whole = (number_format(ROUNDED * round(one / ROUNDED), force_grouping=True) for one in (people, of))
    return f"ongeveer {number} van de {whole} ({percentage(people / of).replace(' ', _FIXED)})"


def maps(found: Explored, block: BuildingBlock, boundaries: Mapping[str, bytes]) -> tuple[Chart, Chart]:
    """The wijken by the state of one block, before and after."""
    return (
        _map("Nu", found, [one for one in found.before if one.block == block], boundaries),
        _map("In deze verkenning", found, [one for one in found.after if one.block == block], boundaries),
    )


def boundaries_of(municipality: str, codes: Sequence[str]) -> dict[str, bytes]:
    """The boundaries of areas by code; one query."""
    rows = Area.objects.filter(municipality=municipality, code__in=codes, boundary__isnull=False).newest()
    return {code: bytes(boundary) for code, boundary in rows.values_list("code", "boundary") if boundary}


def _line(step: Step, names: Mapping[UUID, str], is_skipped: bool) -> Line:
    gone = "Iets wat is weggehaald"
    text = as_text(step)
    match step:
        case ClosePlace(place):
            name = names.get(place, gone)
            return Line(f"{name} sluit. Wat daar wordt gedaan, stopt ook.", text, is_skipped, name)
        case StopOffering(offering):
            name = names.get(offering, gone)
            return Line(f"{name} stopt.", text, is_skipped, name)
        case StopOrganization(organization):
            name = names.get(organization, gone)
            words = f"De subsidie van {name} stopt. Al het aanbod stopt. De eigen plekken hebben dan geen gastheer."
            return Line(words, text, is_skipped, name)
        case AddHours(place, hours, evening):
            name = names.get(place, gone)
            words = f"{name} is {_hours(hours, evening)} langer open."
            return Line(words, text, is_skipped, name, hours, evening)
        case AddPlace(name=name, hours=hours, evening=evening):
            words = f"Er komt een nieuwe plek: {name}. Die is {_hours(hours, evening)} open."
            return Line(words, text, is_skipped, name, hours, evening)


def _hours(hours: float, evening: bool) -> str:
    return f"{in_words(hours)} uur per week{', ook in de avond,' if evening else ''}"


def _change(one: Turned, found: Explored, norm: BlockNorm | None, on: date) -> Change:
    return Change(
        wijk=_name(found, one.before.area),
        block=str(BuildingBlock(one.before.block).label),
        before=_side(one.before, norm, on),
        after=_side(one.after, norm, on),
        has_another_state=one.has_another_state,
    )


def _side(one: Judgement, norm: BlockNorm | None, on: date) -> Side:
    state = BlockState(area=one.area, block=one.block, since=on, **figures_of(one))
    return Side(one.state.value, _WORDS[one.state], reason(state, norm), amount(state))


def _people(found: Explored, *, lost: bool) -> Iterator[People]:
    for total in found.totals:
        rows = (total, *(one for one in found.shifts if one.block == total.block))
        yield from (_row(found, one, lost) for one in rows if (one.lost if lost else one.won) > 0)


def _row(found: Explored, one: Shifted, lost: bool) -> People:
    people, older = (one.lost, one.lost_older) if lost else (one.won, one.won_older)
    return People(
        wijk=_name(found, one.area) if one.area else "De hele gemeente",
        block=str(BuildingBlock(one.block).label),
        people=about(people, one.people),
        older=about(older, one.older),
    )


def _name(found: Explored, code: str) -> str:
    return found.wijken.names[found.wijken.number[code]]


def _map(title: str, found: Explored, rows: Sequence[Judgement], boundaries: Mapping[str, bytes]) -> Chart:
    number = {state: sum(one.state == state for one in rows) for state in State}
    said = [f"{many} {'wijk' if many == 1 else 'wijken'} {_WORDS[state]}" for state, many in number.items() if many]
    words = Words(f"VERKENNING: {title.lower()}", f"{title}: {', '.join(said)}.", ("Nr", "Wijk", "Stand"), "")
    return area_map(words, [Place(_name(found, one.area), one.state, boundaries.get(one.area)) for one in rows], _WORDS)
