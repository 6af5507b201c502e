"""Changes are read in the order of commit: one that was begun earlier and committed later is never lost."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from samenspel.socialmap.changes import (
    EVERYTHING,
    changes_after,
    is_of_another_store,
    note_change,
    note_changes,
    prune_changes,
)
from samenspel.socialmap.models import Change
from tests.people.rows import AT, GM

START = (-1, 0)


def note(object_id: str, at=AT) -> None:
    with transaction.atomic():
        note_change(municipality=GM, object_id=object_id, at=at)


def read(position=START, limit=100) -> list[str]:
    return [change.object_id for change in changes_after(position, limit)]


def settle() -> None:
    """Wait until every change that was committed can be read: tests beside this one write on the same server."""
    deadline = time.monotonic() + 60
    while len(read()) < Change.objects.count():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def end() -> tuple[int, int]:
    settle()
    last = changes_after(START, 1000)[-1]
    return last.transaction, last.pk


@pytest.mark.django_db(transaction=True)
def test_changes_come_in_order_from_where_the_reader_was():
    note("a")
    position = end()
    with transaction.atomic():
        note_changes(municipality=GM, object_ids=["b", "c"], at=AT)
    note(EVERYTHING)
    settle()

    assert read() == ["a", "b", "c", EVERYTHING]
    assert read(position) == ["b", "c", EVERYTHING]
    assert read(position, limit=1) == ["b"]
    assert read(end()) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_was_never_noted():
    with transaction.atomic():
        note_change(municipality=GM, object_id="a", at=AT)
        transaction.set_rollback(True)

    assert read() == []


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        note_change(municipality=GM, object_id="a", at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_begun_earlier_and_committed_later_is_not_lost():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    begun, finish = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                note_change(municipality=GM, object_id="slow", at=AT)
                begun.set()
                assert finish.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert begun.wait(20)
    try:
        note("quick")
        assert Change.objects.filter(object_id="quick").exists()
        assert read() == []  # "quick" waits: else the reader would pass "slow" by
    finally:
        finish.set()
        writer.join(20)

    settle()
    assert read() == ["slow", "quick"]
    assert not is_of_another_store(end())


@pytest.mark.django_db(transaction=True)
def test_a_position_that_lies_ahead_of_this_server_is_of_another_store():
    note("a")

    ahead = (2**40, 1)

    assert is_of_another_store(ahead) == (connection.vendor == "postgresql")
    assert not is_of_another_store(end())


@pytest.mark.django_db
def test_old_changes_are_pruned_and_the_newest_always_stays():
    old = AT - timedelta(days=15)
    for object_id in "abc":
        note(object_id, old)

    assert prune_changes(at=AT) == 2
    assert [change.object_id for change in Change.objects.all()] == ["c"]


@pytest.mark.django_db
def test_changes_of_the_last_two_weeks_stay():
    note("a", AT - timedelta(days=15))
    note("b", AT - timedelta(days=13))
    note("c", AT)

    prune_changes(at=AT)

    assert [change.object_id for change in Change.objects.order_by("pk")] == ["b", "c"]


@pytest.mark.django_db
def test_pruning_an_empty_table_does_nothing():
    assert prune_changes(at=AT) == 0
