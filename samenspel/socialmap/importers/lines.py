"""One line of a file: its cells by column, each read as a value; all that is wrong is kept, not only the first."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from samenspel.engine.bsn import holds_bsn
from samenspel.places.importers.report import FileRefused
from samenspel.socialmap.importers import values
from samenspel.socialmap.importers.columns import Column, columns_of, key_of
from samenspel.socialmap.importers.tables import Complain
from samenspel.socialmap.importers.values import Unreadable

Value = TypeVar("Value")
_BETWEEN = re.compile(r"[,;/\n]")
_CONSENT_WAYS = {
    "telefoon": "phone", "gebeld": "phone", "telefonisch": "phone", "bezoek": "visit", "bezocht": "visit",
    "link": "link", "e-mail": "link", "email": "link", "mail": "link", "brief": "letter", "balie": "desk",
}  # fmt: skip


class Line:
    """The cells of one line, by the name of the column in our list; `problems` are (column as in the file, reason)."""

    def __init__(self, number: int, cells: dict[str, str], headers: dict[str, str]) -> None:
        self.number = number
        self.problems: list[tuple[str, str]] = []
        self._headers = headers
        self._cells = {}
        for name, cell in cells.items():
            self._cells[name] = self._read(name, cell, values.clean) or ""

    def has(self, name: str) -> bool:
        """Whether there is something in the cell."""
        return bool(self._cells.get(name))

    def wrong(self, name: str, reason: str) -> None:
        """Note that a cell is wrong."""
        self.problems.append((self._headers.get(name, name), reason))

    def text(self, name: str) -> str:
        """A cell on one line of text."""
        cell = self._cells.get(name, "")
        if "\n" in cell:
            self.wrong(name, "hier staat een nieuwe regel in; zet het op één regel")
        return self._without_bsn(name, " ".join(cell.split()))

    def long_text(self, name: str) -> str:
        """A cell that may have several lines."""
        return self._without_bsn(name, self._cells.get(name, ""))

    def code(self, name: str) -> str:
        """A number or address that is no free text: a telephone number, a website."""
        return self._cells.get(name, "")

    def read(self, name: str, reader: Callable[[str], Value]) -> Value | None:
        """A cell as `reader` reads it; None when it is empty or unreadable."""
        return self._read(name, self._cells.get(name, ""), reader)

    def word(self, column: Column) -> str:
        """The value that the word in a cell stands for; "" when empty or unknown."""
        return self._value(column, self._cells.get(column.name, "")) if self.has(column.name) else ""

    def words(self, column: Column) -> list[str]:
        """The values of several words in a cell."""
        found = [self._value(column, word) for word in split(self._cells.get(column.name, ""))]
        return list(dict.fromkeys(value for value in found if value))

    def consent(self, name: str, today: date) -> dict[str, str]:
        """The day and way of "yes, list us": {"on", "via"}; empty when the cell is."""
        cell = self._cells.get(name, "")
        if not cell:
            return {}
        first, _, rest = cell.partition(" ")
        via = next((_CONSENT_WAYS[word] for word in re.split(r"[\s,()]+", rest.lower()) if word in _CONSENT_WAYS), "")
        on = self._read(name, first.rstrip(","), values.day)
        if on and not via:
            self.wrong(name, "schrijf er ook bij hoe: telefoon, bezoek, link, brief of balie")
        if on and on > today:
            self.wrong(name, "deze dag moet nog komen")
        return {"on": on.isoformat(), "via": via} if on and via else {}

    def _value(self, column: Column, word: str) -> str:
        if (value := column.by_key.get(key_of(word))) is None and word in column.words.values():
            value = word
        if value is None:
            self.wrong(column.name, f"'{word[:40]}' kennen wij hier niet; kies uit: {', '.join(column.shown[:30])}")
        return value or ""

    def _read(self, name: str, cell: str, reader: Callable[[str], Value]) -> Value | None:
        if not cell:
            return None
        try:
            return reader(cell)
        except Unreadable as reason:
            self.wrong(name, str(reason))
            return None

    def _without_bsn(self, name: str, text: str) -> str:
        if holds_bsn(text):
            self.wrong(name, "hier staat een burgerservicenummer (BSN) in; dat mag hier nooit staan")
        return text


def split(cell: str) -> list[str]:
    """The words of a cell that holds several."""
    return [word.strip() for word in _BETWEEN.split(cell) if word.strip()]


def headers_of(kind: str, header: Iterable[str], note: Complain) -> dict[str, int]:
    """Which column of ours stands where; raises FileRefused when one that is needed is missing or stands twice."""
    known = {key_of(name): column.name for column in columns_of(kind) for name in (column.name, *column.also)}
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        ours = known.get(key_of(name))
        if ours in found:
            raise FileRefused(f"regel 1: kolom '{name[:40]}' en een andere kolom betekenen allebei '{ours}'")
        if ours:
            found[ours] = place
        elif name:
            note(None, name[:60], "deze kolom kennen wij niet en is niet gelezen")
    if missing := [column.name for column in columns_of(kind) if column.required and column.name not in found]:
        raise FileRefused(
            f"in de kopregel ontbreekt: {', '.join(missing)}. Download het voorbeeldbestand en gebruik die kolommen"
        )
    return found


def require(line: Line, kind: str) -> None:
    """Note every cell that must be filled and is not."""
    for column in columns_of(kind):
        if column.required and not line.has(column.name):
            line.wrong(column.name, "dit moet ingevuld zijn")


def stated(**facts: Any) -> dict[str, Any]:
    """Only the facts that the file states: an empty cell says nothing."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}
