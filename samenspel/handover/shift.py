"""What a question leaves in the shift ledger: on which layer it was solved or came back, and between whom it went.

Counted after the transaction of the step, in one of its own: nothing in the store joins a count to its question, and a
count that fails never undoes a step. The theme is not counted, for only the text of the resident tells it.
"""

from datetime import datetime

from django.db import transaction

from samenspel.handover.models import Handover, HelpRequest
from samenspel.handover.states import OPEN, State
from samenspel.outcomes.counting import count_shift
from samenspel.outcomes.layers import OWN_CIRCLE, Shift, helper_of
from samenspel.outcomes.links import note_link
from samenspel.outcomes.models import ShiftCount
from samenspel.outcomes.periods import quarter_of
from samenspel.outcomes.wijken import wijk_to_count
from samenspel.policy.evidence import note_handover
from samenspel.policy.models import BlockEvidence
from samenspel.sources.vocabulary import PyramidLayer

_SOLVED = (State.HELPED, State.OWN_CIRCLE, State.TRANSFERRED)
_Moment, _Form, _Evidence = ShiftCount.Moment, ShiftCount.Form, BlockEvidence.Kind
_TEAM = (int(PyramidLayer.FORMALLY_ORGANIZED), str(_Form.INDIVIDUAL))
_SOMEBODY = (int(PyramidLayer.INFORMAL), str(_Form.INDIVIDUAL))
"""A partner who is called by name: a neighbour or a volunteer without an organization."""


def count_move(request: HelpRequest, before: str, *, at: datetime) -> None:
    """Count a question that came into its state from the state `before`: solved, or come back after it was.

    Who died, moved, could not be reached or took the question back is not counted.
    """
    if request.state in _SOLVED and before not in _SOLVED:
        _count(request, _solved(request), at)
    elif request.state in OPEN and before in _SOLVED:
        count_return(request, at=at)


def count_return(request: HelpRequest, *, at: datetime) -> None:
    """Count a question that came back, on the layer of who has it now."""
    layer, _form = _holder(request)
    _count(request, Shift(_Moment.RETURNED, layer), at)


def note_given(request: HelpRequest, handover: Handover, *, at: datetime) -> None:
    """Keep between whom a question goes, before it does; and for its wijk the direction, when that was another layer.

    In the transaction of the yes: neither row tells more than the quarter.
    """
    giver, receiver = request.organization, handover.organization
    if receiver or handover.team:
        note_link(municipality=request.municipality, giver=giver, receiver=receiver, quarter=quarter_of(at))
    kind = _direction(_holder(request)[0], _helper(handover)[0])
    wijk = wijk_to_count(request.area)
    if kind and wijk:
        note_handover(municipality=request.municipality, area=wijk, kind=kind, at=at)


def _direction(giver: int, receiver: int) -> str:
    line = PyramidLayer.FORMALLY_ORGANIZED
    if giver >= line > receiver:
        return str(_Evidence.TO_INFORMAL)
    return str(_Evidence.TO_FORMAL) if receiver >= line > giver else ""


def _solved(request: HelpRequest) -> Shift:
    """On which layer: 0 by one's own people, 4 by a melding, else that of who helped.

    A team holds most questions also where another helps; then the partners tell. Of several the heaviest counts, so
    that a shift never seems larger than it was.
    """
    if request.state == State.OWN_CIRCLE:
        return OWN_CIRCLE
    if request.state == State.TRANSFERRED:
        return Shift(_Moment.SOLVED, PyramidLayer.SPECIALIST_CARE, form=_Form.INDIVIDUAL)
    helped = _holder(request)
    if request.organization is None:
        accepted = Handover.objects.filter(
            request=request, kind=Handover.Kind.PARTNER, state=Handover.State.ACCEPTED
        ).select_related("organization", "team")
        helped = max((_helper(one) for one in accepted), default=helped)
    layer, form = helped
    return Shift(_Moment.SOLVED, layer, form=form)


def _holder(request: HelpRequest) -> tuple[int, str]:
    return helper_of(request.organization) if request.organization else _TEAM


def _helper(handover: Handover) -> tuple[int, str]:
    if handover.organization:
        return helper_of(handover.organization)
    return _TEAM if handover.team else _SOMEBODY


def _count(request: HelpRequest, shift: Shift, at: datetime) -> None:
    municipality, area = request.municipality, request.area
    transaction.on_commit(lambda: count_shift(municipality=municipality, area=area, shifts=[shift], at=at), robust=True)
