"""`ask()` in one process: questions per second, where the time goes, and the same retrieval in SQLite FTS5 beside it.

The demo municipality, once by itself and once among 341 copies of it (other ids, other municipality). Both engines hold
the same tokens of the same analysis, weigh the fields alike and give the best 200 within the municipality. Rounds are
interleaved; the median of the rounds is shown with the extremes. Questions are timed in processor time, so that what
else runs on the machine counts little; building and changing in seconds of the clock, because they wait for the disk.
"""

import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.harness import table

COPIES = 341
ROUNDS, REPEATS = 5, 20
HOME = "GM9901"
QUESTIONS = (
    "iemand die met mijn moeder wil wandelen",
    "ik zit hele dagen alleen",
    "ik kom niet rond",
    "ik snap die brief van de gemeente niet",
    "samen eten in de buurt op donderdag",
    "mijn zoon van negen wil voetballen maar we hebben weinig geld",
    "computerhulp voor ouderen",
    "iets met muziek",
    "mijn man is overleden",
    "biljarten of schaken in de middag",
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-") as folder:
        os.environ |= {"SAMENSPEL_DATA": folder, "SAMENSPEL_MUNICIPALITY": HOME}
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "samenspel.config.settings"
        import django

        django.setup()
        measure(Path(folder))


def measure(folder: Path) -> None:
    from django.core.management import call_command

    from samenspel.demo.load import load_demo
    from samenspel.socialmap.catalogue import documents

    call_command("migrate", verbosity=0)
    at = datetime.now(UTC)
    load_demo(at)
    demo = list(documents(day=at.date()))
    rows, shares = [], []
    for size in (1, 1 + COPIES):
        found = list(copies(demo, size))
        seconds, write_seconds = index(folder / str(size), found, at)
        timed = time_ask(folder / str(size), fts5(found), at)
        per_ask = {name: statistics.median(values) for name, values in timed.items()}
        rows.append([f"{size} × {len(demo)}", rate(timed["ask"]), rate(timed["tantivy"]), rate(timed["FTS5"])])
        shares.append(
            [f"{size} × {len(demo)}"]
            + [f"{per_ask[name]:.2f}" for name in ("understand", "tantivy", "rank", "ask")]
            + [f"{seconds:.1f}", f"{write_seconds * 1000:.0f}"]
        )
    table(
        "Questions per second in one process, median (extremes)",
        ["offerings", "ask(), whole", "retrieval: tantivy", "peer, retrieval: FTS5"],
        rows,
    )
    head = ["offerings", "understand", "retrieve", "rank and tell", "whole", "build, s", "one change, ms"]
    table("Milliseconds per question", head, shares)


def rate(milliseconds: list[float]) -> str:
    rates = sorted(1000 / each for each in milliseconds)
    return f"{statistics.median(rates):.0f} ({rates[0]:.0f}-{rates[-1]:.0f})"


def copies(demo: list[Any], size: int) -> Iterator[Any]:
    """The demo, and copies of it in municipalities of their own."""
    yield from demo
    for number in range(1, size):
        municipality = f"GM{number:04}"
        for document in demo:
            entry = json.loads(document.entry)
            entry["id"] = f"{number:04}{entry['id'][4:]}"
            entry["municipality"] = municipality
            marks = tuple(mark.replace(HOME, municipality) for mark in document.marks)
            yield replace(document, id=entry["id"], marks=marks, entry=json.dumps(entry).encode())


def index(folder: Path, found: list[Any], at: datetime) -> tuple[float, float]:
    """Build the index as the writer does, from documents at hand; seconds for all, and for one changed document."""
    from samenspel.socialmap.index.folder import BuildState, IndexFolder, Position, fingerprint
    from samenspel.socialmap.index.writer import _Build

    made = IndexFolder(folder / "index")
    started = time.perf_counter()
    with made.writing():
        state = BuildState(Position(), at.date())
        build = _Build.create(made.new_build(fingerprint()), state)
        for document in found:
            build.add(document)
        build.commit(state)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        for document in found[:20]:
            build._replace([document.id], [document])
            build.commit(state)
        one = (time.perf_counter() - started) / 20
        build.close()
        made.point_at(build.folder)
    return seconds, one


def fts5(found: list[Any]) -> sqlite3.Connection:
    """The same tokens in a contentless FTS5 table, the entries beside it; the municipality is a token too."""
    from samenspel.socialmap.catalogue import TEXT_WEIGHTS

    store = sqlite3.connect(":memory:")
    columns = ", ".join((*TEXT_WEIGHTS, "mark"))
    store.execute(f"CREATE VIRTUAL TABLE word USING fts5({columns}, content='', tokenize=\"unicode61\")")
    store.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, entry BLOB)")
    for number, document in enumerate(found, start=1):
        texts = [" ".join(document.texts[field]) for field in TEXT_WEIGHTS]
        marks = " ".join(plain(mark) for mark in document.marks)
        values = ", ".join("?" * (len(texts) + 2))
        store.execute(f"INSERT INTO word (rowid, {columns}) VALUES ({values})", [number, *texts, marks])
        store.execute("INSERT INTO entry VALUES (?, ?)", [number, document.entry])
    store.execute("INSERT INTO word (word) VALUES ('optimize')")
    store.commit()
    return store


