"""Whether a municipality shows one total for a wijk; it does not until somebody chose it and said why."""

from datetime import datetime

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import check_row
from samenspel.people.facts import lock
from samenspel.policy.models import StrengthChoice


@action
def choose_total(*, municipality: str, shows_total: bool, reason: str, by: Actor, at: datetime) -> StrengthChoice:
    """Show a total from today on, or no longer; raises FactRefused without a reason."""
    row = choice_of(municipality) or StrengthChoice(municipality=municipality)
    if not row._state.adding:
        lock(row)
    row.shows_total, row.reason, row.since = shows_total, reason, at.astimezone(ZONE).date()
    check_row(row)
    row.save()
    fields = ["shows_total", "reason"]
    record(action="choose_total", on=row, by=by, at=at, municipality=municipality, fields=fields)
    return row


def choice_of(municipality: str) -> StrengthChoice | None:
    """What a municipality chose, if it ever did; one query."""
    found: StrengthChoice | None = StrengthChoice.objects.filter(municipality=municipality).first()
    return found
