"""Counts that several tests start from."""

from datetime import date

from samenspel.outcomes.models import UnmetNeed
from tests.people.rows import GM

NOTHING, FULL, UNCLEAR = UnmetNeed.Why.NOTHING_NEAR, UnmetNeed.Why.ALL_FULL, UnmetNeed.Why.NOT_UNDERSTOOD
SUMMER = date(2026, 8, 3)
"""A Monday in the third quarter of 2026."""


def a_count(
    times: int,
    *,
    need: str = "eat_together",
    why: UnmetNeed.Why = NOTHING,
    area: str = "WK990101",
    week: date = SUMMER,
    municipality: str = GM,
) -> UnmetNeed:
    return UnmetNeed.objects.create(municipality=municipality, week=week, area=area, need=need, why=why, times=times)
