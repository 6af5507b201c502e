"""`samenspel work` goes on whatever fails, takes changes in within a second, and stops when told."""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from samenspel.cli.management.commands import work
from samenspel.socialmap import actions
from samenspel.socialmap.index import IndexFolder, Writer, is_current
from samenspel.socialmap.models import Change
from tests.socialmap.index_cast import AT, BY, Town, town_with_offerings, wait_until_settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Town:
    settings.DATA = tmp_path
    made = town_with_offerings()
    wait_until_settled()
    return made


def wait_until_current(folder: IndexFolder, seconds: float) -> float:
    started = time.monotonic()
    while not is_current(folder):
        assert time.monotonic() - started < seconds, "the index stayed behind"
        time.sleep(0.01)
    return time.monotonic() - started


def test_a_failure_is_tried_again_with_a_new_writer(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(work, "PAUSE_AFTER_FAILURE", 0.0)
    monkeypatch.setattr(work, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    folder, stop, tries = IndexFolder.of_installation(), threading.Event(), []
    real = Writer.bring_up_to_date

    def fail_first(self: Writer, *, at: Any) -> bool:
        tries.append(self)
        if len(tries) == 1:
            raise OperationalError("the database is away")
        stop.set()
        return real(self, at=at)

    monkeypatch.setattr(Writer, "bring_up_to_date", fail_first)
    with folder.writing():
        work._keep_current(folder, stop, once=False)

    assert len(tries) == 2
    assert tries[0] is not tries[1]
    assert "trying again" in caplog.text
    assert is_current(folder)


def test_old_changes_are_removed_and_the_index_stays_as_it_is(town: Town, settings: Any) -> None:
    folder = IndexFolder.of_installation()
    with folder.writing():
        work._keep_current(folder, threading.Event(), once=True)
        build = folder.current()
        Change.objects.update(at=datetime.now(UTC) - timedelta(days=30))

        work._keep_current(folder, threading.Event(), once=True)
        assert Change.objects.count() == 1

        work._keep_current(folder, threading.Event(), once=True)

    assert folder.current() == build
    assert is_current(folder)


def test_once_tells_a_failure_instead_of_trying_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Writer, *, at: Any) -> bool:
        raise OperationalError("the database is away")

    monkeypatch.setattr(Writer, "bring_up_to_date", fail)
    folder = IndexFolder.of_installation()

    with folder.writing(), pytest.raises(OperationalError):
        work._keep_current(folder, threading.Event(), once=True)


def test_a_change_is_in_the_index_soon_after_it_was_made_and_the_worker_stops_when_told(town: Town) -> None:
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has one connection")
    folder, stop = IndexFolder.of_installation(), threading.Event()

    def run() -> None:
        with folder.writing():
            work._keep_current(folder, stop, once=False)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_until_current(folder, 20)
        actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
        wait_until_current(folder, 10)
    finally:
        stop.set()
        thread.join(10)

    assert not thread.is_alive()
