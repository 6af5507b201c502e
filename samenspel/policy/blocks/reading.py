"""What is known of the building blocks of a municipality, as records on a flat map; a fixed number of queries.

A record counts as long as a resident may see it. What comes to people's homes reaches everyone in the areas it serves.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Case, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Length

from samenspel.engine.calendar import ZONE, Occurrence, Rule, occurrences
from samenspel.engine.coverage.matrix import Column, Record
from samenspel.engine.coverage.reach import Floats, Residents
from samenspel.people.models import Organization
from samenspel.places.geometry import shape_of, spread_over
from samenspel.places.models import Area, AreaFigures, Postcode
from samenspel.socialmap.facts import rule_of
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, YesNoUnknown
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import BuildingBlock

EVENING = "evening"
"""The part of MEETING_PLACES that asks for a place that is open in an evening: until EVENING_FROM or later."""
EVENING_FROM = "20:00"
OF_RESIDENTS = (
    Organization.Kind.ASSOCIATION,
    Organization.Kind.FAITH_COMMUNITY,
    Organization.Kind.INFORMAL_GROUP,
)
"""Whose offers count as groups of volunteers and residents; an initiative counts whoever it stands with."""
OF_ITS_OWN = (Organization.Kind.SCHOOL, Organization.Kind.BUSINESS)
"""Hosts whose building opens for their own pupils or customers: only what is done there for everyone counts."""
EVENINGS = 12
"""In a year; with fewer nobody calls such a building open in an evening."""
SPREAD = 16
"""Points inside a buurt without postcodes: a buurt around a village is not all in its middle."""
_METRES_PER_DEGREE = 111_195
"""Of a globe with the mean radius of the earth (6,371 km), as distances elsewhere in the product."""


@dataclass(frozen=True)
class Wijken:
    """The wijken of a municipality by name: what the rows of every matrix are. `number` finds one by the code of
    itself or of one of its buurten."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    number: Mapping[str, int]
    slugs: Mapping[str, str]
    """Of each code, for its address."""


@dataclass(frozen=True)
class Flat:
    """A flat map around a latitude: metres from longitude and latitude, good to a few metres within a municipality."""

    latitude: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return longitude * _METRES_PER_DEGREE * cos(radians(self.latitude)), latitude * _METRES_PER_DEGREE

    def back(self, east: float, north: float) -> tuple[float, float]:
        """Longitude and latitude of a point on the map."""
        return float(east / (_METRES_PER_DEGREE * cos(radians(self.latitude)))), float(north / _METRES_PER_DEGREE)


@dataclass(frozen=True)
class Thing:
    """A record of the map for a page and for remedies: what it is called, whose, and where it stands (metres)."""

    record: Record
    kind: str
    """"offering" or "place"."""
    name: str
    slug: str
    organization: str
    at: tuple[float, float] | None
    is_initiative: bool = False
    has_host: bool = False
    offering_of: str = ""
    """The id of the organization of an offering, of the host of a place."""
    place: str = ""
    """The id of the place of an offering."""
    is_of_its_own: bool = False
    """Whether a place counts by what is done there for everyone, and not by its opening hours."""
    has_roof: bool = True
    """False for a place without any room and without a toilet, as far as that was looked at: a field, a garden."""


@dataclass(frozen=True)
class Known:
    """All that a judgement of the social map needs: who lives where, and what there is."""

    wijken: Wijken
    flat: Flat
    residents: Residents
    things: tuple[Thing, ...]


def known(municipality: str, *, at: datetime) -> Known:
    """Read it all; at most 11 queries."""
    of = wijken_of(municipality)
    rows, flat = _buurten(municipality)
    offerings = _offerings(Offering.objects.visible(at).filter(municipality=municipality), municipality, of, flat, at)
    places = _places(MeetingPlace.objects.open(at).filter(municipality=municipality), of, flat, at)
    return Known(of, flat, _residents(municipality, rows, of, flat), (*offerings, *places))


def known_of(municipality: str, wijk: Wijk, *, kinds: Container[str], metres: float, at: datetime) -> Known:
    """Read what one wijk rests on, as if there were no other: its people, and of these kinds of things what stands
    there or comes there, and (at least) what stands within `metres` of where somebody lives; at most 7 queries."""
    code = wijk.area.code
    codes = (code, *wijk.buurten)
    of = Wijken((code,), (wijk.name,), dict.fromkeys(codes, 0), {code: wijk.slug})
    rows, flat = _buurten(municipality)
    residents = _residents(municipality, [row for row in rows if row[0] in of.number], of, flat)
    things: list[Thing] = []
    if "offering" in kinds:
        comes = Offering.serves.through.objects.filter(area__code__in=(municipality, *codes)).values("offering")
        here = Q(place__neighborhood__code__in=codes) | Q(place=None, pk__in=comes)
        near = _box(flat, residents.at, metres, "place__")
        offerings = Offering.objects.visible(at).filter(here | near, municipality=municipality)
        things += _offerings(offerings, municipality, of, flat, at)
    if "place" in kinds:
        here = Q(neighborhood__code__in=codes) | _box(flat, residents.at, metres)
        things += _places(MeetingPlace.objects.open(at).filter(here, municipality=municipality), of, flat, at)
    return Known(of, flat, residents, tuple(things))


