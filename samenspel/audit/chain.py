"""The chain of events: each sealed event has a number and a digest over its facts and the digest before it.

An action writes its event without a seal, so that writers never wait for each other; `samenspel work` seals what is
there every second, in the order in which it finds it. A sealed event that was changed, removed or put between is found
by `verify_chain`; that the end was cut off or written anew is found with a head that was kept elsewhere.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Min

from samenspel.audit.models import Anchor, AuditEvent

DESTROY = "destroy_events"
"""The action of the event that tells of an anchor."""
FACTS = ("municipality", "at", "actor_kind", "actor_id", "action", "object_kind", "object_id", "result", "detail")
AT_ONCE = 500
"""Events sealed in one transaction: on SQLite other writers wait for it (some 20 ms)."""
PAGE = 2_000
_SEALING = 0x5EA1
"""The lock of who seals, among the advisory locks of PostgreSQL."""


@dataclass(frozen=True)
class Head:
    """A place in the chain; written as "12:ab…", before the first event as "0:"."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """Raises ValueError."""
        if text.strip() == str(BEGIN):
            return BEGIN
        found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
        if not found:
            raise ValueError(text)
        return cls(int(found[1]), found[2])


BEGIN = Head(0, "")


@dataclass(frozen=True)
class Verified:
    """A chain that is whole: how many events were checked, its head, and how many events wait for a seal.

    `kept_is_older`: the kept head is of an event that was destroyed after its term, so it could not be compared.
    """

    events: int
    head: Head
    not_sealed: int
    kept_is_older: bool = False


class ChainBroken(Exception):
    """The first place that is wrong: the number of the event, and why (Dutch)."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"gebeurtenis {number}: {reason}")
        self.number = number
        self.reason = reason


def seal_events() -> int:
    """Seal what is not sealed yet; how many."""
    sealed = 0
    while AuditEvent.objects.filter(number__isnull=True).exists():
        count = _seal_some()
        sealed += count
        if count < AT_ONCE:
            break
    return sealed


def head_of_chain() -> Head:
    """The last sealed event; when all were destroyed, the last of those."""
    last: Any = AuditEvent.objects.filter(number__isnull=False).order_by("-number").first()
    return Head(last.number, last.digest) if last else _newest_anchor()


def not_sealed() -> tuple[int, datetime | None]:
    """How many events wait for their seal, and the moment of the oldest."""
    found = AuditEvent.objects.filter(number__isnull=True).aggregate(count=Count("pk"), oldest=Min("at"))
    return found["count"], found["oldest"]


def verify_chain(*, kept: Head | None = None) -> Verified:
    """Compute every digest anew; `kept` is a head that was kept elsewhere. Raises ChainBroken."""
    begin = place = BEGIN
    events = 0
    for number, digest, *facts in _sealed():
        if number != place.number + 1:
            begin = place = _destroyed_between(place, number)
            _compare(begin, kept)
        if _digest(place.digest, number, facts) != digest:
            raise ChainBroken(number, "past niet bij zijn zegel, of niet bij wat ervoor stond")
        place, events = Head(number, digest), events + 1
        _compare(place, kept)
    if not events and (anchor := _newest_anchor()) != BEGIN:
        begin = place = _destroyed_between(place, anchor.number + 1)
        _compare(begin, kept)
    if kept is not None and kept.number > place.number:
        raise ChainBroken(place.number + 1, "ontbreekt, en alles erna tot het bewaarde punt ook")
    return Verified(events, place, not_sealed()[0], kept_is_older=kept is not None and kept.number < begin.number)


@transaction.atomic
def _seal_some() -> int:
    if not _alone():
        return 0
    place, seals = head_of_chain(), []
    for pk, *facts in AuditEvent.objects.filter(number__isnull=True).order_by("pk").values_list("pk", *FACTS)[:AT_ONCE]:
        number = place.number + 1
        place = Head(number, _digest(place.digest, number, facts))
        seals.append((place.number, place.digest, pk))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE audit_auditevent SET number = %s, digest = %s WHERE id = %s", seals)
    return len(seals)


def _alone() -> bool:
    """Whether no other process seals now, until this transaction ends; on SQLite a transaction says so itself."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING])
        return bool(cursor.fetchone()[0])


def _digest(previous: str, number: int, facts: list[Any]) -> str:
    """SHA-256 over the canonical JSON of the digest before it, the number and the facts (in the order of FACTS)."""
    at: datetime = facts[1]
    plain = [previous, number, facts[0], at.astimezone(UTC).isoformat(timespec="microseconds"), *facts[2:]]
    return sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _sealed() -> Iterator[tuple[Any, ...]]:
    """Number, digest and facts of every sealed event, in short queries: sealing and destroying go on meanwhile."""
    rows = AuditEvent.objects.filter(number__isnull=False).order_by("number").values_list("number", "digest", *FACTS)
    after = 0
    while page := list(rows.filter(number__gt=after)[:PAGE]):
        yield from page
        after = page[-1][0]


def _destroyed_between(place: Head, number: int) -> Head:
    """The anchor before event `number`, when all until it was destroyed and the chain itself tells so."""
    last = Anchor.objects.filter(pk=number - 1).first()
    told = last is not None and AuditEvent.objects.filter(
        municipality="", object_kind=Anchor._meta.label_lower, object_id=str(last.pk), action=DESTROY,
        detail__digest=last.digest,
    ).exists()  # fmt: skip
    if last is None or not told or AuditEvent.objects.filter(number__lt=number).exists():
        raise ChainBroken(place.number + 1, "ontbreekt")
    return Head(last.pk, last.digest)


def _newest_anchor() -> Head:
    last = Anchor.objects.order_by("-number").first()
    return Head(last.pk, last.digest) if last else BEGIN


def _compare(place: Head, kept: Head | None) -> None:
    if kept is not None and place.number == kept.number and place != kept:
        raise ChainBroken(place.number, "is een andere dan bij het bewaarde punt")
