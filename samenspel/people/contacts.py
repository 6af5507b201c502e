"""Who to go to: the contact and the team of the smallest area that has one."""

from django.db.models import Prefetch, Q, QuerySet

from samenspel.people.models import HOLDING_ROLES, AreaContact, Team
from samenspel.places.models import Area

NEAREST_FIRST = (
    Area.Kind.NEIGHBORHOOD,
    Area.Kind.DISTRICT,
    Area.Kind.VILLAGE,
    Area.Kind.WORKING_AREA,
    Area.Kind.MUNICIPALITY,
)
_JOB_FIRST = (AreaContact.JobTitle.CONNECTOR, AreaContact.JobTitle.PREVENTION_WORKER, AreaContact.JobTitle.TEAM)


def contact_for(neighborhood: Area | None, *, municipality: str) -> AreaContact | None:
    """The contact of the neighborhood, else of its district, its working areas, the municipality; one query.

    Takes any other area too: then its own contact, else that of the areas it lies in. Areas meet by code, not by row:
    a contact stays when a new year of areas is imported.
    """
    found = AreaContact.objects.filter(
        municipality=municipality, area__code__in=codes_around(neighborhood, municipality)
    )
    return min(found.select_related("area", "organization").defer("area__boundary"), key=_nearness, default=None)


def team_for(neighborhood: Area | None, *, municipality: str) -> Team | None:
    """The team that holds a question from an area: of the smallest area that has one, else of all; two queries.

    Only a manned team: in any other nobody would see the question.
    """
    codes = set(codes_around(neighborhood, municipality))
    ranked = []
    for team in manned_teams(municipality).prefetch_related(Prefetch("areas", Area.objects.defer("boundary"))):
        own = list(team.areas.all())
        here = [NEAREST_FIRST.index(Area.Kind(area.kind)) for area in own if area.code in codes]
        if here or not own:
            ranked.append((min(here, default=len(NEAREST_FIRST)), team.name, team))
    return min(ranked)[2] if ranked else None


def manned_teams(municipality: str) -> QuerySet[Team]:
    """The teams in which someone works who may read questions."""
    return Team.objects.filter(
        municipality=municipality, members__is_active=True, members__access_role__in=HOLDING_ROLES
    ).distinct()


def codes_around(area: Area | None, municipality: str) -> "QuerySet[Area, str]":
    """The codes of an area, of those it lies in and of the municipality, as a query of one column."""
    wanted = Q(kind=Area.Kind.MUNICIPALITY)
    if area is not None:
        wanted |= Q(code=area.code) | Q(children__code=area.code) | Q(members__code=area.code)
    return Area.objects.filter(wanted, municipality=municipality).values_list("code", flat=True)


def _nearness(contact: AreaContact) -> tuple[int, int, str]:
    return (
        NEAREST_FIRST.index(Area.Kind(contact.area.kind)),
        _JOB_FIRST.index(AreaContact.JobTitle(contact.job_title)),
        contact.area.code,
    )
