"""Asking at the size of a town, of a sparse and of a full country: 350, 35,000 and 1,000,000 offerings.

    python -m bench.bench_size [--sizes 350,35000,1000000]

The offerings are generated (bench/generated.py); 350 are those of one municipality of the demo's size, more are spread
over all. Whole `ask()` (understand, retrieve, rank, tell why) for questions of all voices, each near another real
postcode and once for the whole country, in a process that is warm but has seen neither question nor place. Beside it,
in the same rounds, two peers that only retrieve. Wall time; each size in processes of its own.

Goals at 1,000,000: p95 at most 5 ms near a postcode (less than twice that at 35,000) and 25 ms nationwide.
"""

import argparse
import os
import pickle
import random
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.apart import alone, at_rank, processes
from bench.harness import table
from tests.postgres import postgres

SIZES = (350, 35_000, 1_000_000)
ONE_MUNICIPALITY, RESIDENTS = 350, 22_000
"""Up to so many offerings are those of one municipality, with about so many residents."""
PART = 10_000
QUESTIONS = 360
PEER_NATIONWIDE = 100
"""Questions for the whole country that the peers are asked; one takes them seconds."""
WARMING = (
    "iemand die met mijn moeder wil wandelen",
    "ik zit hele dagen alleen",
    "ik kom niet rond",
    "ik snap die brief van de gemeente niet",
    "samen eten in de buurt op donderdag",
    "computerhulp voor ouderen",
    "biljarten of schaken in de middag",
)
"""Asked before anything is measured, so that nobody waits for a dictionary."""
SECONDS = 10.0
"""Seconds of questions without pause, for the rate."""
HERE, EVERYWHERE = "near a postcode", "nationwide"
POSTGRES_OPTIONS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off",
    "shared_buffers": "2GB", "work_mem": "256MB", "maintenance_work_mem": "1GB", "max_wal_size": "16GB",
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[1]

