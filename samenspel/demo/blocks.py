"""A year of building blocks of Markerwaard: judged on days in the past by the same rules, then today."""

from datetime import datetime, timedelta

from samenspel.demo.load import BY, MARKERWAARD
from samenspel.engine.calendar import ZONE
from samenspel.policy.blocks import refresh
from samenspel.policy.evidence import note_none_found
from samenspel.policy.models import BlockState
from samenspel.sources.vocabulary import BuildingBlock

WEEKS_AGO = (53, 39, 26, 13)
LOOKED = "WK990109"
"""Where somebody looked for a network three weeks ago and found none."""


def load_year_of_blocks(at: datetime) -> None:
    """Keep the states of a year, once, and those of today."""
    if not BlockState.objects.filter(municipality=MARKERWAARD).exists():
        for weeks in WEEKS_AGO:
            refresh(municipality=MARKERWAARD, by=BY, at=at - timedelta(weeks=weeks))
        note_none_found(
            municipality=MARKERWAARD,
            area=LOOKED,
            block=BuildingBlock.NETWORK,
            on=at.astimezone(ZONE).date() - timedelta(weeks=3),
            note="gebeld met het dorpshuis, de ijsclub en de kerk",
            by=BY,
            at=at,
        )
    refresh(municipality=MARKERWAARD, by=BY, at=at)
