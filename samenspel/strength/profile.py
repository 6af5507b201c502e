"""How strong the sociale basis of one wijk is, seen from seven sides; every figure with its source, day, n and meaning.

No figure stands for another and none is added up, unless the municipality chose to show a total. What a figure means
stands in `definitions.toml`. Nothing about people below 10 is told (`engine.privacy`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.states import State
from samenspel.engine.privacy import LEAST, rounded
from samenspel.handover.figures import HandFigures, hands_of
from samenspel.outcomes.group_figures import released_figures
from samenspel.outcomes.shift import ShiftRow, ShiftTable, shift_of
from samenspel.policy.blocks.local import QUARTER, Local, local, quarter_begin
from samenspel.policy.blocks.reading import OF_ITS_OWN, OF_RESIDENTS, Wijken, weekly_hours, wijken_of
from samenspel.policy.models import BlockEvidence, BlockNorm, BlockState
from samenspel.policy.norms import norms_in_force
from samenspel.policy.strength_choice import choice_of
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.wijk import Wijk, offerings_of
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.strength.context import Challenge, Known, challenges, context_of
from samenspel.strength.definitions import Dimension, Words, definitions
from samenspel.strength.safety_net import SafetyNet, safety_net

YEAR = timedelta(days=365)
HALF = 0.5
"""What a block that is partly there adds to a total."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What a figure was before, and when: a year, a quarter or a day in words."""

    value: float
    when: str


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of a figure in its unit; None when it is not measured, or `is_hidden` because it is too small to tell.

    `n` is of how many records, questions or groups it is; None when that has no meaning or is not told.
    """

    value: float | None = None
    n: int | None = None
    as_of: date | None = None
    when: str = ""
    trend: Trend | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is shown, under a version of its definition. Words are by language."""

    key: str
    dimension: str
    label: Words
    unit: Words
    means: Words
    source: Words
    decimals: int
    definition_version: str
    measured: Measured

    @property
    def is_measured(self) -> bool:
        return self.measured.value is not None


@dataclass(frozen=True, slots=True)
class Side:
    """A dimension with its figures; its warning belongs beside every one of them."""

    dimension: Dimension
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many of the blocks that are known are there, partly there for a half; only where a municipality chose so."""

    value: float
    of: int
    unknown: int
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of the strength of one wijk. `blocks` are in order, None where nothing was judged yet."""

    wijk: Wijk
    on: date
    blocks: tuple[BlockState | None, ...]
    norms: Mapping[BuildingBlock, BlockNorm]
    sides: tuple[Side, ...]
    context: tuple[Known, ...]
    challenges: tuple[Challenge, ...]
    safety_net: SafetyNet
    total: Total | None

    @property
    def not_measured(self) -> tuple[Figure, ...]:
        return tuple(one for side in self.sides for one in side.figures if not one.is_measured)


def profile(municipality: str, wijk: Wijk, *, at: datetime) -> Profile:
    """The profile of a wijk (of a kern no blocks are known); at most 35 queries, however much there is."""
    area = wijk.area.code
    on = at.astimezone(ZONE).date()
    history = list(BlockState.objects.filter(municipality=municipality, area=area).order_by("since"))
    now = {row.block: row for row in history if row.until is None}
    blocks = tuple(now.get(block) for block in BuildingBlock)
    offerings = offerings_of(wijk, municipality=municipality, at=at)
    of = wijken_of(municipality)
    context = context_of(municipality, area)
    measured = {
        **_presence(blocks, history, on),
        **_open_hours(wijk, municipality, at),
        **_reach(blocks),
        **_links(municipality, area, of, on),
        **_experience(hands_of([area], municipality=municipality, at=at)),
        **_movement(shift_of(municipality, at=at), area),
        **_vitality(offerings),
        **_begun_and_ended(wijk, municipality, on),
        **_groups(wijk, municipality),
        "isolated": Measured(is_hidden=True),
    }
    return Profile(
        wijk=wijk,
        on=on,
        blocks=blocks,
        norms=norms_in_force(municipality, on),
        sides=tuple(_sides(measured, on)),
        context=context,
        challenges=challenges(context),
        safety_net=safety_net(wijk, offerings, municipality=municipality),
        total=_total(municipality, blocks),
    )


