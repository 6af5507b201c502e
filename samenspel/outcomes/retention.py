"""The end of the term of counts."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import GroupCount, HandoverLink, OwnCircle, ReleasedFigure, ShiftCount, UnmetNeed
from samenspel.outcomes.periods import quarter_of, year_of_weeks

KEEP_YEARS = 5
KEEP_YEARS_OF_SHIFT = 10
KEEP_OF_GROUPS = relativedelta(years=2)
KEEP_LINKS = relativedelta(years=2)


def forget_old_counts(*, at: datetime) -> int:
    """Delete the counts of before the last 5 whole years; how many rows. Whole years, so that no figure shrinks."""
    oldest = year_of_weeks(at.astimezone(ZONE).year - KEEP_YEARS)
    return sum(model.objects.filter(week__lt=oldest.begins).delete()[0] for model in (UnmetNeed, OwnCircle))


def forget_old_shifts(*, at: datetime) -> int:
    """Delete the shift ledger of before the last 10 whole years, and links of more than 2 years ago; how many rows."""
    oldest = f"{at.astimezone(ZONE).year - KEEP_YEARS_OF_SHIFT}Q1"
    links = HandoverLink.objects.filter(quarter__lt=quarter_of(at - KEEP_LINKS))
    return ShiftCount.objects.filter(quarter__lt=oldest).delete()[0] + links.delete()[0]


def forget_group_counts(*, by: Actor, at: datetime) -> int:
    """Delete what groups counted, and shared, more than 2 years ago; how many rows."""
    before = (at - KEEP_OF_GROUPS).astimezone(ZONE).date()
    rows = [*GroupCount.objects.filter(on__lt=before), *ReleasedFigure.objects.filter(ends__lt=before)]
    for row in rows:
        forget_group_count(row=row, by=by, at=at)
    return len(rows)


@action
def forget_group_count(*, row: GroupCount | ReleasedFigure, by: Actor, at: datetime) -> None:
    """Delete one count or one shared quarter."""
    record(action="forget_group_count", on=row, by=by, at=at, municipality=row.municipality)
    row.delete()
