"""What of this context is due to be erased."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.actions import NotDue, erase_help
from samenspel.handover.grounds import erase_ground
from samenspel.handover.melding import erase_melding
from samenspel.handover.models import EarlySign, EndedQuestion, Handover, HelpRequest, LegalGround, Melding, SecondCode
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
    erased = 0
    for request in due:
        with suppress(NotDue):
            erase_help(request=request, by=by, at=at)
            erased += 1
    return erased


def forget_ended(*, at: datetime) -> int:
    """Delete what was counted of questions of ten years ago and more; how many."""
    return EndedQuestion.objects.filter(quarter__lt=f"{at.year - 10}Q1").delete()[0]


def erase_meldingen(*, by: Actor, at: datetime) -> int:
    """Destroy the receipts whose term is over and that no legal hold keeps; how many."""
    due = Melding.objects.filter(keep_until__lt=at.astimezone(ZONE).date(), legal_hold="")
    ended = list(due.exclude(transferred_at=None, closed_on=None).order_by("keep_until", "pk"))
    erased = 0
    for melding in ended:
        with suppress(NotDue):
            erase_melding(melding=melding, by=by, at=at)
            erased += 1
    return erased


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


def erase_grounds(*, by: Actor, at: datetime) -> int:
    """Delete every ground that the FG ended and that no question or handover refers to; how many."""
    used = [Exists(rows.objects.filter(ground=OuterRef("pk"))) for rows in (HelpRequest, Handover)]
    ended = LegalGround.objects.filter(ended_at__lt=at).exclude(used[0] | used[1])
    due = list(ended.order_by("pk"))
    for ground in due:
        erase_ground(ground=ground, by=by, at=at)
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
