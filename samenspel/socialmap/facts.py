"""What an editor may state about a meeting place, an offering and its times; everything else follows from actions."""

from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any, Self

from samenspel.engine.calendar import Rule
from samenspel.people.facts import stated
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, YesNoUnknown


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """The whole of what is stated about a meeting place; the neighborhood follows from the point."""

    name: str
    latitude: float
    longitude: float
    description: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    host: Organization | None = None
    host_note: str = ""
    phone: str = ""
    website: str = ""
    step_free: str = YesNoUnknown.UNKNOWN.value
    accessible_toilet: str = YesNoUnknown.UNKNOWN.value
    hearing_loop: str = YesNoUnknown.UNKNOWN.value
    access_note: str = ""
    hours: list[dict[str, Any]] = field(default_factory=list)
    rooms: list[dict[str, Any]] = field(default_factory=list)
    closed_on: date | None = None

    @classmethod
    def of(cls, place: MeetingPlace) -> Self:
        return cls(**stated(cls, place))


@dataclass(frozen=True, kw_only=True)
class OfferingFacts:
    """The whole of what is stated about an offering; `serves` is empty when it is for the whole municipality.

    Whether it is full and when it ends have actions of their own.
    """

    name: str
    kind: str
    summary: str
    organization: Organization
    delivery: str
    description: str = ""
    place: MeetingPlace | None = None
    serves: tuple[Area, ...] = ()
    themes: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost_kind: str = Offering.CostKind.UNKNOWN.value
    cost_cents: int | None = None
    cost_note: str = ""
    step_free: str = YesNoUnknown.UNKNOWN.value
    languages: list[str] = field(default_factory=list)
    alone_welcome: bool | None = None
    sign_up: str = Offering.SignUp.NONE.value
    first_contact: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    capacity: int | None = None
    volunteers_wanted: bool = False
    sphere: str = ""
    layer: int | None = None
    municipal_role: int | None = None
    active_from: date | None = None

    @classmethod
    def of(cls, offering: Offering) -> Self:
        """Read the facts back; one query for the areas unless they are prefetched."""
        facts = {fact.name: getattr(offering, fact.name) for fact in fields(cls) if fact.name != "serves"}
        return cls(**facts, serves=tuple(sorted(offering.serves.all(), key=lambda area: (area.code, area.year))))

    @property
    def columns(self) -> list[str]:
        """The fields of the offering's own row."""
        return [fact.name for fact in fields(self) if fact.name != "serves"]


@dataclass(frozen=True, kw_only=True)
class ScheduleFacts:
    """One line of when it happens; `rrule` is empty for one event, `exdates` are dates as "2026-12-25"."""

    starts_on: date
    starts: time
    ends: time
    rrule: str = ""
    until: date | None = None
    skips_school_holidays: bool = False
    skips_public_holidays: bool = False
    exdates: list[str] = field(default_factory=list)
    note: str = ""

    @classmethod
    def of(cls, schedule: Schedule) -> Self:
        return cls(**stated(cls, schedule))


def rule_of(line: Schedule | ScheduleFacts) -> Rule:
    """The engine's rule of a line; raises ValueError when an exception is no date."""
    return Rule(
        starts_on=line.starts_on,
        starts=line.starts,
        ends=line.ends,
        rrule=line.rrule,
        until=line.until,
        skips_school_holidays=line.skips_school_holidays,
        skips_public_holidays=line.skips_public_holidays,
        exdates=tuple(date.fromisoformat(day) for day in line.exdates),
    )
