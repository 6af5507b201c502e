"""Opening what people hand in: plain or gzip, csv or GeoJSON, with a limit on everything.

Nothing here knows areas; every reader streams, so memory does not grow with the file.
"""

import csv
import gzip
import io
import re
import zlib
from codecs import getincrementaldecoder
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from json import JSONDecoder
from pathlib import Path
from typing import IO, Any

from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused

MAX_BYTES = 2 * 1024**3
"""Unpacked size; the full-detail national file of CBS is a quarter of this."""
MAX_LINE = 64 * 1024
"""Bytes of one csv line; the widest CBS table has lines of 3 kB."""
MAX_FEATURE = 16 * 1024**2
"""Characters of one GeoJSON feature; the most detailed municipality has under 2 million."""

NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""Bytes that were no UTF-8 arrive as lone surrogates."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PIECE = 1024**2
_KNOWN_STARTS = {
    b"PK": "dit is een zip- of Excel-bestand; pak het eerst uit of bewaar het als csv",
    b"\xff\xfe": "het bestand is UTF-16; bewaar het als UTF-8",
    b"\xfe\xff": "het bestand is UTF-16; bewaar het als UTF-8",
    b"SQLite": "dit is een databasebestand (GeoPackage of SQLite); zet het om naar GeoJSON of csv",
    b"%PDF": "dit is een pdf",
}
_BROKEN = (OSError, EOFError, zlib.error)


def year_of(file: Path, given: int | None) -> int:
    """The year of the codes in `file`: as given, else the one year in its name; raises FileRefused."""
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", file.name)}
    if given is None and len(years) != 1:
        raise FileRefused(
            "het jaartal van de codes staat niet in de bestandsnaam; geef het met --year, zoals --year 2024"
        )
    year = given if given is not None else years.pop()
    if not 2000 <= year <= 2099:
        raise FileRefused(f"het jaartal {year} ligt niet tussen 2000 en 2099")
    return year


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """Open `file` for reading, unpacked when it is gzip; raises FileRefused with what it is instead."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream: IO[bytes] = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if packed else raw
            start = stream.peek(16)[:16]  # type: ignore[attr-defined]
            if not start.strip():
                raise FileRefused("het bestand is leeg")
            for sign, reason in _KNOWN_STARTS.items():
                if start.startswith(sign):
                    raise FileRefused(reason)
            yield stream
    except FileNotFoundError:
        raise FileRefused("het bestand bestaat niet") from None
    except _BROKEN as broken:
        raise FileRefused(f"het bestand is niet te lezen ({broken})") from broken


def text_problem(text: str) -> str:
    """Why `text` cannot be stored, or ""."""
    if NOT_UTF8.search(text):
        return "bevat tekens die geen UTF-8 zijn; bewaar het bestand als UTF-8"
    if _CONTROL.search(text):
        return "bevat een onzichtbaar stuurteken"
    return ""


def csv_header(stream: IO[bytes]) -> list[str]:
    """The column names; raises FileRefused when the first line is none."""
    first = stream.readline(MAX_LINE + 1)
    line = first.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").rstrip("\r\n")
    if len(first) > MAX_LINE or text_problem(line):
        raise FileRefused("regel 1 is geen kopregel in UTF-8 met namen van kolommen")
    try:
        names = [name.strip() for name in next(csv.reader([line], strict=True), [])]
    except csv.Error as error:
        raise FileRefused(f"regel 1 is geen geldige kopregel ({error})") from error
    if twice := {name for name in names if names.count(name) > 1}:
        raise FileRefused(f"regel 1: kolom {min(twice)!r} staat er twee keer in")
    return names


def require_columns(names: Collection[str], required: Collection[str]) -> None:
    """Raise FileRefused naming the missing columns and, when that is the reason, the wrong separator."""
    if missing := [name for name in required if name not in names]:
        hint = (
            "; gebruik komma's als scheiding in plaats van puntkomma's" if len(names) == 1 and ";" in min(names) else ""
        )
        raise FileRefused(f"regel 1: kolom {', '.join(missing)} ontbreekt{hint}")


def csv_rows(stream: IO[bytes], names: list[str], report: ImportReport) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line after the header as (line number, cells by column); bad lines go to the report.

    A line is a line: quotes do not reach over line ends, so that one lost quote never swallows the rest.
    """
    for number, raw in _lines(stream, report):
        try:
            if cells := _cells(raw, names):
                yield number, cells
        except LineRefused as refused:
            report.refuse(number, refused.field, refused.reason)


