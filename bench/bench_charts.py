"""What a picture costs: the first, later ones and kept ones, and memory; beside pygal and matplotlib in one run.

    python -m bench.bench_charts [--peers PYTHON]

Every picture has its own figures. The peers draw stacked bars and lines of the same figures to SVG; they have no table,
patterns or hidden parts. `--peers` is the Python of an environment with both in it; without one, it is made in a
temporary folder.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from bench.harness import machine, table

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 30
SERIES = ("Eigen kring", "Samen in de buurt", "Vrijwilliger", "Welzijnswerk", "Zorg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path)
    options = parser.parse_args()
    print(machine())
    rows = [*_ours(), *_peers(options.peers)]
    table(
        "Pictures",
        ["what", "first, ms", "later p50, ms", "later p95, ms", "CPU p50, ms", "kept, ms", "MB more", "kB"],
        rows,
    )


def quarters(round_: int) -> list[tuple[str, list[int]]]:
    """Eight quarters of five figures, other ones every round."""
    return [
        (f"{2025 + at // 4} K{at % 4 + 1}", [20 + (round_ * 7 + at * 3 + one) % 60 for one in range(5)])
        for at in range(8)
    ]


def measured(name: str, draw: Callable[[int], str], *, keeps: bool = False) -> list[str]:
    """A row of the table: `draw` makes the picture of a round."""
    before = memory()
    seconds, work, made = [], [], ""
    for at in range(ROUNDS + 1):
        began, worked = time.perf_counter(), time.process_time()
        made = draw(at)
        seconds.append(time.perf_counter() - began)
        work.append(time.process_time() - worked)
    began = time.perf_counter()
    if keeps:
        draw(ROUNDS)
    kept = f"{(time.perf_counter() - began) * 1e3:.2f}" if keeps else ""
    later = sorted(seconds[1:])
    p50, p95 = statistics.median(later) * 1e3, later[int(len(later) * 0.95)] * 1e3
    cpu = statistics.median(work[1:]) * 1e3
    more, size = memory() - before, len(made) / 1e3
    return [
        name,
        f"{seconds[0] * 1e3:.0f}",
        f"{p50:.1f}",
        f"{p95:.1f}",
        f"{cpu:.1f}",
        kept,
        f"{more:.0f}",
        f"{size:.0f}",
    ]


def memory() -> float:
    """MB of this process now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _ours() -> list[list[str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings_test")
    import django

    django.setup()
    import shapely

    from samenspel.engine.coverage.states import State
    from samenspel.ui.charts.areas import Place, area_map
    from samenspel.ui.charts.chart import Chart, Words
    from samenspel.ui.charts.figures import Bar, Norm, bars, stacked, trend
    from samenspel.ui.charts.ties import Link, links

    words = Words("Hulp", "Zo veel hulp.", ("Kwartaal", *SERIES), "afgeschermd")
    few = Words("Hulp", "Zo veel hulp.", ("Kwartaal", *SERIES[:4]), "afgeschermd")
    three = Words("Hulp", "Zo veel hulp.", ("Nr", "Naam", "Stand"), "geen")
    states = {state: state.value for state in State}

    def wijken(round_: int) -> list[Place]:
        rings = [
            shapely.Point(5.2 + at % 6 * 0.03, 52 + at // 6 * 0.02).buffer(0.01 + round_ * 1e-4, quad_segs=40)
            for at in range(24)
        ]
        return [
            Place(f"Wijk {round_} {at}", list(State)[(at + round_) % 4], shapely.to_wkb(ring))
            for at, ring in enumerate(rings)
        ]

    def tied(round_: int) -> list[Link]:
        return [Link(at, (at + 1 + (at * round_) % 17) % 36, 1 + at % 5) for at in range(36)]

    named = [f"Organisatie {at}" for at in range(40)]
    kinds: dict[str, Callable[[int], Chart]] = {
        "stacked bars": lambda at: stacked(words, quarters(at)),
        "lines": lambda at: trend(few, [(name, parts[:4]) for name, parts in quarters(at)]),
        "24 bars with norm": lambda at: bars(three, [Bar(f"Wijk {i}", i + at, i) for i in range(24)], Norm(9, "norm")),
        "map of 24 areas": lambda at: area_map(three, wijken(at), states),
        "links of 40": lambda at: links(three, named, tied(at)),
    }
    return [measured(f"ours, {name}", lambda at, draw=draw: draw(at).svg, keeps=True) for name, draw in kinds.items()]


def _peers(python: Path | None) -> list[list[str]]:
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-charts-") as folder:
        if python is None:
            venv.create(Path(folder) / "venv", with_pip=True)
            python = Path(folder) / "venv" / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", "pygal", "matplotlib"], check=True)
        rows: list[list[str]] = []
        for peer in ("pygal", "matplotlib"):
            command = [python, "-m", "bench.charts_peers", peer]
            ran = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
            rows += json.loads(ran.stdout)
        return rows


if __name__ == "__main__":
    main()
