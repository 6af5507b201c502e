"""What a line of a file says, in a form that can be kept until the import is carried out."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Self

from django.db import models

from samenspel.places.models import Area
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.models import SourceRecord

Kind = SourceRecord.Kind


@dataclass(kw_only=True)
class Record:
    """One organization, place or offering as a file has it; `facts` names only what the file says, as JSON values.

    `organization` and `place` are the `source_id` of other records of the same file. `only_new`: an existing row is
    left as it is, because the file is about something else. `consent` is {"on": day, "via": how} or empty.
    """

    kind: str
    source: str
    source_id: str
    line: int
    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    organization: str = ""
    place: str = ""
    schedules: list[dict[str, Any]] = field(default_factory=list)
    consent: dict[str, str] = field(default_factory=dict)
    only_new: bool = False
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    """Every record of the source that it was made of, with what we have no column for; empty is `source_id` alone."""

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        return cls(**data)

    def as_data(self) -> dict[str, Any]:
        return dict(vars(self))

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.source, self.source_id

    @property
    def fingerprint(self) -> str:
        """The same for the same words in the file, whichever line they stand on."""
        return mark({name: value for name, value in self.as_data().items() if name != "line"})


def mark(data: Any) -> str:
    """A short mark of JSON-ready data, the same for the same data."""
    return hashlib.blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=16).hexdigest()


def source_id(*parts: str) -> str:
    """Parts as one id that fits its column."""
    whole = "|".join(parts)
    return whole if len(whole) <= 180 else f"{whole[:140]}#{mark(whole)}"


def to_data(facts: Any) -> dict[str, Any]:
    """Facts of any kind as JSON-ready data; rows become their id, areas a list of ids."""
    return {name: _plain(value) for name, value in vars(facts).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value.pk)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def schedule_facts(data: Iterable[dict[str, Any]], *, begin: date) -> list[ScheduleFacts]:
    """Lines of a schedule from JSON-ready data; a rule that names no first day begins on `begin`."""
    return [
        ScheduleFacts(
            **line
            | {
                "starts_on": date.fromisoformat(line["starts_on"]) if line["starts_on"] else begin,
                "starts": time.fromisoformat(line["starts"]),
                "ends": time.fromisoformat(line["ends"]),
                "until": date.fromisoformat(line["until"]) if line["until"] else None,
            }
        )
        for line in data
    ]


def areas_of(pks: Iterable[str | int], known: dict[str, Area]) -> tuple[Area, ...]:
    """Areas by id, in the order in which an offering states them."""
    return tuple(sorted((known[str(pk)] for pk in pks), key=lambda area: (area.code, area.year)))