Figures = dict[tuple[str, str], list[float]]
"""Milliseconds of each question, by where and by engine."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-size-") as folder, postgres(POSTGRES_OPTIONS) as url:
        os.environ |= {
            "SAMENSPEL_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "samenspel.config.settings",
            "SAMENSPEL_MUNICIPALITY": "GM9901",
            "SAMENSPEL_MEANING": "0",
        }
        os.environ.pop("DATABASE_URL", None)
        alone(_prepare)
        show([(size, measure(size, Path(folder), url)) for size in sizes])


def measure(size: int, root: Path, url: str) -> dict[str, Any]:
    """Everything of one size, each part in processes of its own."""
    folder = root / str(size)
    folder.mkdir()
    parts = range((size + PART - 1) // PART)
    started = time.perf_counter()
    with processes(2) as two:
        written = list(two.map(_generate, [size] * len(parts), parts, [folder] * len(parts)))
    found: dict[str, Any] = {"generate": size / (time.perf_counter() - started)}
    for name in ("names", "summaries", "terms"):
        found[name] = len(set().union(*(one[name] for one in written)))
    found |= alone(_build, folder) | alone(_fill_peers, folder, url)
    for file in folder.glob("*.pickle"):
        file.unlink()
    found["figures"] = alone(_time, size, folder, url)
    for where in (HERE, EVERYWHERE):
        with processes(2) as two:
            ran = list(two.map(_run, [size] * 2, [folder] * 2, [where] * 2, range(2)))
        found[where] = sum(rate for rate, _ in ran)
        found["memory"] = ran[0][1]
    return found


def _prepare() -> None:
    from django.core.management import call_command

    from samenspel.demo.load import load_demo

    call_command("migrate", verbosity=0)
    load_demo(datetime.now(UTC))


def _country(size: int) -> Any:
    from bench.generated import Country

    whole = Country.read()
    return whole.municipality_of(RESIDENTS) if size <= ONE_MUNICIPALITY else whole


@lru_cache(maxsize=1)
def _generator(size: int) -> Any:
    from bench.generated import Generator

    return Generator(_country(size), datetime.now(UTC).date())


def _generate(size: int, part: int, folder: Path) -> dict[str, set[int]]:
    """Write one part of the documents to a file; says how they differ, as hashes."""
    from samenspel.socialmap.entry import Entry

    made = list(_generator(size).documents(size, slice(part * PART, (part + 1) * PART)))
    (folder / f"{part:04}.pickle").write_bytes(pickle.dumps(made))
    entries = [Entry.from_json(document.entry) for document in made]
    return {
        "names": {_hashed(entry.name) for entry in entries},
        "summaries": {_hashed(entry.summary) for entry in entries},
        "terms": {_hashed(token) for one in made for tokens in one.texts.values() for token in tokens},
    }


def _hashed(text: str) -> int:
    from zlib import adler32, crc32

    return crc32(text.encode()) << 32 | adler32(text.encode())


def _documents(folder: Path) -> Iterator[list[Any]]:
    for file in sorted(folder.glob("*.pickle")):
        yield pickle.loads(file.read_bytes())


def _build(folder: Path) -> dict[str, float]:
    """Build our index as the writer does; seconds without reading the documents, and bytes."""
    from samenspel.socialmap.index.folder import BuildState, IndexFolder, Position, fingerprint
    from samenspel.socialmap.index.writer import _Build

    made = IndexFolder(folder / "index")
    seconds = 0.0
    with made.writing():
        state = BuildState(Position(), datetime.now(UTC).date())
        build = _Build.create(made.new_build(fingerprint()), state)
        for documents in _documents(folder):
            started = time.perf_counter()
            for document in documents:
                build.add(document)
            seconds += time.perf_counter() - started
        started = time.perf_counter()
        build.commit(state)
        build.close()
        made.point_at(build.folder)
    seconds += time.perf_counter() - started
    return {"build": seconds, "size": sum(file.stat().st_size for file in build.folder.iterdir())}


def _peers(folder: Path, url: str) -> list[Any]:
    from bench.text_peers import Fts5, Postgres

    return [Fts5(folder / "fts5.sqlite"), Postgres(url, f"offering_{folder.name}")]


def _fill_peers(folder: Path, url: str) -> dict[str, float]:
    found = {}
    for peer in _peers(folder, url):
        seconds = 0.0
        for documents in _documents(folder):
            started = time.perf_counter()
            peer.fill(documents)
            seconds += time.perf_counter() - started
        started = time.perf_counter()
        peer.finish()
        found[f"build {peer.name}"] = seconds + time.perf_counter() - started
        found[f"size {peer.name}"] = peer.size()
    return found


def questions() -> list[str]:
    """Different questions in a mixed order: those of the quality bench, and those of the tests of understanding."""
    files = [*sorted((ROOT / "bench" / "questions").glob("half_*.toml")), ROOT / "tests" / "engine" / "golden.toml"]
    asked = [one["ask"] for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["question"]]
    different = list(dict.fromkeys(asked))
    random.Random(4).shuffle(different)
    return different


def _nears(size: int, part: int) -> list[Any]:
    """Real postcodes, each once, in a mixed order; another order for each part."""
    from samenspel.places.lookup import Near
    from samenspel.places.models import Area

    askers = list(_country(size).askers)
    random.Random(part).shuffle(askers)
    return [
        Near(
            one.postcode,
            one.latitude,
            one.longitude,
            Area(code=one.neighborhood, municipality=one.municipality, kind=Area.Kind.NEIGHBORHOOD),
            one.municipality,
        )
        for one in askers
    ]


def _warm(folder: Path, near: Any) -> Callable[[str, Any], object]:
    """`ask()` over the index in a folder, warmed with questions that are not measured."""
    from django.conf import settings

    from samenspel.places.lookup import COUNTRY
    from samenspel.socialmap.ask import ask, warm

    settings.DATA = folder
    at = datetime.now(UTC)
    warm()
    for question in WARMING:
        for place in (near, COUNTRY):
            ask(question, near=place, at=at)
    return lambda question, near: ask(question, near=near, at=at)


def _time(size: int, folder: Path, url: str) -> Figures:
    """Milliseconds per question; every engine gets the question before the next one is asked."""
    from samenspel.engine.matching import understand
    from samenspel.places.lookup import COUNTRY
    from samenspel.socialmap.vocabulary import vocabulary

    last, *nears = reversed(_nears(size, 0))
    answer, peers = _warm(folder, last), _peers(folder, url)
    asked = [question for question in questions() if question not in WARMING][:QUESTIONS]
    for peer in peers:
        for question in WARMING[:3]:
            peer.ask(understand(question, vocabulary()), last.municipality)
    figures: Figures = {}
    for number, question in enumerate(asked):
        near = nears[number % len(nears)]
        for where, place in ((HERE, near), (EVERYWHERE, COUNTRY)):
            _timed(figures, where, "ask()", answer, question, place)
            if where == EVERYWHERE and number >= PEER_NATIONWIDE:
                continue
            understood = understand(question, vocabulary())
            for peer in peers:
                _timed(figures, where, peer.name, peer.ask, understood, place.municipality)
    return figures


def _timed(figures: Figures, where: str, name: str, work: Callable[..., object], *given: object) -> None:
    started = time.perf_counter()
    work(*given)
    figures.setdefault((where, name), []).append((time.perf_counter() - started) * 1000)


def _run(size: int, folder: Path, where: str, part: int) -> tuple[float, dict[str, float]]:
    """Questions per second of one process for a while, and its memory in MB."""
    from samenspel.places.lookup import COUNTRY

    nears = _nears(size, part)
    answer, asked = _warm(folder, nears[0]), questions()[part::2]
    started, done = time.perf_counter(), 0
    while (seconds := time.perf_counter() - started) < SECONDS:
        near = nears[done % len(nears)] if where == HERE else COUNTRY
        answer(asked[done % len(asked)], near)
        done += 1
    return done / seconds, _memory()


def _memory() -> dict[str, float]:
    """Memory of this process: its own, and pages of files and libraries that processes share."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {line.split()[0].rstrip(":"): int(line.split()[1]) for line in lines}
    own = kilobytes["Anonymous"]
    return {"own": own / 1024, "files": (kilobytes["Rss"] - own) / 1024}


