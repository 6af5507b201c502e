"""`/hsds/v3`: the open part of the social map in the form of Open Referral HSDS 3.0, with its own fixed shape."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from samenspel.opendata import hsds_openapi
from samenspel.opendata.hsds_keys import MOST_PER_PAGE, PAGING, TERMS, WHERE, Asked, chosen
from samenspel.opendata.problems import JSON, Refused, refuse
from samenspel.socialmap.hsds import feed
from samenspel.socialmap.hsds.filters import rows_of
from samenspel.socialmap.hsds.profile import HSDS_VERSION, PROFILE, Record, taxonomy_records, term_records
from samenspel.socialmap.models import SourceRecord

NDJSON = "application/x-ndjson"
_AT_ONCE = 100
_ONE_TO_ONE = ("organization", "program", "location", "service", "capacity", "area")
View = Callable[..., HttpResponseBase]
ToRecords = Callable[[Iterable[Any]], list[Record]]


def answers(*keys: str) -> Callable[[Callable[..., Any]], View]:
    """Make a public view of a function of what is asked; only `keys` may stand behind the address."""

    def make(run: Callable[..., Any]) -> View:
        @csrf_exempt  # nothing is written: another method is refused as such
        @login_not_required
        @require_safe
        @wraps(run)
        def view(request: HttpRequest, **arguments: str) -> HttpResponseBase:
            try:
                if not request.accepts(JSON) and not request.accepts(NDJSON):
                    raise Refused(406, f"Het antwoord is er alleen als {JSON}.")
                found = run(Asked.of(request, keys), **arguments)
            except Refused as refused:
                return refuse(refused)
            return found if isinstance(found, HttpResponseBase) else JsonResponse(found)

        return view

    return make


@answers()
def about(asked: Asked) -> Record:
    address = asked.request.build_absolute_uri(reverse("hsds:openapi"))
    return {"version": HSDS_VERSION, "profile": PROFILE, "openapi_url": address}


@answers()
def openapi(asked: Asked) -> Record:
    return hsds_openapi.at(asked.request.build_absolute_uri(reverse("hsds:about")))


@answers(*PAGING, *TERMS, "minimal", "full")
def services(asked: Asked) -> HttpResponseBase:
    return _services(asked, events=False)


@answers(*PAGING, *TERMS, "minimal", "full")
def events(asked: Asked) -> HttpResponseBase:
    return _services(asked, events=True)


@answers()
def service(asked: Asked, key: str) -> Record:
    return _one_service(asked, key, events=False)


@answers()
def event(asked: Asked, key: str) -> Record:
    return _one_service(asked, key, events=True)


@answers(*PAGING, *TERMS, *WHERE, "full")
def service_at_locations(asked: Asked) -> HttpResponseBase:
    rows = feed.services(municipality=settings.MUNICIPALITY, at=timezone.now()).filter(place__isnull=False)
    return _listed(asked, chosen(rows, asked), feed.at_location_records)


@answers()
def service_at_location(asked: Asked, key: str) -> Record:
    rows = feed.services(municipality=settings.MUNICIPALITY, at=timezone.now()).filter(place__isnull=False)
    return _the_one(feed.at_location_records(_meant(rows, SourceRecord.Kind.OFFERING, key)), key)


@answers(*PAGING, "full_service", "full")
def organizations(asked: Asked) -> HttpResponseBase:
    at = timezone.now()
    rows = feed.organizations(municipality=settings.MUNICIPALITY)
    for word in asked.text("search").split()[:20]:
        rows = rows.filter(name__icontains=word) | rows.filter(description__icontains=word)
    full_service = asked.flag("full_service")

    def to_records(found: Iterable[Any]) -> list[Record]:
        return feed.organization_records(found, at=at, full_service=full_service)

    return _listed(asked, rows, to_records, full=full_service)


@answers("full_service")
def organization(asked: Asked, key: str) -> Record:
    rows = _meant(feed.organizations(municipality=settings.MUNICIPALITY), SourceRecord.Kind.ORGANIZATION, key)
    found = feed.organization_records(rows, at=timezone.now(), full_service=asked.flag("full_service"))
    return _the_one(found, key)


@answers(*PAGING)
def taxonomies(asked: Asked) -> HttpResponseBase:
    return _paged(asked, _with_words(asked, taxonomy_records()), list)


@answers()
def taxonomy(asked: Asked, key: str) -> Record:
    return _the_one(taxonomy_records(), key)


@answers(*PAGING, "taxonomy_id", "top_only", "parent_id")
def taxonomy_terms(asked: Asked) -> HttpResponseBase:
    """No term of ours has a parent: all are top terms, and none is under another."""
    found = [] if asked.text("parent_id") else _with_words(asked, term_records())
    asked.flag("top_only")
    if wanted := asked.text("taxonomy_id"):
        found = [one for one in found if one["taxonomy_id"] == wanted]
    return _paged(asked, found, list)


@answers()
def taxonomy_term(asked: Asked, key: str) -> Record:
    return _the_one(term_records(), key)


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Another address under /hsds."""
    return refuse(Refused(404, "Dit adres is er niet."))


