"""Handing over: ask another, who says yes or no; the holder stays the holder until the yes.

A person without an account is asked by a link. The link shows no identity before the yes; after it a first name and
the agreed phone, until the agreed day, and every look leaves an event.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.models import Hand, Handover, HelpRequest, LegalGround
from samenspel.handover.models.watch import ANSWER_DAYS
from samenspel.handover.notices import tell_waits
from samenspel.handover.permissions import may_answer
from samenspel.handover.receipts import hash_of_link
from samenspel.handover.shared import Shared, check_shared, first_name
from samenspel.handover.shift import count_return, note_given
from samenspel.handover.states import Word, after
from samenspel.handover.steps import UNANSWERED, came_back, demand, hold, pass_to, person_of, present, taken_on
from samenspel.handover.terms import working_days_after
from samenspel.handover.told import ContactWay, Told
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import lock
from samenspel.people.models import Organization, Team, User

OPEN_STATES = (Handover.State.DRAFT, Handover.State.WAITING, Handover.State.ACCEPTED)


class AlreadyAnswered(Exception):
    """Somebody answered before, or the holder took it back; `handover` says how it stands."""

    def __init__(self, handover: Handover) -> None:
        super().__init__(handover.state)
        self.handover = handover


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who is asked for what: a team, an organization, or (as partner only) the person named in `shared`."""

    kind: str
    shared: Shared
    ground: LegalGround
    until: date
    team: Team | None = None
    organization: Organization | None = None
    sees: str = Handover.Sees.TEXT


@dataclass(frozen=True)
class Seen:
    """What a receiver sees: the approved text, and after the yes perhaps a first name and a number."""

    text: str = field(repr=False)
    name: str = field(default="", repr=False)
    reach: str = field(default="", repr=False)


@action
def propose(*, request: HelpRequest, proposal: Proposal, spoken: bool, by: Actor, at: datetime) -> Handover:
    """Ask another to take the stokje or to help; it waits for the resident's yes unless that was `spoken`.

    Raises NotAllowed, StepRefused, FactRefused, keys.Unreadable.
    """
    hold(request, by=by)
    after("propose", request.state)
    check_same_municipality(
        request.municipality, team=proposal.team, organization=proposal.organization, ground=proposal.ground
    )
    _check_ground(proposal.ground)
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    check_shared(proposal.shared, told)
    today = at.astimezone(ZONE).date()
    handover = Handover(
        request=request,
        kind=proposal.kind,
        team=proposal.team,
        organization=proposal.organization,
        state=Handover.State.DRAFT,
        ground=proposal.ground,
        sees=proposal.sees,
        until=min(proposal.until, request.ends_on),
        proposed_at=at,
        answer_by=_answer_by(request, today),
        sealed=keys.seal_more(proposal.shared.as_bytes(), owner=request.pk),
    )
    check_row(handover)
    handover.save(force_insert=True)
    taken_on(request)
    record(action="propose", on=handover, by=by, at=at, municipality=request.municipality, kind=handover.kind)
    if spoken:
        approve(handover=handover, word=Word.SPOKEN, by=by, at=at)
    return handover


@action
def approve(*, handover: Handover, word: Word, by: Actor, at: datetime) -> None:
    """The resident says yes to the text and to who is asked: from now on the other can answer; raises AlreadyAnswered.

    With Word.SPOKEN the holder says so and is judged; with Word.CARD the door saw the card and a second thing.
    """
    request = _lock(handover)
    if word == Word.SPOKEN:
        hold(request, by=by)
    if handover.state != Handover.State.DRAFT:
        raise AlreadyAnswered(handover)
    after("propose", request.state)
    _check_ground(handover.ground)
    handover.state, handover.approved_at, handover.approved_on_word = Handover.State.WAITING, at, word
    handover.answer_by = _answer_by(request, at.astimezone(ZONE).date())
    handover.save(update_fields=["state", "approved_at", "approved_on_word", "answer_by"])
    tell_waits(handover, at=at)
    record(action="approve", on=handover, by=by, at=at, municipality=request.municipality, word=word)


@action
def new_link(*, handover: Handover, by: Actor, at: datetime) -> str:
    """The secret of a link by which someone without an account answers; the link before stops working.

    For the holder, or for the resident whose card the door saw. Raises NotAllowed, AlreadyAnswered. Mailing it is
    `asking.send_link`, in the same transaction.
    """
    request = _lock(handover)
    if by.kind == "person":
        hold(request, by=by)
    if handover.state not in (Handover.State.WAITING, Handover.State.ACCEPTED):
        raise AlreadyAnswered(handover)
    secret = secrets.token_urlsafe(16)
    handover.link_hash = hash_of_link(secret)
    handover.save(update_fields=["link_hash"])
    record(action="new_link", on=handover, by=by, at=at, municipality=handover.request.municipality)
    return secret


