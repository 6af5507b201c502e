"""From the rows of the social map to what is searched and shown: public facts only, in a constant number of queries.

An `Entry` is all that a result needs without a look in the database; a `Document` is an entry with the words and marks
by which it is found. Neither holds a contact: names, phones and addresses of persons stay in the database.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import floor
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samenspel.engine.calendar import ZONE, occurrences
from samenspel.engine.dutch import analyse
from samenspel.engine.freshness import Confirmation
from samenspel.places.models import Area
from samenspel.socialmap.columns import NeedColumns, packed
from samenspel.socialmap.entry import LISTS, Entry
from samenspel.socialmap.facts import rule_of
from samenspel.socialmap.holidays import DaysOff, days_off
from samenspel.socialmap.models import Offering, Verification, YesNoUnknown
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import Theme

TEXT_WEIGHTS: Mapping[str, float] = {
    "name": 3.0,
    "keywords": 2.0,
    "summary": 1.5,
    "organization": 1.0,
    "area": 1.0,
    "description": 0.7,
}
"""The fields that are searched as text, and how much a word found in each counts."""

DAYS_AHEAD = 56
"""Dates to come are kept for eight weeks; the index is built anew every day, so a week without it does no harm."""
MOST_DATES = 40

_CHUNK = 500


_AS_THEY_ARE = (
    "municipality", "slug", "name", "summary", "kind", "layer", "delivery", "minimum_age", "maximum_age",
    "cost_kind", "cost_cents", "cost_note", "alone_welcome", "sign_up", "is_full", "volunteers_wanted",
    "active_from", "active_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """An entry as it is indexed: tokens per field (each in its heaviest only), marks, columns, the entry's JSON."""

    id: str
    texts: Mapping[str, tuple[str, ...]]
    marks: tuple[str, ...]
    columns: Mapping[str, int]
    entry: bytes

    @property
    def version(self) -> int:
        """64 bits that differ when anything in the document differs."""
        found_by = (self.id, sorted(self.texts.items()), self.marks, sorted(self.columns.items()))
        whole = json.dumps(found_by).encode() + self.entry
        return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big")


def documents(*, day: date, ids: Sequence[str] | None = None) -> Iterator[Document]:
    """The documents of all offerings that may be found (or those of `ids`), with dates to come from `day`.

    Offerings of organizations that are not listed, and those that ended, give none. A constant number of queries per
    500 offerings, and two per municipality. A municipality's documents come together: they then lie together in the
    index, and a question about one place reads little of the others.
    """
    around = Surroundings(day)
    wanted = _complete(Offering.objects.filter(findable(day)).order_by("municipality", "pk"))
    if ids is not None:
        for number in range(0, len(ids), _CHUNK):
            rows = wanted.filter(pk__in=ids[number : number + _CHUNK])
            yield from (document(row, around) for row in rows)
        return
    rows = wanted[:_CHUNK]
    while chunk := list(rows):
        yield from (document(row, around) for row in chunk)
        last = chunk[-1]
        later = Q(municipality__gt=last.municipality) | Q(municipality=last.municipality, pk__gt=last.pk)
        rows = wanted.filter(later)[:_CHUNK]


@dataclass
class Surroundings:
    """What offerings of one municipality share: its name and its days off; looked up once each."""

    day: date
    names: dict[str, str] = field(default_factory=dict)
    off: dict[str, DaysOff] = field(default_factory=dict)

    def name_of(self, municipality: str) -> str:
        if municipality not in self.names:
            areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY)
            self.names[municipality] = areas.order_by("-year").values_list("name", flat=True).first() or ""
        return self.names[municipality]

    def days_off(self, municipality: str) -> DaysOff:
        if municipality not in self.off:
            self.off[municipality] = days_off(municipality)
        return self.off[municipality]


def findable(day: date) -> Q:
    """Offerings that may be found: the organization agreed, and they did not end before `day`."""
    listed = Q(organization__listing_agreed_at__isnull=False, organization__listing_withdrawn_at__isnull=True)
    return listed & (Q(active_until__isnull=True) | Q(active_until__gt=day))


