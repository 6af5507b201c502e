"""One sketch ("what if") of Markerwaard, once: the dorpshuis of Wierhaven closes."""

from datetime import datetime

from samenspel.audit.action import Actor
from samenspel.policy.blocks.steps import ClosePlace
from samenspel.policy.explorations import add_step, make_exploration
from samenspel.policy.models import Exploration
from samenspel.socialmap.models import MeetingPlace

TITLE = "Wat als Het Oude Schooltje sluit?"
_PLACE = "het-oude-schooltje"


def load_exploration(municipality: str, by: Actor, at: datetime) -> None:
    """Make it where there is none yet."""
    if Exploration.objects.filter(municipality=municipality).exists():
        return
    place = MeetingPlace.objects.get(municipality=municipality, slug=_PLACE)
    row = make_exploration(municipality=municipality, title=TITLE, by=by, at=at)
    add_step(exploration=row, step=ClosePlace(place.pk), by=by, at=at)
