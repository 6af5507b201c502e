"""Reading the index in a web process: follow the newest readable build, keep the last good one."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf, log
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
from samenspel.socialmap.index.schema import Clause, Term

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
    addresses: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Pool:
    """What several ways of searching found: each document once, in order of their versions.

    `scores` has a row per way and a column per document, 0 where a way did not find it. `found_otherwise` tells which
    documents another way than the first found.
    """

    priors: Floats
    versions: Bits
    addresses: Sequence[Any]
    scores: Floats
    found_otherwise: Flags

    @classmethod
    def of(cls, ways: Sequence[Sequence[Hits]]) -> "Pool | None":
        """All hits of each way, of one search or more; None when there are none."""
        parts = [(number, part) for number, way in enumerate(ways) for part in way if part.addresses]
        if not parts:
            return None
        every = np.concatenate([part.versions for _, part in parts])
        versions, first, rows = np.unique(every, return_index=True, return_inverse=True)
        otherwise = np.zeros(len(versions), dtype=np.bool_)
        scores = np.zeros((len(ways), len(versions)))
        start = 0
        for number, part in parts:
            here = rows[start : start + len(part.addresses)]
            start += len(part.addresses)
            otherwise[here] |= number > 0
            scores[number, here] = part.scored  # a document scores the same in every search of one way
        addresses = [address for _, part in parts for address in part.addresses]
        priors = np.concatenate([part.priors for _, part in parts])[first]
        return cls(priors, versions, [addresses[number] for number in first.tolist()], scores, otherwise)


class View:
    """One state of the index: all answers of one view agree with each other."""

    def __init__(self, build: Path, state: BuildState, searcher: Any, entries: dict[int, Entry]) -> None:
        self.build = build
        self.state = state
        self._searcher = searcher
        self._entries = entries
        self._terms: dict[str, Term] = {}  # words of the index only, none of a question that it does not have

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
        hits = result.hits  # made anew at every look
        scored, addresses = zip(*hits, strict=True) if hits else ((), ())
        priors = self._column("prior", addresses, np.float64)
        scores = np.array(scored, dtype=np.float64)
        if by_prior:
            scores /= np.log2(2.0 + priors)  # tantivy multiplied by this
        versions = self._column("version", addresses, np.uint64)
        return Hits(int(result.count), np.round(scores, 1), priors, versions, addresses)

    def columns(self, names: Iterable[str], addresses: Sequence[Any]) -> dict[str, Bits]:
        """Columns of documents, for the ranking."""
        return {name: self._column(name, addresses, np.uint64) for name in names}

    def _column(self, name: str, addresses: Sequence[Any], kind: Any) -> Any:
        return np.array(self._searcher.fast_field_values(name, addresses), dtype=kind)

    def entry(self, version: int, address: Any) -> Entry:
        """What a result shows of one document; remembered, as it is the same as long as its version is."""
        return self._entries.get(version) or self._decode(version, address)

    def terms(self, tokens: Iterable[str]) -> dict[str, Term]:
        """What is known of each token; those that no offering has are left out."""
        found = ((token, self._terms.get(token) or self._look_up(token)) for token in dict.fromkeys(tokens))
        return {token: term for token, term in found if term}

    def leading(self, marks: Iterable[tuple[str, float]], limit: int) -> list[tuple[str, float]]:
        """The marks, with their scores, that decide who are the `limit` best by the best mark they have."""
        needed: list[tuple[str, float]] = []
        having, last = 0, inf
        for mark, score in sorted(marks, key=lambda one: -one[1]):
            if having >= limit and score < last:
                break
            last = score
            having = max(having, self._searcher.doc_freq("mark", mark))
            needed.append((mark, score))
        return needed

    @property
    def unknown(self) -> float:
        """What a token would tell that no offering has."""
        return _weight(0, self.size)

    def _look_up(self, token: str) -> Term | None:
        """How many offerings have the token. In a large index those deleted a moment ago still count: they are few
        there, and looking each up would take longer than the search."""
        counts = {field: self._searcher.doc_freq(field, token) for field in TEXT_WEIGHTS}
        count = sum(counts.values())
        if count and self.size <= _COUNTED_EXACTLY:
            count = self.count([schema.contains(token)])
        if not count:
            return None
        if len(self._terms) >= _MOST_ENTRIES:
            self._terms.clear()
        fields = [field for field, having in counts.items() if having]
        term = self._terms[token] = Term.of(token, count, _weight(count, self.size), fields)
        return term

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


def affordable(terms: Iterable[Term], budget: int) -> set[str]:
    """The rarest tokens until so many places of tokens would have to be read; two at least."""
    found = sorted(terms, key=lambda term: (term.count, term.token))
    read = accumulate(term.count for term in found)
    return {term.token for term in found[: max(2, sum(so_far <= budget for so_far in read))]}


def _weight(count: int, size: int) -> float:
    """How much a token tells, above 0: the fewer offerings of all have it, the more."""
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
