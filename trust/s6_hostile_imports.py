#!/usr/bin/env python3
"""S6: a hostile file ends in a clear refusal or a right import, within 256 MB and 30 s, with nothing half-written.

Some 90 files made by code (`corpus/hostile_files.py`), each read by `samenspel import offerings` in a process of its
own. Measured per file: the memory of that process and the largest of its children together, the time, one report in
Dutch without a traceback, and in the store either the good line whole or nothing at all.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.corpus.hostile_files import READ, corpus
from trust.harness import PYTHON, ROOT, environment, report

MOST_MB, MOST_SECONDS, FEWEST_FILES = 256, 30, 40
CONTROL_FILES = ("zip-bomb.xlsx", "absurd-size.xlsx", "shared-strings-bomb.xlsx", "200-mb.csv")


@dataclass(frozen=True)
class Outcome:
    seconds: float
    megabytes: float
    status: int
    out: str
    err: str


class Reader:
    """The process that forks for every file (`corpus/measured_import.py`)."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._folder = folder
        program = str(Path(__file__).parent / "corpus" / "measured_import.py")
        self._process = subprocess.Popen(
            [PYTHON, program, str(folder)], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, file: Path) -> Outcome:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{file}\n")
        self._process.stdin.flush()
        status, seconds, megabytes = json.loads(self._process.stdout.readline())
        said = {name: (self._folder / name).read_text(errors="replace") for name in ("out", "err")}
        return Outcome(seconds, megabytes, status, **said)

    def close(self) -> None:
        self._process.communicate()


def faults(name: str, expected: str, outcome: Outcome, rows: tuple[int, ...]) -> list[str]:
    found = []
    if outcome.seconds > MOST_SECONDS:
        found.append(f"{outcome.seconds:.0f} s")
    if outcome.megabytes > MOST_MB:
        found.append(f"{outcome.megabytes:.0f} MB")
    if "Traceback" in outcome.err or outcome.status not in (0, 1):
        found.append(f"no clear end (status {outcome.status}): {outcome.err[-300:]}")
    found += _faults_of_report(expected, outcome, rows)
    return [f"{name}: {fault}" for fault in found]


def _faults_of_report(expected: str, outcome: Outcome, rows: tuple[int, ...]) -> list[str]:
    try:
        (account,) = json.loads(outcome.out)["files"]
    except ValueError:
        return ["no report"]
    told = account["error"] or " ".join(one["reason"] for one in account["refusals"])
    organizations, offerings, runs = rows
    if expected == READ:
        right = account["new"] >= 1 and offerings == account["new"] and organizations == 1
        return [] if right else [f"not read: {told[:200]} {rows}"]
    if organizations or offerings or account["new"]:
        return [f"half-written: {rows}"]
    return [] if told or account["read"] == 0 else ["refused without a reason"]


def rows_of(store: Path) -> tuple[int, ...]:
    with sqlite3.connect(store) as database:
        return tuple(
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("people_organization", "socialmap_offering", "socialmap_importrun")
        )


def check(control: bool) -> tuple[str, bool]:
    wrong: list[str] = []
    count, most, longest = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as place:
        empty, data, files, said = (Path(place, name) for name in ("empty", "data", "files", "said"))
        files.mkdir()
        said.mkdir()
        env = environment(data, "trust.controls.no_import_limits" if control else None)
        env["SAMENSPEL_MUNICIPALITY"] = "GM9901"
        subprocess.run(
            [PYTHON, "-m", "samenspel", "import", "undo"], env=env, cwd=ROOT, check=False, capture_output=True
        )
        shutil.copytree(data, empty)
        reader = Reader(env, said)
        for name, file, expected in corpus(files):
            if control and name not in CONTROL_FILES:
                continue
            shutil.rmtree(data)
            shutil.copytree(empty, data)
            outcome = reader.read(file)
            found = faults(name, expected, outcome, rows_of(data / "samenspel.sqlite3"))
            verdict = "; ".join(found) or expected
            print(f"{name:<32}{outcome.seconds:6.1f} s {outcome.megabytes:6.0f} MB  {verdict}", flush=True)
            wrong += found
            count, most, longest = count + 1, max(most, outcome.megabytes), max(longest, outcome.seconds)
        reader.close()
    print("\n".join(wrong))
    enough = control or count >= FEWEST_FILES
    figure = f"{len(wrong)}-faults-in-{count}-files-{most:.0f}-MB-{longest:.1f}-s"
    return figure, not wrong and enough


if __name__ == "__main__":
    report("S6", f"0-faults-{MOST_MB}-MB-{MOST_SECONDS}-s", check)
