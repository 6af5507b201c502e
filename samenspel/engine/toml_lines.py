"""TOML that people write: read with a limit, and refused with file, line and reason."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

LARGEST = 1_000_000
"""Bytes; a file that a person wrote is smaller."""
_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


class Refused(ValueError):
    """A file that cannot be used: `file`, `line` (0 when it is about the whole file) and a reason in Dutch."""

    def __init__(self, file: str, line: int, reason: str):
        super().__init__(f"{file}, regel {line}: {reason}" if line else f"{file}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class Written:
    """What stands in a file, and on which line each table and key stands."""

    file: str
    data: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    """By path: `facts.proven`; of an array of tables with its number, `threshold.0.fact`."""

    def refuse(self, path: str, reason: str) -> Refused:
        """An error at this path, or at the nearest table around it that has a line."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return Refused(self.file, self.lines.get(path, 0), reason)


def read(content: bytes, file: str) -> Written:
    """Raises Refused for a file that is too large, not UTF-8 or no TOML."""
    if len(content) > LARGEST:
        raise Refused(file, 0, f"het bestand is te groot ({len(content):,} bytes; hoogstens {LARGEST:,})")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(file, line, "dit is geen UTF-8-tekst") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise Refused(file, line, f"dit is geen geldige TOML: {_AT.sub('', str(error)).strip()}") from error
    except RecursionError as error:
        raise Refused(file, 0, "het bestand is te diep genest") from error
    return Written(file, data, _lines(text))


def _lines(text: str) -> dict[str, int]:
    """Line numbers of headers and keys; what stands inside a text of several lines is no key."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, inside = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            if header := _HEADER.match(line):
                table = header.group(1)
                if line.lstrip().startswith("[["):
                    counts[table] = counts.get(table, -1) + 1
                    table = f"{table}.{counts[table]}"
                found.setdefault(table, number)
            elif key := _KEY.match(line):
                found.setdefault(f"{table}.{key.group(1)}".lstrip("."), number)
        for quotes in ('"""', "'''"):
            if inside in ("", quotes) and line.count(quotes) % 2:
                inside = "" if inside else quotes
    return found
