"""What every step with a question shares: lock it, judge who asks, move its state, count its hands."""

from datetime import datetime

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.models import Hand, HelpRequest, Melding
from samenspel.handover.permissions import may_read
from samenspel.handover.states import OPEN, WITHOUT_TEXT, State, after
from samenspel.people.facts import lock
from samenspel.people.models import Organization, Team, User
from samenspel.people.permissions import Verdict


class NotThere(Exception):
    """No open question has this code: never asked, withdrawn, or past its end date."""


class NotAllowed(Exception):
    """This person may not do it; the message (Dutch) says why."""


def person_of(by: Actor) -> User:
    """The account that acts; raises NotAllowed for any other actor."""
    person = User.objects.filter(pk=by.id).first() if by.kind == "person" else None
    if person is None:
        raise NotAllowed("Dit kan alleen iemand met een account.")
    return person


def demand(verdict: Verdict) -> None:
    """Raise NotAllowed with the reason of a refusal."""
    if not verdict.allowed:
        raise NotAllowed(verdict.reason)


def hold(request: HelpRequest, *, by: Actor) -> User:
    """Lock a question for a step of its holder; raises NotAllowed."""
    lock(request)
    person = person_of(by)
    demand(may_read(person, request))
    return person


def with_code(municipality: str, code: str, *, at: datetime) -> HelpRequest:
    """The question with this receipt code, locked; raises NotThere."""
    today = at.astimezone(ZONE).date()
    found: HelpRequest | None = (
        HelpRequest.objects.with_code(code, municipality=municipality, on=today).select_related("team").first()
    )
    if found is None:
        raise NotThere
    lock(found)
    return found


def move(request: HelpRequest, verb: str, *, at: datetime, word: str = "") -> None:
    """Take a step: state, end and text go together, and open hands of an ended question close.

    The key goes before the row is committed: should that fail, what was wished is met all the same. Raises StepRefused.
    """
    before, request.state = request.state, after(verb, request.state)
    if request.state == State.ACTIVE and request.first_contact_at is None:
        request.state = State.WAITING
    if request.state not in OPEN:
        request.ended_at, request.ended_on_word = request.ended_at or at, word
        Hand.objects.filter(request=request, ended_at=None).update(ended_at=at)
    elif before not in OPEN:
        _reopen(request)
    if request.state in WITHOUT_TEXT:
        open_meldingen = Melding.objects.filter(request=request, transferred_at=None, closed_on=None)
        open_meldingen.update(closed_on=at.astimezone(ZONE).date())
        request.sealed = b""
        keys.destroy(request.pk)
    request.save(update_fields=["state", "ended_at", "ended_on_word", "reopened", "first_contact_at", "sealed"])


def pass_to(
    request: HelpRequest,
    *,
    team: Team,
    person: User | None,
    organization: Organization | None,
    cause: Hand.Cause,
    at: datetime,
) -> None:
    """Put a question in other hands: the hand before ends at the moment that this one begins."""
    Hand.objects.filter(request=request, ended_at=None).update(ended_at=at)
    request.team, request.person, request.organization = team, person, organization
    request.hands += 1
    request.save(update_fields=["team", "person", "organization", "hands"])
    first_hand(request, cause=cause, at=at)


def first_hand(request: HelpRequest, *, cause: Hand.Cause, at: datetime) -> None:
    """Write down who holds a question from now on, as its hand number `request.hands`."""
    Hand.objects.create(
        request=request,
        number=request.hands,
        team=request.team,
        person=request.person,
        organization=request.organization,
        cause=cause,
        began_at=at,
    )


def _reopen(request: HelpRequest) -> None:
    """A question that ended goes back to the hand that held it last."""
    request.reopened += 1
    request.ended_at, request.ended_on_word = None, ""
    Hand.objects.filter(request=request, number=request.hands).update(ended_at=None)