def _lines(stream: IO[bytes], report: ImportReport) -> Iterator[tuple[int, bytes]]:
    number, size = 1, 0
    try:
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            size += len(raw)
            yield number, raw
            while len(raw) > MAX_LINE and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_LINE + 1)
                size += len(raw)
            if size > MAX_BYTES:
                report.refuse(number + 1, "", f"het bestand is groter dan {MAX_BYTES} bytes; de rest is niet gelezen")
                return
    except _BROKEN as broken:
        report.refuse(number + 1, "", f"het bestand breekt hier af ({broken}); de rest is niet gelezen")


def _cells(raw: bytes, names: list[str]) -> dict[str, str] | None:
    if len(raw) > MAX_LINE:
        raise LineRefused("", f"de regel is langer dan {MAX_LINE} bytes")
    line = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
    if not line.strip():
        return None
    if problem := text_problem(line):
        raise LineRefused("", problem)
    try:
        cells = next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise LineRefused("", f"geen geldige csv-regel ({error})") from error
    if len(cells) != len(names):
        raise LineRefused("", f"{len(cells)} cellen waar {len(names)} kolommen zijn (staat er een komma in een getal?)")
    return dict(zip(names, (cell.strip() for cell in cells), strict=True))


_FEATURES = re.compile(r'"features"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
_BROKEN_FEATURE = f"geen geldige JSON, of langer dan {MAX_FEATURE} tekens; verder gelezen bij het volgende object"
_NEXT_FEATURE = re.compile(r'\{\s*"type"\s*:\s*"Feature"')


def features(stream: IO[bytes], report: ImportReport) -> Iterator[tuple[int, Any, str]]:
    """Each member of a GeoJSON FeatureCollection as (number from 1, decoded value, its own text).

    Decodes one feature at a time. After a broken one it goes on at the next that starts with its type.
    Raises FileRefused when there is no list of features.
    """
    reader = _Buffer(stream)
    reader.more()
    start = _FEATURES.search(reader.text)
    if not reader.text.lstrip().startswith("{"):
        raise FileRefused("dit is geen GeoJSON: het begint niet met {")
    if not start:
        raise FileRefused('dit is geen GeoJSON FeatureCollection: er is geen lijst "features"')
    reader.position = start.end()
    number = 0
    try:
        while reader.at_next():
            number += 1
            if found := reader.decode():
                yield number, *found
            else:
                report.refuse(number, "", _BROKEN_FEATURE)
                if not reader.skip_to(_NEXT_FEATURE):
                    return
        if reader.ended_early:
            report.refuse(number + 1, "", "het bestand houdt op voor het einde van de lijst; de rest ontbreekt")
    except _BROKEN as broken:
        report.refuse(number + 1, "", f"het bestand breekt hier af ({broken}); de rest is niet gelezen")


class _Buffer:
    """A window over the text of a GeoJSON file that grows only as far as one feature needs."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._to_text = getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._decoder = JSONDecoder()
        self._size = 0
        self.text = ""
        self.position = 0
        self.ended_early = False

    def more(self) -> bool:
        """Drop what was used and read on; doubling, so that one long feature stays linear."""
        rest = self.text[self.position :]
        if len(rest) > MAX_FEATURE or self._size > MAX_BYTES:
            return False
        piece = self._stream.read(max(_PIECE, len(rest)))
        self._size += len(piece)
        self.text, self.position = rest + self._to_text.decode(piece, final=not piece), 0
        return bool(piece)

    def at_next(self) -> bool:
        """Move to the start of the next member; False at the end of the list or the file."""
        while True:
            match = _GAP.match(self.text, self.position)
            self.position = match.end() if match else self.position
            if self.position < len(self.text):
                return self.text[self.position] != "]"
            if not self.more():
                self.ended_early = True
                return False

    def decode(self) -> tuple[Any, str] | None:
        """The member at the position, or None when it is no JSON however much is read."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.position)
            except RecursionError:
                return None
            except ValueError:
                if not self.more():
                    return None
            else:
                found = self.text[self.position : end]
                self.position = end
                return value, found

    def skip_to(self, start: re.Pattern[str]) -> bool:
        """Move past the broken member to the next start; False when there is none."""
        self.position += 1
        while not (match := start.search(self.text, self.position)):
            self.position = max(self.position, len(self.text) - 100)
            if not self.more():
                return False
        self.position = match.start()
        return True