def _box(flat: Flat, points: Floats, metres: float, prefix: str = "") -> Q:
    """What stands in the box around some points and `metres` further; nothing where there are none."""
    if not len(points):
        return Q(pk__in=())
    west, south = flat.back(*(points.min(axis=0) - metres))
    east, north = flat.back(*(points.max(axis=0) + metres))
    return Q(**{f"{prefix}longitude__range": (west, east), f"{prefix}latitude__range": (south, north)})


def _buurten(municipality: str) -> tuple[list[tuple[str, float, float]], Flat]:
    """Every buurt with its longitude and latitude, and the flat map around their middle; one query."""
    buurten = Area.objects.filter(municipality=municipality, kind=Area.Kind.NEIGHBORHOOD).newest()
    inside = buurten.values_list("code", "longitude", "latitude")
    rows = [(code, east, north) for code, east, north in inside if east is not None and north is not None]
    return rows, Flat(float(np.mean([latitude for *_, latitude in rows])) if rows else 52.0)


def wijken_of(municipality: str) -> Wijken:
    """The wijken of the newest year by name; 3 queries."""
    found = [one for one in wijken(municipality) if one.area.kind == Area.Kind.DISTRICT]
    number = {code: n for n, one in enumerate(found) for code in (one.area.code, *one.buurten)}
    codes = tuple(one.area.code for one in found)
    return Wijken(codes, tuple(one.name for one in found), number, {one.area.code: one.slug for one in found})


def weekly_hours(hours: Iterable[Mapping[str, Any]]) -> float:
    """Hours a week of weekly hours in the form of `AreaContact.hours`."""
    return sum(_clock(line["closes"]) - _clock(line["opens"]) for line in hours)


