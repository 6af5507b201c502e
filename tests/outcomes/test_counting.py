"""Counting what was not found: one number per week, wijk and need, and never in the way of an answer."""

import logging
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samenspel.audit.models import AuditEvent
from samenspel.cli.management.commands.purge import purge
from samenspel.outcomes import counting
from samenspel.outcomes.counting import PATIENCE, count_unmet
from samenspel.outcomes.models import UnmetNeed
from samenspel.outcomes.retention import forget_old_counts
from samenspel.places.models import Area
from tests.outcomes.rows import FULL, NOTHING, UNCLEAR, a_count
from tests.people.rows import AT, GM, an_area

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def buurt(code: str = "BU99010101", parent_kind: str = "district") -> Area:
    return an_area(code, "neighborhood", parent=an_area(f"WK{code[2:8]}", parent_kind))


def count(*missed: counting.Unmet, at: datetime = AT, neighborhood: Area | None = None) -> None:
    count_unmet(municipality=GM, neighborhood=neighborhood, missed=missed, at=at)


def rows() -> list[tuple[date, str, str, str, int]]:
    return list(UnmetNeed.objects.order_by("week", "area", "need").values_list("week", "area", "need", "why", "times"))


def test_the_same_need_in_the_same_week_and_wijk_is_one_row_that_grows():
    here = buurt()

    for day in range(3):
        count(("eat_together", NOTHING), at=AT - day * DAY, neighborhood=here)
    count(("eat_together", NOTHING), at=AT + 7 * DAY, neighborhood=here)

    assert rows() == [
        (date(2026, 11, 16), "WK990101", "eat_together", "nothing_near", 3),
        (date(2026, 11, 23), "WK990101", "eat_together", "nothing_near", 1),
    ]


def test_each_need_of_a_question_counts_once_with_its_own_reason():
    count(("eat_together", FULL), ("coffee", NOTHING), ("coffee", NOTHING))

    assert [row[2:] for row in rows()] == [("coffee", "nothing_near", 1), ("eat_together", "all_full", 1)]


def test_without_a_place_or_a_wijk_it_counts_for_the_municipality():
    count(("", UNCLEAR))
    count(("", UNCLEAR), neighborhood=an_area("BU99010201", "neighborhood"))
    count(("", UNCLEAR), neighborhood=buurt(parent_kind="municipality"))

    assert rows() == [(date(2026, 11, 16), GM, "", "not_understood", 3)]


def test_a_week_begins_on_monday_in_our_own_time():
    count(("", UNCLEAR), at=datetime(2026, 11, 22, 22, 59, tzinfo=UTC))
    count(("", UNCLEAR), at=datetime(2026, 11, 22, 23, 1, tzinfo=UTC))

    assert [row[0] for row in rows()] == [date(2026, 11, 16), date(2026, 11, 23)]


def test_nothing_missed_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        count()


def test_a_count_leaves_no_event_for_an_event_has_a_moment():
    count(("coffee", NOTHING))

    assert AuditEvent.objects.count() == 0
    assert {field.name for field in UnmetNeed._meta.get_fields()} == {
        "id", "municipality", "week", "area", "need", "why", "times",
    }  # fmt: skip


@pytest.mark.parametrize(("need", "why"), [("", NOTHING), ("coffee", UNCLEAR)])
def test_a_need_is_named_exactly_when_the_question_was_understood(need: str, why: UnmetNeed.Why):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_count(1, need=need, why=why)


def test_a_store_in_trouble_loses_the_count_and_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fall(*_: object) -> None:
        raise DatabaseError("eat_together in WK990101")

    monkeypatch.setattr(counting, "_add", fall)
    with caplog.at_level(logging.DEBUG):
        count(("eat_together", NOTHING))

    assert [record.getMessage() for record in caplog.records if record.name == counting.__name__] == [
        "a count was lost: DatabaseError"
    ]
    assert "eat_together" not in caplog.text


def test_the_patience_of_the_store_is_as_it_was_afterwards():
    def patience() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout" if connection.vendor == "postgresql" else "PRAGMA busy_timeout")
            return cursor.fetchone()[0]

    if connection.vendor == "postgresql":
        pytest.skip("SET LOCAL ends with the transaction, and this test stands in one")
    before = patience()
    count(("coffee", NOTHING))

    assert patience() == before != PATIENCE


@pytest.mark.django_db(transaction=True)
def test_a_count_waits_for_no_disk_and_the_next_write_does_again():
    name, fast = ("synchronous_commit", "off") if connection.vendor == "postgresql" else ("synchronous", 1)

    def setting() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}" if connection.vendor == "postgresql" else f"PRAGMA {name}")
            return cursor.fetchone()[0]

    before = setting()
    with counting._short_transaction():
        assert setting() == fast
    assert setting() == before
    assert before != fast or connection.vendor == "postgresql"  # the PostgreSQL of tests waits for no disk at all


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_count():
    if connection.vendor == "sqlite":
        pytest.skip("the SQLite of tests is in memory and has one connection; trust/p6 asks a real one")

    def several() -> None:
        try:
            for _ in range(10):
                count(("coffee", NOTHING), ("eat_together", NOTHING))
        finally:
            connection.close()

    count(("coffee", NOTHING), ("eat_together", NOTHING))
    threads = [threading.Thread(target=several) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [row[4] for row in rows()] == [41, 41]


def test_a_locked_store_is_not_waited_for(tmp_path: Path):
    """What `PRAGMA busy_timeout` promises: SQLite gives up at once, not after the ten seconds of other writers."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, counting._short_transaction():
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == f"{PATIENCE}ms"
        return
    with connection.cursor() as cursor, counting._short_transaction():
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == PATIENCE
    with sqlite3.connect(tmp_path / "x", timeout=PATIENCE / 1000) as one, sqlite3.connect(tmp_path / "x") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            one.execute("BEGIN IMMEDIATE")


def test_counts_go_after_five_whole_years():
    last_kept, first_gone = a_count(3, week=date(2021, 1, 4)), a_count(3, week=date(2020, 12, 28))

    assert forget_old_counts(at=datetime(2025, 12, 31, tzinfo=UTC)) == 0
    assert purge(datetime(2026, 1, 1, tzinfo=UTC))["tellingen ouder dan 5 jaar"] == 1
    assert list(UnmetNeed.objects.all()) == [last_kept]
    assert first_gone.pk != last_kept.pk
    assert forget_old_counts(at=datetime(2026, 1, 1, tzinfo=UTC)) == 0