def show(measured: Sequence[tuple[int, dict[str, Any]]]) -> None:
    peers = ("SQLite FTS5", "PostgreSQL")
    rows = []
    for size, found in measured:
        for (where, name), values in sorted(found["figures"].items(), key=lambda one: (one[0][0] != HERE,)):
            shown = "**ask()**, whole" if name == "ask()" else f"peer, retrieval only: {name}"
            figures = [f"{at_rank(values, share):.2f}" for share in (0.5, 0.95, 0.99)]
            rows.append([f"{size:,}", where, shown, *figures, len(values)])
    table("Milliseconds per question", ["offerings", "where", "engine", "p50", "p95", "p99", "questions"], rows)
    table(
        "Questions per second of two processes, and the memory of one in MB",
        ["offerings", HERE, EVERYWHERE, "its own", "of files, shared"],
        [
            [
                f"{size:,}",
                *(f"{found[where]:,.0f}" for where in (HERE, EVERYWHERE)),
                *map(_whole, found["memory"].values()),
            ]
            for size, found in measured
        ],
    )
    table(
        "Build, from documents at hand: seconds (MB on disk)",
        ["offerings", "our index", *(f"peer: {name}" for name in peers)],
        [
            [
                f"{size:,}",
                _built(found, "build", "size"),
                *(_built(found, f"build {name}", f"size {name}") for name in peers),
            ]
            for size, found in measured
        ],
    )
    table(
        "Variety of what was generated",
        ["offerings", "names", "summaries", "terms", "generated per second"],
        [
            [f"{size:,}", *(f"{found[name]:,.0f}" for name in ("names", "summaries", "terms", "generate"))]
            for size, found in measured
        ],
    )


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _built(found: dict[str, Any], seconds: str, size: str) -> str:
    return f"{found[seconds]:.1f} ({found[size] / 1e6:.0f})"


if __name__ == "__main__":
    main()
