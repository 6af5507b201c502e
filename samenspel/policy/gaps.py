"""What is done about a gap in a wijk: an action with an owner, a day, money and a status, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.people.models import Organization
from samenspel.policy.challenges import check_area
from samenspel.policy.commitments import Earlier, earlier_of, keep_earlier
from samenspel.policy.days import check_coming, check_not_far
from samenspel.policy.models import GapAction

Status = GapAction.Status
OPEN = (Status.PLANNED, Status.BUSY)


@dataclass(frozen=True, kw_only=True)
class GapFacts:
    """The whole of what is stated about an action that is not over; `status` is PLANNED or BUSY, `progress` is how it
    goes or why the day moved.

    `amount` is in whole euros: None while nobody knows, 0 when it costs nothing.
    """

    area: str
    block: int
    what: str
    owner: str
    due_on: date
    organization: Organization | None = None
    amount: int | None = None
    status: str = Status.PLANNED.value
    progress: str = ""

    @classmethod
    def of(cls, gap_action: GapAction) -> Self:
        return cls(**stated(cls, gap_action))


@dataclass(frozen=True)
class Due:
    """An action and how many days it is late; 0 when it is not, or is over."""

    action: GapAction
    days_late: int

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        return earlier_of(self.action)


@action
def set_gap_action(
    *, municipality: str, facts: GapFacts, by: Actor, at: datetime, gap_action: GapAction | None = None
) -> GapAction:
    """Add an action, or replace what is stated about one that is not over; a later day needs new words (`progress`).

    Raises FactRefused.
    """
    check_same_municipality(municipality, gap_action=gap_action, organization=facts.organization)
    check_area(municipality, facts.area, before=gap_action.area if gap_action else "")
    if facts.status not in OPEN:
        raise FactRefused("status", "schrijf bij het einde wat eruit kwam")
    (check_not_far if gap_action else check_coming)("due_on", facts.due_on, at)
    today = at.astimezone(ZONE).date()
    row = gap_action or GapAction(municipality=municipality, began_on=today, first_due=facts.due_on)
    if gap_action:
        _lock_open(gap_action)
        keep_earlier(gap_action, vars(facts), at)
    changed = differences(GapFacts.of(gap_action), facts) if gap_action else names(facts)
    state(row, facts)
    check_row(row)
    row.save()
    record(action="set_gap_action", on=row, by=by, at=at, municipality=municipality, fields=changed)
    return row


@action
def end_gap_action(*, gap_action: GapAction, status: str, result: str, by: Actor, at: datetime) -> GapAction:
    """Say that an action is done or stopped, and what came of it or why; raises FactRefused."""
    _lock_open(gap_action)
    if status in OPEN:
        raise FactRefused("status", "kies klaar of gestopt")
    gap_action.status, gap_action.result = status, result.strip()
    check_row(gap_action)
    gap_action.save(update_fields=["status", "result"])
    home = gap_action.municipality
    record(action="end_gap_action", on=gap_action, by=by, at=at, municipality=home, state=status)
    return gap_action


def gap_actions(municipality: str, on: date) -> list[Due]:
    """Every action as it stands on a day, the first due first; one query."""
    return _due(GapAction.objects.filter(municipality=municipality).select_related("organization"), on)


def actions_due(municipality: str, area: str, *, on: date, until: date) -> list[Due]:
    """Actions of an area that are late or due until a day, the first due first; one query."""
    rows = GapAction.objects.filter(municipality=municipality, area=area, status__in=OPEN, due_on__lte=until)
    return _due(rows.select_related("organization"), on)


def late_actions(municipality: str, on: date) -> QuerySet[GapAction]:
    """Running actions that are over their day."""
    return GapAction.objects.filter(municipality=municipality, status__in=OPEN, due_on__lt=on)


def _due(rows: Iterable[GapAction], on: date) -> list[Due]:
    return [Due(row, max(0, (on - row.due_on).days) if row.status in OPEN else 0) for row in rows]


def _lock_open(gap_action: GapAction) -> None:
    lock(gap_action)
    if gap_action.status not in OPEN:
        raise FactRefused("status", "deze actie is voorbij en verandert niet meer")
