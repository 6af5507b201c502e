"""Reach and capacity of every buurt of the country, beside PySAL `access` and a bare KD-tree pass, in one run.

    python -m bench.bench_coverage [--data ../shared/data] [--places 300000] [--peer PYTHON]

The buurten and their residents are real (CBS), 9,002 of the places are real public buildings; the others are generated
around the buurten. `--peer` is the Python of an environment with `access` in it; without one, it is made in a
temporary folder (`pip install access`). The peer gets its distances for free; finding them is in our time.
"""

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import cKDTree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bench.harness import machine, table
from samenspel.engine.coverage.matrix import Rows, coverage_of, judged, measured
from samenspel.engine.coverage.reach import Measure, Places, Reach, Residents, reach_of, with_place
from samenspel.engine.coverage.remedies import Kind, centres_of, named, nearest
from samenspel.engine.coverage.states import Norm, State

ROOT = Path(__file__).resolve().parents[1]
MEASURE = Measure(within=(800, 800, 800, 3_000, 3_000))
BLOCKS = MEASURE.columns
METRES_PER_DEGREE = np.array([111_320 * np.cos(np.radians(52.1)), 111_320])
"""A flat map: fine over a few kilometres, which is all that is measured."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--places", type=int, default=300_000)
    parser.add_argument("--peer", type=Path)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no public files at {options.data}")
    residents, municipality, shapes = residents_of(options.data)
    places = places_of(options.data, residents, options.places)
    print(f"{machine()}; {residents.areas} buurten, {len(places.at)} places")
    reach, seconds = best(lambda: reach_of(residents, places, MEASURE))
    _, shares = best(lambda: (reach.share(residents.people), reach.share(residents.older), reach.per_person()))
    _, bare = best(lambda: residents.tree.sparse_distance_matrix(places.tree, 3_000, output_type="ndarray"))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer, peer_seconds, peer_memory = pysal(residents, places, options.peer)
    table(
        "Reach and capacity of the whole country",
        ["part", "seconds", "memory, MB", "ratio to ours"],
        [
            ["ours: all pairs, reach and E2SFCA", f"{seconds:.2f}", f"{own:.0f}", "1"],
            ["ours: shares per area, 65+ too, and means", f"{shares:.4f}", "", ""],
            [
                "peer: PySAL access, distances given",
                f"{peer_seconds:.1f}",
                f"{peer_memory:.0f}",
                ratio(peer_seconds, seconds),
            ],
            ["floor: a bare KD-tree pass over the same pairs", f"{bare:.2f}", "", ratio(bare, seconds)],
        ],
    )
    print(f"\nlargest difference with the peer: {np.abs(peer - reach.access).max():.1e} (goal 1e-6)")
    states_and_remedies(residents, places)
    one_change(reach, places)
    growth(residents, places, municipality)
    spread(residents, places, municipality, shapes)


def residents_of(data: Path) -> tuple[Residents, np.ndarray[Any, Any], list[BaseGeometry]]:
    """Every buurt with residents at a point inside it, the number of its municipality, and its boundary."""
    figures = {}
    with gzip.open(data / "cbs-kerncijfers" / "kwb_2024_gemeente_wijk_buurt.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            figures[row["code"]] = (float(row["inwoners"] or 0), float(row["inwoners_65plus"] or 0))
    with gzip.open(data / "cbs-gebieden" / "buurten_2024.geojson.gz", "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    shapes = [shape(each["geometry"]) for each in features]
    at = np.array([each.representative_point().coords[0] for each in shapes]) * METRES_PER_DEGREE
    codes = [each["properties"]["buurtcode"] for each in features]
    people, older = np.array([figures.get(code, (0.0, 0.0)) for code in codes]).T
    names = sorted({each["properties"]["gemeentecode"] for each in features})
    municipality = np.array([names.index(each["properties"]["gemeentecode"]) for each in features])
    return Residents(at, np.arange(len(at)), people, older, len(at)), municipality, shapes


def places_of(data: Path, residents: Residents, count: int) -> Places:
    """The real public buildings, and others around the buurten by how many live there; the same every time."""
    random = np.random.default_rng(20261122)
    with next((data / "stemlokalen-2023").glob("*.csv*")).open("rb") as raw:
        text = gzip.decompress(raw.read()) if raw.name.endswith(".gz") else raw.read()
    rows = csv.DictReader(text.decode("utf-8").splitlines())
    real = np.array([(float(row["lon"]), float(row["lat"])) for row in rows if row["lon"] and row["lat"]])
    weight = (residents.people + 1) / (residents.people + 1).sum()
    around = random.choice(residents.areas, count - len(real), p=weight)
    at = np.vstack([real * METRES_PER_DEGREE, residents.at[around] + random.normal(0, 600, (len(around), 2))])
    return Places(at, random.integers(0, BLOCKS, count), random.uniform(1, 40, count).round(1))


def best(run: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """The answer, and the seconds of the quickest of so many runs."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - began)
    return found, min(seconds)


