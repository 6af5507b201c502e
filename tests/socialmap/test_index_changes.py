"""Which changes an index takes in, and when only a new build will do."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from samenspel.socialmap import actions, catalogue
from samenspel.socialmap.changes import EVERYTHING, note_change, prune_changes
from samenspel.socialmap.index import (
    IndexFolder,
    IndexMissing,
    Reader,
    Writer,
    difference,
    folder,
    is_current,
    schema,
    writer,
)
from samenspel.socialmap.index.pending import one_state
from samenspel.socialmap.models import Change
from tests.socialmap.index_cast import AT, BY, HOME, Town, town_with_offerings, wait_until_settled

pytestmark = pytest.mark.django_db(transaction=True)

only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time, so ids are in order of commit"
)


@pytest.fixture
def town() -> Town:
    made = town_with_offerings()
    wait_until_settled()
    return made


@pytest.fixture
def index(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "index")


@pytest.fixture
def running(town: Town, index: IndexFolder) -> Iterator[Writer]:
    """A writer that is up to date."""
    with index.writing():
        found = Writer(index)
        found.bring_up_to_date(at=AT)
        yield found
        found.close()


def build(index: IndexFolder) -> str:
    current = index.current()
    assert current is not None
    return current.name


def full(index: IndexFolder, town: Town, key: str) -> bool:
    view = Reader(index).view()
    hits = view.search(schema.marked(f"in:{HOME}"), 100)
    found = zip(hits.versions, hits.addresses, strict=True)
    entries = [view.entry(int(version), address) for version, address in found]
    return {entry.id: entry for entry in entries}[str(town.offerings[key].pk)].is_full


def test_a_change_is_taken_in_without_a_new_build(town: Town, index: IndexFolder, running: Writer) -> None:
    before = build(index)
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
    assert not is_current(index)

    assert running.bring_up_to_date(at=AT)

    assert full(index, town, "chess")
    assert build(index) == before
    assert is_current(index)
    assert not running.bring_up_to_date(at=AT)


def test_what_is_not_listed_or_has_ended_is_not_in_it(town: Town, index: IndexFolder, running: Writer) -> None:
    actions.end_offering(offering=town.offerings["meal"], on=AT.date(), by=BY, at=AT)

    running.bring_up_to_date(at=AT)

    assert str(town.offerings["meal"].pk) not in Reader(index).view().documents()


def test_a_row_for_everything_makes_a_new_build(town: Town, index: IndexFolder, running: Writer) -> None:
    before = build(index)
    with transaction.atomic():
        note_change(municipality=HOME, object_id=EVERYTHING, at=AT)

    assert running.bring_up_to_date(at=AT)

    assert build(index) != before
    assert not running.bring_up_to_date(at=AT)


def test_a_pruned_tail_makes_a_new_build(town: Town, index: IndexFolder, running: Writer) -> None:
    before = build(index)
    running.close()
    later = AT + timedelta(days=20)
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=later)
    prune_changes(at=later)

    Writer(index).bring_up_to_date(at=AT)

    assert build(index) != before
    assert full(index, town, "chess")


def test_a_restored_backup_that_gave_the_same_number_again_makes_a_new_build(
    town: Town, index: IndexFolder, running: Writer
) -> None:
    before = build(index)
    newest = Change.objects.order_by("transaction", "id").last()
    assert newest is not None
    Change.objects.filter(pk=newest.pk).update(token=uuid.uuid4())

    running.bring_up_to_date(at=AT)

    assert build(index) != before


def test_changes_older_than_the_first_row_make_a_new_build(index: IndexFolder) -> None:
    with index.writing():
        found = Writer(index)
        found.bring_up_to_date(at=AT)
        assert not found.bring_up_to_date(at=AT)
        town = town_with_offerings()

        found.bring_up_to_date(at=AT)

    assert len(Reader(index).view().documents()) == len(town.offerings)


def test_too_many_changes_at_once_make_a_new_build(
    town: Town, index: IndexFolder, running: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_CHANGES", 2)
    before = build(index)
    for key in ("chess", "meal", "walk"):
        actions.mark_full(offering=town.offerings[key], by=BY, at=AT)

    running.bring_up_to_date(at=AT)

    assert build(index) != before
    assert difference(index).is_equal


def test_a_new_day_makes_a_new_build_once_because_the_stored_dates_move_on(
    town: Town, index: IndexFolder, running: Writer
) -> None:
    tomorrow = AT + timedelta(days=1)

    assert running.bring_up_to_date(at=tomorrow)

    assert Reader(index).view().state.day == date(2026, 11, 22)
    assert not running.bring_up_to_date(at=tomorrow)


def test_a_new_build_can_be_asked_for_and_the_one_before_it_is_kept(
    town: Town, index: IndexFolder, running: Writer
) -> None:
    made = [build(index)]
    for _ in range(3):
        index.want_rebuild()
        assert running.bring_up_to_date(at=AT)
        made.append(build(index))

    assert [folder.name for folder in index.builds()] == made[-2:]
    assert not running.bring_up_to_date(at=AT)


@pytest.mark.parametrize("setting", ["NAME", "HOST"])
def test_an_index_of_another_database_is_not_read_and_not_written_on(
    town: Town, index: IndexFolder, running: Writer, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    before = build(index)
    monkeypatch.setitem(connection.settings_dict, setting, "another")

    with pytest.raises(IndexMissing):
        Reader(index).view()
    Writer(index).bring_up_to_date(at=AT)

    assert build(index) != before
    assert len(Reader(index).view().documents()) == len(town.offerings)


def test_another_vocabulary_makes_a_new_build(
    town: Town, index: IndexFolder, running: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(index)
    monkeypatch.setattr(folder.vocabulary, "digest", lambda: "edited")

    Writer(index).bring_up_to_date(at=AT)

    assert build(index) != before


def test_what_changes_during_a_rebuild_is_in_the_new_build_and_meanwhile_in_the_old_one(
    town: Town, index: IndexFolder, running: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_CHUNK", 1)
    seen: list[bool] = []

    def documents_with_someone_changing(**arguments: Any) -> Iterator[catalogue.Document]:
        for number, document in enumerate(catalogue.documents(**arguments)):
            if "ids" not in arguments and number == 3:
                actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
                actions.mark_full(offering=town.offerings["walk"], by=BY, at=AT)
            if "ids" not in arguments and number == 5:
                seen.append(full(index, town, "chess"))
            yield document

    monkeypatch.setattr(writer, "documents", documents_with_someone_changing)

    running.rebuild(at=AT)

    assert seen == [True]
    assert full(index, town, "chess")
    assert full(index, town, "walk")
    assert difference(index).is_equal


def test_when_everything_keeps_changing_the_old_build_stays_until_it_is_over(
    town: Town, index: IndexFolder, running: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(index)

    def documents_during_an_import(**arguments: Any) -> Iterator[catalogue.Document]:
        yield from catalogue.documents(**arguments)
        if "ids" not in arguments:
            with transaction.atomic():
                note_change(municipality=HOME, object_id=EVERYTHING, at=AT)

    with monkeypatch.context() as patch:
        patch.setattr(writer, "documents", documents_during_an_import)
        assert not running.rebuild(at=AT)
    assert build(index) == before
    assert [folder.name for folder in index.builds()] == [before]

    assert running.bring_up_to_date(at=AT)
    assert build(index) != before


def test_reading_one_state_holds_nobody_up_and_sees_nothing_newer(town: Town) -> None:
    """The state is of the first read in it."""
    if connection.settings_dict["NAME"] == ":memory:" or "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has one state for all")
    chess = town.offerings["chess"]
    with one_state():
        chess.refresh_from_db()
        _in_another_thread(lambda: actions.mark_full(offering=chess, by=BY, at=AT))
        chess.refresh_from_db()
        inside = chess.is_full
    chess.refresh_from_db()

    assert (inside, chess.is_full) == (False, True)


@only_postgresql
def test_a_change_that_is_committed_behind_a_newer_one_is_not_lost(
    town: Town, index: IndexFolder, running: Writer
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            actions.mark_full(offering=town.offerings["walk"], by=BY, at=AT)
            started.set()
            assert go_on.wait(10)

    thread = _thread(slow)
    assert started.wait(10)
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)

    running.bring_up_to_date(at=AT)
    assert full(index, town, "chess")  # the newer one does not wait
    assert not full(index, town, "walk")
    assert not running.bring_up_to_date(at=AT)  # and is not taken in again and again

    go_on.set()
    thread.join()
    running.bring_up_to_date(at=AT)

    assert full(index, town, "walk")
    assert difference(index).is_equal
    assert not running.bring_up_to_date(at=AT)


@only_postgresql
def test_a_server_that_counts_transactions_anew_after_a_restore_makes_a_new_build(
    town: Town, index: IndexFolder, running: Writer
) -> None:
    before = build(index)
    running.close()
    newest = Change.objects.order_by("transaction", "id").last()
    assert newest is not None
    Change.objects.filter(pk=newest.pk).update(transaction=2**50)
    state = folder.read_state(index.path / before)
    position = folder.Position(2**50, newest.pk, str(newest.token))
    folder.write_state(index.path / before, replace(state, position=position))

    Writer(index).bring_up_to_date(at=AT)
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
    Writer(index).bring_up_to_date(at=AT)

    assert build(index) != before
    assert full(index, town, "chess")


def _in_another_thread(work: Any) -> None:
    _thread(work).join()


def _thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
