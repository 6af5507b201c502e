"""How soon a change can be found, and whether anyone notices that the index is built anew.

    python -m bench.bench_current [--seconds 60] [--offerings 0,5000] [--stores sqlite,postgresql]

A process changes offerings through the action, 50 a second; `samenspel work` runs beside it as it does in service; a
third process asks as a web process does, until the answer has the new name. Counted from the end of the transaction to
the end of that answer. Then `samenspel index rebuild`, three times, while a process goes on asking.

Goal: p95 under 1 s; no answer empty or failed. The PostgreSQL is a cluster of its own that waits for its disk.
Without the extra `meaning`. What was reached of the 50 a second stands in the table: below it the machine was too busy.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, cycle
from math import inf
from pathlib import Path
from typing import Any

from bench.apart import alone, at_rank, processes
from bench.harness import table
from tests.postgres import postgres

HOME, NEAR = "GM9901", "1291AC"
RATE = 50
"""Changes a second."""
CHANGED = 100
"""Offerings that are changed in turn; each is found again long before its next turn."""
MARK = "700700"
"""A word in every new name that no other offering has; the number of the change follows it."""
LOOK_AGAIN = 0.02
"""Seconds between two looks; the figures are so much too high at most, and two cores have time left for the others."""
PATIENCE = 30.0
"""Seconds after the last change in which it must show."""
AROUND = 5.0
"""Seconds before and after the rebuilds."""
REBUILDS = 3
PER_CHUNK = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--offerings", default="0,5000", help="how many besides those of the demo")
    parser.add_argument("--stores", default="sqlite,postgresql")
    options = parser.parse_args()
    changes, rebuilds = [], []
    for store in options.stores.split(","):
        for more in map(int, options.offerings.split(",")):
            with _installation(store) as data:
                size = alone(_fill, more)
                with _work():
                    changes.append([store, size, *_changes(options.seconds, data)])
                    rebuilds.append([store, size, *_rebuilds(data)])
    table(
        f"From commit to the first answer that shows it, seconds, {RATE} changes a second",
        ["store", "offerings", "changes", "a second", "p50", "p95", "longest", "never shown", "one change, ms"],
        changes,
    )
    parts = [f"{part}: p50, p95, longest" for part in ("before", "during", "after")]
    table(
        "Milliseconds per answer around a rebuild",
        ["store", "offerings", "rebuild, s", *parts, "answers", "empty or failed"],
        rebuilds,
    )


@contextmanager
def _installation(store: str) -> Iterator[Path]:
    """A data folder and a store of its own, in the environment of the processes to come."""
    folder = tempfile.TemporaryDirectory(prefix="samenspel-bench-current-")
    with folder as data, postgres({}) if store == "postgresql" else nullcontext("") as url:
        os.environ |= {
            "SAMENSPEL_DATA": data,
            "SAMENSPEL_MUNICIPALITY": HOME,
            "DJANGO_SETTINGS_MODULE": "samenspel.config.settings",
            "DATABASE_URL": url,
            "SAMENSPEL_MEANING": "0",
        }
        yield Path(data)


@contextmanager
def _work() -> Iterator[None]:
    """`samenspel work` as a process of its own, with a current index."""
    process = subprocess.Popen(_samenspel("work"), stdout=subprocess.DEVNULL)
    try:
        alone(_wait_until_current)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _samenspel(*words: str) -> list[str]:
    return [sys.executable, "-m", "samenspel", *words]


def _fill(more: int) -> int:
    """The demo, and so many offerings like those of the demo; how many can be found."""
    from uuid import uuid4

    from django.core.management import call_command

    from samenspel.audit.action import Actor
    from samenspel.demo.load import load_demo
    from samenspel.socialmap.bulk import Checker, add_rows
    from samenspel.socialmap.facts import OfferingFacts, ScheduleFacts
    from samenspel.socialmap.models import Offering

    call_command("migrate", verbosity=0)
    at, by = datetime.now(UTC), Actor("system", "bench")
    load_demo(at)
    checker, source = Checker(HOME), cycle(Offering.objects.visible(at).complete())
    for start in range(0, more, PER_CHUNK):
        rows = [
            checker.offering(
                uuid4(),
                replace(OfferingFacts.of(one), name=f"{one.name[:60]} nr. {number}"),
                [ScheduleFacts.of(line) for line in one.schedules.all()],
            )
            for number, one in zip(range(start, min(more, start + PER_CHUNK)), source, strict=False)
        ]
        add_rows(municipality=HOME, offerings=rows, by=by, at=at)
    return Offering.objects.visible(at).count()


def _wait_until_current() -> None:
    from samenspel.socialmap.index import IndexFolder, is_current

    until = time.monotonic() + 120
    while not is_current(IndexFolder.of_installation()):
        if time.monotonic() > until:
            raise RuntimeError("the index did not become current")
        time.sleep(0.1)


def _changes(seconds: int, data: Path) -> list[str]:
    """Change and watch at once; what the table shows of it."""
    number, ready, changed = seconds * RATE, data / "bench-watching", data / "bench-changed"
    with processes(2) as two:
        changing = two.submit(_change, number, ready, changed)
        shown = two.submit(_watch, number, ready, changed).result()
        took, committed = changing.result()
    waits = [shown[one] - committed[one] for one in sorted(shown)]
    reached = (number - 1) / (committed[-1] - committed[0])
    return [
        str(number),
        f"{reached:.1f}",
        *(f"{wait:.2f}" for wait in (at_rank(waits, 0.5), at_rank(waits, 0.95), max(waits))),
        str(number - len(shown)),
        f"{at_rank(took, 0.5) * 1000:.0f}",
    ]


def _change(number: int, ready: Path, changed: Path) -> tuple[list[float], list[float]]:
    """Give offerings new names at an even pace; seconds that each took, and the moments at which they were committed.

    All processes of a machine read the same monotonic clock.
    """
    from samenspel.audit.action import Actor
    from samenspel.socialmap.actions import change_offering
    from samenspel.socialmap.facts import OfferingFacts
    from samenspel.socialmap.models import Offering

    everywhere = Offering.objects.visible(datetime.now(UTC)).filter(serves__isnull=True, active_from__isnull=True)
    offerings = list(everywhere.order_by("slug")[:CHANGED])
    facts = [OfferingFacts.of(one) for one in offerings]
    by, took, committed = Actor("system", "bench"), [], []
    _wait_for(ready)
    start = time.monotonic()
    for one in range(number):
        time.sleep(max(0.0, start + one / RATE - time.monotonic()))
        which, began = one % len(offerings), time.monotonic()
        renamed = replace(facts[which], name=f"{facts[which].name[:60]} {MARK} {one}")
        change_offering(offering=offerings[which], facts=renamed, by=by, at=datetime.now(UTC))
        committed.append(time.monotonic())
        took.append(committed[-1] - began)
    changed.touch()
    return took, committed


def _watch(number: int, ready: Path, changed: Path) -> dict[int, float]:
    """Ask for what has the mark until every number was in an answer, or a later one of the same offering; when."""
    ask = _asker()
    ready.touch()
    shown: dict[int, float] = {}
    until = inf
    while len(shown) < number and time.monotonic() < until:
        if until == inf and changed.exists():
            until = time.monotonic() + PATIENCE
        numbers = [result.entry.name.partition(f" {MARK} ")[2] for result in ask(MARK, CHANGED).results]
        moment = time.monotonic()
        for newest in filter(None, numbers):
            for one in range(int(newest), -1, -CHANGED):
                shown.setdefault(one, moment)
        time.sleep(LOOK_AGAIN)
    return shown


def _asker() -> Callable[[str, int], Any]:
    from samenspel.places.lookup import find_near
    from samenspel.socialmap.ask import ask, warm

    warm()
    near = find_near(NEAR, municipality=HOME)
    return lambda question, limit: ask(question, near=near, at=datetime.now(UTC), limit=limit)


def _rebuilds(data: Path) -> list[str]:
    """Answers before, during and after rebuilds; what the table shows of it."""
    ready, stop = data / "bench-asking", data / "bench-stop"
    with processes(1) as one:
        asking = one.submit(_ask_on, ready, stop)
        _wait_for(ready)
        time.sleep(AROUND)
        began = time.monotonic()
        for _ in range(REBUILDS):
            subprocess.run(_samenspel("index_rebuild"), check=True, stdout=subprocess.DEVNULL)
        ended = time.monotonic()
        time.sleep(AROUND)
        stop.touch()
        answers = asking.result()
    periods = ((began - AROUND, began), (began, ended), (ended, ended + AROUND))
    times = [[took for moment, took, _ in answers if start <= moment < end] for start, end in periods]
    bad = sum(not is_good for _, _, is_good in answers)
    return [f"{(ended - began) / REBUILDS:.1f}", *map(_three, times), str(len(answers)), str(bad)]


def _ask_on(ready: Path, stop: Path) -> list[tuple[float, float, bool]]:
    """Ask what surely has an answer until told to stop: the moment, the milliseconds, and whether it had results."""
    from bench.bench_size import WARMING as QUESTIONS

    ask = _asker()
    ready.touch()
    answers: list[tuple[float, float, bool]] = []
    for number in count():
        if stop.exists():
            return answers
        began = time.monotonic()
        try:
            answer = ask(QUESTIONS[number % len(QUESTIONS)], 10)
            is_good = answer.is_complete and bool(answer.results)
        except Exception:  # whatever goes wrong, a resident got no answer
            is_good = False
        answers.append((began, (time.monotonic() - began) * 1000, is_good))
        time.sleep(LOOK_AGAIN)
    return answers


def _wait_for(file: Path) -> None:
    while not file.exists():
        time.sleep(0.05)


def _three(times: Sequence[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in (at_rank(times, 0.5), at_rank(times, 0.95), max(times)))


if __name__ == "__main__":
    main()
