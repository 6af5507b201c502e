"""What stays of a question when it is erased."""

from datetime import datetime

from samenspel.engine.calendar import ZONE
from samenspel.handover.models import EndedQuestion, Hand, Handover, HelpRequest
from samenspel.handover.states import State
from samenspel.outcomes.periods import quarter_of
from samenspel.outcomes.wijken import wijk_to_count

_ABOUT_FEW = (State.DECEASED, State.MOVED)
"""Ends that neighbours know of: counted for the municipality only."""


def count_ended(request: HelpRequest) -> EndedQuestion:
    """Write down the figures of a question that is about to be erased, in the transaction that erases it."""
    return EndedQuestion.objects.create(**figures_of(request))


def figures_of(request: HelpRequest) -> dict[str, object]:
    """The fields of an `EndedQuestion`, of a question that is still there too."""
    accepted = request.handovers.filter(state__in=(Handover.State.ACCEPTED, Handover.State.ENDED))
    helped_at = request.ended_at if request.state in (State.HELPED, State.OWN_CIRCLE) else None
    return {
        "municipality": request.municipality,
        "area_code": "" if request.state in _ABOUT_FEW else wijk_to_count(request.area),
        "quarter": quarter_of(request.asked_at),
        "outcome": request.state,
        "hands": request.hands,
        "returned": request.hand_list.filter(cause__in=(Hand.Cause.GIVEN_BACK, Hand.Cause.SILENT)).count(),
        "warm": accepted.filter(warm_on__isnull=False).count(),
        "referred": accepted.filter(warm_on__isnull=True).count(),
        "days_to_contact": days_between(request.asked_at, request.first_contact_at),
        "days_to_helped": days_between(request.asked_at, helped_at),
    }


def days_between(since: datetime, until: datetime | None) -> int | None:
    """Calendar days, as they count in the municipality."""
    if until is None:
        return None
    return (until.astimezone(ZONE).date() - since.astimezone(ZONE).date()).days
