"""A day from outside is JJJJ-MM-DD, read in one place."""

from datetime import date
from pathlib import Path

import pytest

from samenspel.engine.days import iso_day

PRODUCT = Path(__file__).resolve().parents[2] / "samenspel"
READS_FROM_OUTSIDE = (
    "cli/**/*.py", "cockpit/**/*.py", "engine/roles/*.py", "policy/frameworks.py", "socialmap/hsds/*.py",
    "socialmap/importers/values.py",
)  # fmt: skip
"""Commands, uploads of cases and frameworks, the feed. Spreadsheets have their own words for days in `values.day`."""


def test_a_day_is_read_as_it_is_written():
    assert iso_day("2026-11-22") == date(2026, 11, 22)
    assert iso_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "2026-W47-7", "2026-W47", "20261122", "2026W477", "2026-11-22T00:00", "2026-11-22 ", " 2026-11-22",
     "22-11-2026", "2026-02-30", "2026-13-01", "0000-01-01", "２０２６-11-22", "2026-11-22\n", "vandaag"],
    ids=lambda text: repr(text.encode("unicode_escape").decode()),
)  # fmt: skip
def test_anything_else_is_refused(text: str):
    with pytest.raises(ValueError, match="day|month|year"):
        iso_day(text)


@pytest.mark.parametrize("place", READS_FROM_OUTSIDE)
def test_nothing_that_reads_from_outside_reads_days_in_another_way(place: str):
    files = list(PRODUCT.glob(place))
    assert files
    assert [file.name for file in files if "date.fromisoformat(" in file.read_text(encoding="utf-8")] == []
