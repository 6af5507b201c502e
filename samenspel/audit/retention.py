"""The end of the event log's term."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from samenspel.audit.models import AuditEvent

KEEP = relativedelta(years=7)


def destroy_old_events(*, at: datetime) -> int:
    """Delete events older than 7 years; how many."""
    return AuditEvent.objects.filter(at__lt=at - KEEP).delete()[0]
