"""What an import tells afterwards: per line what was read, merged or refused, and why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

SHOWN = 1_000
"""At most this many refusals and notes are kept word for word; all are counted."""

Progress = Callable[[str, int], None]
"""Called now and then with the name of the file and the number of lines read."""


class FileRefused(Exception):
    """Nothing of a file can be read; the message says why, in Dutch."""


class LineRefused(Exception):
    """One line cannot be merged: which field, and why in Dutch."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class Refusal:
    """Why a line was left out, or (as a note) what should be known about it.

    `line` counts from 1: the line of a csv file, the number of a GeoJSON feature or TOML entry; None is the whole file.
    """

    line: int | None
    field: str
    reason: str


@dataclass
class ImportReport:
    """The account of one file. Always: `read == new + changed + unchanged + refused`."""

    file: str
    unit: str = "regel"
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    noted: int = 0
    notes: list[Refusal] = field(default_factory=list)
    error: str = ""
    """Why nothing of the file could be read at all; "" when it was read."""

    @property
    def nothing_read(self) -> bool:
        """The file is unreadable, or every line of it was refused."""
        return bool(self.error) or self.read == self.refused

    def refuse(self, line: int | None, field: str, reason: str) -> None:
        """Count one line as read and refused."""
        self.read += 1
        self.refused += 1
        if len(self.refusals) < SHOWN:
            self.refusals.append(Refusal(line, field, reason))

    def note(self, line: int | None, field: str, reason: str) -> None:
        """Tell something about a line that was, or will be, counted by itself."""
        self.noted += 1
        if len(self.notes) < SHOWN:
            self.notes.append(Refusal(line, field, reason))

    def merged(self, *, new: int = 0, changed: int = 0, unchanged: int = 0) -> None:
        """Count lines as read and merged."""
        self.read += new + changed + unchanged
        self.new += new
        self.changed += changed
        self.unchanged += unchanged

    def as_data(self) -> dict[str, Any]:
        """The report as JSON-ready data with the names of the fields, refusals and notes in order of line."""
        return {**asdict(self), "refusals": _in_order(self.refusals), "notes": _in_order(self.notes)}

    def sentences(self) -> Iterator[str]:
        """The report for a person, one line at a time."""
        if self.error:
            yield f"{self.file}: {self.error}"
            return
        yield (
            f"{self.file}: {self.read} gelezen, {self.new} nieuw, {self.changed} gewijzigd, "
            f"{self.unchanged} gelijk, {self.refused} geweigerd"
        )
        yield from self._listed("geweigerd", self.refusals, self.refused)
        yield from self._listed("let op", self.notes, self.noted)

    def _listed(self, word: str, listed: list[Refusal], total: int) -> Iterator[str]:
        for one in _in_order(listed):
            place = "bestand" if one["line"] is None else f"{self.unit} {one['line']}"
            yield f"  {word}: {place}{', ' if one['field'] else ''}{one['field']}: {one['reason']}"
        if total > len(listed):
            yield f"  {word}: en nog {total - len(listed)} meer"


def _in_order(listed: list[Refusal]) -> list[dict[str, Any]]:
    """By line: lines are judged in chunks, so that they come in as they were found wrong."""
    return [asdict(one) for one in sorted(listed, key=lambda one: one.line or 0)]


def totals(reports: Iterable[ImportReport]) -> dict[str, Any]:
    """Several reports as one answer: the sums, then each file."""
    files = [report.as_data() for report in reports]
    sums = {name: sum(f[name] for f in files) for name in ("read", "new", "changed", "unchanged", "refused", "noted")}
    return {**sums, "files": files}
