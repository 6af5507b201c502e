"""The organizations of one's own wijken that are linked with none, for who can introduce them to each other."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.people.models import Organization
from samenspel.policy.networks import network_of
from samenspel.socialmap.wijk import wijken
from samenspel.staff.access import page, show, who
from samenspel.strength.cohesion import cohesion, known
from samenspel.strength.own import first_of
from samenspel.strength.permissions import may_see_isolated, own_wijken


@page(may_see_isolated)
def isolated(request: HttpRequest) -> HttpResponse:
    """One wijk at a time: the chosen one, else of one's own the one to begin with."""
    home = who(request).municipality
    own = own_wijken(who(request), wijken(home))
    slug = request.GET.get("wijk", "")
    wijk = next((one for one in own if one.slug == slug), None) if slug else first_of(who(request), own)
    if slug and wijk is None:
        raise Http404
    context: dict[str, Any] = {"own": own, "wijk": wijk}
    if wijk:
        found = cohesion(known(home, at=timezone.now()), wijk)
        kinds = dict(Organization.Kind.choices)
        context |= {
            "organizations": len(found.organizations),
            "rows": [(party.name, kinds[party.kind]) for party in found.isolated],
            "network": network_of(home, wijk.area.code),
        }
    return show(request, "cockpit/areas/isolated.html", context)
