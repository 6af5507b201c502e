"""The wijken of who works there, as they look on a Monday morning: when the network meets, and what is over its day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Q, Value

from samenspel.people.models import AreaContact, User
from samenspel.policy.challenges import late_promises
from samenspel.policy.gaps import late_actions
from samenspel.policy.models import NeighborhoodNetwork
from samenspel.policy.networks import networks_by_area
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.strength.meeting import LATELY
from samenspel.strength.permissions import own_wijken


@dataclass(frozen=True, slots=True)
class OwnWijk:
    """A wijk in which something waits: `network` meets within LATELY or the day it set passed (`is_passed`); how many
    promises and actions are over their day."""

    wijk: Wijk
    network: NeighborhoodNetwork | None
    is_passed: bool
    promises: int
    actions: int


def own_work(user: User, *, on: date) -> tuple[OwnWijk, ...]:
    """The wijken of one's own teams in which something waits, the first day of a network first; 6 queries."""
    home = user.municipality
    networks = networks_by_area(home)
    late = _late(home, on)
    found = []
    for wijk in own_wijken(user, wijken(home)):
        code = wijk.area.code
        network, _met_on = networks.get(code, (None, None))
        meets = network if network and network.next_on and network.next_on <= on + LATELY else None
        promises, actions = late[code, _PROMISE], late[code, _ACTION]
        if meets or promises or actions:
            is_passed = bool(meets and meets.next_on and meets.next_on < on)
            found.append(OwnWijk(wijk, meets, is_passed, promises, actions))
    return tuple(sorted(found, key=lambda one: (_day(one), one.wijk.name)))


def first_of(user: User, own: Sequence[Wijk]) -> Wijk | None:
    """Which of one's own wijken to begin with: where one is the contact, by e-mail or name, else the first; 1 query."""
    contacts = AreaContact.objects.filter(municipality=user.municipality)
    codes = set(contacts.filter(Q(email__iexact=user.email) | Q(name=user.name)).values_list("area__code", flat=True))
    return next((one for one in own if one.area.code in codes or one.buurten & codes), next(iter(own), None))


_PROMISE, _ACTION = "promise", "action"


def _late(municipality: str, on: date) -> Counter[tuple[str, str]]:
    """How many open promises and actions are over their day, by area and kind; one query."""
    both = late_actions(municipality, on).order_by().values_list("area", Value(_ACTION, output_field=CharField()))
    other = (
        late_promises(municipality, on)
        .order_by()
        .values_list("partner__challenge__area", Value(_PROMISE, output_field=CharField()))
    )
    return Counter(both.union(other, all=True))


def _day(one: OwnWijk) -> date:
    return one.network.next_on if one.network and one.network.next_on else date.max
