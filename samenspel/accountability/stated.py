"""What the municipality itself stated and the papers need: who answers in each team, and the grounds of the FG."""

from dataclasses import dataclass
from datetime import date

from samenspel.handover.models import LegalGround
from samenspel.people.mandates import articles
from samenspel.people.models import Mandate, Team


@dataclass(frozen=True, slots=True)
class TeamStated:
    """A team, who answers for its data ("" is the municipality), with whom by which arrangement, and on what law."""

    name: str
    controller: str
    joint: str
    laws: tuple[str, ...]
    mandates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundStated:
    """A ground that the FG fixed and that holds now."""

    name: str
    article: str
    explanation: str


def teams_of(municipality: str, *, on: date) -> tuple[TeamStated, ...]:
    """Every team with what holds on the day `on`."""
    teams = Team.objects.filter(municipality=municipality).select_related("controller").order_by("name")
    mandates: dict[object, list[str]] = {}
    for mandate in Mandate.objects.in_force(on).filter(team__in=teams).order_by("decision"):
        said = f"{mandate.decision} namens {mandate.get_in_name_of_display()} ({mandate.reference})"
        mandates.setdefault(mandate.team_id, []).append(said)
    return tuple(_team(team, on, tuple(mandates.get(team.pk, ()))) for team in teams.prefetch_related("joint_with"))


def grounds_of(municipality: str) -> tuple[GroundStated, ...]:
    found = LegalGround.objects.filter(municipality=municipality, ended_at=None).order_by("name")
    return tuple(GroundStated(ground.name, ground.article, ground.explanation) for ground in found)


def _team(team: Team, on: date, mandates: tuple[str, ...]) -> TeamStated:
    known = articles()
    joint = ", ".join(sorted(one.name for one in team.joint_with.all()))
    return TeamStated(
        name=team.name,
        controller=team.controller.name if team.controller else "",
        joint=f"{joint} ({team.joint_agreement})" if joint else "",
        laws=tuple(known[key].article for key in team.law_articles if key in known and known[key].holds(on)),
        mandates=mandates,
    )
