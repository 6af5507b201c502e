"""Counting what was not found, what worked out at home, and on which layer, beside an answer that must not wait."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import F, Q

from samenspel.engine.calendar import ZONE
from samenspel.outcomes.layers import Shift
from samenspel.outcomes.models import OwnCircle, UnmetNeed
from samenspel.outcomes.periods import quarter_of
from samenspel.outcomes.wijken import wijk_to_count
from samenspel.places.models import Area

PATIENCE = 50
"""Milliseconds to wait for another writer; after that the count is lost, for an answer matters more."""

_ADD_ONE = (
    "INSERT INTO outcomes_shiftcount (municipality, quarter, area, moment, layer, theme, form, times) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, 1) "
    "ON CONFLICT (municipality, quarter, area, theme, moment, layer, form) "
    "DO UPDATE SET times = outcomes_shiftcount.times + 1"
)
"""Of every question, so in SQL: put together by the ORM it takes longer than the store does."""
_NORMAL = 1
"""SQLite writes a commit without waiting until the disk has it."""

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


def count_shift(*, municipality: str, area: Area | None, shifts: Iterable[Shift | None], at: datetime) -> None:
    """Count each of what was asked, offered, solved or came back once, for the wijk of an area; None counts nothing.

    Never fails or waits, as `count_unmet`.
    """
    found = sorted({one for one in shifts if one is not None})
    if not found:
        return
    try:
        with _short_transaction():
            here = (municipality, quarter_of(at), wijk_to_count(area) or municipality)
            with connection.cursor() as cursor:
                cursor.executemany(_ADD_ONE, [(*here, *astuple(one)) for one in found])
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
    """A transaction that gives up after PATIENCE where another writer stands in the way, and waits for no disk.

    A power cut may take the last counts; it never harms the store (SQLite in WAL mode, PostgreSQL).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                cursor.execute("SET LOCAL synchronous_commit = off")
                yield
            return
        with _set(cursor, "busy_timeout", PATIENCE), _set(cursor, "synchronous", _NORMAL), transaction.atomic():
            yield


@contextmanager
def _set(cursor: Any, name: str, value: int) -> Iterator[None]:
    """Give a setting of SQLite another value for a while; `synchronous` stays in a transaction, where it is refused."""
    if name == "synchronous" and connection.in_atomic_block:
        yield
        return
    cursor.execute(f"PRAGMA {name}")
    (before,) = cursor.fetchone()
    cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA {name} = {before}")
