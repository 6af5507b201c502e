"""Writing the index: take in changes, or make a new build beside the old one.

Each commit holds one state of the database. A writer can be killed anywhere: what it did not commit is not there, and
what it committed but did not write down in `position.json` is taken in again, which changes nothing.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tantivy

from samenspel.engine.calendar import ZONE
from samenspel.socialmap.catalogue import Document, documents
from samenspel.socialmap.index.folder import (
    BuildBroken,
    BuildState,
    IndexFolder,
    fingerprint,
    read_state,
    write_state,
)
from samenspel.socialmap.index.pending import PositionLost, last_settled, one_state, pending_after
from samenspel.socialmap.index.schema import schema, to_tantivy

_log = logging.getLogger(__name__)

_HEAP = 50_000_000
_CHUNK = 1000
_ATTEMPTS = 3
MOST_CHANGES = 5_000
"""More changed objects than this at once are quicker built anew."""


class _Build:
    """One build folder that is open for writing."""

    def __init__(self, folder: Path, index: Any, state: BuildState) -> None:
        self.folder = folder
        self.state = state
        self._writer = index.writer(heap_size=_HEAP, num_threads=1)

    @classmethod
    def create(cls, folder: Path, state: BuildState) -> "_Build":
        return cls(folder, tantivy.Index(schema(), path=str(folder), reuse=False), state)

    @classmethod
    def open(cls, folder: Path) -> "_Build":
        return cls(folder, tantivy.Index.open(str(folder)), read_state(folder))

    def take_in(self) -> bool:
        """Take in the pending changes in one commit; False when only a new build can do that. Raises PositionLost.

        Objects that changed are read again in the same state of the database as the changes, so the commit is that
        state. Whatever the answer, single objects that changed are taken in, except when they are too many.
        """
        with one_state():
            pending = pending_after(self.state.position)
            new = [change for change in pending.changes if change.id not in self.state.covered]
            ids = list(dict.fromkeys(change.object_id for change in new if change.object_id))
            if len(ids) > MOST_CHANGES:
                return False
            found = list(documents(day=self.state.day, ids=ids))
        wide = [change for change in new if not change.object_id]
        position = pending.position_before(wide[0]) if wide else pending.settled
        covered = {change.id for change in pending.after(position)} - {change.id for change in wide}
        state = replace(self.state, position=position, covered=frozenset(covered))
        if ids:
            self._replace(ids, found)
            self.commit(state)
        elif state != self.state:
            self._write_down(state)
        return not wide

    def add(self, document: Document) -> None:
        self._writer.add_document(to_tantivy(document))

    def commit(self, state: BuildState) -> None:
        """Make what was added visible, then write down how far it goes."""
        self._writer.commit()
        self._write_down(replace(state, commits=self.state.commits + 1))

    def close(self) -> None:
        self._writer.wait_merging_threads()

    def _replace(self, ids: Iterable[str], found: Iterable[Document]) -> None:
        for identifier in ids:
            self._writer.delete_documents_by_term("id", identifier)
        for document in found:
            self.add(document)

    def _write_down(self, state: BuildState) -> None:
        write_state(self.folder, state)
        self.state = state


class Writer:
    """The one writer of an index folder; make it inside `IndexFolder.writing`."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._fingerprint = fingerprint()
        self._build = self._open_current()

    def bring_up_to_date(self, *, at: datetime) -> bool:
        """Take in all changes, by a new build where needed; says whether readers got anything new.

        A new build is needed when there is none, it was made by other rules or of another store, its dates are of
        another day, the changes since are not all known or too many, or someone asked for it.
        """
        before = self._build.state.commits if self._build else None
        if not self._folder.take_rebuild_wish() and self._is_usable(at) and self._take_in_all():
            return self._build is not None and self._build.state.commits != before
        return self.rebuild(at=at)

    def rebuild(self, *, at: datetime) -> bool:
        """Make a complete new build and point the readers at it; until then they use the old one, kept current.

        Says False, and leaves the old one, when everything changed again each time while it was read.
        """
        for _ in range(_ATTEMPTS):
            build = self._read_everything(_day(at))
            complete = self._take_in_rest(build)
            if complete or self._build is None:
                self._switch_to(build)
                return True
            build.close()
        self._folder.remove_old_builds()
        return False

    def close(self) -> None:
        """Let go of the build; the writer is of no use after it."""
        if self._build is not None:
            self._build.close()
            self._build = None

    def _open_current(self) -> _Build | None:
        folder = self._folder.current()
        if folder is None or not folder.name.startswith(f"{self._fingerprint}-"):
            return None
        try:
            return _Build.open(folder)
        except (BuildBroken, ValueError, OSError) as error:
            _log.warning("index cannot be used and is built anew: %s", error)
            return None

    def _is_usable(self, at: datetime) -> bool:
        return self._build is not None and self._build.state.day == _day(at)

    def _take_in_all(self) -> bool:
        try:
            return self._build is not None and self._build.take_in()
        except PositionLost as reason:
            _log.info("index is built anew: %s", reason)
            return False

    def _read_everything(self, day: date) -> _Build:
        with one_state():
            position = last_settled()
            covered = frozenset(change.id for change in pending_after(position).changes)
        state = BuildState(position, day, covered)
        build = _Build.create(self._folder.new_build(self._fingerprint), state)
        for number, document in enumerate(documents(day=day), start=1):
            build.add(document)
            if number % _CHUNK == 0 and self._build is not None:
                with suppress(PositionLost):
                    self._build.take_in()
        build.commit(state)
        return build

    def _take_in_rest(self, build: _Build) -> bool:
        """Take in what changed while the documents were read: then the build is one state of the database."""
        try:
            return build.take_in()
        except PositionLost:
            return False

    def _switch_to(self, build: _Build) -> None:
        self.close()
        self._build = build
        self._folder.point_at(build.folder)
        self._folder.remove_old_builds()


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()
