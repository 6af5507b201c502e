"""A policy document as data: its words with their anchors, its thresholds with their dates, and what it builds on.

A framework is a TOML file. `[framework]` names it; every other table is a part, `[<kind>.<id>]`, of a kind in `KINDS`;
`[[threshold]]` turns a measured number into a fact, from a day on. A municipality composes its own from others.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from samenspel.engine.roles.facts import FACTS, MEASURES, SAID_ONLY, SHARES
from samenspel.engine.toml_lines import Written, read

KINDS = (
    "fact", "rule", "condition", "trigger", "sphere", "role", "principle", "building_block", "layer", "ingang",
    "opgave", "partner", "theme", "pilot", "effect", "term",
)  # fmt: skip
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "at_least": operator.ge, "at_most": operator.le, "below": operator.lt, "above": operator.gt
}  # fmt: skip
COMPARISONS = tuple(_COMPARED)
_ID = re.compile(r"^[a-z0-9_]{1,60}\Z")
_MOST_TEXT = 2_000


@dataclass(frozen=True)
class Part:
    """One piece of a framework in its own words; `source` is the anchor in the policy document."""

    kind: str
    id: str
    name: str
    text: str
    source: str
    question: str = ""
    """Of a fact: what is asked in the conversation."""
    why: str = ""
    """Of a fact: why it is asked."""
    broader: str = ""
    """Of a term: the id of the wider term."""


@dataclass(frozen=True)
class Threshold:
    """From the day `since`, `fact` is yes where `measure` compares so to `value`, and no where it does not."""

    id: str
    fact: str
    measure: str
    comparison: str
    value: float
    since: date
    source: str
    text: str = ""

    def holds(self, measured: float) -> bool:
        return _COMPARED[self.comparison](measured, self.value)


@dataclass(frozen=True)
class Framework:
    """A framework, whole: what it builds on has been put in already."""

    name: str
    title: str
    of: str
    version: str
    since: date
    document: str
    summary: str
    parts: Mapping[tuple[str, str], Part]
    thresholds: tuple[Threshold, ...]
    extends: tuple[str, ...] = ()

    def part(self, kind: str, id_: str) -> Part:
        """A part; one that the framework has no words for is named by its id."""
        return self.parts.get((kind, id_)) or Part(kind, id_, id_, "", "")

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts.values() if part.kind == kind)

    def in_force(self, on: date) -> tuple[Threshold, ...]:
        """Of every threshold the newest value on this day."""
        newest: dict[str, Threshold] = {}
        for threshold in sorted(self.thresholds, key=lambda each: each.since):
            if threshold.since <= on:
                newest[threshold.id] = threshold
        return tuple(newest.values())


Find = Callable[[str], tuple[bytes, str] | None]
"""The content and file name of a framework by its name."""


def read_framework(content: bytes, file: str, find: Find = lambda name: None) -> Framework:
    """A framework with all that it builds on; raises Refused with file, line and reason."""
    return framework_of(read(content, file), find)


def framework_of(written: Written, find: Find, above: tuple[str, ...] = (), asked: str = "") -> Framework:
    """The same of what was read already.

    `above` are the names of what builds on this one, `asked` is its name there ("" of the first).
    """
    head = written.data.get("framework")
    if not isinstance(head, dict):
        raise written.refuse("framework", "de tabel [framework] ontbreekt")
    name = _text(written, "framework", head, "name", pattern=_ID)
    if asked not in ("", name):
        raise written.refuse("framework.name", f"dit kader heet “{name}”, niet “{asked}”")
    own = Framework(
        name=name,
        title=_text(written, "framework", head, "title"),
        of=_text(written, "framework", head, "of"),
        version=_text(written, "framework", head, "version"),
        since=_day(written, "framework", head, "from"),
        document=_text(written, "framework", head, "document"),
        summary=_text(written, "framework", head, "summary"),
        parts=_parts(written),
        thresholds=_thresholds(written),
        extends=tuple(_extends(written, head)),
    )
    bases = [_base(written, base, find, (*above, name)) for base in own.extends]
    whole = compose(own, bases)
    _refuse_loops(written, whole.parts)
    return whole


def compose(own: Framework, bases: Sequence[Framework]) -> Framework:
    """`own` over what it builds on: a part of the same kind and id is reworded, thresholds are added."""
    parts: dict[tuple[str, str], Part] = {}
    thresholds: list[Threshold] = []
    for each in (*bases, own):
        parts |= each.parts
        thresholds += each.thresholds
    return replace(own, parts=parts, thresholds=tuple(dict.fromkeys(thresholds)))


def _base(written: Written, name: str, find: Find, above: tuple[str, ...]) -> Framework:
    if name in above:
        raise written.refuse("framework.extends", f"kaders bouwen in een kring op elkaar: {' → '.join((*above, name))}")
    found = find(name)
    if found is None:
        raise written.refuse("framework.extends", f"er is geen kader met de naam “{name}”")
    return framework_of(read(*found), find, above, asked=name)


def _extends(written: Written, head: dict[str, Any]) -> list[str]:
    extends = head.get("extends", [])
    if not isinstance(extends, list) or not all(isinstance(name, str) and _ID.match(name) for name in extends):
        raise written.refuse("framework.extends", "extends is een lijst met namen van kaders")
    if len(set(extends)) < len(extends):
        raise written.refuse("framework.extends", "een kader staat twee keer in extends")
    return extends


def _parts(written: Written) -> dict[tuple[str, str], Part]:
    parts = {}
    for kind, tables in written.data.items():
        if kind in ("framework", "threshold"):
            continue
        if kind not in KINDS or not isinstance(tables, dict):
            raise written.refuse(kind, f"“{kind}” is geen onderdeel van een kader")
        for id_, table in tables.items():
            parts[kind, id_] = _part(written, kind, id_, table)
    return parts


def _part(written: Written, kind: str, id_: str, table: object) -> Part:
    path = f"{kind}.{id_}"
    if not isinstance(table, dict) or not _ID.match(id_):
        raise written.refuse(path, f"{path} is geen tabel met een naam van kleine letters en streepjes onder")
    if kind == "fact" and id_ not in FACTS:
        raise written.refuse(path, f"“{id_}” is geen feit dat Samenspel kent")
    if odd := set(table) - {"name", "text", "source", "question", "why", "broader"}:
        raise written.refuse(f"{path}.{min(odd)}", f"“{min(odd)}” hoort niet bij {path}")
    values = {key: _text(written, path, table, key) for key in ("name", "text", "source")}
    values |= {key: _text(written, path, table, key) for key in ("question", "why", "broader") if key in table}
    return Part(kind, id_, **values)


def _thresholds(written: Written) -> tuple[Threshold, ...]:
    tables = written.data.get("threshold", [])
    if not isinstance(tables, list):
        raise written.refuse("threshold", "drempels staan elk onder [[threshold]]")
    found = tuple(_threshold(written, f"threshold.{at}", table) for at, table in enumerate(tables))
    seen: set[tuple[str, date]] = set()
    for at, threshold in enumerate(found):
        if (threshold.id, threshold.since) in seen:
            raise written.refuse(
                f"threshold.{at}", f"drempel {threshold.id} heeft twee waarden vanaf {threshold.since}"
            )
        seen.add((threshold.id, threshold.since))
    return found


def _threshold(written: Written, path: str, table: object) -> Threshold:
    if not isinstance(table, dict):
        raise written.refuse(path, "drempels staan elk onder [[threshold]]")
    comparisons = [key for key in COMPARISONS if key in table]
    if len(comparisons) != 1:
        raise written.refuse(path, f"een drempel heeft precies één van {', '.join(COMPARISONS)}")
    if odd := set(table) - {"id", "fact", "measure", "from", "source", "text", *comparisons}:
        raise written.refuse(f"{path}.{min(odd)}", f"“{min(odd)}” hoort niet bij een drempel")
    value = table[comparisons[0]]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise written.refuse(f"{path}.{comparisons[0]}", "de waarde van een drempel is een getal van nul of meer")
    fact, measure = _text(written, path, table, "fact"), _text(written, path, table, "measure")
    if fact not in FACTS:
        raise written.refuse(f"{path}.fact", f"“{fact}” is geen feit dat Samenspel kent")
    if fact in SAID_ONLY:
        raise written.refuse(f"{path}.fact", f"over “{fact}” beslist geen getal: dat zegt iemand")
    if measure not in MEASURES and measure not in SHARES:
        raise written.refuse(f"{path}.measure", f"“{measure}” is geen maat; kies uit {', '.join((*MEASURES, *SHARES))}")
    return Threshold(
        id=_text(written, path, table, "id", pattern=_ID),
        fact=fact,
        measure=measure,
        comparison=comparisons[0],
        value=float(value),
        since=_day(written, path, table, "from"),
        source=_text(written, path, table, "source"),
        text=_text(written, path, table, "text") if "text" in table else "",
    )


def _text(written: Written, path: str, table: dict[str, Any], key: str, pattern: re.Pattern[str] | None = None) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise written.refuse(f"{path}.{key}", f"{key} ontbreekt bij {path} of is geen tekst")
    if len(value) > _MOST_TEXT:
        raise written.refuse(f"{path}.{key}", f"{key} is langer dan {_MOST_TEXT} tekens")
    if pattern and not pattern.match(value):
        raise written.refuse(f"{path}.{key}", f"{key} bestaat uit kleine letters, cijfers en streepjes onder")
    return value.strip()


def _day(written: Written, path: str, table: dict[str, Any], key: str) -> date:
    value = table.get(key)
    if not isinstance(value, date) or hasattr(value, "hour"):
        raise written.refuse(f"{path}.{key}", f"{path} heeft geen datum: schrijf {key} = JJJJ-MM-DD")
    return value


def _refuse_loops(written: Written, parts: Mapping[tuple[str, str], Part]) -> None:
    """A term is not wider than itself, also not by way of others; raises Refused."""
    sound: set[tuple[str, str]] = set()
    for (kind, _), part in parts.items():
        seen, at = {part.id: None}, part
        while at.broader and (kind, at.id) not in sound:
            if at.broader in seen:
                ring = " → ".join((*seen, at.broader))
                raise written.refuse(f"{kind}.{at.id}", f"begrippen wijzen in een kring naar elkaar: {ring}")
            if (kind, at.broader) not in parts:
                raise written.refuse(f"{kind}.{at.id}", f"het bredere begrip “{at.broader}” bestaat niet")
            seen[at.broader] = None
            at = parts[kind, at.broader]
        sound.update((kind, id_) for id_ in seen)
