"""The filters of the HSDS API: which services an asker means. They add up (AND)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from samenspel.audit.models import AuditEvent
from samenspel.people.contacts import codes_around
from samenspel.places.lookup import Near
from samenspel.socialmap.hsds.mapping import uuid_of
from samenspel.socialmap.hsds.profile import taxonomies, terms
from samenspel.socialmap.models import Offering, SourceRecord

EARTH_RADIUS_M = 6_371_000
_LISTS = {"theme": "themes", "need": "needs", "audience": "audiences"}
_COLUMNS = {
    "kind": "kind",
    "sphere": "sphere",
    "layer": "layer",
    "municipal_role": "municipal_role",
    "organization_kind": "organization__kind",
}
Rows = QuerySet[Offering]


def rows_of(kind: SourceRecord.Kind, key: str, *, municipality: str) -> set[UUID]:
    """The rows that a published id can mean: our own, or what a feed calls so."""
    of_feeds = SourceRecord.objects.filter(municipality=municipality, kind=kind, source_id=key[:200])
    own = uuid_of(key)
    return {*of_feeds.values_list("object_id", flat=True), *([own] if own else [])}


def matching(rows: Rows, words: str) -> Rows:
    """With every word in the name, the texts or the name of the organization."""
    for word in words.split()[:20]:
        anywhere = ("name", "summary", "description", "organization__name")
        found = Q()
        for field in anywhere:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows


def with_term(rows: Rows, term: str) -> Rows:
    """With this term of one of our taxonomies; none for a term that is not ours."""
    if term not in terms():
        return rows.none()
    key, record = terms()[term]
    if key in _COLUMNS:
        return rows.filter(**{_COLUMNS[key]: record["code"]})
    listed = rows.alias(words=Cast(_LISTS[key], TextField()))  # as text: SQLite cannot look into a list
    return listed.filter(words__contains=f'"{record["code"]}"')


def with_taxonomy(rows: Rows, taxonomy: str) -> Rows:
    """With any term of this taxonomy."""
    key = next((one.key for one in taxonomies().values() if one.id == taxonomy), "")
    if key in _LISTS:
        return rows.exclude(**{_LISTS[key]: []})
    if key == "sphere":
        return rows.exclude(sphere="")
    return rows.filter(**{f"{_COLUMNS[key]}__isnull": False}) if key in _COLUMNS else rows.none()


def modified_since(rows: Rows, moment: datetime, *, municipality: str) -> Rows:
    """Changed at or after a moment."""
    events = AuditEvent.objects.filter(
        municipality=municipality, object_kind="socialmap.offering", at__gte=moment
    ).values_list("object_id", flat=True)
    return rows.filter(pk__in=list(filter(None, map(uuid_of, set(events)))))


def for_postcode(rows: Rows, near: Near, *, municipality: str) -> Rows:
    """For the whole municipality, or for an area around the postcode."""
    around = list(codes_around(near.neighborhood, municipality))
    meant = Offering.serves.through.objects.filter(area__code__in=around).values("offering")
    return rows.filter(Q(serves__isnull=True) | Q(pk__in=meant)).distinct()


def within(rows: Rows, near: Near, meters: float) -> Rows:
    """At a place within so many meters, as the crow flies; one query for all points."""
    points = list(rows.values_list("pk", "place__latitude", "place__longitude"))
    return rows.filter(pk__in=_within(points, near, meters))


def _within(points: list[tuple[UUID, float, float]], near: Near, meters: float) -> Collection[UUID]:
    if not points:
        return []
    latitude, longitude = np.radians(np.array([(point[1], point[2]) for point in points], dtype=float)).T
    north = latitude - np.radians(near.latitude)
    east = (longitude - np.radians(near.longitude)) * np.cos(np.radians(near.latitude))
    apart = EARTH_RADIUS_M * np.hypot(north, east)
    return [point[0] for point, distance in zip(points, apart, strict=True) if distance <= meters]
