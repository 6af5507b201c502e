"""A morning at work: a team of two, a club that can help, and questions of residents."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from samenspel.audit.action import Actor
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.handing import Proposal, propose
from samenspel.handover.holding import take_up
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.handover.shared import Shared
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import Organization, Team, User
from samenspel.places.models import Area
from tests.handover.rows import a_request, a_team, told
from tests.people.rows import BY, GM, an_area, employer
from tests.workspace.accounts import an_account, sign_in

WORD, NAME, NUMBER = "zebrapadgeheim", "Corrie", "0320-555777"
LONG_AGO = timedelta(days=12)


@dataclass(frozen=True)
class Morning:
    """Bram and Mieke work in East, Omar in West, Roos coordinates for the club."""

    area: Area
    east: Team
    west: Team
    bram: User
    mieke: User
    omar: User
    roos: User
    club: Organization
    ground: LegalGround


def a_morning() -> Morning:
    bram, mieke, omar = (
        an_account("connector", email=f"{name}@markerwaard.example", name=name.title())
        for name in ("bram", "mieke", "omar")
    )
    roos = an_account("volunteer_coordinator", email="roos@club.example", name="Roos")
    area, other = an_area("BU99010101", "neighborhood", name="Oost"), an_area("BU99010201", "neighborhood")
    east = a_team("Team Oost", area, members=(bram, mieke))
    facts = TeamFacts(name="Team West", phone="0320-555201", email="west@x.example", areas=(other,), members=(omar,))
    west = set_team(municipality=GM, facts=facts, by=BY, at=datetime.now(UTC))
    for facts in proposal():
        fix_ground(municipality=GM, facts=facts, by=BY, at=datetime.now(UTC))
    ground = LegalGround.objects.get(key="publieke-taak")
    club = employer("volunteer_coordinator")
    assert club is not None
    return Morning(area, east, west, bram, mieke, omar, roos, club, ground)


def acting(user: User) -> Actor:
    return Actor("person", str(user.pk))


def asked(morning: Morning, *, ago: timedelta = timedelta(0), holder: User | None = None) -> HelpRequest:
    """A question left some time ago, taken up by `holder`."""
    at = datetime.now(UTC) - ago
    words = told(text=f"Ik {WORD} <b>veel</b>", name=NAME, reach=NUMBER)
    row, _code = a_request(morning.area, at=at, told=words)
    if holder:
        take_up(request=row, by=acting(holder), at=at)
    return row


def handed(morning: Morning, row: HelpRequest, *, kind: str = "holder", spoken: bool = True, **given: Any) -> Handover:
    """The club is asked, or what `given` names."""
    receiver = given or {"organization": morning.club}
    wanted = Proposal(
        kind=kind, shared=Shared(text="Zoekt een wandelmaatje."), ground=morning.ground, until=row.ends_on, **receiver
    )
    return propose(request=row, proposal=wanted, spoken=spoken, by=acting(morning.bram), at=datetime.now(UTC))


def at_work(user: User) -> Client:
    client = Client()
    assert sign_in(client, user.email).status_code == 302
    return client
