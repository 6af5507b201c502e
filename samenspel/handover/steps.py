"""What every step with a question shares: lock it, judge who asks, move its state, count its hands."""

from datetime import datetime

from django.db.models import QuerySet

from samenspel.audit.action import Actor, record
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.models import Hand, Handover, HelpRequest, Melding
from samenspel.handover.notices import tell_returned
from samenspel.handover.permissions import may_read
from samenspel.handover.shift import count_move
from samenspel.handover.states import OPEN, WITHOUT_TEXT, State, after
from samenspel.people.facts import lock
from samenspel.people.models import HOLDING_ROLES, Organization, Team, User
from samenspel.people.permissions import Verdict

UNANSWERED = (Handover.State.DRAFT, Handover.State.WAITING)


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


def move(request: HelpRequest, verb: str, *, at: datetime, by: Actor, word: str = "") -> None:
    """Take a step: state, end and text go together, and open hands of an ended question close.

    The key goes before the row is committed: should that fail, what was wished is met all the same. Raises StepRefused.
    """
    before, request.state = request.state, after(verb, request.state)
    if request.state == State.ACTIVE and request.first_contact_at is None:
        request.state = State.WAITING
    if request.state not in OPEN:
        request.ended_at, request.ended_on_word = request.ended_at or at, word
        request.came_back_at = None
        _end_hand(request, at)
        Handover.objects.filter(request=request, state__in=UNANSWERED).update(
            state=Handover.State.CANCELLED, ended_at=at
        )
    elif before not in OPEN:
        _reopen(request)
    if request.state in WITHOUT_TEXT:
        for melding in open_meldingen(request):
            melding.closed_on = at.astimezone(ZONE).date()
            melding.save(update_fields=["closed_on"])
            record(action="close_melding", on=melding, by=by, at=at, municipality=request.municipality)
        request.sealed = b""
        keys.destroy(request.pk)
    request.save(
        update_fields=["state", "ended_at", "ended_on_word", "reopened", "first_contact_at", "came_back_at", "sealed"]
    )
    count_move(request, before, at=at)


def open_meldingen(request: HelpRequest) -> QuerySet[Melding]:
    """The meldingen of a question that were not transferred or closed."""
    return Melding.objects.filter(request=request, transferred_at=None, closed_on=None)


def present(person: User | None, team: Team) -> User | None:
    """The person where they work in the team and may hold its questions; else None."""
    here = person is not None and person.is_active and person.access_role in HOLDING_ROLES
    return person if here and person is not None and team.members.filter(pk=person.pk).exists() else None


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
    moment = _end_hand(request, at)
    request.team, request.person, request.organization = team, person, organization
    request.hands += 1
    request.came_back_at = None
    request.save(update_fields=["team", "person", "organization", "hands", "came_back_at"])
    first_hand(request, cause=cause, at=moment)


def came_back(request: HelpRequest, *, at: datetime) -> None:
    """Something must be done again by who has the question: it stands first on the daily screen, and a mail says so."""
    if not request.is_open:
        return
    request.came_back_at = at
    request.save(update_fields=["came_back_at"])
    tell_returned(request, at=at)


def taken_on(request: HelpRequest) -> None:
    """Something was done with a question that came back."""
    if request.came_back_at is not None:
        request.came_back_at = None
        request.save(update_fields=["came_back_at"])


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


def _end_hand(request: HelpRequest, at: datetime) -> datetime:
    """End the hand that holds a question; when: `at`, but never before it began.

    Who waited for the lock of the question looked at the clock before another hand began.
    """
    open_hand = Hand.objects.filter(request=request, ended_at=None)
    began_at = open_hand.values_list("began_at", flat=True).first()
    moment: datetime = max(at, began_at) if began_at else at
    open_hand.update(ended_at=moment)
    return moment


def _reopen(request: HelpRequest) -> None:
    """A question that ended goes back to the hand that held it last."""
    request.reopened += 1
    request.ended_at, request.ended_on_word = None, ""
    Hand.objects.filter(request=request, number=request.hands).update(ended_at=None)
