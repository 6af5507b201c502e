"""Counting what was not found, and what worked out at home, beside an answer that must not wait for it."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db import Error, connection, transaction
from django.db.models import F, Q

from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import OwnCircle, UnmetNeed
from samenspel.places.models import Area

PATIENCE = 50
"""Milliseconds to wait for another writer; after that the count is lost, for an answer matters more."""

Unmet = tuple[str, UnmetNeed.Why]
"""A need ("" when the question was not understood) and why it was not met."""

_log = logging.getLogger(__name__)


def count_unmet(*, municipality: str, neighborhood: Area | None, missed: Iterable[Unmet], at: datetime) -> None:
    """Count each of what was missed once, for the wijk around a buurt; one short write, or none without anything.

    Never fails or waits: a store that is busy or in trouble loses the count, with a line in the log that says no more.
    """
    names = sorted(set(missed))
    if not names:
        return
    try:
        with _short_transaction():
            area = _wijk(neighborhood) or municipality
            _add(municipality, week_of(at), area, names)
    except Error as trouble:
        _log.warning("a count was lost: %s", type(trouble).__name__)


def count_own_circle(*, municipality: str, area: str, at: datetime) -> None:
    """Count once that it worked out with somebody's own people, in the wijk `area` ("" for none named).

    Never fails or waits, as `count_unmet`.
    """
    here = {"municipality": municipality, "week": week_of(at), "area": area or municipality}
    try:
        with _short_transaction():
            OwnCircle.objects.bulk_create([OwnCircle(**here)], ignore_conflicts=True)
            OwnCircle.objects.filter(**here).update(times=F("times") + 1)
    except Error as trouble:
        _log.warning("a count was lost: %s", type(trouble).__name__)


def week_of(at: datetime) -> date:
    """The Monday of the week of a moment."""
    day = at.astimezone(ZONE).date()
    return day - timedelta(days=day.weekday())


def _wijk(neighborhood: Area | None) -> str:
    if neighborhood is None:
        return ""
    parents = Area.objects.filter(children=neighborhood, kind=Area.Kind.DISTRICT)
    return parents.values_list("code", flat=True).first() or ""


def _add(municipality: str, week: date, area: str, names: list[Unmet]) -> None:
    """Make the rows that are not there yet and raise them all by 1; two at once do not lose each other's."""
    here = {"municipality": municipality, "week": week, "area": area}
    rows = [UnmetNeed(**here, need=need, why=why) for need, why in names]
    UnmetNeed.objects.bulk_create(rows, ignore_conflicts=True)
    each = reduce(or_, (Q(need=need, why=why) for need, why in names))
    UnmetNeed.objects.filter(each, **here).update(times=F("times") + 1)


@contextmanager
def _short_transaction() -> Iterator[None]:
    """A transaction that gives up after PATIENCE where another writer stands in the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                yield
            return
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
