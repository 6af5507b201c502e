"""What the holder of a question does, and what the resident says of it."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Q

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.handover.handing import end_held
from samenspel.handover.models import ContactTry, Hand, HelpRequest, HelpRequestQuerySet, TeamWatch
from samenspel.handover.models.watch import SILENT_DAYS
from samenspel.handover.notices import tell_contact_made, tell_silent
from samenspel.handover.permissions import may_succeed
from samenspel.handover.states import State, StepRefused, Word, after
from samenspel.handover.steps import (
    NotAllowed,
    came_back,
    demand,
    hold,
    move,
    open_meldingen,
    pass_to,
    person_of,
    present,
    taken_on,
    with_code,
)
from samenspel.handover.terms import DAYS_KEPT, next_working_day, working_days_after, working_days_before
from samenspel.people.checks import FactRefused
from samenspel.people.facts import lock
from samenspel.people.models import HOLDING_ROLES, Team, User
from samenspel.places.models import Area

TRIES = 3
"""Tries on as many days before a resident counts as unreachable."""
NEXT_DAYS = 10
"""Working days after a conversation, where no other day was agreed."""
RESIDENT_SAYS = ("say_helped", "say_own_circle", "say_not_helped", "withdraw")
HOLDER_CLOSES = ("close_moved", "close_deceased")
KEPT_AFTER_END = timedelta(days=14)
"""How long a question that helped keeps its text, so that the resident can still say that it did not."""
KEPT_AFTER_REOPENING = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=180)
"""After asking, however often the resident wants it kept longer."""


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
def note_contact(
    *, request: HelpRequest, way: str, reached: bool, by: Actor, at: datetime, next_on: date | None = None
) -> ContactTry:
    """Write down a try to reach the resident; who reaches them first takes the question up.

    After a conversation the next one is on `next_on`, or after NEXT_DAYS working days. Raises NotAllowed, FactRefused,
    StepRefused.
    """
    person = hold(request, by=by)
    if reached:
        if request.first_contact_at is None:
            tell_contact_made(request, at=at)
        request.first_contact_at = request.first_contact_at or at
        _plan(request, next_on, at.astimezone(ZONE).date())
    move(request, "note_contact" if reached else "note_try", at=at, by=by)
    if request.person_id is None and request.organization_id is None and person.access_role in HOLDING_ROLES:
        take_up(request=request, by=by, at=at)
    taken_on(request)
    tried = ContactTry.objects.create(request=request, way=ContactTry.Way(way), reached=reached, at=at)
    record(action="note_contact", on=request, by=by, at=at, municipality=request.municipality, reached=reached)
    return tried


@action
def close(*, request: HelpRequest, verb: str, by: Actor, at: datetime) -> None:
    """End or reopen a question as its holder; what only the resident can say is on the resident's spoken word.

    `verb` is one of RESIDENT_SAYS, HOLDER_CLOSES or "close_unreachable". Raises NotAllowed, TooFewTries, StepRefused.
    """
    person = hold(request, by=by)
    if verb not in (*RESIDENT_SAYS, *HOLDER_CLOSES, "close_unreachable"):
        raise NotAllowed("Zo kan een vraag niet eindigen.")
    if verb == "close_unreachable":
        _tried_enough(request)
    if person.organization_id is not None and open_meldingen(request).exists():
        raise NotAllowed("Er loopt een melding. Bel het team: alleen het team sluit deze vraag.")
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
def keep_longer(*, request: HelpRequest, days: int, word: Word, by: Actor, at: datetime) -> None:
    """Put off the end date to `days` from now, on the resident's word; raises NotAllowed, FactRefused, StepRefused.

    With Word.SPOKEN the holder says so and is judged; with Word.CARD the door saw the card and a second thing.
    """
    if word == Word.SPOKEN:
        hold(request, by=by)
    else:
        lock(request)
    after("propose", request.state)
    if days not in DAYS_KEPT:
        raise FactRefused("days", f"kies uit {', '.join(map(str, DAYS_KEPT))} dagen")
    longest = request.asked_at.astimezone(ZONE).date() + KEPT_AT_MOST
    wanted = min(at.astimezone(ZONE).date() + timedelta(days=days), longest)
    request.ends_on = max(request.ends_on, wanted)
    request.save(update_fields=["ends_on"])
    record(action="keep_longer", on=request, by=by, at=at, municipality=request.municipality, word=word)


@action
def succeed(*, team: Team, since: User, to: User, by: Actor, at: datetime, area: Area | None = None) -> int:
    """Give all that one person of a team holds, perhaps in one `area`, to a successor in the same team; how many.

    Raises NotAllowed when who asks or the successor does not work in the team.
    """
    if by.kind == "person":
        demand(may_succeed(person_of(by), team))
    if to.access_role not in HOLDING_ROLES or not team.members.filter(pk=to.pk, is_active=True).exists():
        raise NotAllowed("De opvolger werkt niet in dit team.")
    held = list(held_of(team, since, area).order_by("pk"))
    number = 0
    for request in held:
        lock(request)
        if not request.is_open or (request.team_id, request.person_id) != (team.pk, since.pk):
            continue
        number += 1
        record(action="succeed", on=request, by=by, at=at, municipality=team.municipality)
        pass_to(request, team=team, person=to, organization=None, cause=Hand.Cause.SUCCEEDED, at=at)
    record(action="succeed", on=team, by=by, at=at, municipality=team.municipality, number=number)
    return number


def held_of(team: Team, person: User, area: Area | None = None) -> HelpRequestQuerySet:
    """The open questions of a team that one person holds, perhaps only those in an area or the buurten of it."""
    held = HelpRequest.objects.being_held().filter(team=team, person=person)
    return held.filter(Q(area=area) | Q(area__parent=area)) if area else held


def wake_deputies(*, by: Actor, at: datetime) -> int:
    """Give every question that stayed without human contact too long to the deputy of its team; how many."""
    silent = silent_questions(at=at).exclude(team__watch__deputy=None).exclude(hand_list__cause=Hand.Cause.SILENT)
    found = list(silent.select_related("team__watch__deputy").order_by("pk"))
    return sum(_wake(request=request, by=by, at=at) for request in found if _sleeps(request))


def release_absent(*, by: Actor, at: datetime) -> int:
    """Give every open question of somebody who no longer works in its team back to that team; how many."""
    held = HelpRequest.objects.being_held().filter(person__isnull=False).select_related("person", "team")
    working = Q(person__is_active=True, person__access_role__in=HOLDING_ROLES, person__teams=F("team"))
    gone = list(held.exclude(pk__in=HelpRequest.objects.filter(working).values("pk")).order_by("pk"))
    return sum(_release(request=request, by=by, at=at) for request in gone)


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


def _sleeps(request: HelpRequest) -> bool:
    """Whether the deputy of its team works there and does not hold it already."""
    deputy = present(request.team.watch.deputy, request.team)
    return deputy is not None and request.person_id != deputy.pk


@action
def _release(*, request: HelpRequest, by: Actor, at: datetime) -> bool:
    lock(request)
    request.person = None
    request.save(update_fields=["person"])
    Hand.objects.filter(request=request, ended_at=None).update(person=None)
    record(action="release", on=request, by=by, at=at, municipality=request.municipality)
    return True


@action
def _wake(*, request: HelpRequest, by: Actor, at: datetime) -> bool:
    lock(request)
    after("wake_deputy", request.state)
    deputy = request.team.watch.deputy
    end_held(request, at=at)
    pass_to(request, team=request.team, person=deputy, organization=None, cause=Hand.Cause.SILENT, at=at)
    request.came_back_at = at
    request.save(update_fields=["came_back_at"])
    tell_silent(request, at=at)
    record(action="wake_deputy", on=request, by=by, at=at, municipality=request.municipality)
    return True


def _end(request: HelpRequest, verb: str, *, word: str, by: Actor, at: datetime) -> None:
    was_open, today = request.is_open, at.astimezone(ZONE).date()
    move(request, verb, at=at, by=by, word=word)
    if not request.is_open:
        if not request.meldingen.filter(transferred_at=None, closed_on=None).exists():  # its term sets how long else
            request.ends_on = min(request.ends_on, today + KEPT_AFTER_END)
    elif verb == "say_not_helped":
        request.next_on = next_working_day(today)
        if not was_open:
            request.ends_on = max(request.ends_on, today + KEPT_AFTER_REOPENING)
        came_back(request, at=at)
    request.next_on = min(request.next_on, request.ends_on)
    request.save(update_fields=["ends_on", "next_on"])
    record(action=verb, on=request, by=by, at=at, municipality=request.municipality, state=request.state)


def _plan(request: HelpRequest, next_on: date | None, today: date) -> None:
    """Set by when the resident hears again, never after the end date."""
    if next_on is not None and not today <= next_on <= request.ends_on:
        raise FactRefused("next_on", f"kies een dag van vandaag tot en met {request.ends_on:%d-%m-%Y}")
    request.next_on = min(next_on or working_days_after(today, NEXT_DAYS), request.ends_on)
    request.save(update_fields=["next_on"])


def _tried_enough(request: HelpRequest) -> None:
    tries = list(request.contact_tries.order_by("at").values_list("at", "reached"))
    last = max((at for at, reached in tries if reached), default=None)
    days = {at.astimezone(ZONE).date() for at, _ in tries if last is None or at > last}
    if len(days) < TRIES:
        raise TooFewTries(f"Probeer het op {TRIES} dagen. Tot nu toe is het op {len(days)} gedaan.")
