"""What of this context is due to be erased."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.actions import erase_help
from samenspel.handover.melding import erase_melding
from samenspel.handover.models import EarlySign, HelpRequest, Melding, SecondCode
from samenspel.handover.second_code import erase_code
from samenspel.handover.signs import erase_sign
from samenspel.handover.states import WITHOUT_TEXT

ORPHAN_AFTER = timedelta(hours=1)
"""A key is written before its row is committed; after an hour no row will come."""
KEPT_CODES = timedelta(days=1)
"""So long it is known how many codes were asked for."""


def erase_ended(*, by: Actor, at: datetime) -> int:
    """Erase every question past its end date, each in its own transaction; how many.

    Never one with a melding that was not transferred: the right of the resident goes first, and the daily screen calls.
    """
    waits = Melding.objects.filter(request=OuterRef("pk"), transferred_at=None, closed_on=None)
    past = HelpRequest.objects.filter(~Exists(waits), ends_on__lt=at.astimezone(ZONE).date())
    due = list(past.order_by("ends_on", "pk"))
    for request in due:
        erase_help(request=request, by=by, at=at)
    return len(due)


def erase_meldingen(*, by: Actor, at: datetime) -> int:
    """Destroy the receipts whose term is over and that no legal hold keeps; how many."""
    due = Melding.objects.filter(keep_until__lt=at.astimezone(ZONE).date(), legal_hold="")
    ended = list(due.exclude(transferred_at=None, closed_on=None).order_by("keep_until", "pk"))
    for melding in ended:
        erase_melding(melding=melding, by=by, at=at)
    return len(ended)


def erase_signs(*, by: Actor, at: datetime) -> int:
    """Erase every early sign past its six weeks; how many."""
    due = list(EarlySign.objects.filter(ends_on__lt=at.astimezone(ZONE).date()).order_by("ends_on", "pk"))
    for sign in due:
        erase_sign(sign=sign, by=by, at=at)
    return len(due)


def erase_codes(*, by: Actor, at: datetime) -> int:
    """Erase every second code that ended a day ago; how many."""
    due = list(SecondCode.objects.filter(expires_at__lt=at - KEPT_CODES).select_related("request").order_by("pk"))
    for code in due:
        erase_code(code=code, by=by, at=at)
    return len(due)


def destroy_orphans(*, at: datetime) -> int:
    """Destroy keys that belong to no text, such as of a question that was broken off; how many."""
    old = {owner for owner, written_at in keys.kept() if written_at < at - ORPHAN_AFTER}
    asked = HelpRequest.objects.filter(pk__in=old).exclude(state__in=WITHOUT_TEXT)
    signs = EarlySign.objects.filter(pk__in=old)
    needed = {*asked.values_list("pk", flat=True), *signs.values_list("pk", flat=True)}
    for owner in old - needed:
        keys.destroy(owner)
    return len(old - needed)
