"""Which organizations do something together: four sources; links of organizations, never of persons."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from samenspel.engine.calendar import ZONE
from samenspel.engine.cohesion import Link, isolated
from samenspel.outcomes.models import HandoverLink
from samenspel.outcomes.periods import quarter_of
from samenspel.people.models import Organization
from samenspel.policy.models import ChallengePartner, NeighborhoodNetwork
from samenspel.socialmap.models import Offering

YEAR = timedelta(days=365)
A_TEAM = "team"
"""Any team of the municipality, as the other side of a link."""


def link(one: object, other: object) -> Link:
    """Two organizations by their id: who is a guest at a place and who runs it, or who gave a question to whom."""
    return Link(frozenset({str(one), str(other)}))


def in_groups(municipality: str, *, at: datetime, of: Organization | None = None) -> tuple[Link, ...]:
    """Wijknetwerken and wijkopgaven, which anyone may know; 2 queries. `of` takes only those of one."""
    return (*_networks(municipality, of), *_challenges(municipality, at, of))


def handed_on(municipality: str, *, at: datetime, of: Organization | None = None) -> tuple[Link, ...]:
    """Who gave questions to whom, this quarter and in the four before; 1 query. For who works with them only."""
    rows = HandoverLink.objects.filter(municipality=municipality, quarter__gte=quarter_of(at - YEAR))
    if of:
        rows = rows.filter(Q(giver=of) | Q(receiver=of))
    return tuple(link(giver or A_TEAM, receiver or A_TEAM) for giver, receiver in rows.values_list("giver", "receiver"))


def is_isolated(organization: Organization, *, at: datetime) -> bool:
    """Whether one organization is linked with none; 4 queries, however many there are."""
    home, me = organization.municipality, str(organization.pk)
    groups, handovers = in_groups(home, at=at, of=organization), handed_on(home, at=at, of=organization)
    return me in isolated([me], (*_at_places(organization, at), *groups, *handovers))


def _at_places(of: Organization, at: datetime) -> list[Link]:
    """What one holds at a place of others, and others at its own."""
    mine = Q(organization=of, place__host__isnull=False) | Q(place__host=of)
    rows = Offering.objects.visible(at).filter(mine, municipality=of.municipality)
    return [link(guest, host) for guest, host in rows.values_list("organization", "place__host").distinct()]


def _networks(municipality: str, of: Organization | None) -> Iterable[Link]:
    rows = NeighborhoodNetwork.members.through.objects.filter(neighborhoodnetwork__municipality=municipality)
    if of:
        rows = rows.filter(neighborhoodnetwork__members=of)
    return _groups(rows.values_list("neighborhoodnetwork", "organization"))


def _challenges(municipality: str, at: datetime, of: Organization | None) -> Iterable[Link]:
    """Partners of a wijkopgave that runs or ended in the last year; one outside the map by its name."""
    since = (at - YEAR).astimezone(ZONE).date()
    runs = Q(challenge__ended_on__isnull=True) | Q(challenge__ended_on__gte=since)
    rows = ChallengePartner.objects.filter(runs, challenge__municipality=municipality)
    if of:
        rows = rows.filter(challenge__partners__organization=of)
    named = rows.values_list("challenge", "organization", "name")
    return _groups((challenge, organization or f"name:{name}") for challenge, organization, name in named)


def _groups(rows: Iterable[tuple[object, object]]) -> list[Link]:
    members: defaultdict[object, set[str]] = defaultdict(set)
    for group, member in rows:
        members[group].add(str(member))
    return [Link(frozenset(one)) for one in members.values()]
