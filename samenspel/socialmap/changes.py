"""Telling the search index what changed, in the order in which it was committed (see `models.Change`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func, Q

from samenspel.socialmap.models import Change

EVERYTHING = ""
"""As object id: everything changed, build the index anew (one row for a bulk import)."""
KEEP = timedelta(days=14)


class _ThisTransaction(Func):
    """The number of the running transaction on PostgreSQL; it grows in the order of their first write."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = BigIntegerField()


class _OldestUnfinished(Func):
    """The oldest transaction that may still commit: everything below it is either visible or gone for good."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = BigIntegerField()


def note_change(*, municipality: str, object_id: str, at: datetime) -> None:
    """Note that an offering (its id as text) or EVERYTHING changed, in the transaction that changes it."""
    note_changes(municipality=municipality, object_ids=[object_id], at=at)


def note_changes(*, municipality: str, object_ids: Iterable[str], at: datetime) -> None:
    """Note several changed offerings at once; raises TransactionManagementError outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a change is noted in the transaction that makes it")
    number: Any = _ThisTransaction() if connection.vendor == "postgresql" else 0
    Change.objects.bulk_create(
        Change(municipality=municipality, object_id=object_id, at=at, transaction=number) for object_id in object_ids
    )


def changes_after(position: tuple[int, int], limit: int) -> list[Change]:
    """The next changes after a position (transaction, id), in order of commit; start with (-1, 0).

    On PostgreSQL a transaction that began earlier may commit later: its rows would be passed by for ever, so nothing
    is given from the oldest unfinished transaction on. PostgreSQL counts for the whole server: a long transaction that
    writes in another database of it holds up the reader too (it delays, it loses nothing).
    """
    transaction_number, id_number = position
    after = Q(transaction__gt=transaction_number) | Q(transaction=transaction_number, id__gt=id_number)
    found = Change.objects.filter(after)
    if connection.vendor == "postgresql":
        found = found.filter(transaction__lt=_OldestUnfinished())
    return list(found.order_by("transaction", "id")[:limit])


def is_of_another_store(position: tuple[int, int]) -> bool:
    """Whether a position cannot come from this database server, as after a backup is restored into a new one.

    What was read was finished then, so on the same server it lies below the oldest unfinished transaction ever after.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s >= {_OldestUnfinished.template}", [position[0]])
        return bool(cursor.fetchone()[0])


def prune_changes(*, at: datetime) -> int:
    """Delete changes older than 14 days but always keep the newest, by which a reader knows its place; how many."""
    newest = Change.objects.order_by("-transaction", "-id").values_list("pk", flat=True).first() or 0
    return Change.objects.filter(at__lt=at - KEEP).exclude(pk=newest).delete()[0]
