"""A year of building blocks of Markerwaard: judged on days in the past by the same rules, then today."""

from datetime import datetime, timedelta

from samenspel.demo.load import BY, MARKERWAARD
from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockState

WEEKS_AGO = (53, 39, 26, 13)


def load_year_of_blocks(at: datetime) -> None:
    """Keep the states of a year, once, and those of today."""
    if not BlockState.objects.filter(municipality=MARKERWAARD).exists():
        for weeks in WEEKS_AGO:
            refresh(municipality=MARKERWAARD, by=BY, at=at - timedelta(weeks=weeks))
    refresh(municipality=MARKERWAARD, by=BY, at=at)
