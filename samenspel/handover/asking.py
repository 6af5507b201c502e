"""Asking someone without an account: a link by mail, in the transaction that makes it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from samenspel.audit.action import Actor, action
from samenspel.handover import keys
from samenspel.handover.handing import accept, approve, new_link, refuse
from samenspel.handover.models import Handover
from samenspel.handover.shared import Shared
from samenspel.handover.states import Word
from samenspel.handover.steps import NotAllowed
from samenspel.mail.outbox import queue_template
from samenspel.people.models import User


class NoAddress(Exception):
    """There is no e-mail address to send a link to: it must be asked on the phone."""


@action
def say_yes(*, handover: Handover, word: Word, by: Actor, at: datetime) -> None:
    """The resident says yes: who is asked gets a link where nobody of them has an account.

    Without an address the team asks on the phone. Raises what `handing.approve` raises.
    """
    approve(handover=handover, word=word, by=by, at=at)
    if answers_by_link(handover) and address_of(handover):
        send_link(handover=handover, by=by, at=at)


@action
def send_link(*, handover: Handover, by: Actor, at: datetime, language: str = "nl") -> str:
    """Mail a new link to who is asked, for the first time or again; give its secret.

    To the person named in `Shared`, else to the organization's public address. The mail names no theme and nobody.
    Raises NoAddress, NotAllowed, AlreadyAnswered, keys.Unreadable.
    """
    secret = new_link(handover=handover, by=by, at=at)
    to = address_of(handover)
    if not to:
        raise NoAddress
    team = handover.request.team
    queue_template(
        kind="offered",
        context={
            "link": settings.LINKS["handover"].format(secret=secret),
            "team": team.name,
            "phone": team.phone,
            "ends_on": handover.answer_by,
        },
        language=language,
        municipality=handover.request.municipality,
        to=to,
        at=at,
    )
    return secret


@action
def note_spoken_answer(*, handover: Handover, refusal: str, by: Actor, at: datetime) -> None:
    """The holder writes down what who was asked said on the phone: a yes, or a no with one of Handover.Refusal.

    Only where nobody there has an account, for else they answer themselves. Raises NotAllowed, AlreadyAnswered,
    StepRefused.
    """
    if not answers_by_link(handover):
        raise NotAllowed("Wie u vroeg, heeft een account en antwoordt zelf.")
    if refusal:
        refuse(handover=handover, refusal=refusal, by=by, at=at, spoken=True)
    else:
        accept(handover=handover, by=by, at=at, spoken=True)


def answers_by_link(handover: Handover) -> bool:
    """Whether nobody who is asked has an account."""
    return handover.pk in without_account([handover])


def without_account(handovers: Sequence[Handover]) -> set[UUID]:
    """The ids of the handovers that ask somebody of whom nobody has an account; one query."""
    asked = {one.organization_id for one in handovers} - {None}
    manned = set(User.objects.filter(organization__in=asked, is_active=True).values_list("organization", flat=True))
    return {one.pk for one in handovers if one.team_id is None and one.organization_id not in manned}


def address_of(handover: Handover) -> str:
    """Where a link goes; empty when there is none. Raises keys.Unreadable."""
    shared = Shared.from_bytes(keys.unseal(bytes(handover.sealed), owner=handover.request_id))
    if shared.email:
        return shared.email
    return handover.organization.public_contact["email"] if handover.organization else ""
