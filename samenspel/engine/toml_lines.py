"""TOML that people write: read with a limit, and refused with file, line and reason."""

import re
import tomllib
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

LARGEST = 1_000_000
"""Bytes; a file that a person wrote is smaller."""
DEEPEST = 16
"""Tables and lists inside each other; `tomllib` takes time by the square of a dotted key."""
LONGEST = 200
"""Characters of a key or number without quotes; Python itself fails on one of thousands."""
_TOKEN = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'{3,5})?'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?)'
    r"|(?P<word>[^\s\[\]{}=,.#\"']+)|#[^\n]*+|(?P<mark>[\[\]{}=,.\n])",
    re.DOTALL,
)
_MOST_REASON = 400
_AT = re.compile(r"\(at line (\d+), column \d+\)")


class Refused(ValueError):
    """A file that cannot be used: `file`, `line` (0 when it is about the whole file) and a reason in Dutch, one line.

    `path` is the table or key that it is about, "" where there is none.
    """

    def __init__(self, file: str, line: int, reason: str, path: str = ""):
        reason = shorten(reason, _MOST_REASON, placeholder=" …")
        super().__init__(f"{file}, regel {line}: {reason}" if line else f"{file}: {reason}")
        self.file, self.line, self.reason, self.path = file, line, reason, path


@dataclass(frozen=True)
class Written:
    """What stands in a file, and on which line each table and key stands."""

    file: str
    data: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    """By path: `facts.proven`; of an array of tables with its number, `threshold.0.fact`."""

    def refuse(self, path: str, reason: str) -> Refused:
        """An error at this path, at the first line within it, or at the nearest table around it that has a line."""
        within = (line for each, line in self.lines.items() if each.startswith(f"{path}."))
        nearest, line = path, self.lines.get(path) or next(within, 0)
        while nearest and not line:
            nearest = nearest.rpartition(".")[0]
            line = self.lines.get(nearest, 0)
        return Refused(self.file, line, reason, path)


def read(content: bytes, file: str) -> Written:
    """Raises Refused for a file that is too large, not UTF-8, too deep or no TOML."""
    if len(content) > LARGEST:
        raise Refused(file, 0, f"het bestand is te groot ({len(content):,} bytes; hoogstens {LARGEST:,})")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(file, line, "dit is geen UTF-8-tekst") from error
    lines = _lines(text, file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise Refused(file, line, f"dit is geen geldige TOML: {_AT.sub('', str(error)).strip()}") from error
    return Written(file, data, lines)


def _lines(text: str, file: str) -> dict[str, int]:
    """On which line each table and key stands; of text that is no TOML it says nothing of use. Raises Refused."""
    scan = _Scan(file)
    for token in _TOKEN.finditer(text):
        written = token.group()
        if token.lastgroup == "mark":
            scan.mark(written)
        elif token.lastgroup and scan.in_key:
            scan.parts.append(written[1:-1] if token.lastgroup == "text" else written)
        if token.lastgroup == "word" and len(written) > LONGEST:
            raise Refused(file, scan.line, f"een sleutel of getal is langer dan {LONGEST} tekens")
        scan.line += written.count("\n")
        if len(scan.parts) + len(scan.inside) > DEEPEST:
            raise Refused(file, scan.line, "het bestand is te diep genest")
    return scan.found


@dataclass
class _Scan:
    """Where the scan of a text is: in a header, in a key, or in a value inside lists and inline tables."""

    file: str
    found: dict[str, int] = field(default_factory=dict)
    line: int = 1
    table: str = ""
    in_key: bool = True
    header: int = 0
    """How many brackets opened the header that is being read."""
    parts: list[str] = field(default_factory=list)
    path: str = ""
    inside: list[tuple[str, int]] = field(default_factory=list)
    """Path of every list and inline table that is open, with the number of the item; -1 for a table."""
    counts: dict[str, int] = field(default_factory=dict)

    def mark(self, mark: str) -> None:
        if self.in_key:
            self._mark_in_key(mark)
        else:
            self._mark_in_value(mark)

    def _mark_in_key(self, mark: str) -> None:
        if mark == "[":
            self.header += 1
        elif mark == "]" and self.parts:
            self._begin_table()
        elif mark == "=":
            self.path = self._place(self.parts, self.inside[-1][0] if self.inside else self.table)
            self.parts, self.in_key = [], False
        elif mark == "}":
            self._close()
        elif mark == "\n" and not self.inside:
            self.parts, self.header = [], 0

    def _mark_in_value(self, mark: str) -> None:
        if mark in "[{":
            self.inside.append((self.path, 0 if mark == "[" else -1))
            self.in_key = mark == "{"
            if mark == "[":
                self.path += ".0"
        elif mark in "]}":
            self._close()
        elif mark == "," and self.inside:
            self._next_item()
        elif mark == "\n" and not self.inside:
            self.in_key = True

    def _next_item(self) -> None:
        path, number = self.inside.pop()
        self.in_key = number < 0
        self.path = path if number < 0 else f"{path}.{number + 1}"
        self.inside.append((path, -1 if number < 0 else number + 1))

    def _close(self) -> None:
        self.path = self.inside.pop()[0] if self.inside else self.path
        self.parts, self.in_key = [], False

    def _begin_table(self) -> None:
        """A header: `[a.b]`, or `[[a]]` for the next of an array of tables; its parts may lie in one that is open."""
        if self.header > 1:
            array = self._numbered(self.parts)
            self.counts[array] = self.counts.get(array, -1) + 1
        self.table = self._place(self.parts, "")
        self.parts = []

    def _place(self, parts: list[str], above: str) -> str:
        """The path of these parts, noted with its line when it is new."""
        path = ".".join(filter(None, (above, *parts))) if above else self._numbered(parts, last=True)
        self.found.setdefault(path, self.line)
        return path

    def _numbered(self, parts: list[str], *, last: bool = False) -> str:
        """A path from the top, with the number of the item after every array of tables that it goes through."""
        path = ""
        for at, part in enumerate(parts):
            path = f"{path}.{part}".lstrip(".")
            if path in self.counts and (last or at < len(parts) - 1):
                path = f"{path}.{self.counts[path]}"
        return path
