"""What one click does in two steps, in one transaction."""

from datetime import datetime

from samenspel.audit.action import Actor, action
from samenspel.socialmap.answers import note_answer
from samenspel.socialmap.listing import agree_to_listing
from samenspel.socialmap.models import ConfirmationRequest


@action
def note_told(
    *, request: ConfirmationRequest, method: str, confirmed_by: str, agrees: bool, by: Actor, at: datetime
) -> None:
    """Someone told us that every entry is true, and perhaps the group's yes to being listed.

    Raises LinkEnded, FactRefused.
    """
    if agrees and not request.organization.is_listed:
        agree_to_listing(organization=request.organization, via=method, by=by, at=at)
    note_answer(request=request, method=method, confirmed_by=confirmed_by, by=by, at=at)
