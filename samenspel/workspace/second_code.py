"""A code to read out to a resident: with it and the card they see their own text, circle and log."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.handover.second_code import give_code
from samenspel.handover.states import StepRefused
from samenspel.handover.steps import NotAllowed
from samenspel.people.permissions import may_see_requests
from samenspel.staff.access import actor, page, refused, show
from samenspel.workspace.requests import seen


@page(may_see_requests, "POST")
def second_code(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Make a code and show it once."""
    row = seen(request, request_id)
    try:
        digits = give_code(request=row, by=actor(request), at=timezone.now())
    except (NotAllowed, StepRefused) as refusal:
        return refused(request, str(refusal), status=HTTPStatus.CONFLICT)
    return show(request, "workspace/second_code.html", {"asked": row, "digits": f"{digits[:3]} {digits[3:]}"})