@action
def accept(*, handover: Handover, by: Actor, at: datetime, spoken: bool = False) -> None:
    """Say yes: a HOLDER takes the stokje, a PARTNER joins the circle; raises NotAllowed, AlreadyAnswered, StepRefused.

    Whoever says yes second gets AlreadyAnswered. By link the actor is of kind "link"; the door found the row by it.
    `spoken`: the holder writes down what was said on the phone; `asking.note_spoken_answer` judges whether that may be.
    """
    request = _lock(handover)
    person = _answerer(handover, by, spoken=spoken)
    after("pass_on", request.state)
    if at.astimezone(ZONE).date() > handover.answer_by:
        raise AlreadyAnswered(handover)
    handover.state, handover.answered_at = Handover.State.ACCEPTED, at
    handover.save(update_fields=["state", "answered_at"])
    note_given(request, handover, at=at)
    if handover.kind == Handover.Kind.HOLDER:
        end_held(request, besides=handover, at=at)
        pass_to(
            request,
            team=handover.team or request.team,
            person=person if handover.team else None,
            organization=handover.organization,
            cause=Hand.Cause.ACCEPTED,
            at=at,
        )
    record(
        action="note_yes" if spoken else "accept",
        on=handover,
        by=by,
        at=at,
        municipality=request.municipality,
        kind=handover.kind,
    )


@action
def refuse(*, handover: Handover, refusal: str, by: Actor, at: datetime, spoken: bool = False) -> None:
    """Say no, with a reason from the list: the holder keeps the question; raises NotAllowed, AlreadyAnswered."""
    request = _lock(handover)
    _answerer(handover, by, spoken=spoken)
    handover.state, handover.answered_at = Handover.State.REFUSED, at
    handover.refusal = Handover.Refusal(refusal)
    handover.save(update_fields=["state", "answered_at", "refusal"])
    came_back(request, at=at)
    record(
        action="note_no" if spoken else "refuse",
        on=handover,
        by=by,
        at=at,
        municipality=request.municipality,
        refusal=refusal,
    )


@action
def give_back(*, handover: Handover, by: Actor, at: datetime) -> None:
    """An accepted handover ends from the receiver's side; a stokje goes to the team that gave it, never to a third.

    Raises NotAllowed, AlreadyAnswered, StepRefused.
    """
    request = _lock(handover)
    if by.kind == "person":
        demand(may_answer(person_of(by), handover))
    if handover.state != Handover.State.ACCEPTED:
        raise AlreadyAnswered(handover)
    _end(handover, at)
    if _holds(request, handover):
        after("give_back", request.state)
        _to_giver(request, handover, at)
    came_back(request, at=at)
    record(action="give_back", on=handover, by=by, at=at, municipality=request.municipality, kind=handover.kind)


@action
def end_handover(*, handover: Handover, word: str, by: Actor, at: datetime) -> None:
    """The resident (Word.CARD) or the holder takes somebody out of the circle, or takes a proposal back.

    The receiver sees nothing from now on; a stokje that was accepted goes back to the team. Raises NotAllowed,
    AlreadyAnswered.
    """
    request = _lock(handover)
    if word != Word.CARD:
        hold(request, by=by)
    if handover.state not in OPEN_STATES:
        raise AlreadyAnswered(handover)
    accepted, held = handover.state == Handover.State.ACCEPTED, _holds(request, handover)
    _end(handover, at, Handover.State.ENDED if accepted else Handover.State.CANCELLED)
    if accepted and held and request.is_open:
        _to_giver(request, handover, at)
    if word == Word.CARD:
        came_back(request, at=at)
    record(action="end_handover", on=handover, by=by, at=at, municipality=request.municipality, state=handover.state)


@action
def note_warm(*, handover: Handover, how: str, on: date, by: Actor, at: datetime) -> None:
    """Resident, giver and receiver met or spoke: only now it is a warm handover; raises NotAllowed, FactRefused."""
    request = _lock(handover)
    hold(request, by=by)
    if not handover.proposed_at.astimezone(ZONE).date() <= on <= at.astimezone(ZONE).date():
        raise FactRefused("on", "kies een dag vanaf de dag dat u het vroeg, tot en met vandaag")
    handover.warm_how, handover.warm_on = Handover.WarmHow(how), on
    check_row(handover)
    handover.save(update_fields=["warm_how", "warm_on"])
    record(action="note_warm", on=handover, by=by, at=at, municipality=request.municipality, how=how)


@action
def read_shared(*, handover: Handover, by: Actor, at: datetime) -> Seen:
    """What the receiver may see now, which leaves an event; raises NotAllowed, keys.Unreadable."""
    request = handover.request
    if by.kind == "person":
        demand(may_answer(person_of(by), handover))
    today = at.astimezone(ZONE).date()
    asked = handover.state == Handover.State.WAITING and today <= handover.answer_by
    joined = takes_part(handover) and today <= handover.until
    if not (asked or joined) or not request.is_open:
        raise keys.Unreadable(str(handover.pk))
    shared = Shared.from_bytes(keys.unseal(bytes(handover.sealed), owner=request.pk))
    record(action="read_shared", on=handover, by=by, at=at, municipality=request.municipality, state=handover.state)
    if not joined or handover.sees != Handover.Sees.CONTACT:
        return Seen(shared.text)
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    return Seen(shared.text, first_name(told.name), told.reach if told.way == ContactWay.PHONE else "")


