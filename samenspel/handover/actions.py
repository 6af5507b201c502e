"""What is done with a question of a resident: ask, mail the card, read, withdraw, erase.

Events hold ids and states only. Doors hide the errors' messages: they hold no text of a resident either.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.counting import count_ended
from samenspel.handover.grounds import ground_of_keeping
from samenspel.handover.models import Hand, HelpRequest
from samenspel.handover.permissions import may_read
from samenspel.handover.receipts import hash_of, receipt_for
from samenspel.handover.states import StepRefused, Word
from samenspel.handover.steps import NotThere, demand, first_hand, move, open_meldingen, person_of, with_code
from samenspel.handover.terms import DAYS_KEPT, next_working_day
from samenspel.handover.told import Told
from samenspel.mail import outbox
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.contacts import team_for
from samenspel.people.facts import lock
from samenspel.places.models import Area

CARDS_A_DAY = 3
"""Cards that one address may get in a day: anyone may type any address."""


class NoTeam(Exception):
    """No team holds questions from this area: it must be said on the phone."""


class AlreadyAsked(Exception):
    """The same form was sent before; `request` and `code` are those of the first time."""

    def __init__(self, request: HelpRequest, code: str) -> None:
        super().__init__(str(request.pk))
        self.request = request
        self.code = code


class AlreadyMailed(Exception):
    """The card was mailed before."""


class NotDue(Exception):
    """It is not past its end after all."""


@dataclass(frozen=True)
class Opened:
    """A question that was opened to be read."""

    request: HelpRequest
    told: Told


@action
def ask_for_help(
    *,
    municipality: str,
    area: Area | None,
    about: str,
    channel: str,
    told: Told,
    days: int,
    token: UUID,
    by: Actor,
    at: datetime,
) -> tuple[HelpRequest, str]:
    """Leave a question with the team of `area`, kept for `days` days; give it and its receipt code.

    `token` is the form's own. Raises NoTeam, AlreadyAsked, FactRefused.
    """
    if days not in DAYS_KEPT:
        raise FactRefused("days", f"kies uit {DAYS_KEPT}")
    plain = told.as_bytes()
    receipt = receipt_for(token, plain)
    if before := HelpRequest.objects.filter(pk=receipt.id).select_related("team").first():
        raise AlreadyAsked(before, receipt.code)
    team = team_for(area, municipality=municipality)
    if team is None:
        raise NoTeam(area.code if area else municipality)
    key, today = keys.new_key(), at.astimezone(ZONE).date()
    request = HelpRequest(
        id=receipt.id,
        municipality=municipality,
        team=team,
        area=area,
        code_hash=hash_of(receipt.code),
        about=about,
        channel=channel,
        ground=ground_of_keeping(municipality),
        asked_at=at,
        next_on=next_working_day(today),
        ends_on=today + timedelta(days=days),
        sealed=keys.seal(plain, key=key, owner=receipt.id),
    )
    check_row(request)
    _insert(request, receipt.code)
    first_hand(request, cause=Hand.Cause.ASKED, at=at)
    keys.keep(key, owner=request.pk)  # on disk before the row is: a row without its key would be lost
    record(action="ask_for_help", on=request, by=by, at=at, municipality=municipality, about=about, channel=channel)
    return request, receipt.code


@action
def mail_card(*, municipality: str, code: str, to: str, language: str, by: Actor, at: datetime) -> HelpRequest:
    """Mail the receipt card, once.

    Raises NotThere, AlreadyMailed, outbox.TooMuchMail.
    """
    request = with_code(municipality, code, at=at)
    if not request.is_open:
        raise NotThere
    if request.card_mailed:
        raise AlreadyMailed(str(request.pk))
    request.card_mailed = True
    request.save(update_fields=["card_mailed"])
    outbox.queue_template(
        kind="card",
        context={
            "code": code,
            "link": settings.LINKS["request"],
            "team": request.team.name,
            "phone": request.team.phone,
            "next_on": request.next_on,
            "ends_on": request.ends_on,
        },
        language=language,
        municipality=municipality,
        to=to,
        at=at,
        most_a_day=CARDS_A_DAY,
    )
    record(action="mail_card", on=request, by=by, at=at, municipality=municipality)
    return request


@action
def read_help(*, request: HelpRequest, by: Actor, at: datetime) -> Opened:
    """Open a question for the person `by` (the id of an account); raises NotAllowed, keys.Unreadable."""
    demand(may_read(person_of(by), request))
    if at.astimezone(ZONE).date() > request.ends_on and not open_meldingen(request).exists():
        raise keys.Unreadable(str(request.pk))
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    record(action="read_help", on=request, by=by, at=at, municipality=request.municipality, state=request.state)
    return Opened(request, told)


@action
def withdraw_help(*, municipality: str, code: str, by: Actor, at: datetime) -> HelpRequest:
    """Take a question back: nobody can read it from now on; raises NotThere."""
    request = with_code(municipality, code, at=at)
    try:
        move(request, "withdraw", at=at, by=by, word=Word.CARD)
    except StepRefused as refused:
        raise NotThere from refused
    record(action="withdraw_help", on=request, by=by, at=at, municipality=municipality)
    return request


@action
def erase_help(*, request: HelpRequest, by: Actor, at: datetime) -> None:
    """Destroy a question that is past its end date, key and row; what is about no one is counted.

    Raises NotDue when it was kept longer meanwhile, or became a melding.
    """
    lock(request)
    if request.ends_on >= at.astimezone(ZONE).date() or open_meldingen(request).exists():
        raise NotDue(str(request.pk))
    count_ended(request)
    record(action="erase_help", on=request, by=by, at=at, municipality=request.municipality, state=request.state)
    keys.destroy(request.pk)
    request.delete()


def _insert(request: HelpRequest, code: str) -> None:
    """Add the row; when the same form arrives twice at once, the second waits here for the first."""
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        before = HelpRequest.objects.filter(pk=request.pk).select_related("team").first()
        if before is None:
            raise
        raise AlreadyAsked(before, code) from error
