"""Telling the search index what changed, in the order in which it was committed (see `models.Change`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func

from samenspel.socialmap.models import Change

EVERYTHING = ""
"""As object id: everything changed, build the index anew (one row for a bulk import)."""
KEEP = timedelta(days=14)


class _ThisTransaction(Func):
    """The number of the running transaction on PostgreSQL; it grows in the order of their first write."""

    template = "pg_current_xact_id()::text::bigint"
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


def prune_changes(*, at: datetime) -> int:
    """Delete changes older than 14 days but always keep the newest, by which a reader knows its place; how many."""
    newest = Change.objects.order_by("-transaction", "-id").values_list("pk", flat=True).first() or 0
    return Change.objects.filter(at__lt=at - KEEP).exclude(pk=newest).delete()[0]
