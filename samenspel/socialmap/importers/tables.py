"""A table from a file that anyone may hand in: csv in any usual form, or XLSX; with a limit on everything.

Cells are plain text. Nothing here knows offerings; a file is refused whole with FileRefused or line by line.
"""

import codecs
import csv
import errno
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from samenspel.places.importers.files import NOT_UTF8
from samenspel.places.importers.report import FileRefused
from samenspel.socialmap.importers.formulas import unprotected

MAX_BYTES = 16 * 1024**2
"""Of a file, and of a csv file after unpacking; 20,000 full lines of offerings are about 12 MB."""
MAX_LINES = 20_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
"""Characters; the longest text that is kept has 4,000."""
MAX_LINES_OF_A_ROW = 60
"""Lines of text in one row of cells; a lost quote never swallows more."""
SECONDS = 20
"""That reading one Excel file may take."""

_SHEET = Path(__file__).with_name("sheet.py")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_STARTS = (
    (
        b"\xd0\xcf\x11\xe0",
        "dit is een oud Excel-bestand (.xls) of het heeft een wachtwoord; bewaar het als .xlsx zonder",
    ),
    (b"%PDF", "dit is een pdf; bewaar de tabel als .xlsx of .csv"),
    (b"\x89PNG", "dit is een afbeelding; bewaar de tabel als .xlsx of .csv"),
    (b"\xff\xd8\xff", "dit is een afbeelding; bewaar de tabel als .xlsx of .csv"),
    (b"GIF8", "dit is een afbeelding; bewaar de tabel als .xlsx of .csv"),
    (b"SQLite", "dit is een databasebestand; bewaar de tabel als .csv"),
    (b"{\\rtf", "dit is een tekstdocument; bewaar de tabel als .xlsx of .csv"),
    (b"7z\xbc\xaf", "dit is een ingepakt bestand; pak het eerst uit"),
    (b"Rar!", "dit is een ingepakt bestand; pak het eerst uit"),
    (b"<", "dit is een webpagina of XML; bewaar de tabel als .xlsx of .csv"),
    (b"{", "dit is JSON; voor Open Referral is er `samenspel import hsds`"),
    (b"[", "dit is JSON; voor Open Referral is er `samenspel import hsds`"),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Complain = Callable[[int | None, str, str], None]
"""Called with line, column and the reason in Dutch."""


@dataclass(frozen=True)
class Table:
    """A header and, once, the rows after it: each with its line in the file and as many cells as the header has."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def read_table(file: Path | bytes, *, name: str = "", refuse: Complain, note: Complain) -> Table:
    """Open `file`, which whoever sent it calls `name`; raises FileRefused.

    A bad row goes to `refuse` while the rows are read, a choice made to `note`.
    """
    data = file if isinstance(file, bytes) else _read(file)
    if len(data) > MAX_BYTES:
        raise FileRefused(f"het bestand is groter dan {MAX_BYTES // 1024**2} MB; splits het")
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start and not data.strip(b"\xef\xbb\xbf \r\n\t\0"):
        raise FileRefused("het bestand is leeg")
    if start.startswith(b"PK"):
        return _table(_sheet_rows(data), refuse, note)
    for sign, reason in _STARTS:
        if start.startswith(sign):
            raise FileRefused(reason)
    if name.lower().endswith(".xlsx"):
        raise FileRefused("dit is geen Excel-bestand, al heet het .xlsx; bewaar het opnieuw in Excel, of als .csv")
    return _table(_csv_rows(data, refuse, note), refuse, note)


def _read(file: Path) -> bytes:
    """The bytes of a regular file, one more than allowed at most; never waits for a pipe."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        raise FileRefused("het bestand bestaat niet") from None
    except (OSError, ValueError) as broken:
        reason = "te lange naam" if getattr(broken, "errno", 0) == errno.ENAMETOOLONG else "geen toegang"
        raise FileRefused(f"het bestand is niet te openen ({reason})") from broken
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileRefused("dit is geen gewoon bestand, maar een map of een apparaat")
    with os.fdopen(handle, "rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _unpacked(data: bytes) -> bytes:
    """Gzip unpacked, up to the limit; raises FileRefused."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(data, MAX_BYTES + 1)
    except zlib.error as broken:
        raise FileRefused("het ingepakte bestand (.gz) is beschadigd") from broken
    if len(text) > MAX_BYTES:
        raise FileRefused(f"uitgepakt is het bestand groter dan {MAX_BYTES // 1024**2} MB")
    if not unpacker.eof:
        raise FileRefused("het ingepakte bestand (.gz) is niet heel aangekomen")
    return text


def _table(rows: Iterator[tuple[int, list[str]]], refuse: Complain, note: Complain) -> Table:
    first = next(rows, None)
    if first is None:
        raise FileRefused("het bestand heeft geen regels")
    header = [" ".join(cell.split()) for cell in first[1]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_COLUMNS:
        raise FileRefused(f"regel {first[0]}: meer dan {MAX_COLUMNS} kolommen")
    if any(_CONTROL.search(name) or NOT_UTF8.search(name) for name in header):
        raise FileRefused(f"regel {first[0]} is geen kopregel met namen van kolommen")
    if twice := {name for name in header if name and header.count(name) > 1}:
        raise FileRefused(f"regel {first[0]}: kolom '{min(twice)[:40]}' staat er twee keer in")
    return Table(header, _whole_rows(rows, len(header), header, refuse))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _whole_rows(
    rows: Iterator[tuple[int, list[str]]], width: int, header: list[str], refuse: Complain
) -> Iterator[tuple[int, list[str]]]:
    """The rows that have a cell for every column and text in every cell; the others are refused."""
    for count, (line, cells) in enumerate(rows, 1):
        if count > MAX_LINES:
            raise FileRefused(f"het bestand heeft meer dan {MAX_LINES} regels; splits het")
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            refuse(line, "", f"{len(cells)} cellen waar {width} kolommen zijn; staat er een scheidingsteken te veel?")
        elif problem := next(
            ((at, reason) for at, cell in enumerate(cells[:width]) if (reason := _problem(cell))), None
        ):
            refuse(line, header[problem[0]], problem[1])
        else:
            yield line, [unprotected(cell) for cell in cells[:width]]


def _problem(cell: str) -> str:
    if len(cell) > MAX_CELL:
        return f"deze cel is langer dan {MAX_CELL} tekens"
    if NOT_UTF8.search(cell):
        return "hier staan tekens die niet bij de rest van het bestand passen; bewaar het bestand als UTF-8"
    if _CONTROL.search(cell):
        return "hier staat een onzichtbaar stuurteken in"
    return ""


def _csv_rows(data: bytes, refuse: Complain, note: Complain) -> Iterator[tuple[int, list[str]]]:
    data, encoding = _plain(data, note)
    lines = _Lines(data, encoding)
    first = lines.take(0, 1)
    named = re.fullmatch(r"sep=(.)\s*", first[0]) if first else None
    start = 1 if named else 0
    separator = named[1] if named else _separator(next((line for line in lines.take(0, 20) if line.strip()), ""))
    at = start
    while chunk := lines.take(at, MAX_LINES_OF_A_ROW):
        reader = csv.reader(iter(chunk), delimiter=separator, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            refuse(at + 1, "", _csv_problem(str(error)))
            at += 1
            continue
        if any(cell.strip() for cell in cells):
            yield at + 1, cells
        at += reader.line_num


def _csv_problem(error: str) -> str:
    if "field limit" in error:
        return f"deze cel is langer dan {MAX_CELL} tekens"
    return "een aanhalingsteken in deze regel is niet goed gesloten"


class _Lines:
    """The lines of a text with their line ends, decoded only where they are looked at."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._ends = [match.end() for match in islice(_LINE.finditer(data), MAX_LINES * 10) if match.group()]
        self._data, self._encoding = data, encoding
        if self._ends and self._ends[-1] < len(data):
            raise FileRefused(f"het bestand heeft meer dan {MAX_LINES} regels; splits het")

    def take(self, start: int, count: int) -> list[str]:
        ends = self._ends[start : start + count]
        begins = [self._ends[start - 1] if start else 0, *ends]
        return [
            self._data[begin:end].decode(self._encoding, "surrogateescape")
            for begin, end in zip(begins, ends, strict=False)
        ]


def _plain(data: bytes, note: Complain) -> tuple[bytes, str]:
    """The text without its mark of encoding, and the encoding; raises FileRefused for what is no text."""
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16").encode("utf-8"), "utf-8"
        except UnicodeError as broken:
            raise FileRefused("het bestand zegt UTF-16 te zijn maar is het niet; bewaar het als UTF-8") from broken
    if b"\0" in data[:4096]:
        raise FileRefused("dit is geen tekstbestand; bewaar de tabel als .xlsx of .csv (UTF-8)")
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.isascii() or not _is_windows(data):
        return data, "utf-8"
    note(None, "", "het bestand is gelezen als Windows-1252; kijk of é, ë en € goed staan")
    return data, "cp1252"


def _is_windows(data: bytes) -> bool:
    """Not UTF-8, and no line with an accent is: then it was all written by an older Windows program."""
    odd = [line for line in _LINE.findall(data) if not line.isascii()]
    return bool(odd) and not any(_is_utf8(line) for line in odd)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max((";", ",", "\t"), key=bare.count)


def _sheet_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of an Excel file, read by a process of its own with limits; raises FileRefused."""
    with _spooled(data) as packed, tempfile.TemporaryFile() as written:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_SHEET)],
                stdin=packed, stdout=written, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False, env={},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise FileRefused(f"het Excel-bestand kost meer dan {SECONDS} seconden om te lezen") from None
        if done.returncode != 0:
            raise FileRefused("het Excel-bestand is beschadigd, of uitgepakt veel te groot")
        written.seek(0)
        for line, text in enumerate(written, 1):
            row = json.loads(text)
            if isinstance(row, dict):
                raise FileRefused(row["refused"])
            if len(row) > MAX_COLUMNS * 100:
                raise FileRefused(f"het blad heeft meer dan {MAX_COLUMNS} kolommen")
            if any(row):
                yield line, row


@contextmanager
def _spooled(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file