def _sides(measured: Mapping[str, Measured], on: date) -> Iterator[Side]:
    """Every figure that has a definition, measured or not; what bears no day of its own was counted today."""
    known = definitions()
    days = {key: one if one.as_of or one.when else replace(one, as_of=on) for key, one in measured.items()}
    for dimension in known.dimensions:
        yield Side(
            dimension,
            tuple(
                Figure(
                    key=one.key,
                    dimension=one.dimension,
                    label=one.label,
                    unit=one.unit,
                    means=one.means,
                    source=one.source,
                    decimals=one.decimals,
                    definition_version=known.version,
                    measured=days.get(one.key, Measured()),
                )
                for one in known.figures.values()
                if one.dimension == dimension.key
            ),
        )


def _total(municipality: str, blocks: Sequence[BlockState | None]) -> Total | None:
    choice = choice_of(municipality)
    if choice is None or not choice.shows_total:
        return None
    states = [row.state for row in blocks if row and row.state != State.UNKNOWN]
    value = states.count(State.PRESENT) + HALF * states.count(State.PARTLY)
    return Total(value, len(states), len(BuildingBlock) - len(states), choice.reason)


def _presence(blocks: Sequence[BlockState | None], history: Sequence[BlockState], on: date) -> dict[str, Measured]:
    judged = [row for row in blocks if row]
    if not judged:
        return {}
    then = on - YEAR
    earlier = [row for row in history if row.since <= then and (row.until is None or row.until > then)]
    newest = max((row.confirmed_on for row in judged if row.confirmed_on), default=None)
    found = {}
    for key, state in (("blocks_present", State.PRESENT), ("blocks_unknown", State.UNKNOWN)):
        before = Trend(sum(row.state == state for row in earlier), f"{then:%Y}") if earlier else None
        found[key] = Measured(sum(row.state == state for row in judged), as_of=newest, trend=before)
    return found


def _open_hours(wijk: Wijk, municipality: str, at: datetime) -> dict[str, Measured]:
    rows = (
        MeetingPlace.objects.open(at)
        .filter(municipality=municipality, neighborhood__code__in=wijk.buurten, host__isnull=False)
        .exclude(host__kind__in=OF_ITS_OWN)
    )
    hours = [weekly_hours(week) for week in rows.values_list("hours", flat=True) if week]
    return {"open_hours": Measured(sum(hours), len(hours))} if hours else {}


def _reach(blocks: Sequence[BlockState | None]) -> dict[str, Measured]:
    found = {}
    for block, key in (
        (BuildingBlock.PEOPLE, "reach_people"),
        (BuildingBlock.PROVISIONS, "reach_provisions"),
        (BuildingBlock.MEETING_PLACES, "reach_meeting"),
    ):
        row = blocks[block - 1]
        if row and row.state != State.UNKNOWN:
            found[key] = _share(row.reached, row)
            if block == BuildingBlock.MEETING_PLACES:
                found["reach_meeting_older"] = _share(row.reached_older, row)
    return found


def _share(part: float | None, row: BlockState) -> Measured:
    return Measured(None if part is None else 100 * part, row.fresh, row.confirmed_on)


def _links(municipality: str, area: str, of: Wijken, on: date) -> dict[str, Measured]:
    there: Local = local(municipality, of, on=on)
    last = quarter_begin(on) - 2 * QUARTER
    days = there.handed_on.get(area, {})
    found = {}
    if ways := sum(day >= last for day in days.values()):
        found["directions"] = Measured(ways, when=f"{last:%Y}Q{(last.month + 2) // 3}")
    met = BlockEvidence.objects.filter(
        municipality=municipality, area=area, kind=BlockEvidence.Kind.MET, on__gt=on - YEAR
    ).count()
    if area in there.networks:
        found["network_met"] = Measured(met, as_of=there.met_on.get(area))
    if verbinder := there.verbinder.get(area):
        found["verbinder_hours"] = Measured(round(verbinder.hours, 1))
    return found


