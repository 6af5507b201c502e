"""The end of the event log's term: the oldest part of the chain goes, an anchor and an event of it stay."""

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from samenspel.audit.action import Actor, action, record
from samenspel.audit.chain import DESTROY
from samenspel.audit.models import Anchor, AuditEvent

KEEP = relativedelta(years=7)
AT_ONCE = 10_000
"""Events destroyed in one transaction."""


def destroy_old_events(*, by: Actor, at: datetime) -> int:
    """Delete events older than 7 years; how many. One that stands behind a younger one in the chain goes with that."""
    destroyed = AuditEvent.objects.filter(number__isnull=True, at__lt=at - KEEP).delete()[0]
    while last := _last_of_old(at - KEEP):
        destroyed += _destroy_through(last=last, by=by, at=at)
    return destroyed


def _last_of_old(before: datetime) -> int:
    """The number of the last of the sealed events that, with all before it, are from before a moment; 0 for none.

    At most AT_ONCE of them.
    """
    numbers: Any = AuditEvent.objects.filter(number__isnull=False).order_by("number").values_list("number", flat=True)
    first, young = numbers.first(), numbers.filter(at__gte=before).first()
    if first in (None, young):
        return 0
    return int(numbers.filter(number__lt=min(first + AT_ONCE, young or first + AT_ONCE)).last())


@action
def _destroy_through(*, last: int, by: Actor, at: datetime) -> int:
    anchor = Anchor.objects.create(number=last, digest=AuditEvent.objects.get(number=last).digest, at=at)
    record(action=DESTROY, on=anchor, by=by, at=at, municipality="", digest=anchor.digest)
    return AuditEvent.objects.filter(number__lte=last).delete()[0]
