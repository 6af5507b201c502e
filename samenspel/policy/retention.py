"""The end of the term of what policy keeps for a while."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.policy.models import Exploration

KEEP_EXPLORATIONS = relativedelta(years=1)


def forget_explorations(*, by: Actor, at: datetime) -> int:
    """Throw away drafts of "what if" of more than a year ago; how many."""
    before = (at - KEEP_EXPLORATIONS).astimezone(ZONE).date()
    rows = list(Exploration.objects.filter(made_on__lt=before))
    for row in rows:
        forget_exploration(row=row, by=by, at=at)
    return len(rows)


@action
def forget_exploration(*, row: Exploration, by: Actor, at: datetime) -> None:
    """Throw one away."""
    record(action="forget_exploration", on=row, by=by, at=at, municipality=row.municipality)
    row.delete()
