"""A handful of areas for every test of places, and the real files where they are."""

from pathlib import Path

import pytest

from samenspel.places.importers.areas import import_areas
from tests.places import make

REAL = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def areas(db: None, tmp_path: Path) -> None:
    """Gemeente Markerwaard with two wijken (rows) of three buurten (columns), of 2024."""
    buurten = [make.neighborhood(column, row) for row in (0, 1) for column in (0, 1, 2)]
    features = [*buurten, make.district(0), make.district(1), make.municipality()]
    (report,) = import_areas([make.geojson(tmp_path / "gebieden_2024.geojson", *features)])
    assert report.new == 9


@pytest.fixture
def real() -> Path:
    """The folder of public files; the test is skipped where it is absent."""
    if not REAL.is_dir():
        pytest.skip(f"the public files are not at {REAL}")
    return REAL
