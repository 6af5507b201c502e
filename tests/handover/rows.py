"""A town with two teams, and questions that its residents left."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from samenspel.audit.action import Actor
from samenspel.handover.actions import ask_for_help
from samenspel.handover.models import HelpRequest
from samenspel.handover.told import Told
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import AccessRole, Team, User
from samenspel.places.models import Area
from tests.people.rows import GM, an_area, employer

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday."""
BY = Actor("system", "test")
RESIDENT = Actor("resident")


@dataclass(frozen=True)
class Town:
    west: Area
    east: Area
    team_west: Team
    team_east: Team


def a_town() -> Town:
    west, east = an_area("BU99010101", "neighborhood"), an_area("BU99010201", "neighborhood")
    return Town(
        west,
        east,
        a_team("West", west, members=(a_person("lianne"),)),
        a_team("Oost", east, members=(a_person("omar"),)),
    )


def a_team(name: str, *areas: Area, members: tuple[User, ...] = (), municipality: str = GM) -> Team:
    facts = TeamFacts(name=name, phone="0320-555200", areas=areas, members=members)
    return set_team(municipality=municipality, facts=facts, by=BY, at=AT)


def a_person(name: str, role: str = AccessRole.TEAM_MEMBER, *, municipality: str = GM, active: bool = True) -> User:
    return User.objects.create(
        email=f"{name}@example.nl",
        name=name,
        municipality=municipality,
        access_role=role,
        organization=employer(role, municipality),
        is_active=active,
    )


def told(**facts: Any) -> Told:
    return Told(**{"text": "Ik kom de deur niet uit.", "name": "An", "way": "phone", "reach": "0320-555300", **facts})


def a_request(
    area: Area | None, *, token: UUID | None = None, at: datetime = AT, **given: Any
) -> tuple[HelpRequest, str]:
    facts = {"about": "self", "channel": "web", "told": told(), "days": 60, "municipality": GM, **given}
    return ask_for_help(area=area, token=token or uuid4(), by=RESIDENT, at=at, **facts)
