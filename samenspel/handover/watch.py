"""What a team agrees about silence: who is woken, and after how many working days."""

from dataclasses import dataclass
from datetime import datetime

from samenspel.audit.action import Actor, action, record
from samenspel.handover.models import TeamWatch
from samenspel.handover.models.watch import ANSWER_DAYS, SILENT_DAYS
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.models import HOLDING_ROLES, Team, User


@dataclass(frozen=True, kw_only=True)
class WatchFacts:
    """The whole of what a team agreed."""

    deputy: User | None = None
    answer_days: int = ANSWER_DAYS
    silent_days: int = SILENT_DAYS


@action
def set_watch(*, team: Team, facts: WatchFacts, by: Actor, at: datetime) -> TeamWatch:
    """Replace what a team agreed; raises FactRefused, also for a deputy who may not read the team's questions."""
    deputy = facts.deputy
    if deputy is not None and not (
        deputy.is_active and deputy.access_role in HOLDING_ROLES and team.members.filter(pk=deputy.pk).exists()
    ):
        raise FactRefused("deputy", "kies iemand die in dit team werkt")
    watch = TeamWatch.objects.filter(team=team).first() or TeamWatch(team=team)
    watch.deputy, watch.answer_days, watch.silent_days = deputy, facts.answer_days, facts.silent_days
    check_row(watch)
    watch.save()
    record(action="set_watch", on=watch, by=by, at=at, municipality=team.municipality)
    return watch