def _complete(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    bare = Area.objects.defer("boundary").order_by("code")
    parts = [Prefetch(relation, bare) for relation in ("children", "members")]
    return offerings.select_related("organization", "place__neighborhood").prefetch_related(
        "schedules",
        Prefetch("verifications", Verification.objects.order_by("-confirmed_at")),
        Prefetch("serves", bare.prefetch_related(*parts)),
    )


def document(offering: Offering, around: Surroundings) -> Document:
    """Make the document of one offering whose relations are loaded."""
    served = list(offering.serves.all())
    entry = _entry(offering, served, around)
    names = " ".join((entry.place, entry.city, entry.area, *(area.name for area in served)))
    texts = texts_of(entry, area=names, description=offering.description)
    return document_of(entry, texts, day=around.day)


def document_of(entry: Entry, texts: Mapping[str, tuple[str, ...]], *, day: date) -> Document:
    """Make the document of an entry as of a day, found by the tokens of `texts_of`."""
    columns = packed(entry, need_columns(), day=day)
    return Document(entry.id, texts, tuple(dict.fromkeys(_marks(entry))), columns, entry.as_json())


@lru_cache(maxsize=1)
def need_columns() -> NeedColumns:
    """Which column stands for which need of the vocabulary; another set of needs is another index."""
    return NeedColumns(tuple(sorted(vocabulary().needs)))


def texts_of(entry: Entry, *, area: str, description: str) -> dict[str, tuple[str, ...]]:
    """The tokens of each field, heaviest field first; a token stands in the heaviest field that has it."""
    texts = {
        "name": entry.name,
        "keywords": " ".join(_labels(entry)),
        "summary": entry.summary,
        "organization": entry.organization,
        "area": area,
        "description": description,
    }
    found: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for name in TEXT_WEIGHTS:
        found[name] = tuple(token for token in dict.fromkeys(analyse(texts[name])) if token not in known)
        known.update(found[name])
    return found


def _entry(offering: Offering, served: Sequence[Area], around: Surroundings) -> Entry:
    place = offering.place
    stated: dict[str, Any] = {name: getattr(offering, name) for name in _AS_THEY_ARE}
    stated |= {name: tuple(getattr(offering, name)) for name in LISTS}
    stated["active_from"] = offering.goes_on_from  # what is paused is found as what is announced: from that day
    return Entry(
        id=str(offering.pk),
        organization=offering.organization.name,
        place=place.name if place else "",
        place_slug=place.slug if place else "",
        city=place.city if place else "",
        area=_area_name(offering, served, around),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        step_free=_step_free(offering),
        serves=tuple(sorted({code for area in served for code in _neighborhoods(area)})),
        is_scheduled=bool(offering.schedules.all()),
        dates=_dates(offering, around),
        confirmations=_confirmations(offering),
        **stated,
    )


def _area_name(offering: Offering, served: Sequence[Area], around: Surroundings) -> str:
    if offering.place and offering.place.neighborhood:
        return offering.place.neighborhood.name
    if offering.place:
        return offering.place.city
    return ", ".join(area.name for area in served) or around.name_of(offering.municipality)


def _step_free(offering: Offering) -> str:
    if offering.step_free == YesNoUnknown.UNKNOWN and offering.place:
        return offering.place.step_free
    return offering.step_free


def _neighborhoods(area: Area) -> list[str]:
    """The codes of the neighborhoods an area consists of; a whole municipality has no need to be cut up."""
    if area.kind == Area.Kind.NEIGHBORHOOD:
        return [area.code]
    if area.kind == Area.Kind.DISTRICT:
        return [child.code for child in area.children.all()]
    if area.kind in (Area.Kind.VILLAGE, Area.Kind.WORKING_AREA):
        return [member.code for member in area.members.all()]
    return []


def _dates(offering: Offering, around: Surroundings) -> tuple[tuple[int, int], ...]:
    rules = [rule_of(line) for line in offering.schedules.all()]
    if not rules:
        return ()
    start = datetime.combine(around.day, time.min, tzinfo=ZONE)
    off = around.days_off(offering.municipality)
    found = occurrences(
        rules,
        start=start,
        end=start + timedelta(days=DAYS_AHEAD),
        school_holidays=off.school,
        public_holidays=off.public,
    )
    begins = offering.goes_on_from or around.day
    coming = [one for one in found if one.start.date() >= begins][:MOST_DATES]
    return tuple((int(one.start.timestamp()), int(one.end.timestamp())) for one in coming)


def _confirmations(offering: Offering) -> tuple[Confirmation, ...]:
    latest: dict[str, Confirmation] = {}
    for row in offering.verifications.all():
        latest.setdefault(row.method, Confirmation(row.confirmed_at.astimezone(ZONE).date(), row.method))
    return tuple(sorted(latest.values(), key=lambda one: (one.on, one.method), reverse=True))


def _labels(entry: Entry) -> Iterator[str]:
    """The words of the vocabulary for what the offering answers."""
    needs = vocabulary().needs
    yield from (needs[key].label for key in entry.needs if key in needs)
    yield from (str(Theme(key).label) for key in entry.themes if key in Theme.values)


def _marks(entry: Entry) -> Iterator[str]:
    """The keys by which the offering is found or filtered; see `index.schema`."""
    yield f"in:{entry.municipality}"
    yield from (f"need:{key}" for key in entry.needs)
    yield from (f"main:{key}" for key in entry.needs[:1])
    yield from (f"theme:{key}" for key in entry.themes)
    yield from (f"layer:{entry.layer}",) if entry.layer else ()
    yield from ("free",) if entry.is_free else ()
    yield from ("step_free",) if entry.step_free == YesNoUnknown.YES else ()
    yield from (f"on:{datetime.fromtimestamp(start, ZONE).date()}" for start, _ in entry.dates)
    if entry.latitude is not None and entry.longitude is not None:
        yield cell(entry.latitude, entry.longitude)


def cell(latitude: float, longitude: float, *, north: int = 0, east: int = 0) -> str:
    """The mark of the square of about 2.5 km that a point lies in, or of one so many squares away."""
    return f"cell:{floor(latitude * 44) + north}:{floor(longitude * 27) + east}"
