"""What one click does in two steps, in one transaction."""

from datetime import datetime

from samenspel.audit.action import Actor, action
from samenspel.handover.asking import say_yes
from samenspel.handover.handing import Proposal, propose
from samenspel.handover.models import Handover, HelpRequest
from samenspel.handover.states import Word
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


@action
def ask_other(*, request: HelpRequest, proposal: Proposal, spoken: bool, by: Actor, at: datetime) -> Handover:
    """Ask another; who has no account gets a link, or a call, as soon as the resident said yes.

    Raises what `propose` raises.
    """
    handover = propose(request=request, proposal=proposal, spoken=False, by=by, at=at)
    if spoken:
        say_yes(handover=handover, word=Word.SPOKEN, by=by, at=at)
    return handover
