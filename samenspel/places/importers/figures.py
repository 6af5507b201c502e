"""The yearly figures of CBS (Kerncijfers wijken en buurten) from csv; an empty cell is unknown, never 0."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction

from samenspel.places.codes import kind_of, municipality_of
from samenspel.places.figures import BY_COLUMN, Figure, FigureInvalid, parse_value
from samenspel.places.importers.files import csv_header, csv_rows, opened, require_columns, year_of
from samenspel.places.importers.parents import link_parents
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused, Progress
from samenspel.places.models import Area, AreaFigures

SOURCE = "CBS Kerncijfers wijken en buurten, CC BY 4.0"
_CHUNK = 500
_CODE_COLUMNS = {"code": "naam", "buurtcode": "buurtnaam", "wijkcode": "wijknaam", "gemeentecode": "gemeentenaam"}
"""The column of the code, the most telling first, and the column of the name that goes with it."""
_NO_FIGURES = {
    "soort",
    "naam",
    "code",
    "provincie",
    "opp_km2",
    "stedelijkheid",
    *_CODE_COLUMNS,
    *_CODE_COLUMNS.values(),
}
"""Columns that are known and hold no figure (or the same one in other words)."""


@dataclass(frozen=True)
class _Row:
    line: int
    code: str
    name: str
    values: dict[str, int | float | str]


@dataclass(frozen=True)
class _Table:
    """How one file is read: its year and source, and which figures its columns hold."""

    year: int
    source: str
    code_column: str
    figures: dict[str, Figure]

    @property
    def keys(self) -> set[str]:
        return {figure.key for figure in self.figures.values()}


def import_figures(
    file: Path, *, year: int | None = None, source: str = SOURCE, progress: Progress | None = None
) -> ImportReport:
    """Merge one table of figures; an area without boundary is made, and noted, for a code that has none yet.

    Keys that the file has no column for stay as they are. Never raises for what the file holds.
    """
    report = ImportReport(file.name)
    try:
        of_year = year_of(file, year)
        with opened(file) as stream:
            names = csv_header(stream)
            table = _table(names, of_year, source, report)
            rows = _rows(csv_rows(stream, names, report), table, report)
            while chunk := list(islice(rows, _CHUNK)):
                _merge(chunk, table, report)
                if progress:
                    progress(report.file, report.read)
    except FileRefused as refused:
        report.error = str(refused)
    link_parents()
    return report


def _table(names: list[str], year: int, source: str, report: ImportReport) -> _Table:
    code_column = next((name for name in _CODE_COLUMNS if name in names), None)
    if code_column is None:
        require_columns(names, ["code"])
        raise FileRefused("regel 1: kolom code ontbreekt")
    figures = {name: BY_COLUMN[name] for name in names if name in BY_COLUMN}
    if not figures:
        raise FileRefused("regel 1: geen kolom met cijfers die wij kennen, zoals inwoners")
    if unknown := [name for name in names if name not in figures and name not in _NO_FIGURES]:
        report.note(1, "", f"deze kolommen zijn overgeslagen: {', '.join(unknown)}")
    return _Table(year, source, code_column, figures)


def _rows(found: Iterator[tuple[int, dict[str, str]]], table: _Table, report: ImportReport) -> Iterator[_Row]:
    first_seen: dict[str, int] = {}
    for line, cells in found:
        try:
            row = _row(line, cells, table)
            if (first := first_seen.setdefault(row.code, line)) != line:
                raise LineRefused(table.code_column, f"{row.code} staat al op regel {first}")
        except LineRefused as refused:
            report.refuse(line, refused.field, refused.reason)
        else:
            yield row


def _row(line: int, cells: dict[str, str], table: _Table) -> _Row:
    code = cells[table.code_column]
    if kind_of(code) is None:
        raise LineRefused(table.code_column, f"{code[:40]!r} is geen code van een gemeente, wijk of buurt")
    if cells.get("gemeentecode", "") not in ("", municipality_of(code)):
        raise LineRefused("gemeentecode", f"{cells['gemeentecode']!r} past niet bij {code}")
    name = cells.get(_CODE_COLUMNS[table.code_column], "")
    if len(name) > 120:
        raise LineRefused(_CODE_COLUMNS[table.code_column], "is langer dan 120 tekens")
    values = {}
    for column, figure in table.figures.items():
        try:
            value = parse_value(figure, cells[column])
        except FigureInvalid as invalid:
            raise LineRefused(column, str(invalid)) from invalid
        if value is not None:
            values[figure.key] = value
    return _Row(line, code, name, values)


def _merge(rows: list[_Row], table: _Table, report: ImportReport) -> None:
    areas = _areas_of([row.code for row in rows], table.year)
    missing = [row for row in rows if row.code not in areas]
    _make_areas([row for row in missing if row.name], table, report)
    for row in missing:
        if not row.name:
            report.refuse(
                row.line, table.code_column, f"{row.code} van {table.year} is onbekend; lees eerst de gebieden in"
            )
    if missing:
        areas = _areas_of([row.code for row in rows], table.year)
    stored = {
        figures.area_id: figures
        for figures in AreaFigures.objects.filter(year=table.year, source=table.source, area__in=areas.values())
    }
    wanted = [_figures(row, areas[row.code], table, stored) for row in rows if row.code in areas]
    new = [figures for figures in wanted if figures.area_id not in stored]
    changed = [f for f in wanted if f.area_id in stored and f.values != stored[f.area_id].values]
    if new or changed:
        with transaction.atomic():
            AreaFigures.objects.bulk_create(
                new + changed,
                update_conflicts=True,
                unique_fields=["municipality", "area", "year", "source"],
                update_fields=["values"],
            )
    report.merged(new=len(new), changed=len(changed), unchanged=len(wanted) - len(new) - len(changed))


def _areas_of(codes: list[str], year: int) -> dict[str, int]:
    return dict(Area.objects.filter(year=year, code__in=codes).values_list("code", "pk"))


def _make_areas(rows: list[_Row], table: _Table, report: ImportReport) -> None:
    """Figures without a boundary still belong to an area: it can be shown in a list, not on a map."""
    for row in rows:
        report.note(row.line, table.code_column, f"{row.code} ({row.name}) heeft geen grens van {table.year}")
    Area.objects.bulk_create(
        [
            Area(
                municipality=municipality_of(row.code), code=row.code, year=table.year, kind=kind_of(row.code) or "",
                name=row.name, source=table.source,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _figures(row: _Row, area: int, table: _Table, stored: dict[int, AreaFigures]) -> AreaFigures:
    before = stored[area].values if area in stored else {}
    kept = {key: value for key, value in before.items() if key not in table.keys}
    return AreaFigures(
        municipality=municipality_of(row.code),
        area_id=area,
        year=table.year,
        source=table.source,
        values={**kept, **row.values},
    )