def plain(mark: str) -> str:
    return mark.replace(":", "0").replace("-", "0").replace("_", "0")


def time_ask(folder: Path, store: sqlite3.Connection, at: datetime) -> dict[str, list[float]]:
    """Milliseconds per question of each round, by part."""
    from django.conf import settings

    settings.DATA = folder
    work = parts(store, at)
    timed: dict[str, list[float]] = {name: [] for name in work}
    run(work)
    for _ in range(ROUNDS):
        for name, seconds in run(work, repeats=REPEATS).items():
            timed[name].append(seconds * 1000 / (REPEATS * len(QUESTIONS)))
    return timed


def run(work: dict[str, Callable[[int], object]], *, repeats: int = 1) -> dict[str, float]:
    """Seconds of processor time that each part takes for all questions, `repeats` times over."""
    seconds = {}
    for name, one in work.items():
        started = time.process_time()
        for number in list(range(len(QUESTIONS))) * repeats:
            one(number)
        seconds[name] = time.process_time() - started
    return seconds


def parts(store: sqlite3.Connection, at: datetime) -> dict[str, Callable[[int], object]]:
    """What is timed, by name; each takes the number of a question."""
    from samenspel.places.lookup import find_near
    from samenspel.socialmap import ask as module
    from samenspel.socialmap.vocabulary import vocabulary

    near = find_near("1291AC", municipality=HOME)
    understood = [module.understand(question, vocabulary()) for question in QUESTIONS]
    conditions = module._conditions(near, module.NO_FILTERS, at)

    def hits(number: int) -> list[Any]:
        return list(module._hits(module.index_reader().view(), understood[number], near, conditions))

    found = [hits(number) for number in range(len(QUESTIONS))]

    def rank(number: int) -> object:
        suited = module._suited(found[number], near=near, filters=module.NO_FILTERS, at=at)
        return module._results(understood[number], suited, near=near, at=at, limit=10, language="nl")

    return {
        "ask": lambda number: module.ask(QUESTIONS[number], near=near, at=at),
        "understand": lambda number: module.understand(QUESTIONS[number], vocabulary()),
        "tantivy": hits,
        "FTS5": lambda number: search_fts5(store, understood[number]),
        "rank": rank,
    }


def search_fts5(store: sqlite3.Connection, understanding: Any) -> list[Any]:
    """Row numbers and scores only: what they stand for is not read, as our side does from its memory."""
    from samenspel.socialmap.catalogue import TEXT_WEIGHTS

    weights = ", ".join(str(weight) for weight in (*TEXT_WEIGHTS.values(), 0.0))
    wanted = [f'"{term}"' for term in understanding.terms]
    wanted += [f"mark : {plain('need:' + need.key)}" for need in understanding.needs]
    question = f"mark : {plain('in:' + HOME)} AND ({' OR '.join(wanted)})"
    statement = f"SELECT rowid, bm25(word, {weights}) FROM word WHERE word MATCH ? ORDER BY 2 LIMIT 200"
    return store.execute(statement, [question]).fetchall()


if __name__ == "__main__":
    main()
