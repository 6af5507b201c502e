"""Which changes an index has still to take in, and reading one state of the database for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Func, Q

from samenspel.socialmap.index.folder import Position
from samenspel.socialmap.models import Change


class PositionLost(RuntimeError):
    """The change an index stands at is not in this database: pruned, restored from a backup, or another store."""


@dataclass(frozen=True)
class Pending:
    """Changes after a position, in order of commit.

    `settled` says that no older change can still appear behind it: a position may move up to the last settled one.
    """

    changes: tuple[Change, ...]
    settled: Position
    start: Position

    def position_before(self, change: Change) -> Position:
        """How far a position may move when `change` is not taken in."""
        return min(self.settled, self._before(change), key=lambda position: (position.transaction, position.id))

    def after(self, position: Position) -> Iterator[Change]:
        return (one for one in self.changes if (one.transaction, one.id) > (position.transaction, position.id))

    def _before(self, change: Change) -> Position:
        index = self.changes.index(change)
        return _position(self.changes[index - 1]) if index else self.start


@contextmanager
def one_state() -> Iterator[None]:
    """Read everything inside from one state of the database, without holding up anyone who writes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # atomic() would take the lock of writers (IMMEDIATE)
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def last_settled() -> Position:
    """The position of an index that is built from the database as it is now."""
    newest = _in_order().filter(is_settled=True).last()
    return _position(newest) if newest else Position()


def pending_after(position: Position) -> Pending:
    """Every change that the running state of the database has after `position`; one query. Raises PositionLost.

    On PostgreSQL ids and transaction numbers are given out before commit, so a change may appear behind a newer one as
    long as its transaction runs. Such newer changes are pending at once, but not settled.
    """
    later = Q(transaction__gt=position.transaction)
    rows = list(_in_order().filter(later | Q(transaction=position.transaction, id__gte=position.id)))
    if position == Position():
        if any(row.is_settled for row in rows):
            raise PositionLost("the index was built before the first change")
        return Pending(tuple(rows), position, position)
    elif not rows or _position(rows[0]) != position or not rows[0].is_settled:
        # a change that was settled stays so, except in a backup restored on a server that counts transactions anew
        raise PositionLost(f"change {position.id} is not there any more")
    settled = position
    for row in rows[1:]:
        if not row.is_settled:
            break
        settled = _position(row)
    return Pending(tuple(rows[1:]), settled, position)


def _in_order() -> models.QuerySet[Any]:
    """All changes in order of commit, each with `is_settled`."""
    if connection.vendor == "postgresql":
        settled = '"transaction" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint'
    else:
        settled = "1"  # writers follow one another: the order of ids is the order of commits
    return Change.objects.annotate(is_settled=Func(template=settled, output_field=models.BooleanField())).order_by(
        "transaction", "id"
    )


def _position(change: Change) -> Position:
    return Position(change.transaction, change.id, str(change.token))
