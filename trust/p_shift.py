#!/usr/bin/env python3
"""P-shift: from all that is told of the shift ledger, no number from 1 to 9 follows.

The demo is loaded, and every table of every quarter read as pages read it. A hidden figure of a wijk or theme is
bounded by the sum of its layer, and a hidden sum by the number of its moment; one that must be below 10, or that is
told below 10 or not rounded to fives, is a fault. So is a quarter that is not over.
"""

import datetime
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, environment, report

LEAST = 10
STEP = 5
FEWEST_FIGURES = 500
"""Less than this and the check looks in the wrong place."""
MOMENTS = ("asked", "offered", "solved", "returned")
_READ = """
import dataclasses, json, django
django.setup()
from django.utils import timezone
from samenspel.outcomes.shift import shift_of
tables = shift_of("GM9901", at=timezone.now())
print(json.dumps([dataclasses.asdict(dataclasses.replace(one, prices=())) for one in tables]))
"""


def tables(settings: str | None) -> list[dict[str, Any]]:
    """All that is told, of a demo of its own."""
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        env = environment(Path(folder), settings) | {"SAMENSPEL_MEANING": "0"}
        load = [PYTHON, "-m", "samenspel", "demo", "--load-only"]
        subprocess.run(load, env=env, cwd=ROOT, check=True, capture_output=True)
        env["SAMENSPEL_MUNICIPALITY"] = "GM9901"
        read = subprocess.run([PYTHON, "-c", _READ], env=env, cwd=ROOT, check=True, capture_output=True)
        found: list[dict[str, Any]] = json.loads(read.stdout)
        return found


def faults(table: dict[str, Any]) -> Iterator[str]:
    today = datetime.datetime.now(datetime.UTC).date()
    if table["quarter"] >= f"{today.year}Q{(today.month + 2) // 3}":
        yield f"{table['quarter']} is not over"
    for moment in MOMENTS:
        where = f"{table['quarter']} {moment}"
        sums = table["whole"][moment]
        splits = [[row["shift"][moment]["layers"] for row in table[name]] for name in ("areas", "themes")]
        told = [figure for row in (sums["layers"], *splits[0], *splits[1]) for figure in row]
        if any(figure is not None and (0 < figure < LEAST or figure % STEP) for figure in (*told, sums["n"])):
            yield f"{where}: a small figure is told, or one to the last"
        for layer, total in enumerate(sums["layers"]):
            if any(is_bounded([row[layer] for row in split], total) for split in splits):
                yield f"{where}: a figure of layer {layer} follows from its sum"
        if is_bounded(sums["layers"], sums["n"]):
            yield f"{where}: a layer follows from the number"


def is_bounded(parts: list[int | None], total: int | None) -> bool:
    """Whether a hidden part must be small: each of the hidden is 1 or more, and the total at most STEP - 1 more."""
    hidden = parts.count(None)
    if not hidden or total is None:
        return False
    return total + STEP - 1 - sum(part or 0 for part in parts) - (hidden - 1) < LEAST


def check(control: bool) -> tuple[str, bool]:
    found = tables("trust.controls.shift_small" if control else None)
    wrong = [one for table in found for one in faults(table)]
    print("\n".join(f"  {one}" for one in wrong[:12]))
    rows = sum(1 + len(table["areas"]) + len(table["themes"]) for table in found)
    figures = rows * len(MOMENTS) * 5
    return f"{len(wrong)}-faults-in-{figures}-figures-of-{len(found)}-quarters", not wrong and figures > FEWEST_FIGURES


if __name__ == "__main__":
    report("P-shift", "0-faults", check)
