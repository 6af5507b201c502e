"""What if: the states and the reach before and after some steps, worked out and never stored.

It is a sketch. It says what the figures would do, not what people would do, and nothing outside the pages of
explorations reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.changes import moved
from samenspel.engine.coverage.reach import Floats, Residents
from samenspel.engine.coverage.states import Norm
from samenspel.people.models import AreaContact
from samenspel.places.lookup import Locator
from samenspel.places.models import Area
from samenspel.policy.blocks.judging import ON_THE_MAP, Judgement, covered, judgements, norms_for
from samenspel.policy.blocks.local import JOBS, local
from samenspel.policy.blocks.reading import Known, Wijken, known
from samenspel.policy.blocks.steps import AddPlace, AreaAt, Step, StopOrganization, applied
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
class Explored:
    """Before and after, in the order of `wijken` and of the blocks.

    `turned` and `shifts` hold what differs only; `totals` are of the municipality. `skipped` are steps that change
    nothing, since what they name is not there; `not_counted` are the areas of verbinders who work for an organization
    that stops: their hours still count.
    """

    wijken: Wijken
    before: tuple[Judgement, ...]
    after: tuple[Judgement, ...]
    turned: tuple[Turned, ...]
    shifts: tuple[Shifted, ...]
    totals: tuple[Shifted, ...]
    skipped: tuple[Step, ...]
    not_counted: tuple[str, ...]


def explore(municipality: str, steps: Sequence[Step], *, at: datetime) -> Explored:
    """Work it out; at most 18 queries, nothing is written."""
    on = at.astimezone(ZONE).date()
    now = known(municipality, at=at)
    then, skipped = applied(now, steps, on, _area_at(municipality, steps, now.wijken))
    norms, around = norms_for(norms_in_force(municipality, on)), local(municipality, now.wijken, on=on)
    before, after = (tuple(judgements(one, around, norms, on)) for one in (now, then))
    shifts = tuple(_shifts(now, then, norms, on))
    return Explored(
        wijken=now.wijken,
        before=before,
        after=after,
        turned=tuple(Turned(*pair) for pair in zip(before, after, strict=True) if _differs(*pair)),
        shifts=tuple(one for one in shifts if one.area and _is_moved(one)),
        totals=tuple(one for one in shifts if not one.area and _is_moved(one)),
        skipped=skipped,
        not_counted=_verbinders_of(municipality, steps),
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


def _shifts(now: Known, then: Known, norms: Mapping[int, Norm], on: date) -> Iterator[Shifted]:
    """Per block of the map a row for every wijk, then one for all; none where no norm says what is near."""
    if not any(block in norms for block in ON_THE_MAP):
        return
    before, after = covered(now, norms, on), covered(then, norms, on)
    residents = now.residents
    people, older = moved(before, after, residents.people), moved(before, after, residents.older)
    live = [_per_area(residents, of) for of in (residents.people, residents.older)]
    for column, block in enumerate(before.blocks):
        figures = [*live, *(one[:, column] for one in (people.lost, older.lost, people.won, older.won))]
        yield from _rows(block, (*now.wijken.codes, ""), figures)


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


def _verbinders_of(municipality: str, steps: Sequence[Step]) -> tuple[str, ...]:
    stopped = [step.organization for step in steps if isinstance(step, StopOrganization)]
    if not stopped:
        return ()
    rows = AreaContact.objects.filter(municipality=municipality, organization__in=stopped, job_title__in=JOBS)
    return tuple(rows.order_by("area__name").values_list("area__name", flat=True).distinct())
