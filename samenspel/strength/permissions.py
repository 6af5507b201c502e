"""Who may see which organizations are alone: who links them with others; a policy maker knows how many, not which."""

from collections.abc import Iterable

from samenspel.people.models import AccessRole, Team, User
from samenspel.people.permissions import Verdict, only, permission
from samenspel.socialmap.wijk import Wijk


@permission
def may_see_isolated(user: User) -> Verdict:
    """See in the wijken of one's own teams which organizations are linked with none."""
    return only(
        user,
        AccessRole.CONNECTOR,
        AccessRole.PREVENTION_WORKER,
        reason="Welke clubs nog alleen staan, ziet alleen wie hen in de wijk met anderen verbindt.",
    )


def own_wijken(user: User, areas: Iterable[Wijk]) -> tuple[Wijk, ...]:
    """The wijken that lie wholly in the areas of someone's teams; a team without areas works in all; 1 query."""
    rows = Team.objects.filter(members=user, municipality=user.municipality).values_list(
        "areas__code", "areas__children__code", "areas__members__code"
    )
    teams = [{code for code in row if code} for row in rows]
    codes = {code for team in teams for code in team}
    if user.municipality in codes or not all(teams):
        return tuple(areas)
    return tuple(one for one in areas if one.area.code in codes or (one.buurten and one.buurten <= codes))
