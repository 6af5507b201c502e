"""What of this context is due to be erased."""

from datetime import datetime, timedelta

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.actions import erase_help
from samenspel.handover.models import EarlySign, HelpRequest
from samenspel.handover.states import WITHOUT_TEXT

ORPHAN_AFTER = timedelta(hours=1)
"""A key is written before its row is committed; after an hour no row will come."""


def erase_ended(*, by: Actor, at: datetime) -> int:
    """Erase every question past its end date, each in its own transaction; how many."""
    due = list(HelpRequest.objects.past_end(at.astimezone(ZONE).date()).order_by("ends_on", "pk"))
    for request in due:
        erase_help(request=request, by=by, at=at)
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