def _services(asked: Asked, *, events: bool) -> HttpResponseBase:
    rows = chosen(feed.services(municipality=settings.MUNICIPALITY, at=timezone.now(), events=events), asked)
    if asked.flag("minimal"):
        return _paged(asked, rows, feed.minimal_records, per_page=MOST_PER_PAGE)
    return _listed(asked, rows, feed.service_records)


def _one_service(asked: Asked, key: str, *, events: bool) -> Record:
    rows = feed.services(municipality=settings.MUNICIPALITY, at=timezone.now(), events=events)
    return _the_one(feed.service_records(_meant(rows, SourceRecord.Kind.OFFERING, key)), key)


def _meant(rows: "QuerySet[Any]", kind: SourceRecord.Kind, key: str) -> "QuerySet[Any]":
    return rows.filter(pk__in=rows_of(kind, key, municipality=settings.MUNICIPALITY))


def _the_one(records: list[Record], key: str) -> Record:
    found = next((one for one in records if one.get("id") == key), None)
    if found is None:
        raise Refused(404, "Met dit id is er niets.")
    return found


def _with_words(asked: Asked, records: list[Record]) -> list[Record]:
    words = asked.text("search").casefold().split()
    return [one for one in records if all(word in one["name"].casefold() for word in words)]


def _listed(asked: Asked, rows: Any, to_records: ToRecords, *, full: bool = False) -> HttpResponseBase:
    """A page of records, nested when `full` is asked, else without what a record has several of."""
    if asked.flag("full") or full:
        return _paged(asked, rows, to_records)
    return _paged(asked, rows, lambda found: [_one_to_one(record) for record in to_records(found)])


def _one_to_one(record: Record) -> Record:
    return {
        name: _one_to_one(value) if isinstance(value, dict) else value
        for name, value in record.items()
        if not isinstance(value, list) and (not isinstance(value, dict) or name in _ONE_TO_ONE)
    }


def _paged(asked: Asked, rows: Any, to_records: ToRecords, *, per_page: int | None = None) -> HttpResponseBase:
    """One page with the paging object of the specification, or as NDJSON everything, line by line."""
    if asked.is_ndjson:
        return StreamingHttpResponse(_lines(rows, to_records), content_type=NDJSON)
    total = len(rows) if isinstance(rows, list) else rows.count()
    number, size = asked.page, asked.per_page or per_page or 50
    found = to_records(rows[(number - 1) * size : number * size])
    pages = -(-total // size)
    return JsonResponse(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": len(found),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not found,
            "contents": found,
        }
    )


def _lines(rows: Any, to_records: ToRecords) -> Iterator[str]:
    start = 0
    while records := to_records(rows[start : start + _AT_ONCE]):
        start += _AT_ONCE
        yield "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
