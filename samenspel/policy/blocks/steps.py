"""The steps of a "what if", as they are kept and as they change what is known.

A step names records by id. What is no longer there, or stops by an earlier step, changes nothing; neither does what no
norm asks for. Of such steps it is told why.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import msgspec

from samenspel.engine.coverage.matrix import Column, Record
from samenspel.engine.coverage.states import Norm
from samenspel.people.checks import FactRefused
from samenspel.policy.blocks.reading import EVENING, Known, Thing
from samenspel.sources.vocabulary import BuildingBlock

MOST = 20
"""Steps of one exploration; with more nobody can say what did what."""
MOST_HOURS = 168
Hours: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=MOST_HOURS)]
"""Hours a week."""
AreaAt: TypeAlias = Callable[[float, float], int | None]
"""The number of the wijk at a longitude and latitude, None outside all."""


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What is shared: written with its kind, read strictly."""


class ClosePlace(_Step, frozen=True, tag="close_place"):
    """A place closes: its own hours and everything that is held there stop."""

    place: UUID


class StopOffering(_Step, frozen=True, tag="stop_offering"):
    """One offering stops."""

    offering: UUID


class StopOrganization(_Step, frozen=True, tag="stop_organization"):
    """An organization stops whole: all its offerings stop, the places that it hosts lose their host, and the verbinders
    who work for it leave."""

    organization: UUID


class AddHours(_Step, frozen=True, tag="add_hours"):
    """A place is open longer, with somebody who hosts those hours; they count as confirmed on the day itself."""

    place: UUID
    hours: Hours
    evening: bool


class AddPlace(_Step, frozen=True, tag="add_place"):
    """A new place opens, hosted and confirmed; degrees of WGS84."""

    name: Annotated[str, msgspec.Meta(max_length=120, pattern=r"^(?=.*\S)[^\x00-\x1f\ud800-\udfff]*\Z")]
    longitude: Annotated[float, msgspec.Meta(ge=3.2, le=7.3)]
    latitude: Annotated[float, msgspec.Meta(ge=50.7, le=53.7)]
    hours: Hours
    evening: bool


Step: TypeAlias = ClosePlace | StopOffering | StopOrganization | AddHours | AddPlace

_WRONG = {
    "place": "dit is geen plek",
    "offering": "dit is geen aanbod",
    "organization": "dit is geen organisatie",
    "hours": f"kies een getal boven 0 en tot en met {MOST_HOURS}",
    "evening": "zeg ja of nee",
    "name": "geef de plek een naam van hoogstens 120 tekens",
    "longitude": "dit punt ligt niet in Nederland",
    "latitude": "dit punt ligt niet in Nederland",
}


def read_steps(told: Any) -> list[Step]:
    """The steps that a JSON value holds; raises FactRefused, which names the step and the field."""
    if not isinstance(told, list) or len(told) > MOST:
        raise FactRefused("steps", f"dit is geen lijst van hoogstens {MOST} stappen")
    return [_read(one, f"stap {number}: ") for number, one in enumerate(told, 1)]


def read_step(told: str) -> Step:
    """One step from JSON text; raises FactRefused."""
    try:
        return _read(msgspec.json.decode(told), "")
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise FactRefused("steps", "dit is geen stap") from error


def as_told(step: Step) -> dict[str, Any]:
    """A step as the JSON value that `read_steps` takes."""
    told: dict[str, Any] = msgspec.to_builtins(step)
    return told


def as_text(step: Step) -> str:
    """A step as the JSON text that `read_step` takes."""
    return msgspec.json.encode(step).decode()


def _read(told: Any, where: str) -> Step:
    try:
        step: Step = msgspec.convert(told, Step)
        return step
    except msgspec.ValidationError as error:
        named = re.search(r"`\$\.(\w+)`$|required field `(\w+)`", str(error))
        field = (named[1] or named[2]) if named else ""
        wrong = _WRONG.get(field, "dit is geen stap die wij kennen")
        raise FactRefused(field if field in _WRONG else "steps", where + wrong) from error


class Idle(StrEnum):
    """Why a step changes nothing of what the norms ask, or of NO_EVENING only a part."""

    GONE = "gone"
    NOT_ASKED = "not_asked"
    TOO_OLD = "too_old"
    NO_EVENING = "no_evening"