def _experience(hands: HandFigures | None) -> dict[str, Measured]:
    """Of too few questions everything is hidden: how few they were is told to no one."""
    if hands is None:
        return {key: Measured(is_hidden=True) for key in ("to_contact", "to_helped", "hands")}
    found = {"hands": Measured(hands.median, hands.number, when=hands.since)}
    for key, days in (("to_contact", hands.to_contact), ("to_helped", hands.to_helped)):
        hidden = Measured(is_hidden=True)
        found[key] = Measured(days.median, days.number, when=hands.since) if days else hidden
    return found


def _movement(tables: Sequence[ShiftTable], area: str) -> dict[str, Measured]:
    rows = [(table.quarter, row) for table in tables for row in table.areas if row.key == area]
    if not tables or not rows or rows[0][0] != tables[0].quarter:
        return {}
    (quarter, newest), *before = rows
    return {
        "movement": _moved(newest, before, "movement", quarter, 1.0),
        "returned": _moved(newest, before, "return_rate", quarter, 100.0),
    }


def _moved(newest: ShiftRow, before: Sequence[tuple[str, ShiftRow]], name: str, quarter: str, scale: float) -> Measured:
    value = getattr(newest.shift, name)
    if value is None:
        return Measured(is_hidden=True)
    earlier = next(((when, was) for when, row in before if (was := getattr(row.shift, name)) is not None), None)
    trend = Trend(round(scale * earlier[1], 2), earlier[0]) if earlier else None
    return Measured(round(scale * value, 2), newest.shift.solved.n, when=quarter, trend=trend)


def _vitality(offerings: Sequence[Offering]) -> dict[str, Measured]:
    groups = {one.organization_id for one in offerings if _is_of_residents(one)}
    users: dict[Any, set[Any]] = defaultdict(set)
    for one in offerings:
        if one.place_id:
            users[one.place_id].add(one.organization_id)
    guests = [one for one in offerings if one.place and one.place.host_id not in (None, one.organization_id)]
    shared = sum(len(organizations) > 1 for organizations in users.values())
    return {
        "active_groups": Measured(len(groups), len(offerings)),
        "shared_places": Measured(shared, len(users)) if users else Measured(),
        "guests": Measured(len(guests), len(offerings)),
    }


def _is_of_residents(offering: Offering) -> bool:
    return offering.kind == Offering.Kind.INITIATIVE or offering.organization.kind in OF_RESIDENTS


def _begun_and_ended(wijk: Wijk, municipality: str, on: date) -> dict[str, Measured]:
    """Of offerings at its places: what has no first or last day says nothing. One query."""
    rows = Offering.objects.filter(
        municipality=municipality,
        place__neighborhood__code__in=wijk.buurten,
        organization__listing_withdrawn_at__isnull=True,
    ).values_list("active_from", "active_until")
    days = list(rows)
    if not any(begun or ended for begun, ended in days):
        return {}
    return {
        "started": Measured(sum(begun is not None and on - YEAR < begun <= on for begun, _ in days)),
        "stopped": Measured(sum(ended is not None and on - YEAR < ended <= on for _, ended in days)),
    }


def _groups(wijk: Wijk, municipality: str) -> dict[str, Measured]:
    """What groups of the wijk shared of the newest quarter, once LEAST of them did; one query."""
    rows = released_figures(municipality=municipality).filter(offering__place__neighborhood__code__in=wijk.buurten)
    shared = list(rows.values_list("begins", "came", "load"))
    if not shared:
        return {}
    newest = max(begins for begins, _, _ in shared)
    came = [number for begins, number, _ in shared if begins == newest]
    loads = [load for begins, _, load in shared if begins == newest and load is not None]
    hidden = Measured(is_hidden=True)
    return {
        "visits": Measured(rounded(int(mean(came))), rounded(len(came)), newest) if len(came) >= LEAST else hidden,
        "load": Measured(round(mean(loads), 1), rounded(len(loads)), newest) if len(loads) >= LEAST else hidden,
    }
