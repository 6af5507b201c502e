"""What stays of a question when it is erased."""

from datetime import datetime

from samenspel.engine.calendar import ZONE
from samenspel.handover.models import EndedQuestion, Hand, Handover, HelpRequest
from samenspel.handover.states import State
from samenspel.places.models import Area, AreaFigures

LEAST_RESIDENTS = 1000
"""Of a wijk, for what is counted of its questions to be kept by wijk; of a smaller one it counts with those that were
asked without a place."""
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
        "area_code": "" if request.state in _ABOUT_FEW else _wijk(request.area),
        "quarter": quarter_of(request.asked_at),
        "outcome": request.state,
        "hands": request.hands,
        "returned": request.hand_list.filter(cause__in=(Hand.Cause.GIVEN_BACK, Hand.Cause.SILENT)).count(),
        "warm": accepted.filter(warm_on__isnull=False).count(),
        "referred": accepted.filter(warm_on__isnull=True).count(),
        "days_to_contact": days_between(request.asked_at, request.first_contact_at),
        "days_to_helped": days_between(request.asked_at, helped_at),
    }


def _wijk(area: Area | None) -> str:
    """The code of the wijk, or "" where so few live that a row could lead to somebody; unknown counts as few."""
    if area is None:
        return ""
    wijk = (area.parent if area.kind == Area.Kind.NEIGHBORHOOD else area) or area
    return wijk.code if _residents(wijk) >= LEAST_RESIDENTS else ""


def _residents(wijk: Area) -> int:
    """Of the newest figures of the wijk, or of its buurten together; 0 when unknown."""
    for rows in (AreaFigures.objects.filter(area=wijk), AreaFigures.objects.filter(area__parent=wijk)):
        known = {
            area: values.get("residents", 0) for area, values in rows.order_by("year").values_list("area", "values")
        }
        if total := sum(known.values()):
            return int(total)
    return 0


def quarter_of(at: datetime) -> str:
    """The quarter of a moment: "2026Q4"."""
    day = at.astimezone(ZONE).date()
    return f"{day.year}Q{(day.month + 2) // 3}"


def days_between(since: datetime, until: datetime | None) -> int | None:
    """Calendar days, as they count in the municipality."""
    if until is None:
        return None
    return (until.astimezone(ZONE).date() - since.astimezone(ZONE).date()).days
