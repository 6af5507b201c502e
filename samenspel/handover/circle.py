"""Who stands around a resident: everybody that was asked or said yes, as the resident sees them."""

from dataclasses import dataclass, field

from samenspel.handover import keys
from samenspel.handover.handing import OPEN_STATES
from samenspel.handover.models import Handover, HelpRequest
from samenspel.handover.shared import Shared


@dataclass(frozen=True)
class Partner:
    """One handover, with the exact text that is shared by it; printed, it shows nothing of either."""

    handover: Handover
    who: str = field(repr=False)
    text: str = field(repr=False)


def circle_of(request: HelpRequest) -> list[Partner]:
    """Who waits for the resident's yes, who was asked, and who takes part; raises keys.Unreadable; one query."""
    rows = request.handovers.filter(state__in=OPEN_STATES).select_related("team", "organization", "ground")
    return [_partner(request, row) for row in rows.order_by("proposed_at", "pk")]


def _partner(request: HelpRequest, row: Handover) -> Partner:
    shared = Shared.from_bytes(keys.unseal(bytes(row.sealed), owner=request.pk))
    asked = row.team or row.organization
    return Partner(row, asked.name if asked else shared.receiver, shared.text)
