"""The wijknetwerk: which organizations of a wijk meet, when they met, and when they meet next.

That it met is evidence of building block 4, so a meeting and its evidence are written and taken back together. Persons
are not kept. Source: beleidskader Sterke Sociale Basis (bouwsteen 4, netwerk in de wijk).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from dateutil.relativedelta import relativedelta
from django.db.models import Max, QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.people.models import Organization
from samenspel.policy.challenges import check_area
from samenspel.policy.days import check_past
from samenspel.policy.models import BlockEvidence, NeighborhoodNetwork, NetworkMeeting
from samenspel.policy.norms import norms_in_force
from samenspel.sources.vocabulary import BuildingBlock

LONG_AGO = relativedelta(years=1)
"""Nobody writes down a meeting of longer ago: it is a mistyped year, or of no use."""


@dataclass(frozen=True, kw_only=True)
class NetworkFacts:
    """The whole of what is stated about a network; `next_on` is the day on which it meets next."""

    name: str
    members: tuple[Organization, ...] = ()
    next_on: date | None = None

    @classmethod
    def of(cls, network: NeighborhoodNetwork) -> Self:
        """One query."""
        return cls(name=network.name, members=tuple(members_of(network)), next_on=network.next_on)


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """The whole of what is stated about a meeting; `organizations` is how many of them were there."""

    on: date
    organizations: int
    agreed: str = ""

    @classmethod
    def of(cls, meeting: NetworkMeeting) -> Self:
        return cls(**stated(cls, meeting))


@action
def set_network(
    *,
    municipality: str,
    area: str,
    facts: NetworkFacts,
    by: Actor,
    at: datetime,
    network: NeighborhoodNetwork | None = None,
) -> NeighborhoodNetwork:
    """Begin the network of an area, or replace what is stated about `network`; raises FactRefused."""
    check_same_municipality(municipality, network=network)
    for member in facts.members:
        check_same_municipality(municipality, members=member)
    if network:
        lock(network)
    else:
        check_area(municipality, area)
    row = network or NeighborhoodNetwork(municipality=municipality, area=area)
    changed = differences(NetworkFacts.of(network), facts) if network else names(facts)
    row.name, row.next_on = facts.name, facts.next_on
    check_row(row)
    row.save()
    row.members.set(facts.members)
    record(action="set_network", on=row, by=by, at=at, municipality=municipality, fields=changed)
    return row


@action
def set_meeting(
    *,
    network: NeighborhoodNetwork,
    facts: MeetingFacts,
    by: Actor,
    at: datetime,
    meeting: NetworkMeeting | None = None,
    next_on: date | None = None,
) -> NetworkMeeting:
    """Write down that a network met, or correct it, and the day of the next time; raises FactRefused.

    Leaves its evidence of building block 4. Without `next_on` a day that lies ahead stays as it was.
    """
    lock(network)
    check_past("on", facts.on, at)
    is_same_day = meeting is not None and meeting.on == facts.on
    if not is_same_day and facts.on < at.astimezone(ZONE).date() - LONG_AGO:
        raise FactRefused("on", "deze dag is meer dan een jaar geleden")
    if next_on and next_on <= facts.on:
        raise FactRefused("next_on", "de volgende keer komt na deze bijeenkomst")
    row = meeting or NetworkMeeting(network=network)
    changed = differences(MeetingFacts.of(meeting), facts) if meeting else names(facts)
    if meeting:
        _evidence(network, meeting.on).delete()
    state(row, facts)
    check_row(row)
    row.save()
    _leave_evidence(network, facts.on)
    if next_on or (network.next_on and network.next_on <= facts.on):
        network.next_on = next_on
        network.save(update_fields=["next_on"])
    record(action="set_meeting", on=row, by=by, at=at, municipality=network.municipality, fields=changed)
    return row


@action
def remove_meeting(*, meeting: NetworkMeeting, by: Actor, at: datetime) -> None:
    """Take back a meeting that was not held, with its evidence."""
    network = meeting.network
    lock(network)
    _evidence(network, meeting.on).delete()
    record(action="remove_meeting", on=meeting, by=by, at=at, municipality=network.municipality)
    meeting.delete()


def counts_from(municipality: str, on: date) -> date | None:
    """The first day of which a meeting counts on a day, by the norm in force; None without a norm; one query."""
    norm = norms_in_force(municipality, on).get(BuildingBlock.NETWORK)
    return on - relativedelta(months=norm.months) if norm else None


def network_of(municipality: str, area: str) -> NeighborhoodNetwork | None:
    """The network of an area; one query."""
    return NeighborhoodNetwork.objects.filter(municipality=municipality, area=area).first()


def members_of(network: NeighborhoodNetwork) -> list[Organization]:
    """The members that are on the map today, by name; one query."""
    return list(network.members.filter(pk__in=Organization.objects.listed()).order_by("name"))


def networks_by_area(municipality: str) -> dict[str, tuple[NeighborhoodNetwork, date | None]]:
    """Every network by the code of its area, with the day on which it last met; one query."""
    rows = NeighborhoodNetwork.objects.filter(municipality=municipality).annotate(met_on=Max("meetings__on"))
    return {row.area: (row, row.met_on) for row in rows}


def _evidence(network: NeighborhoodNetwork, on: date) -> "QuerySet[BlockEvidence]":
    return BlockEvidence.objects.filter(
        municipality=network.municipality,
        area=network.area,
        block=BuildingBlock.NETWORK,
        kind=BlockEvidence.Kind.MET,
        on=on,
    )


def _leave_evidence(network: NeighborhoodNetwork, on: date) -> None:
    if _evidence(network, on).exists():
        return
    row = BlockEvidence(
        municipality=network.municipality,
        area=network.area,
        block=BuildingBlock.NETWORK,
        kind=BlockEvidence.Kind.MET,
        on=on,
    )
    check_row(row)
    row.save()
