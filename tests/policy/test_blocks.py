"""The building blocks of a municipality, from its own records: judged, kept with history, and opened."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.audit.models import AuditEvent
from samenspel.people.actions import withdraw_listing
from samenspel.places.models import Area
from samenspel.policy.blocks import history, judge, matrix, matrix_on, refresh, refresh_all
from samenspel.policy.blocks.evidence import opened
from samenspel.policy.blocks.judging import ON_THE_MAP, Judgement, counts_in
from samenspel.policy.blocks.reading import Thing, known, known_of
from samenspel.policy.blocks.words import amount, percentage, reason
from samenspel.policy.models import BlockEvidence, BlockState, NeighborhoodNetwork
from samenspel.policy.norms import norms_in_force
from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_organization
from tests.policy.block_rows import (
    ALL_DAY,
    BLOCKS,
    EAST,
    IN_EAST,
    IN_WEST,
    WEST,
    a_confirmed,
    a_meeting_place,
    a_town,
    the_norms,
)
from tests.policy.planted import _plant
from tests.socialmap.rows import a_place

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def judged() -> dict[tuple[str, int], Judgement]:
    return {(one.area, one.block): one for one in judge(GM, at=AT)}


def the_wijk(code: str) -> Wijk:
    return next(one for one in wijken(GM) if one.area.code == code)


def plant(row: NeighborhoodNetwork | BlockEvidence) -> None:
    _plant(row=row, municipality=GM, by=BY, at=AT)


def evidence(kind: str, block: int = BuildingBlock.NETWORK, area: str = WEST, **given: object) -> None:
    plant(BlockEvidence(municipality=GM, area=area, block=block, kind=kind, **{"on": AT.date(), **given}))


def test_without_norms_nothing_is_judged_and_without_evidence_all_is_unknown():
    a_town()
    assert {(one.state, one.why) for one in judge(GM, at=AT)} == {("unknown", "no_norm")}

    the_norms()
    assert {(one.state, one.why) for one in judge(GM, at=AT)} == {("unknown", "nothing_known")}


def test_a_hosted_place_with_hours_is_present_for_its_own_wijk_only():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)

    found = judged()

    assert found[WEST, 3].state == "present"
    assert (found[WEST, 3].reached, found[WEST, 3].amount, found[WEST, 3].fresh) == (1.0, 65, 1)
    assert (found[EAST, 3].state, found[EAST, 3].reached) == ("unknown", 0.0)


@pytest.mark.parametrize(
    ("facts", "why", "kind"),
    [
        ({"host": None}, "nothing_known", "room"),
        ({"hours": []}, "nothing_known", "room"),
        ({"confirmed": AT - timedelta(days=800)}, "only_old", "call"),
        ({"confirmed": None}, "only_old", "call"),
    ],
    ids=["no host", "no hours", "confirmed long ago", "never confirmed"],
)
def test_a_place_that_cannot_be_relied_on_leaves_it_unknown_and_is_a_remedy(
    facts: dict[str, object], why: str, kind: str
):
    a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST, **facts)

    found = judged()[WEST, 3]

    assert (found.state, found.why) == ("unknown", why)
    assert [(one.kind, one.id) for one in found.remedies] == [(kind, str(place.pk))]


def test_a_place_without_an_evening_is_partly():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST, hours=[{**line, "closes": "17:00"} for line in ALL_DAY])

    assert judged()[WEST, 3].state == "partly"


def test_provisions_need_every_theme():
    a_town()
    the_norms(provisions={"themes": ("meet", "money"), "amount": 2})
    place = a_place(**IN_WEST)
    far = a_confirmed(themes=["money"], delivery="at_place", place=a_place(name="Ver weg", **IN_EAST))
    a_confirmed(themes=["meet"], delivery="at_place", place=place)

    found = judged()[WEST, 2]

    assert (found.state, found.amount) == ("partly", 1)
    assert ("offering", str(far.pk)) == (found.remedies[0].kind, found.remedies[0].id)


def test_a_group_of_residents_that_comes_to_the_home_counts_where_it_comes():
    town = a_town()
    the_norms()
    a_confirmed(organization=an_organization(kind="informal_group"), serves=(town[EAST],))

    found = judged()

    assert (found[EAST, 1].state, found[WEST, 1].state) == ("present", "unknown")


def test_a_professional_party_is_no_group_of_residents():
    town = a_town()
    the_norms()
    a_confirmed(organization=an_organization(kind="public_body"), serves=(town[EAST],))

    assert judged()[EAST, 1].state == "unknown"


def test_what_a_group_withdrew_counts_no_longer():
    town = a_town()
    the_norms()
    group = an_organization(kind="informal_group")
    a_confirmed(organization=group, serves=(town[EAST],))
    withdraw_listing(organization=group, by=BY, at=AT)

    assert judged()[EAST, 1].state == "unknown"


def test_the_network_needs_a_meeting_and_questions_that_go_both_ways():
    a_town()
    the_norms()
    plant(NeighborhoodNetwork(municipality=GM, area=WEST, name="Netwerk West"))
    assert (judged()[WEST, 4].state, judged()[WEST, 4].why) == ("unknown", "only_old")

    evidence("met")
    assert judged()[WEST, 4].state == "partly"

    evidence("to_formal", on=AT.date().replace(month=7, day=1))
    evidence("to_informal", on=AT.date().replace(month=10, day=1))
    assert judged()[WEST, 4].amount == 1, "a running quarter tells nothing yet"

    evidence("to_informal", on=AT.date().replace(month=4, day=1))
    assert judged()[WEST, 4].state == "present"


def test_a_quarter_long_ago_does_not_count():
    a_town()
    the_norms()
    evidence("met")
    for kind in ("to_formal", "to_informal"):
        evidence(kind, on=AT.date().replace(month=1, day=1))

    assert judged()[WEST, 4].amount == 0


def test_a_verbinder_has_hours_for_the_people_of_all_their_wijken():
    town = a_town()
    the_norms()
    a_contact(town[WEST], hours=ALL_DAY)

    found = judged()

    assert (found[WEST, 5].state, found[WEST, 5].amount) == ("present", 32.5)
    assert found[EAST, 5].state == "unknown"
    assert ("connector", WEST) in [(one.kind, one.id) for one in found[EAST, 5].remedies]


def test_only_who_looked_makes_it_missing_and_evidence_undoes_that():
    a_town()
    the_norms()
    evidence("none_found", block=3)
    assert judged()[WEST, 3].state == "missing"

    a_meeting_place(**IN_WEST)
    assert judged()[WEST, 3].state == "present"


def test_a_look_grows_old_and_then_nothing_is_known():
    a_town()
    the_norms()
    evidence("none_found", block=3, on=AT.date() - timedelta(days=500))

    assert judged()[WEST, 3].state == "unknown"


def test_what_lies_within_reach_from_the_next_wijk_is_known_though_no_evening_is():
    a_town()
    the_norms(meeting_places={"metres": 5_000})
    evidence("none_found", block=3)
    a_meeting_place(**IN_EAST, hours=[{**line, "closes": "17:00"} for line in ALL_DAY])

    assert (judged()[WEST, 3].state, judged()[WEST, 3].why) == ("partly", "nobody_reached")


def test_who_has_too_few_hours_of_a_verbinder_hears_of_the_nearest_other():
    town = a_town()
    the_norms()
    for wijk in town.values():
        a_contact(wijk, hours=[{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""}])

    found = judged()[WEST, 5]

    assert (found.state, found.amount) == ("partly", 1.5)
    assert [(one.kind, one.id) for one in found.remedies] == [("connector", EAST)]


def test_states_are_kept_and_written_again_only_when_they_differ():
    a_town()
    the_norms()
    assert refresh(municipality=GM, by=BY, at=AT) == 10
    events = AuditEvent.objects.count()
    assert refresh(municipality=GM, by=BY, at=AT) == 0
    assert AuditEvent.objects.count() == events

    place = a_meeting_place(**IN_WEST)
    assert refresh_all(by=BY, at=LATER) == 1
    assert [row.state for row in history(GM, WEST) if row.block == 3] == ["unknown", "present"]
    assert matrix_on(GM, AT.date()).of(WEST)[2].state == "unknown"  # type: ignore[union-attr]

    closed = replace(PlaceFacts.of(place), closed_on=LATER.date())
    change_meeting_place(place=place, facts=closed, by=BY, at=LATER)
    assert refresh(municipality=GM, by=BY, at=LATER) == 1
    assert [row.state for row in history(GM, WEST) if row.block == 3] == ["unknown", "unknown"]


def test_a_figure_that_changes_keeps_the_day_on_which_the_state_began():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    a_meeting_place(name="De Tweede", **IN_WEST)

    assert refresh(municipality=GM, by=BY, at=LATER) == 0

    row = BlockState.objects.get(area=WEST, block=3)
    assert (row.amount, row.fresh, row.since) == (130, 2, AT.date())


def test_a_wijk_that_is_gone_ends():
    a_town()[EAST].children.all()
    the_norms()
    refresh(municipality=GM, by=BY, at=AT)
    plant_gone = BlockState(municipality=GM, area="WK990109", block=1, state="unknown", why="no_norm", fresh=0, old=0,
                            since=AT.date())  # fmt: skip
    _plant(row=plant_gone, municipality=GM, by=BY, at=AT)

    refresh(municipality=GM, by=BY, at=LATER)

    assert BlockState.objects.get(area="WK990109").until == LATER.date()


def test_the_matrix_has_every_wijk_and_of_nobody_elses():
    a_town()
    the_norms()
    refresh(municipality=GM, by=BY, at=AT)

    found = matrix(GM)

    assert found.wijken.names == ("Oost", "West")
    assert [[row.block for row in cells if row] for cells in found.rows] == [[1, 2, 3, 4, 5]] * 2
    assert matrix(ELSEWHERE).rows == ()


def test_judging_takes_as_many_queries_for_ten_places_as_for_one():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    with CaptureQueriesContext(connection) as few:
        judge(GM, at=AT)
    for number in range(9):
        place = a_meeting_place(name=f"Plek {number}", **IN_EAST)
        a_confirmed(delivery="at_place", place=place, organization=place.host)
    with CaptureQueriesContext(connection) as many:
        judge(GM, at=AT)

    assert len(many) == len(few) <= 15


def test_a_cell_opens_to_its_evidence_the_near_ones_too():
    a_town()
    the_norms(meeting_places={"metres": 5_000})
    a_meeting_place(name="Hier", **IN_WEST)
    a_meeting_place(name="Over de grens", **IN_EAST)
    a_meeting_place(name="Oud", confirmed=AT - timedelta(days=800), **IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)

    found = opened(GM, the_wijk(WEST), BuildingBlock.MEETING_PLACES, at=AT)

    assert [(one.name, one.is_here, one.is_fresh) for one in found.pieces] == [
        ("Hier", True, True),
        ("Oud", True, False),
        ("Over de grens", False, True),
    ]
    assert found.norm == norms_in_force(GM, AT.date())[BuildingBlock.MEETING_PLACES]


@pytest.mark.parametrize("metres", [1, 1_000, 2_000, 5_000])
def test_one_wijk_rests_on_what_is_found_among_everything(metres: int):
    a_town()
    for number in range(8):
        place = a_meeting_place(name=f"Huis {number}", longitude=5.2 + number * 0.012, latitude=52.53 + number * 0.006)
        a_confirmed(name=f"Aanbod {number}", delivery="at_place", place=place, organization=place.host)
    for code in (GM, EAST, WEST, f"BU{WEST[2:]}01"):
        a_confirmed(name=f"Komt in {code}", serves=(Area.objects.get(code=code),))

    everything = known(GM, at=AT)
    of_one = known_of(GM, the_wijk(WEST), kinds=("offering", "place"), metres=metres, at=AT)

    number = everything.wijken.number[WEST]
    homes = everything.residents.at[everything.residents.area == number]

    def is_near(thing: Thing) -> bool:
        return thing.at is not None and bool(np.linalg.norm(homes - np.array(thing.at), axis=1).min() <= metres)

    found = {thing.name for thing in of_one.things}
    assert np.array_equal(of_one.residents.at, homes)
    assert {thing.name for thing in everything.things if is_near(thing)} <= found < {t.name for t in everything.things}
    for block in ON_THE_MAP:
        here = {thing.name for thing in everything.things if counts_in(thing, number, block)}
        assert here == {thing.name for thing in of_one.things if counts_in(thing, 0, block)}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_cell_opens_and_has_its_reason_in_words(block: BuildingBlock):
    town = a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    a_contact(town[WEST], hours=ALL_DAY)
    evidence("met")
    refresh(municipality=GM, by=BY, at=AT)

    for code in (WEST, EAST):
        found = opened(GM, the_wijk(code), block, at=AT)
        assert found.state
        assert reason(found.state, found.norm).endswith(".")
        assert "%" not in amount(found.state)


@pytest.mark.parametrize(
    ("part", "said"),
    [(None, ""), (0.0, "0 %"), (0.004, "minder dan 1 %"), (0.333, "33 %"), (0.9999, "99 %"), (1.0, "100 %")],
)
def test_a_part_is_never_rounded_to_all_or_nothing(part: float | None, said: str):
    assert percentage(part) == said


def test_a_host_that_is_not_listed_is_not_named():
    a_town()
    the_norms()
    unlisted = an_organization(name="Liever Niet", listed=False)
    a_meeting_place(host=unlisted, **IN_WEST)
    a_meeting_place(name="Oud", host=unlisted, confirmed=None, **IN_WEST)
    evidence("none_found", block=3, area=EAST)
    refresh(municipality=GM, by=BY, at=AT)

    for code in (WEST, EAST):
        assert "Liever Niet" not in str(opened(GM, the_wijk(code), BuildingBlock.MEETING_PLACES, at=AT))
