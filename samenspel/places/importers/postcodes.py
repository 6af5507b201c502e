"""Postcodes from csv, each with a point; the buurt follows from the point.

Three forms, known by their columns: PC4 with place names (GeoNames), PC6 with a point, and the share of each PC4's
area per buurt (`overlap.py`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.db import transaction

from samenspel.places.codes import MUNICIPALITY_CODE, kind_of
from samenspel.places.geometry import place_problem
from samenspel.places.importers.files import csv_header, csv_rows, opened, require_columns
from samenspel.places.importers.overlap import PUT_RIGHT, put_right
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused, Progress
from samenspel.places.lookup import PLACES_APART, Locator
from samenspel.places.models import Area, Postcode

PC4_SOURCE = "GeoNames, CC BY 4.0"
PC6_SOURCE = "stembureaus 2023, CC0"

_CHUNK = 1_000
_FIELDS = ("municipality", "place_name", "longitude", "latitude", "neighborhood", "source")
_COMPARED = ("municipality", "place_name", "longitude", "latitude", "neighborhood_id", "source")
_FORMS = {"pc4": re.compile(r"[1-9][0-9]{3}"), "pc6": re.compile(r"[1-9][0-9]{3}[A-Z]{2}")}
_DEGREES = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,15})?")

_Lines = Iterator[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class _Row:
    """One postcode as the file has it; `lines` are all the lines that speak of it."""

    lines: tuple[int, ...]
    code: str
    longitude: float
    latitude: float
    municipality: str
    neighborhood: str
    place_names: tuple[str, ...]


def import_postcodes(
    files: Iterable[Path], *, source: str = "", progress: Progress | None = None
) -> list[ImportReport]:
    """Merge the postcodes of every file, PC4 first and overlap tables last; one report per file, in the order given.

    `source` replaces the usual source of the data. Never raises for what a file holds.
    """
    locator = Locator.of()
    given = list(files)
    forms = [_form_of(file) for file in given]
    reports = {
        place: _import_file(given[place], locator, source, progress)
        for place in sorted(range(len(given)), key=lambda place: forms[place])
    }
    return [reports[place] for place in range(len(given))]


def _form_of(file: Path) -> str:
    """The form, in words that sort in the order of reading; "" for a file that cannot be read."""
    try:
        with opened(file) as stream:
            return _form(csv_header(stream))
    except FileRefused:
        return ""


def _form(names: list[str]) -> str:
    if "aandeel_pc4_opp" in names:
        require_columns(names, ["pc4", "buurtcode"])
        return "share of pc4"
    form = "pc6" if "pc6" in names else "pc4"
    require_columns(names, [form, "lat", "lon"])
    return form


def _import_file(file: Path, locator: Locator, source: str, progress: Progress | None) -> ImportReport:
    report = ImportReport(file.name)
    try:
        with opened(file) as stream:
            names = csv_header(stream)
            form = _form(names)
            lines = csv_rows(stream, names, report)
            if form in _FORMS:
                _merge_all(lines, form, source, locator, report, progress)
            else:
                put_right(lines, locator, report)
    except FileRefused as refused:
        report.error = str(refused)
    return report


def _merge_all(
    lines: _Lines, form: str, source: str, locator: Locator, report: ImportReport, progress: Progress | None
) -> None:
    if not len(locator):
        report.note(None, "buurt", "er zijn nog geen buurten ingelezen; lees dit bestand daarna nog eens in")
    rows = _pc6_rows(lines, report) if form == "pc6" else _pc4_rows(lines, report)
    usual = PC6_SOURCE if form == "pc6" else PC4_SOURCE
    while chunk := list(islice(rows, _CHUNK)):
        _merge(chunk, source or usual, locator, report)
        if progress:
            progress(report.file, report.read)


def _pc6_rows(lines: _Lines, report: ImportReport) -> Iterator[_Row]:
    first_seen: dict[str, int] = {}
    for row in _rows(lines, "pc6", report):
        line = row.lines[0]
        if (first := first_seen.setdefault(row.code, line)) == line:
            yield row
        else:
            report.refuse(line, "pc6", f"{row.code} staat al op regel {first}")


def _pc4_rows(lines: _Lines, report: ImportReport) -> Iterator[_Row]:
    """Places that share a PC4 have a line each: one row with the point of the first and all the names."""
    rows: dict[str, _Row] = {}
    for row in _rows(lines, "pc4", report):
        if known := rows.get(row.code):
            names = tuple(dict.fromkeys(known.place_names + row.place_names))
            row = replace(known, lines=known.lines + row.lines, place_names=names)
        rows[row.code] = row
    yield from rows.values()


def _rows(lines: _Lines, form: str, report: ImportReport) -> Iterator[_Row]:
    for line, cells in lines:
        try:
            yield _row(line, cells, form)
        except LineRefused as refused:
            report.refuse(line, refused.field, refused.reason)


def _row(line: int, cells: dict[str, str], form: str) -> _Row:
    code = cells[form].replace(" ", "").upper()
    if not _FORMS[form].fullmatch(code):
        example = "1234AB" if form == "pc6" else "1234"
        raise LineRefused(form, f"{cells[form][:40]!r} is geen postcode zoals {example}")
    longitude, latitude = _degrees(cells, "lon"), _degrees(cells, "lat")
    if problem := place_problem(longitude, latitude, longitude, latitude):
        raise LineRefused("lat, lon", problem)
    municipality = cells.get("gemeentecode", "")
    if digits := cells.get("gemeentecode_4", ""):
        municipality = f"GM{digits}"
    if municipality and not MUNICIPALITY_CODE.fullmatch(municipality):
        raise LineRefused("gemeentecode", f"{municipality[:40]!r} is geen code van een gemeente")
    neighborhood = cells.get("buurtcode_2024", "")
    if neighborhood and kind_of(neighborhood) is not Area.Kind.NEIGHBORHOOD:
        raise LineRefused("buurtcode_2024", f"{neighborhood[:40]!r} is geen code van een buurt")
    return _Row((line,), code, longitude, latitude, municipality, neighborhood, _place_names(cells))


def _place_names(cells: dict[str, str]) -> tuple[str, ...]:
    name = cells.get("plaats", "")
    if len(name) > 40:
        raise LineRefused("plaats", "is langer dan 40 tekens")
    return (name,) if name else ()


def _degrees(cells: dict[str, str], column: str) -> float:
    cell = cells[column]
    if not _DEGREES.fullmatch(cell):
        raise LineRefused(column, f"{cell[:40]!r} is geen getal in graden, met een punt")
    return float(cell)


def _merge(rows: list[_Row], source: str, locator: Locator, report: ImportReport) -> None:
    stored = {postcode.code: postcode for postcode in Postcode.objects.filter(code__in=[row.code for row in rows])}
    wanted = _postcodes(rows, source, stored)
    found = locator.find_all(
        latitudes=[postcode.latitude for postcode in wanted], longitudes=[postcode.longitude for postcode in wanted]
    )
    new: list[Postcode] = []
    changed: list[Postcode] = []
    for row, postcode, area in zip(rows, wanted, found, strict=True):
        postcode.neighborhood = area or locator.with_code(row.neighborhood)
        postcode.municipality = postcode.neighborhood.municipality if postcode.neighborhood else row.municipality
        if not postcode.municipality:
            for line in row.lines:
                report.refuse(line, "gemeentecode", "ontbreekt, en het punt ligt in geen buurt die wij kennen")
        elif row.code not in stored:
            new.append(postcode)
            report.merged(new=len(row.lines))
        elif _facts(postcode) != _facts(stored[row.code]):
            changed.append(postcode)
            report.merged(changed=len(row.lines))
        else:
            report.merged(unchanged=len(row.lines))
    _write(new + changed)


def _postcodes(rows: list[_Row], source: str, stored: dict[str, Postcode]) -> list[Postcode]:
    """The rows as postcodes that are not saved yet; a point that an overlap table put right stays."""
    postcodes = []
    for row in rows:
        postcode = Postcode(
            code=row.code,
            place_name=PLACES_APART.join(row.place_names)[:80],
            longitude=row.longitude,
            latitude=row.latitude,
            source=source,
        )
        before = stored.get(row.code)
        if before and before.source == PUT_RIGHT:
            postcode.longitude, postcode.latitude, postcode.source = before.longitude, before.latitude, PUT_RIGHT
        postcodes.append(postcode)
    return postcodes


def _write(postcodes: list[Postcode]) -> None:
    if postcodes:
        with transaction.atomic():
            Postcode.objects.bulk_create(
                postcodes, update_conflicts=True, unique_fields=["code"], update_fields=_FIELDS
            )


def _facts(postcode: Postcode) -> list[object]:
    return [getattr(postcode, name) for name in _COMPARED]
