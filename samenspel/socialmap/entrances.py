"""The ingang of an area: the one place where any question is welcome."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused, check_hours, check_phone, check_row, check_same_municipality
from samenspel.people.contacts import NEAREST_FIRST, codes_around
from samenspel.people.facts import state
from samenspel.places.models import Area
from samenspel.socialmap.models import Entrance, MeetingPlace


@dataclass(frozen=True, kw_only=True)
class EntranceFacts:
    """The whole of what is stated about the ingang of an area; `hours` are the walk-in hours."""

    place: MeetingPlace
    host: str
    phone: str
    hours: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""


@action
def set_entrance(*, area: Area, facts: EntranceFacts, by: Actor, at: datetime) -> Entrance:
    """Make a place the ingang of an area, instead of the one before; raises FactRefused."""
    rows = Entrance.objects.filter(municipality=area.municipality, area__code=area.code)
    entrance = rows.first() or Entrance(municipality=area.municipality)
    entrance.area = area
    check_hours("hours", facts.hours)
    check_phone("phone", facts.phone)
    check_same_municipality(area.municipality, place=facts.place)
    if facts.place.is_closed(at):
        raise FactRefused("place", _("deze plek is dicht; kies een andere plek"))
    state(entrance, facts)
    check_row(entrance)
    entrance.save()
    record(action="set_entrance", on=entrance, by=by, at=at, municipality=area.municipality, area=area.code)
    return entrance


def entrance_for(area: Area | None, *, municipality: str) -> Entrance | None:
    """The ingang of an area, else of the wijk or kern it lies in, else of the municipality; one query."""
    found = (
        Entrance.objects.filter(municipality=municipality, area__code__in=codes_around(area, municipality))
        .select_related("area", "place")
        .defer("area__boundary")
    )
    return min(found, key=lambda one: NEAREST_FIRST.index(Area.Kind(one.area.kind)), default=None)
