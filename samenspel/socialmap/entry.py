"""What a result card and the index know of one offering: public facts only, without a look in the database."""

from dataclasses import dataclass
from datetime import date

import msgspec

from samenspel.engine.freshness import Confirmation
from samenspel.socialmap.models import Offering

LISTS = ("needs", "themes", "audiences", "languages")
"""The fields that are lists of keys."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a result card and the ranking know of one offering.

    `dates` are (start, end) in seconds since 1970, earliest first; `confirmations` are the latest of each method;
    `serves` are codes of neighborhoods, empty when it is for the whole municipality; `area` is the place to name.
    `is_scheduled` says that it has days of its own, also when none of `dates` is to come soon.
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
    is_scheduled: bool
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
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, text: bytes) -> "Entry":
        """Read back what `as_json` wrote; raises msgspec.DecodeError for anything else."""
        return _READ.decode(text)


_READ = msgspec.json.Decoder(Entry)