def people_of(municipality: str, codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Residents, and those of 65 and over, by the code of a buurt or wijk, of its newest figures; one query."""
    rows = AreaFigures.objects.filter(municipality=municipality, area__code__in=codes).order_by("year")
    return {code: _people(values) for code, values in rows.values_list("area__code", "values")}


def _people(values: Mapping[str, Any]) -> tuple[float, float]:
    people = float(values.get("residents", 0))
    part = values.get("65_and_over_percentage", 0) / 100
    return people, float(values.get("residents_65_and_over", people * part))


def _residents(municipality: str, rows: list[tuple[str, float, float]], of: Wijken, flat: Flat) -> Residents:
    """The people of a buurt spread evenly over its postcodes of six signs, else over the land inside its boundary."""
    codes = [code for code, *_ in rows]
    people = people_of(municipality, codes)
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    whole = Postcode.objects.filter(municipality=municipality, neighborhood__code__in=codes)
    whole = whole.annotate(length=Length("code")).filter(length=6)
    for code, longitude, latitude in whole.values_list("neighborhood__code", "longitude", "latitude"):
        points[code].append(flat.at(longitude, latitude))
    without = [code for code in codes if code not in points]
    for area in Area.objects.filter(municipality=municipality, code__in=without).newest():
        if (shape := shape_of(area)) is not None:
            points[area.code] = [flat.at(*point) for point in spread_over(shape, SPREAD)]
    found: list[tuple[tuple[float, float], int, float, float]] = []
    for code, longitude, latitude in rows:
        if code in of.number and code in people:
            here = points.get(code) or [flat.at(longitude, latitude)]
            everyone, older = (part / len(here) for part in people[code])
            found += [(at, of.number[code], everyone, older) for at in here]
    return Residents(
        at=np.array([row[0] for row in found], dtype=np.float64).reshape(-1, 2),
        area=np.array([row[1] for row in found], dtype=np.int64),
        people=np.array([row[2] for row in found], dtype=np.float64),
        older=np.array([row[3] for row in found], dtype=np.float64),
        areas=len(of.codes),
    )


_OFFERING = (
    "pk", "name", "slug", "kind", "themes", "layer", "organization__pk", "organization__name", "organization__kind",
    "place__pk", "place__longitude", "place__latitude", "place__neighborhood__code", "confirmed",
)  # fmt: skip


def _offerings(visible: QuerySet[Any], municipality: str, of: Wijken, flat: Flat, at: datetime) -> Iterator[Thing]:
    serves: dict[Any, set[int]] = defaultdict(set)
    for offering, code in visible.filter(serves__isnull=False).values_list("pk", "serves__code"):
        serves[offering] |= _numbers(code, municipality, of)
    for row in visible.annotate(confirmed=_confirmed(at)).values(*_OFFERING):
        where = None
        if row["place__pk"] is not None:
            where = flat.at(row["place__longitude"], row["place__latitude"])
        initiative = row["kind"] == Offering.Kind.INITIATIVE
        counts: dict[Column, float] = {(BuildingBlock.PROVISIONS, theme): 1.0 for theme in row["themes"]}
        counts[BuildingBlock.PROVISIONS, ""] = 1.0
        if initiative or row["organization__kind"] in OF_RESIDENTS:
            counts[BuildingBlock.PEOPLE, ""] = 1.0
        record = Record(
            id=str(row["pk"]),
            counts=counts,
            confirmed_on=_day(row["confirmed"]),
            at=where,
            area=of.number.get(row["place__neighborhood__code"] or ""),
            serves=frozenset(serves[row["pk"]]),
        )
        yield Thing(
            record, "offering", row["name"], row["slug"], row["organization__name"], where, initiative,
            offering_of=str(row["organization__pk"]), place=str(row["place__pk"] or ""),
        )  # fmt: skip


SHOWN_HOST = Case(
    When(host__listing_agreed_at__isnull=False, host__listing_withdrawn_at__isnull=True, then=F("host__name")),
    default=Value(""),
)
"""The name of the host of a place, "" unless it agreed to be listed."""
_PLACE = (
    "pk", "name", "slug", "hours", "rooms", "accessible_toilet", "host__pk", "host__kind", "shown_host", "longitude",
    "latitude", "neighborhood__code", "confirmed",
)  # fmt: skip


def _places(open_ones: QuerySet[Any], of: Wijken, flat: Flat, at: datetime) -> Iterator[Thing]:
    """Only a place with a host and hours counts as a meeting place; another may become one."""
    rows = list(open_ones.annotate(confirmed=_confirmed(at), shown_host=SHOWN_HOST).values(*_PLACE))
    for_all = _for_everyone([row["pk"] for row in rows if row["host__kind"] in OF_ITS_OWN], at)
    for row in rows:
        where = flat.at(row["longitude"], row["latitude"])
        its_own = row["host__kind"] in OF_ITS_OWN
        counts = for_all.get(row["pk"], {}) if its_own else place_counts(row["hours"])
        record = Record(
            id=str(row["pk"]),
            counts=counts if row["host__pk"] else {},
            confirmed_on=_day(row["confirmed"]),
            at=where,
            area=of.number.get(row["neighborhood__code"] or ""),
        )
        yield Thing(
            record, "place", row["name"], row["slug"], row["shown_host"], where,
            has_host=row["host__pk"] is not None, offering_of=str(row["host__pk"] or ""), is_of_its_own=its_own,
            has_roof=bool(row["rooms"]) or row["accessible_toilet"] != YesNoUnknown.NO,
        )  # fmt: skip


def _confirmed(at: datetime) -> Max:
    """The newest confirmation up to a moment, so that a day in the past is judged by what was known then."""
    return Max("verifications__confirmed_at", filter=Q(verifications__confirmed_at__lte=at))


def place_counts(hours: list[dict[str, Any]]) -> dict[Column, float]:
    """What a place with a host counts for by its weekly hours: nothing without any."""
    if not hours:
        return {}
    counts: dict[Column, float] = {(BuildingBlock.MEETING_PLACES, ""): weekly_hours(hours)}
    late = [line for line in hours if line["closes"] >= EVENING_FROM]
    return counts | ({(BuildingBlock.MEETING_PLACES, EVENING): weekly_hours(late)} if late else {})


def _for_everyone(places: Sequence[UUID], at: datetime) -> dict[UUID | None, dict[Column, float]]:
    """What places of schools and businesses count for: the hours of what is done there for people of any age, help of
    professionals left out; one query, none without such places.

    The mean of a year that begins with this month, so that the figures of a place stay the same for a month.
    """
    offered = Offering.objects.visible(at).filter(place__in=places, maximum_age=None)
    lines = Schedule.objects.filter(offering__in=offered.exclude(kind=Offering.Kind.PROVISION))
    rules: dict[UUID | None, list[Rule]] = defaultdict(list)
    for line in lines.select_related("offering"):
        rules[line.offering.place_id].append(rule_of(line))
    start = at.astimezone(ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(weeks=52)
    return {place: _weekly_counts(occurrences(of, start=start, end=end)) for place, of in rules.items()}


def _weekly_counts(year: Iterable[Occurrence]) -> dict[Column, float]:
    """Hours a week of what happens in a year of 52 weeks, in order of time; two things at once are counted once."""
    hours, evening, evenings, until = 0.0, 0.0, 0, datetime.min.replace(tzinfo=ZONE)
    for one in year:
        added = max(one.end - max(one.start, until), timedelta()) / timedelta(hours=52)
        hours, until = hours + added, max(until, one.end)
        if f"{one.end:%H:%M}" >= EVENING_FROM:
            evening, evenings = evening + added, evenings + 1
    counts: dict[Column, float] = {(BuildingBlock.MEETING_PLACES, ""): hours} if hours else {}
    return counts | ({(BuildingBlock.MEETING_PLACES, EVENING): evening} if evenings >= EVENINGS and evening else {})


def _numbers(code: str, municipality: str, of: Wijken) -> set[int]:
    """The wijken that an area means: itself, the one of a buurt, or all of the municipality."""
    if code == municipality:
        return set(range(len(of.codes)))
    return {of.number[code]} if code in of.number else set()


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(ZONE).date() if moment else None


def _clock(text: str) -> float:
    return int(text[:2]) + int(text[3:5]) / 60
