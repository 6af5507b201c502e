"""Sealed events form a chain: what is changed, removed, put between or cut off afterwards is found and named."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from samenspel.audit import chain, guard
from samenspel.audit.action import Actor
from samenspel.audit.chain import ChainBroken, Head, head_of_chain, not_sealed, seal_events, verify_chain
from samenspel.audit.models import Anchor, AuditEvent
from samenspel.people.models import Team
from tests.audit.events import AT, BY, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> Head:
    """Five sealed events; the head after them."""
    for number in range(5):
        happen(fields=["name"], run=number, by=BY, at=AT + timedelta(seconds=number))
    assert seal_events() == 5
    return head_of_chain()


def rows() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(number__isnull=False).order_by("number"))


def test_events_are_sealed_once_and_in_batches(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chain, "AT_ONCE", 2)
    for _ in range(5):
        happen(by=BY, at=AT)

    assert not_sealed() == (5, AT)
    assert (seal_events(), seal_events(), not_sealed()) == (5, 0, (0, None))
    assert [row.number for row in rows()] == [1, 2, 3, 4, 5]
    assert len({row.digest for row in rows()}) == 5


def test_the_digest_is_that_of_the_facts_as_anyone_can_compute_it():
    happen(fields=["naam", "één"], run=3, by=Actor("person", "12"), at=AT)
    seal_events()

    assert rows()[0].digest == "3b16d4dc29c581b05ceeb8ed2e7709d11e0cc9e79106d38cbd3822b01109edeb"


def test_a_whole_chain_is_verified_with_and_without_a_kept_head(five: Head, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chain, "PAGE", 2)
    happen(by=BY, at=AT)

    for kept in (None, five, Head(3, rows()[2].digest)):
        verified = verify_chain(kept=kept)
        assert (verified.events, verified.head, verified.not_sealed, verified.kept_is_older) == (5, five, 1, False)


def test_an_empty_log_is_a_whole_chain():
    assert verify_chain().events == 0
    assert head_of_chain() == chain.BEGIN


def number(n: int) -> Any:
    return AuditEvent.objects.filter(number=n)


def put_between() -> None:
    for n in (5, 4, 3):
        number(n).update(number=n + 1)
    like = rows()[1]
    AuditEvent.objects.create(
        municipality="GM9901", at=AT, actor_kind="person", action="x", object_kind="y", number=3, digest=like.digest
    )


def swap() -> None:
    number(2).update(number=99)
    number(3).update(number=2)
    number(99).update(number=3)


TAMPERING: dict[str, tuple[Callable[[], Any], int]] = {
    "another actor": (lambda: number(3).update(actor_id="13"), 3),
    "another moment": (lambda: number(3).update(at=AT), 3),
    "another detail": (lambda: number(3).update(detail={"fields": ["phone"]}), 3),
    "another object": (lambda: number(1).update(object_id="8"), 1),
    "another digest": (lambda: number(4).update(digest="0" * 64), 4),
    "the first removed": (lambda: number(1).delete(), 1),
    "one removed": (lambda: number(3).delete(), 3),
    "one removed and the gap closed": (
        lambda: (number(3).delete(), [number(n).update(number=n - 1) for n in (4, 5)]),
        3,
    ),
    "one put between": (put_between, 3),
    "two that changed places": (swap, 2),
    "one unsealed": (lambda: number(2).update(number=None, digest=""), 2),
    "one unsealed, changed and sealed again": (
        lambda: (number(2).update(number=None, digest="", actor_id="13"), seal_events()),
        2,
    ),
    "the oldest removed under an anchor that nobody tells of": (
        lambda: (
            Anchor.objects.create(number=2, digest=rows()[1].digest, at=AT),
            number(1).delete(),
            number(2).delete(),
        ),
        1,
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_at_its_first_place(what: str, five: Head):
    tamper, place = TAMPERING[what]
    guard.take_off()
    tamper()

    with pytest.raises(ChainBroken) as broken:
        verify_chain()

    assert broken.value.number == place


def test_an_end_that_was_cut_off_is_found_with_a_kept_head_only(five: Head):
    guard.take_off()
    AuditEvent.objects.filter(number__gt=3).delete()

    assert verify_chain().events == 3
    with pytest.raises(ChainBroken, match="gebeurtenis 4: ontbreekt"):
        verify_chain(kept=five)


def test_an_end_that_was_written_anew_is_found_with_a_kept_head(five: Head):
    guard.take_off()
    number(5).delete()
    happen(by=BY, at=AT)
    seal_events()

    assert verify_chain().events == 5
    with pytest.raises(ChainBroken, match="gebeurtenis 5: is een andere"):
        verify_chain(kept=five)


REFUSED: dict[str, Callable[[], Any]] = {
    "a change": lambda: number(3).update(actor_id="13"),
    "a change by save": lambda: rows()[2].save(),
    "another seal": lambda: number(3).update(number=6),
    "no seal": lambda: number(3).update(number=None, digest=""),
    "a removal": lambda: number(3).delete(),
    "a removal of all": lambda: AuditEvent.objects.all().delete(),
    "a number twice": lambda: AuditEvent.objects.create(at=AT, actor_kind="x", action="x", number=3, digest="x"),
    "a number without digest": lambda: AuditEvent.objects.create(at=AT, actor_kind="x", action="x", number=9),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_to_touch_what_is_sealed(what: str, five: Head):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what]()

    assert verify_chain(kept=five).events == 5


def test_the_facts_of_an_event_stay_also_before_it_is_sealed():
    event = happen(by=BY, at=AT)

    for changed in ({"actor_id": "13"}, {"detail": {"a": 1}}, {"at": AT + timedelta(seconds=1)}, {"id": F("id") + 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEvent.objects.filter(pk=event.pk).update(**changed)


@pytest.mark.django_db(transaction=True)
def test_the_store_can_be_emptied_as_a_whole_and_is_guarded_again(five: Head):
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), connection.cursor() as cursor:
            cursor.execute("TRUNCATE audit_auditevent")

    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEvent.objects.exists()
    happen(by=BY, at=AT)
    seal_events()
    with pytest.raises(IntegrityError):
        AuditEvent.objects.all().delete()


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do it in another connection and wait for its end."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite writers follow one another")
def test_an_event_that_is_committed_late_is_sealed_late_and_nobody_waits():
    with transaction.atomic():
        early = happen(by=BY, at=AT)
        later = elsewhere(lambda: happen(by=BY, at=AT))
        assert elsewhere(seal_events) == 1
    assert seal_events() == 1

    assert [row.pk for row in rows()] == [later.pk, early.pk]
    assert verify_chain().events == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite writers follow one another")
def test_of_two_who_seal_at_once_one_leaves_it_to_the_other():
    happen(by=BY, at=AT)

    with transaction.atomic():
        assert seal_events() == 1
        assert elsewhere(seal_events) == 0
    assert verify_chain().events == 1


@pytest.mark.parametrize("text", ["", "5", "5:", "5:xyz", f"-1:{'a' * 64}", f"{'9' * 19}:{'a' * 64}"])
def test_what_is_no_head_is_not_read_as_one(text: str):
    with pytest.raises(ValueError):  # noqa: PT011
        Head.read(text)


def test_a_head_is_read_as_it_is_written(five: Head):
    assert Head.read(f" {five}\n") == five
    assert Head.read(str(chain.BEGIN)) == chain.BEGIN


def test_what_happened_to_a_row_is_told_in_order():
    happen(by=BY, at=AT + timedelta(seconds=1))
    happen(by=Actor("person", "12"), at=AT)
    AuditEvent.objects.create(at=AT, municipality="GM9901", actor_kind="x", action="x", object_kind="people.team")

    told = AuditEvent.objects.of(Team(pk=7, municipality="GM9901"))

    assert [(event.at, event.actor_kind, event.action) for event in told] == [
        (AT, "person", "change_team"),
        (AT + timedelta(seconds=1), "system", "change_team"),
    ]
    assert not AuditEvent.objects.of(Team(pk=8, municipality="GM9901")).exists()
