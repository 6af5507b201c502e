"""What the search index must read again."""

import uuid
from typing import ClassVar

from django.db import models

from samenspel.engine.privacy import Registered


class Change(models.Model):
    """What the search index must read again: one row per changed object, or one for everything (`object_id` empty).

    Written in the transaction of the action. Readers follow the order of commit: on PostgreSQL only rows whose
    `transaction` lies below `pg_snapshot_xmin`, because ids are given out before commit and would lose changes; on
    SQLite writers follow one another and `transaction` is 0. `token` tells a reader that the row it read last is
    still the same row of the same store.
    """

    municipality = models.CharField(max_length=6)
    transaction = models.BigIntegerField(default=0)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    object_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="about_no_one",
        purpose="De zoekindex bijhouden",
        retention="14 dagen; een index die verder achterloopt, wordt opnieuw gemaakt",
        internal=("id", "municipality", "transaction", "token", "object_id", "at"),
    )

    class Meta:
        indexes = [models.Index(fields=["transaction", "id"], name="change_in_order_of_commit")]

    def __str__(self) -> str:
        return f"{self.id} {self.object_id or 'rebuild'}"
