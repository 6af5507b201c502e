"""No team with open questions is left without somebody who reads them."""

from collections.abc import Sequence

from samenspel.handover.models import HelpRequest
from samenspel.people.checks import FactRefused
from samenspel.people.models import HOLDING_ROLES, Team, User


def left_alone(user: User, *, keeps: Sequence[Team]) -> list[tuple[Team, int]]:
    """The teams that have open questions and nobody else, each with their number, but for those that `user` keeps."""
    found = []
    for team in user.teams.exclude(pk__in=[one.pk for one in keeps]).order_by("name"):
        others = team.members.filter(is_active=True, access_role__in=HOLDING_ROLES).exclude(pk=user.pk)
        if (count := _open_questions(team)) and not others.exists():
            found.append((team, count))
    return found


def keep_manned(team: Team, members: Sequence[User]) -> None:
    """Raise FactRefused when a team has open questions and none of these members reads them."""
    reads = any(one.is_active and one.access_role in HOLDING_ROLES for one in members)
    if not reads and (count := _open_questions(team)):
        raise FactRefused("members", unmanned(team, count))


def unmanned(team: Team, count: int) -> str:
    return f"{team.name} heeft {count} open vragen en dan niemand meer; kies eerst een opvolger"


def _open_questions(team: Team) -> int:
    return HelpRequest.objects.being_held().filter(team=team).count()
