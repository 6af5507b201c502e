"""How a row stands, as JSON-ready data: what is compared, kept before a change, and brought back by undoing it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.importers.records import areas_of, to_data
from samenspel.socialmap.models import MeetingPlace, Offering

_BESIDE = ("is_full", "active_until", "paused_until", "schedules")
_LISTING = ("listing_agreed_at", "listing_agreed_via", "listing_withdrawn_at")


def state_of(row: Organization | MeetingPlace | Offering) -> dict[str, Any]:
    """The facts of a row and what stands beside them; no query when areas and schedules are prefetched."""
    if isinstance(row, Organization):
        return to_data(OrganizationFacts.of(row)) | {"listing": [_moment(getattr(row, name)) for name in _LISTING]}
    if isinstance(row, MeetingPlace):
        return to_data(PlaceFacts.of(row))
    return offering_state(row, OfferingFacts.of(row), [ScheduleFacts.of(line) for line in row.schedules.all()])


def offering_state(row: Offering, facts: OfferingFacts, schedules: Sequence[ScheduleFacts]) -> dict[str, Any]:
    """The state of an offering that may not be saved yet."""
    return to_data(facts) | {
        "is_full": row.is_full,
        "active_until": _moment(row.active_until),
        "schedules": sorted((to_data(line) for line in schedules), key=str),
        **({"paused_until": _moment(row.paused_until)} if row.paused_until else {}),
    }


def organization_facts(state: dict[str, Any]) -> OrganizationFacts:
    return OrganizationFacts(**{name: value for name, value in state.items() if name != "listing"})


def listing_of(state: dict[str, Any]) -> dict[str, datetime | str | None]:
    """The three fields of the listing as they were."""
    agreed, via, withdrawn = state["listing"]
    return dict(zip(_LISTING, (_read(agreed), via, _read(withdrawn)), strict=True))


def place_facts(state: dict[str, Any], hosts: dict[str, Organization]) -> PlaceFacts:
    """Raises KeyError when the host is gone."""
    closed = state.get("closed_on")
    return PlaceFacts(
        **state
        | {
            "host": hosts[state["host"]] if state["host"] else None,
            "closed_on": date.fromisoformat(closed) if closed else None,
        }
    )


def offering_facts(
    state: dict[str, Any],
    organization: Organization,
    place: MeetingPlace | None,
    areas: dict[str, Area],
) -> OfferingFacts:
    """Raises KeyError when an area is gone."""
    facts = {name: value for name, value in state.items() if name not in _BESIDE}
    begins = facts.get("active_from")
    return OfferingFacts(
        **facts
        | {
            "organization": organization,
            "place": place,
            "serves": areas_of(facts.get("serves", []), areas),
            "active_from": date.fromisoformat(begins) if begins else None,
        }
    )


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, date) else value


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
