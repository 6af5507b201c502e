"""The steps of a "what if", as they are kept and as they change what is known.

A step names records by id. What is no longer there, or stops by an earlier step, changes nothing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import msgspec

from samenspel.engine.coverage.matrix import Column, Record
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
    """A subsidy is cut whole: all offerings of the organization stop, and the places that it hosts lose their host."""

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


def applied(known: Known, steps: Iterable[Step], on: date, area_at: AreaAt) -> tuple[Known, tuple[Step, ...]]:
    """What would be known after the steps, and the steps that change nothing because what they name is not there."""
    things, skipped = known.things, []
    for number, step in enumerate(steps):
        if isinstance(step, AddPlace):
            things = (*things, _new_place(step, number, known, on, area_at))
        elif not any(_is_about(step, thing) for thing in things):
            skipped.append(step)
        elif isinstance(step, AddHours):
            things = (*things, _more_hours(step, number, things, on))
        else:
            things = tuple(left for thing in things if (left := _without(step, thing)))
    return replace(known, things=things), tuple(skipped)


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
