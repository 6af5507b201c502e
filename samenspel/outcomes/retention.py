"""The end of the term of counts."""

from datetime import datetime

from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import UnmetNeed
from samenspel.outcomes.periods import year_of_weeks

KEEP_YEARS = 5


def forget_old_counts(*, at: datetime) -> int:
    """Delete the counts of before the last 5 whole years; how many rows. Whole years, so that no figure shrinks."""
    oldest = year_of_weeks(at.astimezone(ZONE).year - KEEP_YEARS)
    return UnmetNeed.objects.filter(week__lt=oldest.begins).delete()[0]
