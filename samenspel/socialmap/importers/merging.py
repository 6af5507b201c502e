"""Lines of one file that are about the same thing, brought together before anything is planned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from samenspel.socialmap.importers.columns import key_of
from samenspel.socialmap.importers.records import Kind, Record
from samenspel.socialmap.importers.tables import Complain

_ORDER = {Kind.ORGANIZATION: 0, Kind.PLACE: 1, Kind.OFFERING: 2}


@dataclass
class Merged:
    """The records in the order in which they are to be planned; `doubles` are lines that added nothing of their own.

    `lines` names for each main record the lines that made it.
    """

    records: list[Record]
    lines: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)


def merge(found: list[list[Record]], *, refuse: Callable[[Record, str, str], None], note: Complain) -> Merged:
    """Merge what the lines say; a line that says something else about the same thing is refused, with the fact."""
    _join_places(found)
    records: dict[tuple[str, str, str], Record] = {}
    lines: dict[tuple[str, str, str], list[int]] = {}
    for of_line in found:
        main = of_line[-1]
        first = records.get(main.key)
        if first and (different := _different(first, main)):
            refuse(main, different, f"regel {first.line} gaat over hetzelfde, maar zegt hier iets anders")
            continue
        for record in of_line:
            _take_in(records, record)
        lines.setdefault(main.key, []).append(main.line)
        if first:
            note(main.line, "", f"gaat over hetzelfde als regel {first.line}; samengevoegd")
    return Merged(sorted(records.values(), key=lambda record: _ORDER[Kind(record.kind)]), lines)


def _different(first: Record, other: Record) -> str:
    """The fact in which two records of one thing differ, or ""; times may differ, that makes two times."""
    names = [*first.facts, *other.facts]
    facts = next((name for name in names if first.facts.get(name) != other.facts.get(name)), "")
    return facts or ("organization" if (first.organization, first.place) != (other.organization, other.place) else "")


def _take_in(records: dict[tuple[str, str, str], Record], record: Record) -> None:
    first = records.setdefault(record.key, record)
    if first is record:
        return
    first.schedules += [line for line in record.schedules if line not in first.schedules]
    first.consent = first.consent or record.consent
    first.sources |= record.sources


def _join_places(found: list[list[Record]]) -> None:
    """A place that one line names with its address and another without is one place."""
    full: dict[str, Record] = {}
    for record in _places(found):
        if _has_address(record):
            full.setdefault(key_of(record.name), record)
    for of_line in found:
        for place, record in enumerate(of_line):
            if (
                record.kind == Kind.PLACE
                and record.only_new
                and not _has_address(record)
                and key_of(record.name) in full
            ):
                other = full[key_of(record.name)]
                of_line[place] = other
                of_line[-1].source_id = of_line[-1].source_id.replace(record.source_id, other.source_id)
                of_line[-1].place = other.source_id


def _places(found: list[list[Record]]) -> list[Record]:
    return [record for of_line in found for record in of_line if record.kind == Kind.PLACE]


def _has_address(record: Record) -> bool:
    facts: dict[str, Any] = record.facts
    return bool(facts.get("postcode") and facts.get("house_number"))
