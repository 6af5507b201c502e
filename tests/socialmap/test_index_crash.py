"""Whatever moment a writer is stopped at, readers see a state the database had and the next writer goes on rightly."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from samenspel.audit.action import Actor, action, record
from samenspel.socialmap import actions
from samenspel.socialmap.changes import EVERYTHING, note_change
from samenspel.socialmap.index import (
    IndexBusy,
    IndexFolder,
    IndexMissing,
    Reader,
    Writer,
    difference,
    folder,
    reader,
    writer,
)
from samenspel.socialmap.models import Offering
from tests.socialmap.index_cast import AT, BY, HOME, Town, town_with_offerings, wait_until_settled

pytestmark = pytest.mark.django_db(transaction=True)


class PowerCut(BaseException):
    """Ends the writer at a chosen line; no `except Exception` catches it, as none catches SIGKILL."""


@pytest.fixture
def town() -> Town:
    made = town_with_offerings()
    wait_until_settled()
    return made


@pytest.fixture
def index(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "index")


def write(index: IndexFolder, *, rebuild: bool = False) -> None:
    with index.writing():
        found = Writer(index)
        if rebuild:
            found.rebuild(at=AT)
        else:
            found.bring_up_to_date(at=AT)


def cut_at(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, *, call: int = 1, after: bool = False) -> None:
    """Stop at the given call of a function, before or after it did its work."""
    real: Callable[..., Any] = getattr(module, name)
    calls: list[None] = []

    def cut(*arguments: Any, **named: Any) -> Any:
        calls.append(None)
        if len(calls) == call:
            if after:
                real(*arguments, **named)
            raise PowerCut
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, cut)


def names(found: Reader) -> set[str]:
    """The ids that a reader sees."""
    return set(found.view().documents())


@pytest.mark.parametrize("after", [False, True])
def test_a_writer_stopped_around_writing_its_position_takes_the_change_in_again(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    write(index)
    late = town.offer("late", name="Laatkomer")

    with monkeypatch.context() as patch:
        cut_at(patch, writer, "write_state", after=after)
        with pytest.raises(PowerCut):
            write(index)
    write(index)

    assert difference(index).is_equal
    assert str(late.pk) in names(Reader(index))
    assert len(index.builds()) == 1  # it went on, it did not start anew


def test_a_writer_stopped_before_its_commit_leaves_the_old_state(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(index)
    before = Reader(index).view().documents()
    town.offer("late", name="Laatkomer")

    with monkeypatch.context() as patch:
        cut_at(patch, writer._Build, "commit")
        with pytest.raises(PowerCut):
            write(index)

    assert Reader(index).view().documents() == before
    write(index)
    assert difference(index).is_equal


@pytest.mark.parametrize(
    ("module", "name", "call", "after"),
    [
        (writer._Build, "add", 4, False),
        (writer._Build, "commit", 1, False),
        (writer, "write_state", 1, False),
        (writer, "write_state", 1, True),
        (folder.IndexFolder, "point_at", 1, False),
    ],
)
def test_a_rebuild_stopped_halfway_is_never_seen_and_is_cleaned_up(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, call: int, after: bool
) -> None:
    write(index)
    reading = Reader(index)
    before = reading.view()

    with monkeypatch.context() as patch:
        cut_at(patch, module, name, call=call, after=after)
        with pytest.raises(PowerCut):
            write(index, rebuild=True)

    assert len(index.builds()) == 2
    assert reading.view() is before
    assert names(Reader(index)) == {str(one.pk) for one in town.offerings.values()}
    write(index, rebuild=True)
    assert len(index.builds()) == 2  # the current one and the one before it
    assert difference(index).is_equal


def test_a_row_for_everything_is_not_forgotten_when_its_rebuild_is_stopped(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(index)
    imported(town)

    with monkeypatch.context() as patch:
        cut_at(patch, writer._Build, "add", call=4)
        with pytest.raises(PowerCut):
            write(index)
    assert not difference(index).is_equal
    write(index)

    assert difference(index).is_equal


def imported(town: Town) -> None:
    """A bulk change: many rows, one note for all, and a single change beside it."""
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
    _import(by=BY, at=AT)


@action
def _import(*, by: Actor, at: datetime) -> None:
    Offering.objects.update(summary="Ingelezen.")
    note_change(municipality=HOME, object_id=EVERYTHING, at=at)
    record(action="import", on=Offering.objects.all()[0], by=by, at=at, municipality=HOME)


def test_a_first_build_stopped_halfway_is_no_index_at_all(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_at(patch, writer._Build, "add", call=3)
        with pytest.raises(PowerCut):
            write(index)

    with pytest.raises(IndexMissing):
        Reader(index).view()
    write(index)
    assert difference(index).is_equal


def test_a_writer_stopped_after_the_switch_has_done_its_work(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(index)
    town.offer("late", name="Laatkomer")

    with monkeypatch.context() as patch:
        cut_at(patch, folder.IndexFolder, "point_at", after=True)
        with pytest.raises(PowerCut):
            write(index, rebuild=True)

    assert difference(index).is_equal


def _cut_off_pointer(index: IndexFolder) -> None:
    (index.path / "current").write_text("")


def _wrong_pointer(index: IndexFolder) -> None:
    (index.path / "current").write_text("../../etc\n")


def _pointer_to_nothing(index: IndexFolder) -> None:
    (index.path / "current").write_text("0123456789ab-000099\n")


def _cut_off_position(index: IndexFolder) -> None:
    (index.builds()[-1] / "position.json").write_text('{"transaction": 0, "id"')


def _broken_meta(index: IndexFolder) -> None:
    (index.builds()[-1] / "meta.json").write_text("{")
    (index.builds()[-1] / "position.json").touch()


def _removed(index: IndexFolder) -> None:
    shutil.rmtree(index.builds()[-1])


@pytest.mark.parametrize(
    "damage",
    [_cut_off_pointer, _wrong_pointer, _pointer_to_nothing, _cut_off_position, _broken_meta, _removed],
)
def test_damage_on_disk_never_takes_the_site_down_and_is_repaired(
    town: Town, index: IndexFolder, damage: Callable[[IndexFolder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_PAUSE_AFTER_FAILURE", 0.0)
    write(index)
    reading = Reader(index)
    before = reading.view()

    damage(index)

    assert reading.view().documents() == before.documents()
    with pytest.raises(IndexMissing):
        Reader(index).view()
    town.offer("late", name="Laatkomer")
    write(index)
    assert difference(index).is_equal
    assert names(reading) == {str(one.pk) for one in town.offerings.values()}


def test_a_reader_sees_a_switch_that_happens_while_it_opens_the_old_build(
    town: Town, index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(index)
    reading = Reader(index)
    real = IndexFolder.current

    def switch_behind_its_back(self: IndexFolder) -> Path | None:
        found = real(self)
        monkeypatch.setattr(IndexFolder, "current", real)
        town.offer("late", name="Laatkomer")
        write(index, rebuild=True)
        return found

    monkeypatch.setattr(IndexFolder, "current", switch_behind_its_back)
    reading.view()

    assert names(reading) == {str(one.pk) for one in town.offerings.values()}


def test_a_reader_opens_nothing_again_when_nothing_changed(town: Town, index: IndexFolder) -> None:
    write(index)
    reading = Reader(index)
    first = reading.view()
    write(index)

    assert reading.view() is first

    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
    write(index)

    assert reading.view() is not first


def test_one_writer_at_a_time_and_the_lock_ends_with_its_holder(index: IndexFolder) -> None:
    with index.writing(), pytest.raises(IndexBusy), IndexFolder(index.path).writing(wait=0.1):
        pass

    with index.writing():
        pass


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The readers log what is damaged; that is tested by what they answer."""
    with caplog.at_level("CRITICAL", logger="samenspel"):
        yield
