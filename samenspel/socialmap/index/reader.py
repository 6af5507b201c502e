"""Reading the index in a web process: follow the newest readable build, keep the last good one."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import tantivy
from django.conf import settings
from tantivy import Query

from samenspel.engine.matching.offers import Bits, Flags, Floats
from samenspel.socialmap.catalogue import TEXT_WEIGHTS
from samenspel.socialmap.entry import Entry
from samenspel.socialmap.index import schema
from samenspel.socialmap.index.folder import BuildState, IndexFolder, Signature, read_state
from samenspel.socialmap.index.schema import Clause

_log = logging.getLogger(__name__)

_MOST_ENTRIES = 20_000
"""Decoded entries kept per process (about 3 kB each)."""

_COUNTED_EXACTLY = 5_000
"""Offerings of one municipality, about."""

_PAUSE_AFTER_FAILURE = 0.5
"""Seconds before an unreadable index is tried again."""


class IndexMissing(RuntimeError):
    """There is no index that can be read yet."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents found by one search: how many fulfil the clauses in all, and of the best of them the scores and places.

    `scored` are the scores of the clauses, `priors` what each is worth whatever was asked.
    """

    total: int
    scored: Floats
    priors: Floats
    versions: Bits
    addresses: list[Any]

    @classmethod
    def together(cls, parts: Sequence["Hits"]) -> "Hits":
        """The hits of several searches, each document once, in order of their versions and without scores."""
        if not parts:
            return cls(0, np.empty(0), np.empty(0), np.empty(0, dtype=np.uint64), [])
        versions, first = np.unique(np.concatenate([part.versions for part in parts]), return_index=True)
        priors = np.concatenate([part.priors for part in parts])[first]
        addresses = [address for part in parts for address in part.addresses]
        return cls(len(versions), np.zeros(len(versions)), priors, versions, [addresses[number] for number in first])

    def among(self, parts: Sequence["Hits"]) -> Flags:
        """Which of these documents some of the searches found."""
        return np.isin(self.versions, np.concatenate([self.versions[:0], *(part.versions for part in parts)]))

    def scores(self, parts: Sequence["Hits"]) -> Floats:
        """The best score of each of these documents in some of the searches; 0 where they did not find it."""
        found = np.zeros(len(self.versions))
        for part in parts:
            rows = np.searchsorted(self.versions, part.versions)
            found[rows] = np.maximum(found[rows], part.scored)
        return found


class View:
    """One state of the index: all answers of one view agree with each other."""

    def __init__(self, build: Path, state: BuildState, searcher: Any, entries: dict[int, Entry]) -> None:
        self.build = build
        self.state = state
        self._searcher = searcher
        self._entries = entries
        self._counted: dict[str, int] = {}  # words of the index only, none of a question that it does not have

    @property
    def size(self) -> int:
        """How many offerings are in it."""
        return int(self._searcher.num_docs)

    def count(self, clauses: Sequence[Clause]) -> int:
        return int(self._searcher.search(Query.boolean_query(list(clauses)), 1).count)

    def search(self, clauses: Sequence[Clause], limit: int, *, by_prior: bool = True) -> Hits:
        """How many documents fulfil the clauses, and the best of them by the scores of the clauses.

        Equal scores come in order of what each is worth; without `by_prior` in any order, which for a question about
        the whole country saves most of the time.
        """
        weight = "prior" if by_prior else None
        result = self._searcher.search(Query.boolean_query(list(clauses)), limit, weight_by_field=weight)
        addresses = [address for _, address in result.hits]
        priors = np.array(self._searcher.fast_field_values("prior", addresses), dtype=np.float64)
        scores = np.array([score for score, _ in result.hits], dtype=np.float64)
        if by_prior:
            scores /= np.log2(2.0 + priors)  # tantivy multiplied by this
        versions = np.array(self._searcher.fast_field_values("version", addresses), dtype=np.uint64)
        return Hits(int(result.count), np.round(scores, 1), priors, versions, addresses)

    def columns(self, addresses: list[Any]) -> dict[str, Bits]:
        """The columns of documents, for the ranking."""
        read = self._searcher.fast_field_values
        return {name: np.array(read(name, addresses), dtype=np.uint64) for name in schema.columns()}

    def entry(self, version: int, address: Any) -> Entry:
        """What a result shows of one document; remembered, as it is the same as long as its version is."""
        return self._entries.get(version) or self._decode(version, address)

    def rarity(self, tokens: Iterable[str], *, budget: int | None = None) -> list[tuple[str, float]]:
        """How much each token tells: the fewer offerings have it, the more (above 0).

        Tokens that no offering has are left out. With a `budget` the rarest are taken until so many places of tokens
        would have to be read, two at least.
        """
        having = {token: self._counted.get(token) or self._count_token(token) for token in dict.fromkeys(tokens)}
        found = sorted((count, token) for token, count in having.items() if count)
        if budget is not None:
            read = accumulate(count for count, _ in found)
            affordable = max(2, sum(so_far <= budget for so_far in read))
            found = found[:affordable]
        size = self.size
        return [(token, _weight(count, size)) for count, token in found]

    @property
    def unknown(self) -> float:
        """What a token would tell that no offering has."""
        return _weight(0, self.size)

    def _count_token(self, token: str) -> int:
        count = self._having(token)
        if count:
            if len(self._counted) >= _MOST_ENTRIES:
                self._counted.clear()
            self._counted[token] = count
        return count

    def _having(self, token: str) -> int:
        """How many offerings have the token. In a large index those deleted a moment ago still count: they are few
        there, and looking each up would take longer than the search."""
        if self.size <= _COUNTED_EXACTLY:
            return self.count([schema.contains(token)])
        return sum(self._searcher.doc_freq(field, token) for field in TEXT_WEIGHTS)

    def documents(self) -> dict[str, int]:
        """Everything in it: id to version; for checking, not for a request."""
        found = self._searcher.search(Query.all_query(), max(1, self._searcher.num_docs)).hits
        addresses = [address for _, address in found]
        versions = self._searcher.fast_field_values("version", addresses)
        ids = [self._searcher.doc(address)["id"][0] for address in addresses]
        if len(set(ids)) != len(ids):
            raise RuntimeError(f"{self.build}: an offering stands in it twice")
        return dict(zip(ids, versions, strict=True))

    def _decode(self, version: int, address: Any) -> Entry:
        if len(self._entries) >= _MOST_ENTRIES:
            self._entries.clear()
        entry = Entry.from_json(bytes(self._searcher.doc(address)["entry"][0]))
        self._entries[version] = entry
        return entry


def _weight(count: int, size: int) -> float:
    return round(log(1 + (max(0, size - count) + 0.5) / (count + 0.5)), 1) + 0.1


class Reader:
    """Gives the newest view; opens a file only when the writer has put something new in place."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = Lock()
        self._entries: dict[int, Entry] = {}  # by version, so that what did not change is decoded once
        self._view: View | None = None
        self._build: Path | None = None
        self._index: Any = None
        self._seen: Signature = ()
        self._try_again_at = 0.0

    def view(self) -> View:
        """The newest state that can be read; raises IndexMissing when there never was one."""
        if self._folder.signature(self._build) != self._seen and time.monotonic() >= self._try_again_at:
            with self._lock:
                self._follow()
        if self._view is None:
            raise IndexMissing(f"no index in {self._folder.path}")
        return self._view

    def _follow(self) -> None:
        try:
            self._open_newest()
        except Exception:  # whatever is wrong on disk, the last good view goes on answering
            _log.exception("index cannot be read, going on with the last good one")
            self._try_again_at = time.monotonic() + _PAUSE_AFTER_FAILURE

    def _open_newest(self) -> None:
        pointer = self._folder.signature(None)  # both before reading: a change meanwhile is seen the next time
        build = self._folder.current()
        if build is None:
            return
        inside = self._folder.signature(build)[len(pointer) :]
        state = read_state(build)
        index = self._index if self._build == build else _open(build)
        index.reload()
        self._view = View(build, state, index.searcher(), self._entries)
        self._build, self._index, self._seen = build, index, pointer + inside


def _open(build: Path) -> Any:
    index = tantivy.Index.open(str(build))
    index.config_reader("manual")  # the writer's position file says when there is something new
    return index


_readers: dict[Path, Reader] = {}


def index_reader() -> Reader:
    """The reader of this process for the installation's index."""
    found = _readers.get(settings.DATA)
    if found is None:
        found = _readers.setdefault(settings.DATA, Reader(IndexFolder.of_installation()))
    return found
