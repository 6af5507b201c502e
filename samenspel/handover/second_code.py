"""The second thing beside the card: six digits, mailed or read out, with which residents see their own text.

Who found a card has 5 tries for each of at most 3 mailed codes a day: a chance of 15 in a million. The digits work for
an hour, so that one typing opens every page; who is done lets them end at once. Every try and every look is an event.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from samenspel.audit.action import Actor, GuardedQuerySet, action, record
from samenspel.handover import keys
from samenspel.handover.models import HelpRequest, SecondCode
from samenspel.handover.receipts import hash_of_second
from samenspel.handover.states import WITHOUT_TEXT, StepRefused
from samenspel.handover.steps import NotThere, hold, with_code
from samenspel.handover.told import ContactWay, Told
from samenspel.mail.outbox import TooMuchMail, queue_template

DIGITS = 6
LASTS = timedelta(hours=1)
A_DAY = 3
"""Codes that a question may be asked to mail in a day."""
MAILS_A_DAY = 6
"""Mails that one address may get in a day: anyone may leave questions under any address."""
_DAY = timedelta(days=1)


class TooManyCodes(Exception):
    """As many codes were asked for today as may be; the team can still read one out."""


@dataclass(frozen=True)
class Own:
    """A question that its resident opened."""

    request: HelpRequest
    told: Told


@action
def mail_code(*, municipality: str, code: str, by: Actor, at: datetime) -> None:
    """Mail a code to the address that the resident gave; where that is no e-mail, nothing leaves and nobody sees that.

    Raises NotThere, TooManyCodes, keys.Unreadable.
    """
    request = _with_text(municipality, code, at)
    if request.second_codes.filter(is_mailed=True, expires_at__gt=at - _DAY + LASTS).count() >= A_DAY:
        raise TooManyCodes(str(request.pk))
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    digits = _new(request, at, is_mailed=True)
    if told.way == ContactWay.EMAIL:
        _mail(request, told, digits, at)
    record(action="mail_code", on=request, by=by, at=at, municipality=municipality)


@action
def give_code(*, request: HelpRequest, by: Actor, at: datetime) -> str:
    """A code for the holder to read out to the resident; raises NotAllowed, StepRefused."""
    hold(request, by=by)
    if request.state in WITHOUT_TEXT:
        raise StepRefused("give_code", request.state)
    record(action="give_code", on=request, by=by, at=at, municipality=request.municipality)
    return _new(request, at)


@action
def open_own(*, municipality: str, code: str, digits: str, by: Actor, at: datetime) -> Own | None:
    """Open a question with card and second code; None for wrong digits, which costs a try.

    Raises NotThere, keys.Unreadable.
    """
    request = _with_text(municipality, code, at)
    live = _live(request, at)
    if not live.filter(code_hash=hash_of_second(digits, owner=request.pk)).update(used_at=at):
        live.update(tries_left=F("tries_left") - 1)
        record(action="try_code", on=request, by=by, at=at, municipality=municipality)
        return None
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    record(action="open_own", on=request, by=by, at=at, municipality=municipality)
    return Own(request, told)


@action
def end_codes(*, request: HelpRequest, by: Actor, at: datetime) -> None:
    """Let every second code of a question end now: who looks at this screen next sees nothing."""
    _live(request, at).update(tries_left=0)
    record(action="end_codes", on=request, by=by, at=at, municipality=request.municipality)


@action
def erase_code(*, code: SecondCode, by: Actor, at: datetime) -> None:
    """Remove what is left of a code that ended."""
    record(action="erase_code", on=code, by=by, at=at, municipality=code.request.municipality)
    code.delete()


def _with_text(municipality: str, code: str, at: datetime) -> HelpRequest:
    request = with_code(municipality, code, at=at)
    if request.state in WITHOUT_TEXT:
        raise NotThere
    return request


def _live(request: HelpRequest, at: datetime) -> GuardedQuerySet:
    live: GuardedQuerySet = request.second_codes.filter(expires_at__gt=at, tries_left__gt=0)
    return live


def _new(request: HelpRequest, at: datetime, *, is_mailed: bool = False) -> str:
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    SecondCode.objects.create(
        request=request,
        code_hash=hash_of_second(digits, owner=request.pk),
        expires_at=at + LASTS,
        is_mailed=is_mailed,
    )
    return digits


def _mail(request: HelpRequest, told: Told, digits: str, at: datetime) -> None:
    try:
        queue_template(
            kind="code",
            context={"code": digits, "minutes": LASTS // timedelta(minutes=1)},
            language=told.language,
            municipality=request.municipality,
            to=told.reach,
            at=at,
            most_a_day=MAILS_A_DAY,
        )
    except TooMuchMail as error:
        raise TooManyCodes(str(request.pk)) from error