def lapse_due(*, by: Actor, at: datetime) -> int:
    """End every handover that got no answer in time, and every accepted one whose agreed day passed; how many."""
    today = at.astimezone(ZONE).date()
    unanswered = Q(state__in=UNANSWERED, answer_by__lt=today)
    over = Q(state=Handover.State.ACCEPTED, until__lt=today)
    due = list(Handover.objects.filter(unanswered | over).order_by("answer_by", "pk"))
    return sum(_lapse(handover=handover, by=by, at=at) for handover in due)


def takes_part(handover: Handover) -> bool:
    """Whether who said yes still has a part: a partner until its end, a holder as long as it holds the stokje."""
    if handover.state != Handover.State.ACCEPTED:
        return False
    return handover.kind == Handover.Kind.PARTNER or _holds(handover.request, handover)


def end_held(request: HelpRequest, *, at: datetime, besides: Handover | None = None) -> None:
    """The stokje goes on: who held it by a handover before no longer does."""
    held = Handover.objects.filter(request=request, kind=Handover.Kind.HOLDER, state=Handover.State.ACCEPTED)
    held.exclude(pk=besides.pk if besides else None).update(state=Handover.State.ENDED, ended_at=at)


def with_link(secret: str, *, municipality: str) -> Handover | None:
    """The handover that a link leads to, answered or not."""
    rows = Handover.objects.filter(link_hash=hash_of_link(secret), request__municipality=municipality)
    return rows.select_related("request__team", "organization", "team").first()


@action
def _lapse(*, handover: Handover, by: Actor, at: datetime) -> bool:
    request = _lock(handover)
    held = takes_part(handover) and handover.kind == Handover.Kind.HOLDER
    ends = {
        Handover.State.DRAFT: Handover.State.CANCELLED,
        Handover.State.WAITING: Handover.State.LAPSED,
        Handover.State.ACCEPTED: Handover.State.ENDED,
    }
    if handover.state in ends:
        _end(handover, at, ends[Handover.State(handover.state)])
        if held and request.is_open:
            _to_giver(request, handover, at)
        came_back(request, at=at)
    record(action="lapse", on=handover, by=by, at=at, municipality=request.municipality, state=handover.state)
    return True


def _lock(handover: Handover) -> HelpRequest:
    """Lock the question first, then the handover: every action in this order, so that none waits for another."""
    lock(handover.request)
    request = handover.request
    lock(handover)
    handover.request = request
    return request


def _answerer(handover: Handover, by: Actor, *, spoken: bool) -> User | None:
    """Who answers, judged; None by link or phone. Raises NotAllowed, AlreadyAnswered."""
    person = None
    if spoken:
        hold(handover.request, by=by)
    elif by.kind == "person":
        person = person_of(by)
        demand(may_answer(person, handover))
    if handover.state != Handover.State.WAITING:
        raise AlreadyAnswered(handover)
    return person


def _holds(request: HelpRequest, handover: Handover) -> bool:
    """Whether the receiver of this handover holds the stokje now."""
    if handover.kind != Handover.Kind.HOLDER:
        return False
    if handover.organization_id is not None:
        return request.organization_id == handover.organization_id
    return request.organization_id is None and request.team_id == handover.team_id


def _to_giver(request: HelpRequest, handover: Handover, at: datetime) -> None:
    """Back to the team whose hand came before the yes of this handover, and to its person while they work there."""
    taken = request.hand_list.filter(cause=Hand.Cause.ACCEPTED, organization=handover.organization)
    if handover.team is not None:
        taken = taken.filter(team=handover.team)
    began = taken.order_by("-number").first()
    before = request.hand_list.get(number=began.number - 1) if began else None
    team = before.team if before else request.team
    person = present(before.person, team) if before else None
    pass_to(request, team=team, person=person, organization=None, cause=Hand.Cause.GIVEN_BACK, at=at)
    count_return(request, at=at)


def _check_ground(ground: LegalGround) -> None:
    if not ground.for_sharing or ground.ended_at is not None:
        raise FactRefused("ground", "deze grondslag geldt niet (meer) om iets te delen; kies een andere")


def _end(handover: Handover, at: datetime, state: Handover.State = Handover.State.ENDED) -> None:
    handover.state, handover.ended_at = state, at
    handover.save(update_fields=["state", "ended_at"])


def _answer_by(request: HelpRequest, today: date) -> date:
    watch = getattr(request.team, "watch", None)
    days = watch.answer_days if watch else ANSWER_DAYS
    return min(working_days_after(today, days), request.ends_on)
