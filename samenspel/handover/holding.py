"""What the holder of a question does, and what the resident says of it."""

from datetime import datetime, time, timedelta

from django.db.models import Q

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.handover.models import ContactTry, Hand, HelpRequest, HelpRequestQuerySet, TeamWatch
from samenspel.handover.models.watch import SILENT_DAYS
from samenspel.handover.states import State, StepRefused, Word, after
from samenspel.handover.steps import NotAllowed, hold, move, pass_to, with_code
from samenspel.handover.terms import working_days_before
from samenspel.people.facts import lock
from samenspel.people.models import HOLDING_ROLES, Team, User

TRIES = 3
"""Tries on as many days before a resident counts as unreachable."""
RESIDENT_SAYS = ("say_helped", "say_own_circle", "say_not_helped", "withdraw")
HOLDER_CLOSES = ("close_moved", "close_deceased")
KEPT_AFTER_END = timedelta(days=14)
"""How long a question that helped keeps its text, so that the resident can still say that it did not."""
KEPT_AFTER_REOPENING = timedelta(days=30)


class TooFewTries(NotAllowed):
    """Not yet tried three times on three days."""


@action
def take_up(*, request: HelpRequest, by: Actor, at: datetime) -> None:
    """Become the person of the team who holds a question; from a colleague it is one more hand.

    Raises NotAllowed, StepRefused.
    """
    person = hold(request, by=by)
    after("take_up", request.state)
    if request.organization_id is not None:
        raise NotAllowed("Een partner heeft deze vraag. Vraag eerst het stokje terug.")
    if request.person_id is None:
        request.person = person
        request.save(update_fields=["person"])
        Hand.objects.filter(request=request, ended_at=None).update(person=person)
    elif request.person_id != person.pk:
        pass_to(request, team=request.team, person=person, organization=None, cause=Hand.Cause.SUCCEEDED, at=at)
    record(action="take_up", on=request, by=by, at=at, municipality=request.municipality)


@action
def note_contact(*, request: HelpRequest, way: str, reached: bool, by: Actor, at: datetime) -> ContactTry:
    """Write down a try to reach the resident; who reaches them first takes the question up.

    Raises NotAllowed, StepRefused.
    """
    person = hold(request, by=by)
    if reached and request.first_contact_at is None:
        request.first_contact_at = at
    move(request, "note_contact" if reached else "note_try", at=at)
    if request.person_id is None and request.organization_id is None and person.access_role in HOLDING_ROLES:
        take_up(request=request, by=by, at=at)
    tried = ContactTry.objects.create(request=request, way=ContactTry.Way(way), reached=reached, at=at)
    record(action="note_contact", on=request, by=by, at=at, municipality=request.municipality, reached=reached)
    return tried


@action
def close(*, request: HelpRequest, verb: str, by: Actor, at: datetime) -> None:
    """End or reopen a question as its holder; what only the resident can say is on the resident's spoken word.

    `verb` is one of RESIDENT_SAYS, HOLDER_CLOSES or "close_unreachable". Raises NotAllowed, TooFewTries, StepRefused.
    """
    hold(request, by=by)
    if verb not in (*RESIDENT_SAYS, *HOLDER_CLOSES, "close_unreachable"):
        raise NotAllowed("Zo kan een vraag niet eindigen.")
    if verb == "close_unreachable":
        _tried_enough(request)
    _end(request, verb, word=Word.SPOKEN if verb in RESIDENT_SAYS else "", by=by, at=at)


@action
def say(*, municipality: str, code: str, verb: str, by: Actor, at: datetime) -> HelpRequest:
    """What a resident says with the card: one of RESIDENT_SAYS; raises NotThere, StepRefused."""
    if verb not in RESIDENT_SAYS:
        raise StepRefused(verb, State.WAITING)
    request = with_code(municipality, code, at=at)
    _end(request, verb, word=Word.CARD, by=by, at=at)
    return request


@action
def succeed(*, team: Team, since: User, to: User, by: Actor, at: datetime) -> int:
    """Give all that one person of a team holds to a successor in the same team; how many.

    Raises NotAllowed when the successor does not work in the team.
    """
    if to.access_role not in HOLDING_ROLES or not team.members.filter(pk=to.pk).exists():
        raise NotAllowed("De opvolger werkt niet in dit team.")
    held = list(HelpRequest.objects.being_held().filter(team=team, person=since).order_by("pk"))
    for request in held:
        lock(request)
        pass_to(request, team=team, person=to, organization=None, cause=Hand.Cause.SUCCEEDED, at=at)
    record(action="succeed", on=team, by=by, at=at, municipality=team.municipality, number=len(held))
    return len(held)


def wake_deputies(*, by: Actor, at: datetime) -> int:
    """Give every question that stayed without human contact too long to the deputy of its team; how many."""
    silent = silent_questions(at=at).exclude(team__watch__deputy=None).exclude(hand_list__cause=Hand.Cause.SILENT)
    found = list(silent.select_related("team__watch__deputy").order_by("pk"))
    return sum(_wake(request=request, by=by, at=at) for request in found)


def silent_questions(*, at: datetime) -> HelpRequestQuerySet:
    """The questions that waited longer for a first conversation than their team's working days."""
    today = at.astimezone(ZONE).date()
    late = HelpRequest.objects.none()
    for days in {SILENT_DAYS, *TeamWatch.objects.values_list("silent_days", flat=True).distinct()}:
        own = Q(team__watch__silent_days=days)
        if days == SILENT_DAYS:
            own |= Q(team__watch=None)
        begun = datetime.combine(working_days_before(today, days), time(), ZONE)
        late |= HelpRequest.objects.filter(own, state=State.WAITING, asked_at__lt=begun)
    return late


@action
def _wake(*, request: HelpRequest, by: Actor, at: datetime) -> bool:
    lock(request)
    after("wake_deputy", request.state)
    deputy = request.team.watch.deputy
    pass_to(request, team=request.team, person=deputy, organization=None, cause=Hand.Cause.SILENT, at=at)
    record(action="wake_deputy", on=request, by=by, at=at, municipality=request.municipality)
    return True


def _end(request: HelpRequest, verb: str, *, word: str, by: Actor, at: datetime) -> None:
    was_open, today = request.is_open, at.astimezone(ZONE).date()
    move(request, verb, at=at, word=word)
    if not request.is_open:
        request.ends_on = min(request.ends_on, today + KEPT_AFTER_END)
    elif not was_open:
        request.ends_on = max(request.ends_on, today + KEPT_AFTER_REOPENING)
    request.next_on = min(request.next_on, request.ends_on)
    request.save(update_fields=["ends_on", "next_on"])
    record(action=verb, on=request, by=by, at=at, municipality=request.municipality, state=request.state)


def _tried_enough(request: HelpRequest) -> None:
    days = {at.astimezone(ZONE).date() for at in request.contact_tries.values_list("at", flat=True)}
    if len(days) < TRIES:
        raise TooFewTries(f"Probeer het op {TRIES} dagen. Tot nu toe is het op {len(days)} gedaan.")
