"""What may stand behind an address of `/hsds/v3`: the keys of the specification, each once, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from samenspel.engine.calendar import ZONE
from samenspel.opendata.problems import Refused
from samenspel.places.lookup import Near, UnknownPlace, find_near
from samenspel.socialmap.hsds import filters
from samenspel.socialmap.models import Offering, SourceRecord

PAGING = ("search", "page", "per_page", "format")
TERMS = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
WHERE = ("postcode", "proximity")
MOST_PER_PAGE = 10_000
MOST_NESTED = 500
"""On one page, unless only ids and dates are asked."""
MAX_KEY = 80
MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class Asked:
    """What is asked; every reading of a key raises Refused (400) naming it."""

    request: HttpRequest

    @classmethod
    def of(cls, request: HttpRequest, known: Collection[str]) -> "Asked":
        wrong = [{"field": key[:MAX_KEY], "detail": "kennen wij niet"} for key in request.GET if key not in known]
        wrong += [
            {"field": key[:MAX_KEY], "detail": "staat er twee keer"}
            for key in request.GET
            if len(request.GET.getlist(key)) > 1
        ]
        if wrong:
            raise Refused(400, "Achter het adres staat iets dat niet klopt.", wrong)
        return cls(request)

    def text(self, key: str) -> str:
        found = self.request.GET.get(key, "")
        if "\x00" in found or len(found) > 500:
            raise _wrong(key, "kan niet")
        return found.strip()

    def flag(self, key: str) -> bool:
        found = self.text(key).lower()
        if found not in ("", "true", "false"):
            raise _wrong(key, "is true of false")
        return found == "true"

    def number(self, key: str, most: int) -> int | None:
        found = self.text(key)
        if not found:
            return None
        if not (found.isascii() and found.isdigit() and 1 <= int(found) <= most):
            raise _wrong(key, f"is een getal van 1 tot en met {most}")
        return int(found)

    @property
    def page(self) -> int:
        return self.number("page", MAX_PAGE) or 1

    @property
    def per_page(self) -> int | None:
        return self.number("per_page", MOST_PER_PAGE if self.request.GET.get("minimal") else MOST_NESTED)

    @property
    def is_ndjson(self) -> bool:
        found = self.text("format").lower()
        if found not in ("", "json", "ndjson"):
            raise _wrong("format", "is json of ndjson")
        return found == "ndjson"

    @property
    def moment(self) -> datetime | None:
        """`modified_after`; without a zone it is Dutch time."""
        found = self.text("modified_after")
        if not found:
            return None
        try:
            moment = datetime.fromisoformat(found.replace(" ", "+") if "T" in found else found)
            return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
        except (ValueError, OverflowError) as error:
            raise _wrong("modified_after", "is een moment zoals 2026-01-31T09:00:00Z") from error

    @property
    def near(self) -> Near | None:
        found = self.text("postcode")
        if not found:
            return None
        try:
            return find_near(found, municipality=settings.MUNICIPALITY)
        except UnknownPlace as error:
            raise _wrong("postcode", str(error)) from error


def chosen(rows: "QuerySet[Offering]", asked: Asked) -> "QuerySet[Offering]":
    """The services that all keys together mean."""
    municipality = settings.MUNICIPALITY
    rows = filters.matching(rows, asked.text("search"))
    if term := asked.text("taxonomy_term_id"):
        rows = filters.with_term(rows, term)
    if taxonomy := asked.text("taxonomy_id"):
        rows = filters.with_taxonomy(rows, taxonomy)
    if key := asked.text("organization_id"):
        found = filters.rows_of(SourceRecord.Kind.ORGANIZATION, key, municipality=municipality)
        rows = rows.filter(organization__in=found)
    if moment := asked.moment:
        rows = filters.modified_since(rows, moment, municipality=municipality)
    return _here(rows, asked, municipality)


def _here(rows: "QuerySet[Offering]", asked: Asked, municipality: str) -> "QuerySet[Offering]":
    near, meters = asked.near, asked.number("proximity", 1_000_000)
    if meters and not near:
        raise _wrong("postcode", "is nodig bij proximity")
    if near is None:
        return rows
    return filters.within(rows, near, meters) if meters else filters.for_postcode(rows, near, municipality=municipality)


def _wrong(key: str, detail: str) -> Refused:
    return Refused(400, "Achter het adres staat iets dat niet klopt.", [{"field": key, "detail": detail}])
