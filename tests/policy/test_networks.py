"""The wijknetwerk: who takes part, when it met, and that a meeting is evidence of building block 4."""

from datetime import date, timedelta
from typing import Any

import pytest

from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.models import BlockEvidence, NeighborhoodNetwork, NetworkMeeting
from samenspel.policy.networks import (
    MeetingFacts,
    NetworkFacts,
    counts_from,
    members_of,
    networks_by_area,
    remove_meeting,
    set_meeting,
    set_network,
)
from samenspel.socialmap.listing import withdraw_listing
from tests.people.rows import BY, ELSEWHERE, GM, an_organization
from tests.policy.block_rows import the_norms
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_network, a_wijk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def a_meeting(network: NeighborhoodNetwork, on: date = date(2026, 11, 19), **more: Any) -> NetworkMeeting:
    facts = MeetingFacts(on=on, organizations=more.pop("organizations", 5), agreed=more.pop("agreed", ""))
    return set_meeting(network=network, facts=facts, by=BY, at=AT, **more)


def evidence() -> list[tuple[str, str, int, str, date]]:
    return list(BlockEvidence.objects.order_by("on").values_list("municipality", "area", "block", "kind", "on"))


def test_a_meeting_is_evidence_of_the_network_in_the_wijk():
    a_meeting(a_network())
    assert evidence() == [(GM, WIJK, 4, "met", date(2026, 11, 19))]


def test_a_corrected_day_moves_the_evidence_and_a_meeting_that_was_not_held_takes_it_back():
    network = a_network()
    meeting = a_meeting(network)
    a_meeting(network, date(2026, 11, 12), meeting=meeting, organizations=6)
    assert evidence() == [(GM, WIJK, 4, "met", date(2026, 11, 12))]
    assert NetworkMeeting.objects.get().organizations == 6

    remove_meeting(meeting=meeting, by=BY, at=AT)
    assert evidence() == []
    assert not NetworkMeeting.objects.exists()


@pytest.mark.parametrize(
    ("on", "given", "field"),
    [
        (date(2026, 11, 22), {}, "on"),
        (date(2025, 11, 20), {}, "on"),
        (date(2026, 11, 19), {"organizations": 1}, "organizations"),
        (date(2026, 11, 19), {"next_on": date(2026, 11, 19)}, "next_on"),
    ],
    ids=["in the future", "more than a year ago", "one organization", "next time before this one"],
)
def test_a_meeting_that_cannot_be_leaves_nothing(on: date, given: dict[str, Any], field: str):
    network = a_network()
    with pytest.raises(FactRefused) as refused:
        a_meeting(network, on, **given)

    assert refused.value.field == field
    assert evidence() == []


def test_a_meeting_that_grew_old_can_still_be_corrected_but_not_moved_back():
    network = a_network()
    meeting = a_meeting(network, date(2025, 11, 21))
    later = AT + timedelta(days=30)
    facts = MeetingFacts(on=meeting.on, organizations=8)
    set_meeting(network=network, facts=facts, meeting=meeting, by=BY, at=later)
    assert NetworkMeeting.objects.get().organizations == 8

    moved = MeetingFacts(on=date(2025, 11, 22), organizations=8)
    with pytest.raises(FactRefused) as refused:
        set_meeting(network=network, facts=moved, meeting=meeting, by=BY, at=later)
    assert refused.value.field == "on"


def test_from_which_day_a_meeting_counts_is_the_councils_norm():
    assert counts_from(GM, TODAY) is None
    the_norms(network={"months": 3})
    assert counts_from(GM, TODAY) == date(2026, 8, 21)


def test_two_meetings_on_one_day_are_one():
    network = a_network()
    a_meeting(network)
    with pytest.raises(FactRefused) as refused:
        a_meeting(network)

    assert refused.value.field == "on"
    assert len(evidence()) == 1


@pytest.mark.parametrize(
    ("was", "given", "becomes"),
    [
        (None, date(2026, 12, 3), date(2026, 12, 3)),
        (date(2026, 12, 3), None, date(2026, 12, 3)),
        (date(2026, 11, 19), None, None),
        (date(2026, 11, 19), date(2026, 12, 3), date(2026, 12, 3)),
    ],
    ids=["set", "ahead stays", "held is over", "held and the next"],
)
def test_a_meeting_says_when_the_next_is(was: date | None, given: date | None, becomes: date | None):
    a_meeting(a_network(next_on=was), next_on=given)
    assert NeighborhoodNetwork.objects.get().next_on == becomes


def test_members_are_organizations_that_are_on_the_map_today():
    stays, goes = an_organization(name="Soos"), an_organization(name="Kerk")
    network = a_network(members=(stays, goes))
    withdraw_listing(organization=goes, by=BY, at=AT)

    assert members_of(network) == [stays]


def test_members_are_replaced_and_an_empty_list_takes_all_away():
    network = a_network(members=(an_organization(),))
    facts = NetworkFacts(name="Koogkring", next_on=TODAY)
    set_network(municipality=GM, area=WIJK, facts=facts, network=network, by=BY, at=AT)

    assert members_of(network) == []
    assert NetworkFacts.of(network) == facts


def test_a_wijk_has_one_network():
    a_network()
    with pytest.raises(FactRefused) as refused:
        a_network()
    assert refused.value.field == "area"


def test_a_network_is_of_a_wijk_and_members_of_its_municipality():
    with pytest.raises(FactRefused) as refused:
        a_network("WK990199")
    assert refused.value.field == "area"
    with pytest.raises(OtherMunicipality):
        a_network(members=(an_organization(municipality=ELSEWHERE),))
    assert not NeighborhoodNetwork.objects.exists()


def test_the_list_of_wijken_says_when_each_last_met():
    a_wijk("WK990107", "Ganzewaard")
    network, silent = a_network(), a_network("WK990107")
    a_meeting(network, date(2026, 6, 1))
    a_meeting(network)

    assert networks_by_area(GM) == {WIJK: (network, date(2026, 11, 19)), "WK990107": (silent, None)}
