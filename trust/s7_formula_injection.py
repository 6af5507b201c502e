#!/usr/bin/env python3
"""S7: no cell that we write calculates in a spreadsheet, and every cell reads back as it was (ASVS 1.2.10)."""

import csv
import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import environment, report

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
TAILS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example")', "SUM(A1:A9)", "", "31 320 555 123", ";,\"'")
FRONTS = ("", "'", "''", " ", "tekst ")


def cells() -> list[str]:
    return [front + sign + tail for front in FRONTS for sign in SIGNS for tail in TAILS]


def check(control: bool) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        os.environ.update(environment(Path(folder), "trust.controls.raw_cells" if control else None))
        import django

        django.setup()
        wrong = _csv_faults() + _problem_faults() + _book_faults()
    print("\n".join(wrong[:20]))
    return f"{len(wrong)}-faults-in-{len(cells())}-cells", not wrong


def _csv_faults() -> list[str]:
    from samenspel.socialmap.importers import formulas

    data = formulas.csv_file([["kop", "ernaast"], *([cell, "x"] for cell in cells())])
    written = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]
    found = [f"csv calculates: {row[0]!r}" for row in written if row[0].startswith(SIGNS)]
    return found + _unequal("csv", data, cells())


def _problem_faults() -> list[str]:
    """The file of problems, which holds what strangers typed."""
    from samenspel.socialmap.importers import problems_csv
    from samenspel.socialmap.models import ImportRun

    refusals = [{"line": 1, "field": cell, "reason": cell} for cell in cells()]
    data = problems_csv(ImportRun(report={"refusals": refusals, "notes": []}))
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return [f"problems calculate: {cell!r}" for row in rows for cell in row if cell.startswith(SIGNS)]


def _book_faults() -> list[str]:
    from samenspel.socialmap.importers import KINDS, template, templates

    found = []
    for kind in KINDS:
        with zipfile.ZipFile(io.BytesIO(template(kind, "xlsx"))) as package:
            sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
        found += [f"{kind}: a formula in the template" for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
    width = len(templates.columns_of("places"))
    head = [column.name for column in templates.columns_of("places")]
    for cell in cells():
        data = templates._workbook("places", [head, [cell] * width, ["x"] * width])
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if b"<f>" in package.read("xl/worksheets/sheet1.xml"):
                found.append(f"xlsx calculates: {cell!r}")
    return found


def _unequal(form: str, data: bytes, expected: list[str]) -> list[str]:
    from samenspel.socialmap.importers.tables import read_table

    faults: list[str] = []
    table = read_table(data, refuse=lambda line, *why: faults.append(f"{form} {line}: {why}"), note=lambda *_: None)
    for (_, got), cell in zip(table.rows, expected, strict=False):
        if got[0] != cell:
            faults.append(f"{form} came back as {got[0]!r}: {cell!r}")
    return faults


if __name__ == "__main__":
    report("S7", "0-faults", check)
