"""Who to go to: the contact of the smallest area that has one."""

from django.db.models import Q

from samenspel.people.models import AreaContact
from samenspel.places.models import Area

_NEAREST_FIRST = (
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
    areas = Q(kind=Area.Kind.MUNICIPALITY)
    if neighborhood is not None:
        areas |= Q(code=neighborhood.code)
        areas |= Q(children__code=neighborhood.code) | Q(members__code=neighborhood.code)
    codes = Area.objects.filter(areas, municipality=municipality).values("code")
    found = AreaContact.objects.filter(municipality=municipality, area__code__in=codes)
    return min(found.select_related("area", "organization").defer("area__boundary"), key=_nearness, default=None)


def _nearness(contact: AreaContact) -> tuple[int, int, str]:
    return (
        _NEAREST_FIRST.index(Area.Kind(contact.area.kind)),
        _JOB_FIRST.index(AreaContact.JobTitle(contact.job_title)),
        contact.area.code,
    )
