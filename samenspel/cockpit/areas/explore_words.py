"""What an exploration says: its steps, what matters first, what changes, and who loses or wins reach.

A sketch says "ongeveer".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.formats import number_format

from samenspel.engine.coverage.states import State, Why
from samenspel.places.models import Area
from samenspel.policy.blocks.exploring import Explored, Part, Shifted
from samenspel.policy.blocks.judging import Judgement
from samenspel.policy.blocks.keeping import figures_of
from samenspel.policy.blocks.steps import (
    AddHours,
    AddPlace,
    ClosePlace,
    Idle,
    Step,
    StopOffering,
    StopOrganization,
    as_text,
)
from samenspel.policy.blocks.words import amount, in_words, percentage, reason
from samenspel.policy.models import BlockNorm, BlockState
from samenspel.sources.vocabulary import BuildingBlock, Theme
from samenspel.ui.charts.areas import Place, area_map
from samenspel.ui.charts.chart import Chart, Words

FEW = 10
"""Below it a number of people is not shown."""
MOST_NAMED = 3
"""Wijken that are named first of what falls back; the table has all."""
ROUNDED = 5
"""CBS rounds people to it; finer would be false."""
_FIXED = "\u00a0"
"""A space at which no line ends."""
_WORDS = {State(value): str(label) for value, label in BlockState.State.choices}


_IDLE = {
    Idle.GONE: ("Telt niet mee", "Dit staat niet meer op de kaart, of het stopt al door een andere stap."),
    Idle.NOT_ASKED: ("Telt niet mee", "De normen van de raad vragen hier niets van."),
    Idle.TOO_OLD: ("Telt niet mee", "Dit is langer geleden bevestigd dan de norm wil. Het telde al niet."),
    Idle.NO_EVENING: (
        "Telt voor een deel",
        "De norm vraagt ook een plek die in de avond open is. Die komt er zo niet bij.",
    ),
}
_NOTHING_LEFT = "Wij kennen dan niets meer wat telt. Of er echt niets is, moet iemand nagaan."
_NOT_ASKED_OF_A_PLACE = "Een plek telt pas met een gastheer, met uren en met een norm. Deze telde al niet."


@dataclass(frozen=True)
class Line:
    """One step as it stands on the page; `text` goes back when it changes, `hours` is None where there are none.

    `idle` says that and why the step does less than it seems, `money` what is known to be given.
    """

    words: str
    text: str
    name: str
    idle: tuple[str, str] | None = None
    money: str = ""
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
    """One block in one wijk, before and after (None: not worked out), with the parts of the norm that move."""

    wijk: str
    block: str
    before: Side
    after: Side | None
    parts: tuple[str, ...]
    has_another_state: bool

    @property
    def stands_first(self) -> bool:
        return self.has_another_state or self.after is None


@dataclass(frozen=True)
class People:
    """Who loses or wins a block within reach in one wijk, in words."""

    wijk: str
    block: str
    people: str
    older: str


def lines(
    steps: Iterable[Step], names: Mapping[UUID, str], found: Explored, euros: Mapping[UUID, int], year: int
) -> list[Line]:
    """The steps in order."""
    return [_line(step, names, _idle(step, found), euros, year) for step in steps]


def money(euros: int | None, year: int) -> str:
    """What is decided to give in a year; "" where nothing is known."""
    return "" if euros is None else f"Besloten bijdrage in {year}: € {number_format(euros, force_grouping=True)}."


def changes(found: Explored, norms: Mapping[BuildingBlock, BlockNorm], on: date) -> list[Change]:
    """What differs or is not worked out, by wijk and block."""
    turned = {(one.before.area, one.before.block) for one in found.turned}
    return [
        _change(before, after, found, norms.get(BuildingBlock(before.block)), on)
        for before, after in zip(found.before, found.after, strict=True)
        if (before.area, before.block) in turned or _is_not_counted(before, found)
    ]


def first(found: Explored) -> list[str]:
    """What must be said first: which blocks get another state and where, and which parts of the norm fall back."""
    return [*_turned(found), *_not_counted(found), *_fallen(found)]


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


def _idle(step: Step, found: Explored) -> tuple[str, str] | None:
    why = found.idle.get(step)
    if why is None:
        return None
    label, reason = _IDLE[why]
    return label, _NOT_ASKED_OF_A_PLACE if why == Idle.NOT_ASKED and isinstance(step, ClosePlace) else reason


def _line(
    step: Step, names: Mapping[UUID, str], idle: tuple[str, str] | None, euros: Mapping[UUID, int], year: int
) -> Line:
    gone = "Iets wat is weggehaald"
    text = as_text(step)
    match step:
        case ClosePlace(place):
            name = names.get(place, gone)
            return Line(f"{name} sluit. Wat daar wordt gedaan, stopt ook.", text, name, idle)
        case StopOffering(offering):
            name = names.get(offering, gone)
            return Line(f"{name} stopt.", text, name, idle, money(euros.get(offering), year))
        case StopOrganization(organization):
            name = names.get(organization, gone)
            words = f"{name} stopt. Al het aanbod stopt. De eigen plekken hebben dan geen gastheer."
            return Line(words, text, name, idle, money(euros.get(organization), year))
        case AddHours(place, hours, evening):
            name = names.get(place, gone)
            words = f"{name} is {_hours(hours, evening)} langer open."
            return Line(words, text, name, idle, hours=hours, evening=evening)
        case AddPlace(name=name, hours=hours, evening=evening):
            words = f"Er komt een nieuwe plek: {name}. Die is {_hours(hours, evening)} open."
            return Line(words, text, name, idle, hours=hours, evening=evening)


def _hours(hours: float, evening: bool) -> str:
    return f"{in_words(hours)} uur per week{', ook in de avond,' if evening else ''}"


def _turned(found: Explored) -> Iterator[str]:
    for block in BuildingBlock:
        where = [one.before.area for one in found.turned if one.before.block == block and one.has_another_state]
        if where:
            yield f"{str(block.label).capitalize()}: een andere stand in {_wijken(found, where)}."


def _not_counted(found: Explored) -> Iterator[str]:
    if found.not_counted:
        label = str(BuildingBlock.CONNECTOR.label).capitalize()
        yield f"{label}: niet uitgerekend in {_wijken(found, found.not_counted)}. De verbinder daar stopt ook."


def _fallen(found: Explored) -> Iterator[str]:
    """Each part that falls back, with the wijken that lose most of it."""
    for part in dict.fromkeys((one.block, one.part) for one in found.parts):
        here = [one for one in found.parts if (one.block, one.part) == part and one.after < one.before]
        here.sort(key=lambda one: one.after - one.before)
        if here:
            where = ", ".join(f"in {_name(found, one.area)} {_shares(one)}" for one in here[:MOST_NAMED])
            others = len(here) - MOST_NAMED
            more = f", en minder in nog {others} {'wijk' if others == 1 else 'wijken'}" if others > 0 else ""
            yield f"{_called(here[0])}: {where}{more}."


def _wijken(found: Explored, codes: Sequence[str]) -> str:
    names = ", ".join(_name(found, code) for code in codes)
    return f"{len(codes)} {'wijk' if len(codes) == 1 else 'wijken'} ({names})"


def _called(one: Part) -> str:
    return (
        f"{str(Theme(one.part).label).capitalize()} dichtbij" if one.part in Theme else "In de avond iets open dichtbij"
    )


def _shares(one: Part) -> str:
    before, after = (percentage(share).replace(" ", _FIXED) for share in (one.before, one.after))
    return f"van {before} naar {after} van de inwoners"


def _parts(found: Explored, area: str, block: int) -> tuple[str, ...]:
    """The parts of a cell that move, those that fall below the norm first."""
    here = [one for one in found.parts if (one.area, one.block) == (area, block)]
    return tuple(
        f"{_called(one)}: {_shares(one)}.{' Dat is onder de norm.' if _falls_below(one) else ''}"
        for one in sorted(here, key=lambda one: (not _falls_below(one), one.after - one.before))
    )


def _falls_below(one: Part) -> bool:
    return one.before >= one.asked > one.after


def _is_not_counted(one: Judgement, found: Explored) -> bool:
    return one.block == BuildingBlock.CONNECTOR and one.area in found.not_counted


def _change(before: Judgement, after: Judgement, found: Explored, norm: BlockNorm | None, on: date) -> Change:
    return Change(
        wijk=_name(found, before.area),
        block=str(BuildingBlock(before.block).label),
        before=_side(before, norm, on),
        after=None if _is_not_counted(before, found) else _after(before, after, norm, on),
        parts=_parts(found, before.area, before.block),
        has_another_state=before.state != after.state,
    )


def _after(before: Judgement, after: Judgement, norm: BlockNorm | None, on: date) -> Side:
    """What is unknown in a sketch only is not what nobody knows yet."""
    side = _side(after, norm, on)
    if after.state != State.UNKNOWN or before.state == State.UNKNOWN:
        return side
    said = (side.why, _NOTHING_LEFT) if after.why != Why.NOTHING_KNOWN else (_NOTHING_LEFT,)
    return replace(side, why=" ".join(said))


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
