"""The mails of a handover, queued in the action that causes them; none names a resident, a theme or a text."""

from datetime import datetime

from django.conf import settings

from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.models import EarlySign, Handover, HelpRequest, Melding
from samenspel.handover.models.watch import SILENT_DAYS
from samenspel.handover.told import ContactWay, Told
from samenspel.mail.kinds import Value
from samenspel.mail.outbox import queue_template
from samenspel.people.models import User


def tell_waits(handover: Handover, *, at: datetime) -> None:
    """Tell a team, or an organization that has accounts, that a question waits for its answer."""
    request, receiver = handover.request, handover.team or handover.organization
    if receiver is None:
        return
    if handover.team is None and not User.objects.filter(organization_id=receiver.pk, is_active=True).exists():
        return
    context: dict[str, Value] = {"link": settings.LINKS["work"], "team": receiver.name, "ends_on": handover.answer_by}
    _queue("waits", request, receiver.email, context, at)


def tell_returned(request: HelpRequest, *, at: datetime) -> None:
    """Tell who holds a question that the other said no, did not answer, or gave it back."""
    _queue("returned", request, _address(request), {"link": settings.LINKS["work"], "team": request.team.name}, at)


def tell_melding(request: HelpRequest, melding: Melding, *, at: datetime) -> bool:
    """Confirm a melding by mail, to a resident who chose to be mailed; False when it must go on paper."""
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    if told.way != ContactWay.EMAIL:
        return False
    context: dict[str, Value] = {
        "link": settings.LINKS["request"],
        "team": request.team.name,
        "phone": request.team.phone,
        "on": melding.melded_on,
        "ends_on": melding.term_ends_on,
    }
    _queue("melding", request, told.reach, context, at, language=told.language)
    return True


def tell_silent(request: HelpRequest, *, at: datetime) -> None:
    """Tell the deputy, who holds the question from now on, that nobody spoke with the resident yet."""
    watch = getattr(request.team, "watch", None)
    days = watch.silent_days if watch else SILENT_DAYS
    context: dict[str, Value] = {"link": settings.LINKS["work"], "team": request.team.name, "days": days}
    _queue("silent", request, _address(request), context, at)


def tell_unread(sign: EarlySign, *, at: datetime) -> None:
    """Tell the deputy of a team, or the team itself, that nobody read a sign yet."""
    watch = getattr(sign.team, "watch", None)
    deputy = watch.deputy if watch else None
    to = deputy.email if deputy and deputy.is_active else sign.team.email
    context: dict[str, Value] = {
        "link": settings.LINKS["work"],
        "team": sign.team.name,
        "on": sign.told_at.astimezone(ZONE).date(),
        "ends_on": sign.ends_on,
    }
    _queue("unread", sign, to, context, at)


def tell_contact_made(request: HelpRequest, *, at: datetime) -> None:
    """Tell who brought the question that there was contact, and nothing else; only with the resident's consent.

    Without a limit a day, though anyone may type an address: a worker spoke with a resident first.
    """
    if request.channel != HelpRequest.Channel.REFERRER:
        return
    try:
        told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    except keys.Unreadable:
        return  # the contact itself must be noted all the same
    context: dict[str, Value] = {"on": at.astimezone(ZONE).date()}
    _queue("contact_made", request, told.feedback_to, context, at, language=told.language)


def _address(request: HelpRequest) -> str:
    if request.organization is not None:
        return request.organization.email
    return request.person.email if request.person else request.team.email


def _queue(
    kind: str, about: HelpRequest | EarlySign, to: str, context: dict[str, Value], at: datetime, *, language: str = "nl"
) -> None:
    """Without an address no mail: at work the daily screen tells it."""
    if to:
        queue_template(kind=kind, context=context, language=language, municipality=about.municipality, to=to, at=at)
