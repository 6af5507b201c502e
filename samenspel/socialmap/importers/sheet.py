"""The rows of an XLSX file as JSON lines: a program of its own, because an Excel file can be a bomb.

Run as `python -I sheet.py < FILE > ROWS` with limits on memory, processor time and output; when it breaks one, only
this process ends. It knows nothing of the product: standard library and calamine, which never runs a formula.

Each line written is one row, a list of texts; a last line {"refused": "…"} says in Dutch why nothing can be read.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO

MEMORY = 160 * 1024**2
"""Bytes of address space; 20,000 rows of 30 cells need half of it."""
SECONDS = 15
"""Processor time; the same file needs 2."""
MAX_OUTPUT = 64 * 1024**2
MAX_PARTS = 1_000
MAX_UNPACKED = 120 * 1024**2
MAX_RATIO = 250
"""Times that a part may grow, counted from 8 MB on; tables of real texts grow 5 to 40 times."""
_RATIO_COUNTS_FROM = 8 * 1024**2
_HEAD = 1024

_OTHER_KINDS = (
    ("word/", "dit is een Word-bestand; zet de tabel in een Excel- of csv-bestand"),
    ("ppt/", "dit is een PowerPoint-bestand; zet de tabel in een Excel- of csv-bestand"),
    ("content.xml", "dit is een OpenDocument-bestand; bewaar het als .xlsx of .csv"),
    ("xl/workbook.bin", "dit is een Excel-bestand van een ander soort (.xlsb); bewaar het als gewoon .xlsx"),
)
_WRONG_NAMES = (
    (
        re.compile(r"vbaproject", re.IGNORECASE),
        "in dit bestand zitten macro's; bewaar het als gewoon .xlsx zonder macro's",
    ),
    (re.compile(r"^[/\\]|\.\.|:"), "in dit bestand staan namen die niet in een Excel-bestand horen"),
    (
        re.compile(r"\.(zip|xlsx|xlsm|docx|gz|7z|rar|exe|jar|bin)$", re.IGNORECASE),
        "in dit bestand zit nog een ingepakt bestand of programma; dat lezen wij niet",
    ),
)
_PRINTER = re.compile(r"^xl/printerSettings/[^/]+\.bin$")


class Refused(Exception):
    """The file cannot be read; the message says why, in Dutch."""


def limit() -> None:
    """Bind this process to its limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_package(file: IO[bytes]) -> None:
    """Look at the table of contents and the first bytes of each part, before anything is unpacked; raises Refused."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            _check_parts(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_head(package, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zipfile.zlib.error) as broken:  # type: ignore[attr-defined]
        raise Refused("het Excel-bestand is beschadigd of niet heel aangekomen") from broken


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if reason := next((why for start, why in _OTHER_KINDS if any(name.startswith(start) for name in names)), ""):
        raise Refused(reason)
    for wrong, why in _WRONG_NAMES:
        if any(wrong.search(name) and not _PRINTER.match(name) for name in names):
            raise Refused(why)
    if "xl/workbook.xml" not in names:
        raise Refused("dit is een zip-bestand en geen Excel-bestand; pak het eerst uit")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("het bestand heeft een wachtwoord; bewaar het zonder")
    if len(names) > MAX_PARTS or len(set(names)) != len(names):
        raise Refused("dit Excel-bestand heeft te veel of dubbele onderdelen")
    _check_sizes(parts)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    grows = any(
        part.file_size > _RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if grows or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("uitgepakt is dit Excel-bestand veel te groot")


def _check_head(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with package.open(part) as stream:
        head = stream.read(_HEAD).replace(b"\0", b"").upper()  # without the zeros of UTF-16
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused("in dit Excel-bestand staan opdrachten (DOCTYPE) die er niet in horen")


def rows(file: IO[bytes]) -> Iterator[list[str]]:
    """Every row of the first sheet from its first row on, as texts."""
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except (CalamineError, WorksheetNotFound) as broken:
        raise Refused("dit Excel-bestand is beschadigd of heeft geen blad") from broken
    for row in sheet.iter_rows():
        yield [as_text(cell) for cell in row]


def as_text(cell: object) -> str:
    """A cell as someone would type it in a Dutch csv file."""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d-%m-%Y}" if cell.time() == time() else f"{cell:%d-%m-%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def main() -> None:
    file = sys.stdin.buffer
    try:
        check_package(file)
        file.seek(0)
        for row in rows(file):
            sys.stdout.write(json.dumps(row) + "\n")
    except Refused as reason:
        sys.stdout.write(json.dumps({"refused": str(reason)}) + "\n")


if __name__ == "__main__":
    limit()
    main()
