"""Import of all Dutch areas, figures and postcodes, and point-in-area lookups beside two peers.

    python bench/bench_places.py [--data ../shared/data] [--points 200000]

Goals: import under 60 s and under 1 GB. Uses a fresh store in a temporary folder (or DATABASE_URL when it is set,
which must be empty). Peers in the same run: the same boundaries in plain Python with a box filter and
`shapely.contains` (what one writes without an index), and the box query of the database (what one writes with an
index but without keeping the shapes).
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILES = {
    "areas": ("cbs-gebieden", ["buurten_2024.geojson.gz", "wijken_2024.geojson.gz", "gemeenten_2024.geojson.gz"]),
    "figures": ("cbs-kerncijfers", ["kwb_2024_gemeente_wijk_buurt.csv.gz"]),
    "postcodes": (
        "postcodes",
        ["pc4_geonames.csv.gz", "pc6_steekproef_2023.csv.gz", "pc4_buurt_overlap_2024.csv.gz"],
    ),
}
HOME = "GM1859"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--points", type=int, default=200_000)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no public files at {options.data}")
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-places-") as folder:
        os.environ |= {"SAMENSPEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}
        imports(options.data)
        lookups(options.points)


def imports(data: Path) -> None:
    """Each command in a process of its own, as people run it; start-up included."""
    _command(["migrate", "--verbosity=0", "--skip-checks"])
    print(f"{'import':<22}{'first':>9}{'again':>9}{'peak':>9}")
    total, peak = 0.0, 0.0
    for name, (folder, files) in FILES.items():
        paths = [str(data / folder / file) for file in files]
        first = _timed(lambda name=name, paths=paths: _command([f"import_{name}", *paths]))
        again = _timed(lambda name=name, paths=paths: _command([f"import_{name}", *paths]))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        total, peak = total + first, max(peak, memory)
        print(f"{name:<22}{first:>7.1f} s{again:>7.1f} s{memory:>6.0f} MB")
    print(f"{'total':<22}{total:>7.1f} s{'':>9}{peak:>6.0f} MB   goal 60 s, 1024 MB\n")


def lookups(wanted: int) -> None:
    """Points per second to a buurt: one municipality and the whole country, index beside peers."""
    import django

    django.setup()
    print(f"{'buurt of a point':<70}{'points/s':>12}")
    for label, municipality in (("1 municipality", HOME), ("all 342", None)):
        _compare(label, municipality, wanted)


def _compare(label: str, municipality: str | None, wanted: int) -> None:
    from samenspel.places.lookup import Locator

    started = time.perf_counter()
    locator = Locator.of(municipality)
    loaded = (time.perf_counter() - started) * 1000
    latitudes, longitudes = _points(municipality, wanted)
    few = list(zip(latitudes.tolist(), longitudes.tolist(), strict=True))[: wanted // 10]
    seconds = _timed(lambda: locator.find_all(latitudes=latitudes, longitudes=longitudes))
    _row(f"{label}: Locator.find_all (ready in {loaded:.0f} ms)", wanted / seconds)
    mine = _answers(f"{label}: Locator.find, one by one", lambda n, e: locator.find(latitude=n, longitude=e), few)
    for peer, find in (
        ("plain Python box + shapely.contains", _plain_python(municipality)),
        ("box query of the database", _box_query(municipality)),
    ):
        theirs = _answers(f"{label}: peer, {peer}", find, few[:1_000])
        if differ := sum(one != other for one, other in zip(mine, theirs, strict=False)):
            print(f"  {differ} of {len(theirs)} answers differ (a point on a line, or where boundaries overlap)")


def _points(municipality: str | None, wanted: int) -> Any:
    """Latitudes and longitudes, shape (2, n), around the middles of buurten, drawn with a fixed seed."""
    import numpy as np

    from samenspel.places.models import Area

    areas = Area.objects.filter(kind=Area.Kind.NEIGHBORHOOD, latitude__isnull=False).order_by("code")
    chosen = areas.filter(municipality=municipality) if municipality else areas
    middles = np.array(chosen.values_list("latitude", "longitude"))
    random = np.random.default_rng(2024)
    return (middles[random.integers(0, len(middles), wanted)] + random.normal(0, 0.002, (wanted, 2))).T


def _plain_python(municipality: str | None) -> Callable[[float, float], object]:
    import shapely

    from samenspel.places.models import Area

    areas = Area.objects.filter(kind=Area.Kind.NEIGHBORHOOD, boundary__isnull=False).order_by("code")
    known = [
        (a.west, a.south, a.east, a.north, shapely.from_wkb(bytes(a.boundary)), a)
        for a in (areas.filter(municipality=municipality) if municipality else areas)
    ]

    def find(latitude: float, longitude: float) -> object:
        point = shapely.Point(longitude, latitude)
        for west, south, east, north, shape, area in known:
            if west <= longitude <= east and south <= latitude <= north and shapely.contains(shape, point):
                return area
        return None

    return find


def _box_query(municipality: str | None) -> Callable[[float, float], object]:
    import shapely

    from samenspel.places.models import Area

    def find(latitude: float, longitude: float) -> object:
        areas = Area.objects.filter(
            year=2024, kind=Area.Kind.NEIGHBORHOOD,
            west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude,
        ).order_by("code")  # fmt: skip
        point = shapely.Point(longitude, latitude)
        for area in areas.filter(municipality=municipality) if municipality else areas:
            if shapely.contains(shapely.from_wkb(bytes(area.boundary)), point):
                return area
        return None

    return find


def _answers(label: str, find: Callable[[float, float], object], points: Sequence[tuple[float, float]]) -> list[object]:
    started = time.perf_counter()
    answers = [find(latitude, longitude) for latitude, longitude in points]
    _row(label, len(points) / (time.perf_counter() - started))
    return answers


def _row(label: str, per_second: float) -> None:
    print(f"{label:<70}{per_second:>12,.0f}")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _command(words: list[str]) -> None:
    subprocess.run([sys.executable, "-m", "django", *words], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


if __name__ == "__main__":
    main()
