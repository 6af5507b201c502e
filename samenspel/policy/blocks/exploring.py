"""What if: the states and the reach before and after some steps, worked out and never stored.

It is a sketch. It says what the figures would do, not what people would do, and nothing outside the pages of
explorations reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.changes import moved
from samenspel.engine.coverage.matrix import Coverage, columns_of
from samenspel.engine.coverage.reach import Floats, Residents
from samenspel.people.models import AreaContact
from samenspel.places.lookup import Locator
from samenspel.places.models import Area
from samenspel.policy.blocks.judging import ON_THE_MAP, Judgement, covered, judgements, norms_for
from samenspel.policy.blocks.local import JOBS, Local, local
from samenspel.policy.blocks.reading import Known, Wijken, known, weekly_hours
from samenspel.policy.blocks.steps import AddPlace, AreaAt, Idle, Step, StopOrganization, applied
from samenspel.policy.norms import norms_in_force


@dataclass(frozen=True)
class Turned:
    """One block in one wijk whose state or figures differ."""

    before: Judgement
    after: Judgement

    @property
    def has_another_state(self) -> bool:
        return self.before.state != self.after.state


@dataclass(frozen=True)
class Shifted:
    """People of a wijk, or with `area` "" of the municipality, who lose a block within reach, or win it.

    Estimates from CBS figures: people and those of 65 and over, of how many who live there.
    """

    area: str
    block: int
    people: float
    older: float
    lost: float
    lost_older: float
    won: float
    won_older: float


@dataclass(frozen=True)
class Part:
    """A part that a norm asks for (a theme, an evening) in one wijk: the shares of residents who have it within reach
    before and after, and the share that the norm asks (0 to 1)."""

    area: str
    block: int
    part: str
    before: float
    after: float
    asked: float


@dataclass(frozen=True)
class Explored:
    """Before and after, in the order of `wijken` and of the blocks.

    `turned`, `shifts` and `parts` hold what differs only; `totals` are of the municipality. `idle` are steps that do
    less than they seem, and why. `not_counted` are the wijken whose verbinder leaves while somebody of a wider area may
    stand in: what is left there is not worked out.
    """

    wijken: Wijken
    before: tuple[Judgement, ...]
    after: tuple[Judgement, ...]
    turned: tuple[Turned, ...]
    shifts: tuple[Shifted, ...]
    totals: tuple[Shifted, ...]
    parts: tuple[Part, ...]
    idle: Mapping[Step, Idle]
    not_counted: tuple[str, ...]


def explore(municipality: str, steps: Sequence[Step], *, at: datetime) -> Explored:
    """Work it out; at most 19 queries, nothing is written."""
    on = at.astimezone(ZONE).date()
    now = known(municipality, at=at)
    norms, around = norms_for(norms_in_force(municipality, on)), local(municipality, now.wijken, on=on)
    on_the_map = {block: norm for block, norm in norms.items() if block in ON_THE_MAP}
    then, idle = applied(now, steps, on_the_map, on, _area_at(municipality, steps, now.wijken))
    left = _without_verbinders(municipality, around, steps)
    before = tuple(judgements(now, around, norms, on))
    after = tuple(judgements(then, left.around, norms, on))
    covers = (covered(now, norms, on), covered(then, norms, on)) if on_the_map else None
    shifts = tuple(_shifts(now, *covers)) if covers else ()
    parts = tuple(_parts(now.wijken.codes, *covers)) if covers else ()
    in_part = {(one.area, one.block) for one in parts}
    return Explored(
        wijken=now.wijken,
        before=before,
        after=after,
        turned=tuple(
            Turned(one, other)
            for one, other in zip(before, after, strict=True)
            if _differs(one, other) or (one.area, one.block) in in_part
        ),
        shifts=tuple(one for one in shifts if one.area and _is_moved(one)),
        totals=tuple(one for one in shifts if not one.area and _is_moved(one)),
        parts=parts,
        idle={step: why for step, why in idle.items() if step not in left.leaving},
        not_counted=left.not_counted,
    )


def _area_at(municipality: str, steps: Sequence[Step], wijken: Wijken) -> AreaAt:
    """Where a new place stands; the boundaries are read only when there is one."""
    if not any(isinstance(step, AddPlace) for step in steps):
        return lambda longitude, latitude: None
    buurten = Area.objects.filter(municipality=municipality, kind=Area.Kind.NEIGHBORHOOD)
    locator = Locator(buurten.newest())

    def find(longitude: float, latitude: float) -> int | None:
        buurt = locator.find(latitude=latitude, longitude=longitude)
        return wijken.number.get(buurt.code) if buurt else None

    return find


def _shifts(now: Known, before: Coverage, after: Coverage) -> Iterator[Shifted]:
    """Per block of the map a row for every wijk, then one for all."""
    residents = now.residents
    people, older = moved(before, after, residents.people), moved(before, after, residents.older)
    live = [_per_area(residents, of) for of in (residents.people, residents.older)]
    for column, block in enumerate(before.blocks):
        figures = [*live, *(one[:, column] for one in (people.lost, older.lost, people.won, older.won))]
        yield from _rows(block, (*now.wijken.codes, ""), figures)


def _parts(areas: Sequence[str], before: Coverage, after: Coverage) -> Iterator[Part]:
    """Of every part that the norms ask for the wijken where its share differs by a percent or more."""
    residents = before.reach.residents
    was, becomes = (np.nan_to_num(one.shares(residents.people)) for one in (before, after))
    for column, (block, part) in enumerate(columns_of(before.norms)):
        for area, one, other in zip(areas, was[:, column], becomes[:, column], strict=True):
            if part and round(one, 2) != round(other, 2):
                yield Part(area, block, part, float(one), float(other), before.norms[block].share)


def _per_area(residents: Residents, of: Floats) -> Floats:
    return np.bincount(residents.area, of, minlength=residents.areas).astype(np.float64, copy=False)


def _rows(block: int, areas: Sequence[str], figures: Sequence[Floats]) -> Iterator[Shifted]:
    for number, area in enumerate(areas):
        yield Shifted(area, block, *(float(one[number] if area else one.sum()) for one in figures))


def _is_moved(one: Shifted) -> bool:
    return one.lost > 0 or one.won > 0


def _differs(before: Judgement, after: Judgement) -> bool:
    return _figures(before) != _figures(after)


def _figures(one: Judgement) -> tuple[object, ...]:
    """As finely as a page shows them."""
    reached = None if one.reached is None else round(one.reached, 2)
    return one.state, one.why, reached, None if one.amount is None else round(one.amount, 1)


@dataclass(frozen=True)
class _Left:
    """What is known beside the map when verbinders leave, the wijken of which it cannot be told, and the steps by which
    they leave."""

    around: Local
    not_counted: tuple[str, ...]
    leaving: frozenset[Step]


def _without_verbinders(municipality: str, around: Local, steps: Sequence[Step]) -> _Left:
    """Take away the verbinders who work for an organization that stops; one query where one does."""
    stopped = {step.organization: step for step in steps if isinstance(step, StopOrganization)}
    if not stopped:
        return _Left(around, (), frozenset())
    all_of_them = AreaContact.objects.filter(municipality=municipality, job_title__in=JOBS)
    contacts = list(all_of_them.select_related("area").defer("area__boundary"))
    stay = [one for one in contacts if one.organization_id not in stopped]
    may_stand_in = any(one.area.kind != Area.Kind.DISTRICT for one in stay)
    found, not_counted = dict(around.verbinder), []
    for wijk, verbinder in around.verbinder.items():
        here = [one for one in contacts if one.area.code == verbinder.area]
        left = [one for one in here if one in stay]
        if left:
            part = _hours(left) / (_hours(here) or 1)
            is_reached = any(not one.away or one.deputy_phone for one in left)
            found[wijk] = replace(verbinder, hours=verbinder.hours * part, is_reached=is_reached)
        elif may_stand_in:
            not_counted.append(wijk)
        else:
            del found[wijk]
    leaving = {stopped[one.organization_id] for one in contacts if one.organization_id in stopped}
    return _Left(replace(around, verbinder=found), tuple(not_counted), frozenset(leaving))


def _hours(contacts: Sequence[AreaContact]) -> float:
    return sum(weekly_hours(one.hours) for one in contacts)