def pysal(residents: Residents, places: Places, python: Path | None) -> tuple[Any, float, float]:
    """Capacity per point and block by the peer, its seconds and its peak memory."""
    pairs = residents.tree.sparse_distance_matrix(places.tree, 3_000, output_type="ndarray")
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-coverage-") as folder:
        np.savez(
            Path(folder) / "input.npz", people=residents.people, block=places.column, amount=places.amount,
            point=pairs["i"], place=pairs["j"], metres=pairs["v"], blocks=BLOCKS,
        )  # fmt: skip
        if python is None:
            venv.create(Path(folder) / "venv", with_pip=True)
            python = Path(folder) / "venv" / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", "access"], check=True)
        subprocess.run([python, Path(__file__).with_name("coverage_peer.py"), folder], check=True)
        found = np.load(Path(folder) / "peer.npz")
        return found["access"], float(found["seconds"]), float(found["megabytes"])


def states_and_remedies(residents: Residents, places: Places) -> None:
    """The whole of it: reach, figures, the state of each cell and the nearest remedy of each gap; a tenth of the
    records is too old to count, and a tenth of the others could lend a room."""
    random = np.random.default_rng(7)
    norms = {
        block: Norm(block, date(2026, 1, 1), metres=metres, share=0.8, amount=1, months=12, source="")
        for block, metres in enumerate(MEASURE.within)
    }
    count = len(places.at)
    _, area = cKDTree(residents.at).query(places.at)
    rows = Rows(
        at=places.at,
        column=places.column,
        amount=places.amount,
        area=area.astype(np.int64),
        is_fresh=random.random(count) > 0.1,
        is_first=np.ones(count, dtype=bool),
    )
    kinds = dict(zip(Kind, np.array_split(places.at[random.random(count) < 0.1], len(Kind)), strict=True))

    def whole() -> Counter[str]:
        found = judged(measured(coverage_of(residents, rows, norms)), norms)
        near = nearest(centres_of(residents), kinds, farthest=10_000)
        helped = Counter(str(cell.state) for row in found for cell in row.values())
        helped["remedies named"] = sum(
            len(named(near, area, block + 1))
            for area, row in enumerate(found)
            for block, cell in row.items()
            if cell.state != State.PRESENT
        )
        return helped

    counted, seconds = best(whole, times=3)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{number} {what}" for what, number in counted.most_common())
    print(f"\nwith states and remedies: {seconds:.2f} s (goal 2 s), at most {own:.0f} MB; {told}")


def one_change(reach: Reach, places: Places) -> None:
    """One place more, and every share and mean after it."""
    changed, shown = [], []
    for at, block, amount in zip(places.at[:500], places.column[:500], places.amount[:500], strict=True):
        began = time.perf_counter()
        after = with_place(reach, (at[0], at[1]), int(block), float(amount))
        changed.append(time.perf_counter() - began)
        began = time.perf_counter()
        after.share(reach.residents.people)
        shown.append(time.perf_counter() - began)
    rows = [
        [what, *(f"{np.percentile(seconds, at) * 1e3:.2f}" for at in (50, 95))]
        for what, seconds in (("one place more", changed), ("all shares again", shown))
    ]
    table("One changed record, milliseconds (goal 1 ms)", ["what", "p50", "p95"], rows)


def growth(residents: Residents, places: Places, municipality: Any) -> None:
    rows = []
    for count in (10, 100, 342):
        here = municipality < count
        few = Residents(
            residents.at[here], np.arange(here.sum()), residents.people[here], residents.older[here], int(here.sum())
        )
        some = around(few, places)
        _, seconds = best(partial(reach_of, few, some, MEASURE))
        rows.append([count, few.areas, len(some.at), f"{seconds:.3f}"])
    table("Growth", ["municipalities", "buurten", "places", "seconds"], rows)


def around(residents: Residents, places: Places) -> Places:
    """The places that anybody of these can reach."""
    near = residents.tree.query(places.at, distance_upper_bound=MEASURE.farthest)[0] < np.inf
    return Places(places.at[near], places.column[near], places.amount[near])


def spread(residents: Residents, places: Places, municipality: Any, shapes: list[BaseGeometry]) -> None:
    """Each municipality in turn, the people of a buurt spread over its land, as the product does without postcodes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings_test")
    import django

    django.setup()
    from samenspel.places.geometry import spread_over
    from samenspel.policy.blocks.reading import SPREAD

    points = [np.array(spread_over(each, SPREAD)) * METRES_PER_DEGREE for each in shapes]
    many = np.array([len(each) for each in points])
    of = np.repeat(np.arange(residents.areas), many)
    whole = Residents(np.vstack(points), of, (residents.people / many)[of], (residents.older / many)[of], len(many))
    seconds = []
    for number in np.unique(municipality):
        here = municipality[of] == number
        some = Residents(whole.at[here], whole.area[here], whole.people[here], whole.older[here], whole.areas)
        reachable = around(some, places)
        began = time.perf_counter()
        reach_of(some, reachable, MEASURE).share(some.people)
        seconds.append(time.perf_counter() - began)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nspread over {len(of)} points inside the buurten, {len(seconds)} municipalities in turn:"
        f" {sum(seconds):.1f} s, the longest {max(seconds):.2f} s; at most {own:.0f} MB"
    )


def ratio(other: float, own: float) -> str:
    return f"{other / own:.2f}"


if __name__ == "__main__":
    main()