def applied(
    known: Known, steps: Iterable[Step], norms: Mapping[int, Norm], on: date, area_at: AreaAt
) -> tuple[Known, dict[Step, Idle]]:
    """What would be known after the steps, and why a step does less than it seems. `norms` are those of the map."""
    things = known.things
    idle: dict[Step, Idle] = {}
    for number, step in enumerate(steps):
        before = things
        if isinstance(step, AddPlace):
            things = (*things, _new_place(step, number, known, on, area_at))
        elif not any(_is_about(step, thing) for thing in things):
            idle[step] = Idle.GONE
            continue
        elif isinstance(step, AddHours):
            things = (*things, _more_hours(step, number, things, on))
        else:
            things = tuple(left for thing in things if (left := _without(step, thing)))
        if why := _idle(step, before, things, norms, on):
            idle[step] = why
    return replace(known, things=things), idle


def _idle(
    step: Step, before: Iterable[Thing], after: Iterable[Thing], norms: Mapping[int, Norm], on: date
) -> Idle | None:
    asked = [column for thing in _touched(before, after) for column in _asked(thing, norms, on)]
    if not asked:
        return Idle.NOT_ASKED
    if not any(is_fresh for _, is_fresh in asked):
        return Idle.TOO_OLD
    return Idle.NO_EVENING if _lacks_evening(step, before, norms, on) else None


def _touched(before: Iterable[Thing], after: Iterable[Thing]) -> Iterator[Thing]:
    """What stops or changes, and what is new."""
    was, becomes = ({thing.record.id: thing for thing in things} for things in (before, after))
    yield from (thing for key, thing in was.items() if becomes.get(key) is not thing)
    yield from (thing for key, thing in becomes.items() if key not in was)


def _asked(thing: Thing, norms: Mapping[int, Norm], on: date) -> Iterator[tuple[Column, bool]]:
    """The columns for which a thing counts that a norm asks for, and whether it is fresh enough for it."""
    for block, part in thing.record.counts:
        norm = norms.get(block)
        if norm and part in ("", *norm.parts):
            yield (block, part), thing.record.is_fresh(norm, on)


def _lacks_evening(step: Step, before: Iterable[Thing], norms: Mapping[int, Norm], on: date) -> bool:
    """Whether hours are added without the evening that the norm asks for, at a place that has none itself."""
    norm = norms.get(BuildingBlock.MEETING_PLACES)
    if not isinstance(step, AddHours | AddPlace) or step.evening or not (norm and EVENING in norm.parts):
        return False
    evening = (BuildingBlock.MEETING_PLACES, EVENING), True
    here = [] if isinstance(step, AddPlace) else [thing for thing in before if _stands_at(thing, step.place)]
    return not any(evening in _asked(thing, norms, on) for thing in here)


def _stands_at(thing: Thing, place: UUID) -> bool:
    return str(place) in (thing.place, thing.record.id)


def _is_about(step: Step, thing: Thing) -> bool:
    match step:
        case StopOffering(offering):
            return thing.kind == "offering" and thing.record.id == str(offering)
        case StopOrganization(organization):
            return thing.offering_of == str(organization)
        case ClosePlace(place) | AddHours(place):
            return thing.kind == "place" and thing.record.id == str(place)
        case _:
            return False


def _without(step: Step, thing: Thing) -> Thing | None:
    """What is left of a thing: all of it, a place without its host, or nothing."""
    if isinstance(step, ClosePlace) and thing.place == str(step.place):
        return None
    if not _is_about(step, thing):
        return thing
    if isinstance(step, StopOrganization) and thing.kind == "place":
        return replace(thing, record=replace(thing.record, counts={}), has_host=False, organization="", offering_of="")
    return None


def _more_hours(step: AddHours, number: int, things: Iterable[Thing], on: date) -> Thing:
    """The added hours as a thing at the place, so that hours it has that are too old to count stay so."""
    place = next(thing for thing in things if _is_about(step, thing))
    record = replace(place.record, id=f"step-{number}", counts=_counts(step.hours, step.evening), confirmed_on=on)
    return replace(place, record=record, has_host=True, offering_of="", place=place.record.id)


def _new_place(step: AddPlace, number: int, known: Known, on: date, area_at: AreaAt) -> Thing:
    at = known.flat.at(step.longitude, step.latitude)
    area = area_at(step.longitude, step.latitude)
    record = Record(f"step-{number}", _counts(step.hours, step.evening), on, at=at, area=area)
    return Thing(record, "place", step.name, "", "", at, has_host=True)


def _counts(hours: float, evening: bool) -> dict[Column, float]:
    parts = ("", EVENING) if evening else ("",)
    return {(BuildingBlock.MEETING_PLACES, part): hours for part in parts}
