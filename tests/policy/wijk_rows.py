"""Rows of a wijk that tests start from: its wijkopgaven, network and actions, made by the actions themselves."""

from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np
import shapely

from samenspel.places.geometry import boundary_fields
from samenspel.places.models import Area
from samenspel.policy.challenges import (
    ChallengeFacts,
    PartnerFacts,
    PromiseFacts,
    set_challenge,
    set_partner,
    set_promise,
)
from samenspel.policy.gaps import GapFacts, set_gap_action
from samenspel.policy.models import (
    AreaChallenge,
    BlockState,
    ChallengePartner,
    GapAction,
    NeighborhoodNetwork,
    PartnerPromise,
)
from samenspel.policy.networks import NetworkFacts, set_network
from tests.people.rows import BY, GM, an_area
from tests.policy.planted import AT, _plant

WIJK = "WK990106"


def a_wijk(code: str = WIJK, name: str = "Rietkoog", *, municipality: str = GM) -> Area:
    """A wijk of one buurt; the wijken of a test lie east of each other."""
    west = 5.2 + int(code[-2:]) / 100
    boundary = boundary_fields(np.array([shapely.box(west, 52.5, west + 0.01, 52.6)]))[0]
    wijk = an_area(code, "district", name=name, municipality=municipality, **boundary)
    buurt = f"{code.replace('WK', 'BU')}01"
    an_area(buurt, "neighborhood", name=name, municipality=municipality, parent=wijk, **boundary)
    return wijk


def before(due_on: date) -> datetime:
    """When something was taken on: at the usual moment, or on the day that it was due when that was earlier."""
    return min(AT, datetime.combine(due_on, time(9), UTC))


def a_challenge(title: str = "Veilig spelen", *, municipality: str = GM, **facts: Any) -> AreaChallenge:
    """Needs `a_wijk`."""
    stated = ChallengeFacts(**{"area": WIJK, "title": title, "began_on": date(2026, 3, 1), **facts})
    return set_challenge(municipality=municipality, facts=stated, by=BY, at=AT)


def a_partner(challenge: AreaChallenge, name: str = "Politie, basisteam", **facts: Any) -> ChallengePartner:
    stated = PartnerFacts(**{"kind": "police", "name": name, **facts})
    return set_partner(challenge=challenge, facts=stated, by=BY, at=AT)


def a_promise(partner: ChallengePartner, what: str = "Elke maand meelopen", **facts: Any) -> PartnerPromise:
    stated = PromiseFacts(**{"what": what, "due_on": date(2026, 12, 1), **facts})
    return set_promise(partner=partner, facts=stated, by=BY, at=before(stated.due_on))


def a_network(area: str = WIJK, *, municipality: str = GM, **facts: Any) -> NeighborhoodNetwork:
    stated = NetworkFacts(**{"name": "Koogkring", **facts})
    return set_network(municipality=municipality, area=area, facts=stated, by=BY, at=AT)


def a_gap_action(what: str = "Een zaal openen", *, municipality: str = GM, **facts: Any) -> GapAction:
    known = {"area": WIJK, "block": 3, "what": what, "owner": "verbinder", "due_on": date(2026, 12, 1), **facts}
    stated = GapFacts(**known)
    return set_gap_action(municipality=municipality, facts=stated, by=BY, at=before(stated.due_on))


def a_state(state: str, since: date, until: date | None = None, **facts: Any) -> BlockState:
    """What was judged of the meeting places of the wijk, from a day until another."""
    known = {"municipality": GM, "area": WIJK, "block": 3, "why": "", "fresh": 0, "old": 0, **facts}
    row = BlockState(state=state, since=since, until=until, **known)
    _plant(row=row, municipality=row.municipality, by=BY, at=AT)
    return row
