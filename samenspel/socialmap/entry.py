"""What a result card and the index know of one offering: public facts only, without a look in the database."""

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from samenspel.engine.freshness import Confirmation
from samenspel.socialmap.models import Offering

LISTS = ("needs", "themes", "audiences", "languages")
"""The fields that are lists of keys."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a result card and the ranking know of one offering.

    `dates` are (start, end) in seconds since 1970, earliest first; `confirmations` are the latest of each method;
    `serves` are codes of neighborhoods, empty when it is for the whole municipality; `area` is the place to name.
    """

    id: str
    municipality: str
    slug: str
    name: str
    summary: str
    kind: str
    layer: int | None
    organization: str
    place: str
    place_slug: str
    city: str
    area: str
    latitude: float | None
    longitude: float | None
    delivery: str
    needs: tuple[str, ...]
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    cost_kind: str
    cost_cents: int | None
    cost_note: str
    step_free: str
    alone_welcome: bool | None
    languages: tuple[str, ...]
    sign_up: str
    is_full: bool
    volunteers_wanted: bool
    active_from: date | None
    active_until: date | None
    serves: tuple[str, ...]
    dates: tuple[tuple[int, int], ...]
    confirmations: tuple[Confirmation, ...]

    @property
    def is_free(self) -> bool | None:
        """Whether someone without money can come; None when nobody told."""
        if self.cost_kind == Offering.CostKind.UNKNOWN:
            return None
        return self.cost_kind in (Offering.CostKind.FREE, Offering.CostKind.VOLUNTARY)

    def is_active(self, day: date) -> bool:
        return (self.active_from is None or self.active_from <= day) and (
            self.active_until is None or day < self.active_until
        )

    def as_json(self) -> bytes:
        data: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        data["confirmations"] = [(one.on, one.method) for one in self.confirmations]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Entry":
        data = json.loads(text)
        for name in (*LISTS, "serves"):
            data[name] = tuple(data[name])
        for name in ("active_from", "active_until"):
            data[name] = date.fromisoformat(data[name]) if data[name] else None
        data["dates"] = tuple((start, end) for start, end in data["dates"])
        data["confirmations"] = tuple(
            Confirmation(date.fromisoformat(on), method) for on, method in data["confirmations"]
        )
        return cls(**data)
