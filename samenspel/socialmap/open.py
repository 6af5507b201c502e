"""Which rows are open data, in an order that stays: what the open API and every other publication may give away.

Only rows of one municipality, ordered by what never changes, with what a publication shows of them loaded: a constant
number of queries, however many rows. Areas meet by code, not by row: a code stays when a new year is imported.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast

from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import MeetingPlace, Offering

Codes = QuerySet[Area, Any]


def open_areas(*, municipality: str, year: int | None = None, kind: str = "") -> QuerySet[Area]:
    """The areas of a year, else the newest of each kind, by code; boundaries are read when asked for."""
    all_years = Area.objects.filter(municipality=municipality)
    rows = all_years.filter(year=year) if year else all_years.newest()
    rows = rows.filter(kind=kind) if kind else rows
    bare = rows.select_related("parent").defer("boundary", "parent__boundary")
    return bare.prefetch_related(Prefetch("members", Area.objects.only("code"))).order_by("code")


def open_offerings(
    *,
    municipality: str,
    at: datetime,
    theme: str = "",
    kind: str = "",
    layer: int | None = None,
    area: str = "",
    place: UUID | None = None,
    organization: UUID | None = None,
) -> QuerySet[Offering]:
    """What residents may see, by id; `area` is a code, see `_for_area`."""
    exact = {"kind": kind, "layer": layer, "place": place, "organization": organization}
    rows: QuerySet[Offering] = Offering.objects.visible(at).complete().filter(municipality=municipality)
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if theme:  # as text: SQLite cannot look into a list, and a theme is a word of the vocabulary
        rows = rows.alias(theme_list=Cast("themes", TextField())).filter(theme_list__contains=f'"{theme}"')
    if area:
        rows = rows.filter(_for_area(area, municipality))
    return rows.order_by("pk")


def open_places(*, municipality: str, at: datetime, area: str = "") -> QuerySet[MeetingPlace]:
    """The meeting places that have not closed, by id, or those in the area with this code."""
    rows = _complete(MeetingPlace.objects.open(at).filter(municipality=municipality))
    return rows.filter(neighborhood__code__in=_within(area, municipality)) if area else rows


def known_places(*, municipality: str) -> QuerySet[MeetingPlace]:
    """All meeting places, by id: who asks for a closed one must learn that it closed."""
    return _complete(MeetingPlace.objects.filter(municipality=municipality))


def _complete(rows: QuerySet[MeetingPlace]) -> QuerySet[MeetingPlace]:
    return (
        rows.select_related("host", "neighborhood")
        .defer("neighborhood__boundary")
        .prefetch_related("verifications")
        .order_by("pk")
    )


def open_organizations(*, municipality: str, kind: str = "") -> QuerySet[Organization]:
    """The organizations that agreed to be listed, by id."""
    rows: QuerySet[Organization] = Organization.objects.listed().filter(municipality=municipality).order_by("pk")
    return rows.filter(kind=kind) if kind else rows


def _for_area(code: str, municipality: str) -> Q:
    """At a place in the area, or meant for it: for the area itself, a part of it, or the wijk or kern around it."""
    within, around = _within(code, municipality), _around(code, municipality)
    serves = Offering.serves.through.objects
    meant = serves.filter(Q(area__code__in=within) | Q(area__code__in=around)).values("offering")
    return Q(place__neighborhood__code__in=within) | Q(pk__in=meant)


def _within(code: str, municipality: str) -> Codes:
    parts = Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code) | Q(member_of__code=code)
    return Area.objects.filter(parts, municipality=municipality).values("code")


def _around(code: str, municipality: str) -> Codes:
    whole = Area.objects.filter(Q(children__code=code) | Q(members__code=code), municipality=municipality)
    return whole.exclude(kind=Area.Kind.MUNICIPALITY).values("code")
