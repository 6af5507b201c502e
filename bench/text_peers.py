"""Two peers for the search at size: SQLite FTS5 and PostgreSQL, with the same tokens and marks as our own index.

Each holds the tokens of every field, and the marks of municipality and needs as tokens beside them; each gives the best
200 for the tokens and needs that a question was understood to have, fields weighed as ours are. They give row numbers
only: what a result shows, its suitability, reach and reason are not asked of them.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from samenspel.engine.matching import Understanding
from samenspel.socialmap.catalogue import TEXT_WEIGHTS, Document

MOST = 200
_CLASSES = "ABBCCD"
"""The weight class of each field of TEXT_WEIGHTS in PostgreSQL, which has four."""
_CLASS_WEIGHTS = "{0.23,0.33,0.58,1.0}"
"""Of D, C, B and A, as TEXT_WEIGHTS has them: 0.7, 1.0, 1.75 and 3.0 of 3.0."""


class Peer(Protocol):
    """A store that can be filled once and then asked; `municipality` is "" for the whole country."""

    name: str

    def fill(self, documents: Iterable[Document]) -> None: ...
    def finish(self) -> None: ...
    def size(self) -> int: ...
    def ask(self, understanding: Understanding, municipality: str) -> list[Any]: ...


class Fts5:
    """A contentless FTS5 table on disk, in memory as far as it fits."""

    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store = sqlite3.connect(path)
        self._store.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; PRAGMA mmap_size=4000000000;"
        )
        self._columns = ", ".join((*TEXT_WEIGHTS, "mark"))

    def fill(self, documents: Iterable[Document]) -> None:
        self._store.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5({self._columns}, content='', tokenize=\"unicode61\")"
        )
        values = ", ".join("?" * (len(TEXT_WEIGHTS) + 1))
        rows = (
            [*(" ".join(document.texts[field]) for field in TEXT_WEIGHTS), " ".join(_marks(document))]
            for document in documents
        )
        self._store.executemany(f"INSERT INTO word ({self._columns}) VALUES ({values})", rows)

    def finish(self) -> None:
        self._store.execute("INSERT INTO word (word) VALUES ('optimize')")
        self._store.commit()

    def size(self) -> int:
        return self._path.stat().st_size

    def ask(self, understanding: Understanding, municipality: str) -> list[Any]:
        wanted = [f'"{term}"' for term in understanding.terms]
        wanted += [f"mark : {_plain(f'need:{need.key}')}" for need in understanding.needs]
        if not wanted:
            return []
        question = f"({' OR '.join(wanted)})"
        if municipality:
            question = f"mark : {_plain(f'in:{municipality}')} AND {question}"
        weights = ", ".join(str(weight) for weight in (*TEXT_WEIGHTS.values(), 2.0))
        statement = f"SELECT rowid FROM word WHERE word MATCH ? ORDER BY bm25(word, {weights}) LIMIT {MOST}"
        return self._store.execute(statement, [question]).fetchall()


class Postgres:
    """One table with a GIN index over a tsvector of tokens and marks; `url` is the DATABASE_URL of the cluster."""

    name = "PostgreSQL"

    def __init__(self, url: str, table: str) -> None:
        import psycopg

        parts = urlsplit(url)
        self._table = table
        self._store = psycopg.connect(
            host=unquote(parts.hostname or parts.netloc.rpartition("@")[2]),
            user=parts.username,
            dbname=parts.path.lstrip("/"),
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,  # a statement without parameters is planned for its own words
        )

    def fill(self, documents: Iterable[Document]) -> None:
        self._store.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} (id bigint GENERATED ALWAYS AS IDENTITY, word tsvector)"
        )
        with self._store.cursor() as cursor, cursor.copy(f"COPY {self._table} (word) FROM STDIN") as copy:
            for document in documents:
                copy.write_row([_vector(document)])

    def finish(self) -> None:
        self._store.execute(f"CREATE INDEX {self._table}_word ON {self._table} USING gin (word)")
        self._store.execute(f"VACUUM ANALYZE {self._table}")

    def size(self) -> int:
        found = self._store.execute(f"SELECT pg_total_relation_size('{self._table}')").fetchone()
        return int(found[0]) if found else 0

    def ask(self, understanding: Understanding, municipality: str) -> list[Any]:
        wanted = [f"'{term}'" for term in understanding.terms]
        wanted += [f"'{_plain(f'need:{need.key}')}'" for need in understanding.needs]
        if not wanted:
            return []
        scored = f"({' | '.join(wanted)})"
        matched = f"'{_plain(f'in:{municipality}')}' & {scored}" if municipality else scored
        return self._store.execute(
            f"SELECT id FROM {self._table} WHERE word @@ %s::tsquery"
            f" ORDER BY ts_rank('{_CLASS_WEIGHTS}', word, %s::tsquery) DESC LIMIT {MOST}",
            [matched, scored],
        ).fetchall()


def _marks(document: Document) -> list[str]:
    return [_plain(mark) for mark in document.marks if mark.startswith(("in:", "need:"))]


def _plain(mark: str) -> str:
    """A mark as one word of any tokenizer."""
    return mark.replace(":", "0").replace("-", "0").replace("_", "0").lower()


def _vector(document: Document) -> str:
    """A tsvector in its text form: each token with the class of its field; the marks of needs as the name has it."""
    places: dict[str, list[str]] = defaultdict(list)
    for position, (field, weight) in enumerate(zip(TEXT_WEIGHTS, _CLASSES, strict=True), start=1):
        for token in document.texts[field]:
            places[token].append(f"{position}{weight}")
    for mark in _marks(document):
        places[mark].append("7B")
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())
