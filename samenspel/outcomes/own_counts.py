"""What a group keeps about itself, as numbers only, and what of it the group shares with the municipality.

Only the organizers' door reads this: a test holds every other door away from it. What is shared is one row per quarter
that is over, of means over at least 3 meetings. Quarters do not overlap, and what is noted of a shared one stays as it
is until the group takes it back, so that no meeting can be worked out from two rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import LEAST_MEETINGS, MOST, GroupCount, ReleasedFigure
from samenspel.outcomes.periods import Period, finished, quarter_with
from samenspel.people.checks import FactRefused
from samenspel.people.facts import lock
from samenspel.socialmap.answers import check_own, check_works
from samenspel.socialmap.models import ConfirmationRequest, Offering

LOADS = (1, 2, 3, 4, 5)
LONG_AGO = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a group notes of one meeting; None is not noted. `load` is from 1 (light) to 5 (too heavy)."""

    came: int
    helpers: int | None = None
    members: int | None = None
    load: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The figures of a quarter: the number of meetings, and of the rest the mean as a whole number, None if unknown."""

    meetings: int
    came: int
    helpers: int | None
    members: int | None
    load: int | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that is over: what would be shared of it (None: too few meetings), and since when it is shared."""

    period: Period
    figures: Shared | None
    released_at: datetime | None


def counts_of(offering: Offering) -> list[GroupCount]:
    """What the group noted, the last meeting first; one query."""
    return list(GroupCount.objects.filter(offering=offering).order_by("-on"))


def quarters_of(offering: Offering, counts: Sequence[GroupCount], *, at: datetime) -> list[Quarter]:
    """The quarters that are over and have a count or are shared, newest first; one query.

    Of a shared quarter the figures are those that were shared, also when its counts are not kept any more.
    """
    released = {one.begins: one for one in ReleasedFigure.objects.filter(offering=offering)}
    first = min([*(one.on for one in counts), *released], default=None)
    periods = finished(first, at.astimezone(ZONE).date()) if first else ()
    found = []
    for period in periods:
        inside = [one for one in counts if period.begins <= one.on < period.ends]
        if period.quarter and (row := released.get(period.begins)):
            found.append(Quarter(period, _as_shared(row), row.released_at))
        elif period.quarter and inside:
            found.append(Quarter(period, shared(inside), None))
    return found


def _as_shared(row: ReleasedFigure) -> Shared:
    return Shared(row.meetings, row.came, row.helpers, row.members, row.load)


def shared(counts: Sequence[GroupCount | Counted]) -> Shared | None:
    """What of some meetings may be shared: None under 3; a number noted less than 3 times stays out."""
    came = _mean(one.came for one in counts)
    if came is None:
        return None
    return Shared(
        meetings=len(counts),
        came=came,
        helpers=_mean(one.helpers for one in counts),
        members=_mean(one.members for one in counts),
        load=_mean(one.load for one in counts),
    )


def _mean(numbers: Iterable[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return round(sum(known) / len(known)) if len(known) >= LEAST_MEETINGS else None


@action
def keep_count(
    *, request: ConfirmationRequest, offering: Offering, on: date, counted: Counted, by: Actor, at: datetime
) -> None:
    """Note one meeting, or note it again; raises LinkEnded, FactRefused."""
    _open(request, offering, at)
    _check_not_shared(offering, on)
    today = at.astimezone(ZONE).date()
    if not today - LONG_AGO <= on <= today:
        raise FactRefused("on", _("kies vandaag of een dag in het afgelopen jaar"))
    _check(counted)
    row = GroupCount.objects.filter(offering=offering, on=on).first()
    row = row or GroupCount(municipality=offering.municipality, offering=offering, on=on)
    row.came, row.helpers, row.members, row.load = counted.came, counted.helpers, counted.members, counted.load
    row.save()
    record(action="keep_count", on=offering, by=by, at=at, municipality=offering.municipality)


@action
def forget_count(*, request: ConfirmationRequest, offering: Offering, on: date, by: Actor, at: datetime) -> None:
    """Wipe what was noted of one meeting; raises LinkEnded, FactRefused."""
    _open(request, offering, at)
    _check_not_shared(offering, on)
    GroupCount.objects.filter(offering=offering, on=on).delete()
    record(action="forget_count", on=offering, by=by, at=at, municipality=offering.municipality)


@action
def release(*, request: ConfirmationRequest, offering: Offering, begins: date, by: Actor, at: datetime) -> None:
    """Share the quarter that begins on this day with the municipality; raises LinkEnded, FactRefused."""
    _open(request, offering, at)
    quarters = {one.period.begins: one for one in quarters_of(offering, counts_of(offering), at=at)}
    quarter = quarters.get(begins)
    if quarter is None or quarter.figures is None:
        raise FactRefused("begins", _("dit kwartaal is niet voorbij, of heeft te weinig keer"))
    if quarter.released_at is not None:
        raise FactRefused("begins", _("dit kwartaal deelt u al"))
    figures = quarter.figures
    ReleasedFigure.objects.create(
        municipality=offering.municipality,
        offering=offering,
        begins=begins,
        ends=quarter.period.ends,
        meetings=figures.meetings,
        came=figures.came,
        helpers=figures.helpers,
        members=figures.members,
        load=figures.load,
        released_at=at,
        by_request=request.pk,
    )
    record(action="release_figures", on=offering, by=by, at=at, municipality=offering.municipality)


@action
def take_back(*, request: ConfirmationRequest, offering: Offering, begins: date, by: Actor, at: datetime) -> None:
    """Stop sharing a quarter: the municipality sees it no more; raises LinkEnded, FactRefused."""
    _open(request, offering, at)
    ReleasedFigure.objects.filter(offering=offering, begins=begins).delete()
    record(action="take_back_figures", on=offering, by=by, at=at, municipality=offering.municipality)


def _open(request: ConfirmationRequest, offering: Offering, at: datetime) -> None:
    """Check that the link works and the entry is the group's own; counting is no answer to "klopt dit?"."""
    check_works(request, at)
    check_own(request, offering)
    lock(offering)


def _check_not_shared(offering: Offering, on: date) -> None:
    if ReleasedFigure.objects.filter(offering=offering, begins=quarter_with(on).begins).exists():
        raise FactRefused("on", _("dit kwartaal deelt u al; neem het eerst terug"))


def _check(counted: Counted) -> None:
    for name in ("came", "helpers", "members"):
        number = getattr(counted, name)
        if number is not None and not 0 <= number <= MOST:
            raise FactRefused(name, _("geef een heel getal van 0 tot en met %(most)s") % {"most": MOST})
    if counted.load is not None and counted.load not in LOADS:
        raise FactRefused("load", _("kies een van de vijf"))
