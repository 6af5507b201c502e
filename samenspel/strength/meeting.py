"""What the people of a wijk look at when they meet: one sheet of paper about the wijk, nothing about a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from samenspel.engine.calendar import ZONE
from samenspel.outcomes.periods import Period
from samenspel.outcomes.unmet import UnmetRow, UnmetTable, periods_of, unmet_needs
from samenspel.policy.challenges import Promised, promises_due
from samenspel.policy.gaps import Due, actions_due
from samenspel.policy.models import BlockState
from samenspel.policy.networks import network_of
from samenspel.socialmap.wijk import Wijk, offerings_of
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.strength.outdated import Outdated, outdated

LATELY = timedelta(days=30)
"""A gap is new so long, and a promise or action is on the sheet so long before its day."""

State = BlockState.State


@dataclass(frozen=True, slots=True)
class Change:
    """A building block that is not (wholly) there, or unknown, and was otherwise LATELY ago; None is not judged."""

    block: BuildingBlock
    state: State
    since: date
    was: State | None


@dataclass(frozen=True, slots=True)
class Missed:
    """What residents of the wijk looked for and did not find, and how often; never below ten."""

    label: str
    why: str
    times: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that stands on the sheet of a wijk.

    `is_judged` says whether the blocks of the wijk were ever judged, `short` are those that are not (wholly) there now,
    `unknown` those of which nobody knows. `forgotten` are those that were known LATELY ago and are unknown now: no gap,
    as nobody knows whether they are gone. `quarter` is the last one that is over, None
    when nothing was counted yet. `full` are names of offerings. Promises and actions are late, or due within LATELY.
    """

    wijk: Wijk
    on: date
    next_on: date | None
    is_judged: bool
    short: tuple[BuildingBlock, ...]
    unknown: tuple[BuildingBlock, ...]
    gaps: tuple[Change, ...]
    forgotten: tuple[Change, ...]
    quarter: Period | None
    missed: tuple[Missed, ...]
    outdated: tuple[Outdated, ...]
    full: tuple[str, ...]
    promises: tuple[Promised, ...]
    actions: tuple[Due, ...]


def meeting(wijk: Wijk, *, municipality: str, at: datetime) -> Meeting:
    """Read the sheet of a wijk; at most 22 queries, however much there is."""
    today = at.astimezone(ZONE).date()
    soon = today + LATELY
    offerings = offerings_of(wijk, municipality=municipality, at=at)
    states = _states(municipality, wijk.area.code, today)
    changed = _changed(states, today)
    table = _last_quarter(municipality, at)
    network = network_of(municipality, wijk.area.code)
    return Meeting(
        wijk=wijk,
        on=today,
        next_on=network.next_on if network and network.next_on and network.next_on >= today else None,
        is_judged=bool(states),
        short=_now(states, State.PARTLY, State.MISSING),
        unknown=_now(states, State.UNKNOWN),
        gaps=tuple(one for one in changed if _is_new_gap(one)),
        forgotten=tuple(one for one in changed if one.state == State.UNKNOWN and one.was),
        quarter=table.period if table else None,
        missed=_missed(table, wijk.name) if table else (),
        outdated=outdated(wijk, municipality=municipality, at=at),
        full=tuple(one.name for one in offerings if one.is_full),
        promises=promises_due(municipality, wijk.area.code, on=today, until=soon),
        actions=tuple(actions_due(municipality, wijk.area.code, on=today, until=soon)),
    )


def _now(rows: Iterable[BlockState], *states: State) -> tuple[BuildingBlock, ...]:
    """The blocks that are in one of these states today, in order."""
    return tuple(sorted(BuildingBlock(row.block) for row in rows if row.until is None and row.state in states))


def _changed(states: Iterable[BlockState], on: date) -> tuple[Change, ...]:
    """Blocks that are not (wholly) there, or unknown, and were otherwise LATELY ago."""
    before: dict[int, State] = {}
    now: dict[int, BlockState] = {}
    for row in states:
        if row.until is None:
            now[row.block] = row
        if row.since <= on - LATELY and (row.until is None or row.until > on - LATELY):
            before[row.block] = State(row.state)
    return tuple(
        Change(BuildingBlock(block), State(row.state), row.since, before.get(block))
        for block, row in sorted(now.items())
        if row.state not in (State.PRESENT, before.get(block))
    )


def _is_new_gap(one: Change) -> bool:
    """Not what is only smaller than it was."""
    return one.state == State.MISSING or (one.state == State.PARTLY and one.was != State.MISSING)


def _states(municipality: str, area: str, on: date) -> list[BlockState]:
    """The states that hold, and those that held since LATELY ago."""
    lately = Q(until__isnull=True) | Q(until__gt=on - LATELY)
    return list(BlockState.objects.filter(lately, municipality=municipality, area=area))


def _last_quarter(municipality: str, at: datetime) -> UnmetTable | None:
    quarters = (period for period in periods_of(municipality, at=at) if period.quarter)
    newest = next(quarters, None)
    return unmet_needs(municipality, newest) if newest else None


def _missed(table: UnmetTable, name: str) -> tuple[Missed, ...]:
    """The column of a wijk, the largest first, as far as it may be told."""
    if table.areas.count(name) != 1:
        return ()
    column = table.areas.index(name)
    found = (_told(row, row.areas[column]) for row in table.rows)
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.times, one.label)))


def _told(row: UnmetRow, times: int | None) -> Missed | None:
    return Missed(row.label, row.why, times) if times else None
