"""Reading a feed from disk: one JSON or NDJSON file (plain or .gz), or a folder with the CSV files of the package."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samenspel.places.importers.files import opened
from samenspel.places.importers.report import FileRefused, ImportReport
from samenspel.socialmap.hsds.package import PAGE, Package, check_whole, of_records, of_tables, problem_of
from samenspel.socialmap.hsds.tables import FILES, Tables, value_of

MAX_BYTES = 200 * 1024**2
"""Unpacked size of one file; it is read at once."""
_PARTS = ("organizations", "locations", "services", "events", "taxonomies", "taxonomy_terms")
_TABLE_OF = {file: table for table, file in FILES.items()} | {f"{table}.csv": table for table in FILES}


def read(path: Path, report: ImportReport) -> Package:
    """The records of a file or folder; what cannot be read goes to the report. Raises FileRefused."""
    package = _of_folder(path, report) if path.is_dir() else _of_file(path, report)
    if package.is_newer:
        report.note(None, "", "dit lijkt HSDS 3.1; wat 3.0 niet kent wordt bewaard zoals het kwam")
    if not (package.organizations or package.services or package.locations or report.refused):
        raise FileRefused("er staat geen organization, service of location in")
    return package


def _of_file(path: Path, report: ImportReport) -> Package:
    text = _text(path)
    try:
        document = _json(text)
    except ValueError as error:
        if lines := _lines(text, report):
            return of_records(lines, report)
        raise FileRefused(f"geen geldige JSON ({str(error)[:100]})") from error
    return _of_document(document, report)


def _of_document(document: Any, report: ImportReport) -> Package:
    if isinstance(document, list):
        return of_records(enumerate(document, start=1), report)
    if not isinstance(document, dict):
        raise FileRefused("geen lijst of record")
    check_whole(document)
    if isinstance(document.get("contents"), list) and document.keys() <= PAGE | {"first_page", "last_page", "empty"}:
        return of_records(enumerate(document["contents"], start=1), report)
    if tables := {_TABLE_OF[name]: rows for name, rows in document.items() if name in FILES.values()}:
        return of_tables(_checked(tables), report)
    if any(isinstance(document.get(part), list) for part in ("organizations", "services")) and "name" not in document:
        package = of_records(enumerate(_parts(document), start=1), report)
        package.loose |= _checked(document["loose"]) if isinstance(document.get("loose"), dict) else {}
        return package
    return of_records([(1, document)], report)


def _parts(document: dict[str, Any]) -> Iterator[Any]:
    for part in _PARTS:
        if isinstance(document.get(part), list):
            yield from document[part]


def _checked(tables: dict[str, Any]) -> Tables:
    for table, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise FileRefused(f"{table} is geen lijst van records")
    return tables


def _lines(text: str, report: ImportReport) -> list[tuple[int, Any]]:
    """The records of NDJSON with their line numbers; nothing when the first line is no JSON of its own."""
    found: list[tuple[int, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append((number, _json(line)))
        except ValueError:
            if not found:
                return []
            report.refuse(number, "", "geen geldige JSON")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("te veel lagen") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is geen getal")


def _text(path: Path) -> str:
    with opened(path) as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise FileRefused(f"het bestand is groter dan {MAX_BYTES // 1024**2} MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused("het bestand is geen UTF-8") from error


def _of_folder(folder: Path, report: ImportReport) -> Package:
    files = sorted(file for file in folder.iterdir() if file.name.removesuffix(".gz").endswith(".csv"))
    if problem := problem_of(file.name.partition(".")[0] for file in files):
        raise FileRefused(problem)
    tables: Tables = {}
    for file in files:
        if table := _TABLE_OF.get(file.name.removesuffix(".gz")):
            _join(tables.setdefault(table, []), _rows(file, report))
        else:
            report.note(None, file.name, "is geen tabel van HSDS 3.0 en is niet gelezen")
    if not tables.keys() & {"organization", "service"}:
        raise FileRefused("in deze map staat geen organizations.csv of services.csv")
    return of_tables(tables, report)


def _join(rows: list[dict[str, Any]], more: list[dict[str, Any]]) -> None:
    """Add rows to a table; a table in two files (address.csv and addresses.csv) has each row once."""
    by_id = {row["id"]: row for row in rows if "id" in row}
    for row in more:
        first = by_id.get(row.get("id"))
        if first is None:
            rows.append(row)
        else:
            first.update({**row, **first})


def _rows(file: Path, report: ImportReport) -> list[dict[str, Any]]:
    """The rows of a CSV file without their empty cells; bad lines go to the report. Raises FileRefused."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    rows = []
    try:
        names = next(reader)
        if len(set(names)) != len(names):
            raise FileRefused(f"{file.name}: een kolom staat er twee keer in")
        for cells in reader:
            if len(cells) == len(names):
                row = {name: value_of(name, cell) for name, cell in zip(names, cells, strict=True) if cell}
                rows.append(row)
            elif cells:
                report.refuse(reader.line_num, file.name, f"{len(cells)} cellen waar {len(names)} kolommen zijn")
    except csv.Error as error:
        report.refuse(reader.line_num, file.name, f"geen geldige csv ({error}); de rest is niet gelezen")
    return [row for row in rows if row]
