"""The strength profile of a wijk: seven sides, each figure with what it needs to be believed, and nothing added up."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.engine.privacy import LEAST
from samenspel.handover.models import EndedQuestion
from samenspel.outcomes.models import ReleasedFigure, ShiftCount
from samenspel.places.models import AreaFigures
from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockEvidence, BlockState
from samenspel.policy.strength_choice import choose_total
from samenspel.socialmap.wijk import wijken
from samenspel.strength.definitions import definitions
from samenspel.strength.profile import Measured, Profile, profile
from tests.people.rows import AT, BY, GM, a_contact, an_organization
from tests.policy.block_rows import EAST, IN_WEST, WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.strength.linked import a_network, plant

pytestmark = pytest.mark.django_db


def of_west(at: datetime = AT) -> Profile:
    wijk = next(one for one in wijken(GM) if one.area.code == WEST)
    return profile(GM, wijk, at=at)


def measured(found: Profile) -> dict[str, Measured]:
    return {one.key: one.measured for side in found.sides for one in side.figures}


def a_place_in_west(**facts: Any) -> Any:
    place = a_meeting_place(**IN_WEST, **facts)
    return place


def judged() -> None:
    refresh(municipality=GM, by=BY, at=AT)


def test_a_wijk_of_which_nothing_is_known_has_every_side_and_no_figure_but_who_live_there():
    a_town()
    found = of_west()

    assert [side.dimension.key for side in found.sides] == [one.key for one in definitions().dimensions]
    counts = {key: one.value for key, one in measured(found).items() if one.value is not None}
    assert counts == {"active_groups": 0, "guests": 0}
    assert found.blocks == (None,) * 5
    assert [(one.key, one.value) for one in found.context] == [("residents", 2000), ("65_and_over_percentage", 20)]
    assert found.total is None


def test_presence_and_reach_follow_the_blocks_and_the_places():
    a_town()
    the_norms()
    a_place_in_west()
    judged()
    found = measured(of_west())

    assert (found["blocks_present"].value, found["blocks_unknown"].value) == (1, 4)
    assert (found["open_hours"].value, found["open_hours"].n) == (65, 1)
    assert found["reach_meeting"].value == found["reach_meeting_older"].value == 100
    assert found["reach_meeting"].as_of == AT.date()
    assert found["reach_people"] == Measured()


def test_what_was_so_a_year_ago_stands_beside_it():
    a_town()
    the_norms()
    a_place_in_west()
    judged()
    assert measured(of_west())["blocks_present"].trend is None
    kept = BlockState.objects.get(area=WEST, block=3)
    kept.since = date(2025, 6, 1)
    plant(kept)
    trend = measured(of_west())["blocks_present"].trend
    assert trend is not None
    assert (trend.value, trend.when) == (1, "2025")


def test_links_are_of_organizations_and_unknown_until_there_is_evidence():
    towns = a_town()
    a_contact(towns[WEST], hours=[{"weekday": 1, "opens": "09:00", "closes": "13:00", "note": ""}])
    a_network(an_organization(name="Een"), an_organization(name="Twee"), area=WEST)
    this_quarter, last_one = date(2026, 10, 1), date(2026, 7, 1)
    for kind, on in (("met", this_quarter), ("to_formal", this_quarter), ("to_informal", last_one)):
        plant(BlockEvidence(municipality=GM, area=WEST, block=4, kind=kind, on=on))
    found = measured(of_west())

    assert (found["directions"].value, found["directions"].when) == (1, "2026Q2")
    assert (found["network_met"].value, found["verbinder_hours"].value) == (1, 2.0)
    assert measured(of_wijk(EAST))["directions"] == Measured()


def of_wijk(code: str) -> Profile:
    return profile(GM, next(one for one in wijken(GM) if one.area.code == code), at=AT)


def test_isolated_organizations_are_never_told_of_a_wijk():
    a_town()
    found = measured(of_west())["isolated"]
    assert (found.value, found.is_hidden) == (None, True)


def ended(number: int) -> None:
    for _ in range(number):
        EndedQuestion.objects.create(
            municipality=GM, area_code=WEST, quarter="2026Q3", outcome="helped", hands=2, returned=0, warm=0,
            referred=0, days_to_contact=3, days_to_helped=12,
        )  # fmt: skip


@pytest.mark.parametrize("number", [0, 1, LEAST - 1])
def test_of_too_few_questions_no_day_is_told(number: int):
    a_town()
    ended(number)
    found = measured(of_west())
    assert all(found[key] == Measured(is_hidden=True, as_of=AT.date()) for key in ("to_contact", "to_helped", "hands"))


def test_of_enough_questions_the_median_days_and_how_many():
    a_town()
    ended(LEAST)
    found = measured(of_west())
    assert (found["to_contact"].value, found["to_contact"].n) == (3, LEAST)
    assert (found["to_helped"].value, found["hands"].value) == (12, 2)


def shifted(quarter: str, moment: str, layer: int) -> None:
    ShiftCount.objects.create(municipality=GM, quarter=quarter, area=WEST, moment=moment, layer=layer, times=40)


def test_movement_is_of_the_last_quarter_that_is_over_with_the_one_before():
    a_town()
    for quarter, layer in (("2026Q2", 2), ("2026Q3", 1), ("2026Q4", 4)):
        shifted(quarter, "asked", 3)
        shifted(quarter, "solved", layer)
    found = measured(of_west())["movement"]

    assert (found.value, found.when) == (2, "2026Q3")
    assert found.trend is not None
    assert (found.trend.value, found.trend.when) == (1, "2026Q2")


def test_vitality_counts_groups_guests_and_shared_places():
    towns = a_town()
    place = a_place_in_west()
    for name, kind in (("Koor", "association"), ("Bridge", "association"), ("Stichting", "foundation")):
        organization = an_organization(name=name, kind=kind)
        a_confirmed(name=name, organization=organization, delivery="at_place", place=place)
    assert place.neighborhood is not None
    assert towns
    found = measured(of_west())

    assert (found["active_groups"].value, found["active_groups"].n) == (2, 3)
    assert found["guests"].value == 3
    assert (found["shared_places"].value, found["shared_places"].n) == (1, 1)


def test_begun_and_stopped_need_a_day():
    a_town()
    place = a_place_in_west()
    begun = a_confirmed(name="Nieuw", delivery="at_place", place=place)
    assert "started" not in {key for key, one in measured(of_west()).items() if one.value is not None}
    begun.active_from = date(2026, 6, 1)
    plant(begun)
    found = measured(of_west())
    assert (found["started"].value, found["stopped"].value) == (1, 0)


def shared(number: int, place: Any) -> None:
    for one in range(number):
        offering = a_confirmed(
            name=f"Groep {one}", organization=an_organization(name=f"G{one}"), delivery="at_place", place=place
        )
        plant(
            ReleasedFigure(
                municipality=GM, offering=offering, begins=date(2026, 7, 6), ends=date(2026, 10, 5), meetings=5,
                came=12, load=3, released_at=AT, by_request=offering.pk,
            )
        )  # fmt: skip


@pytest.mark.parametrize(("number", "expected"), [(LEAST - 1, None), (LEAST, 10)], ids=["nine groups", "ten groups"])
def test_what_groups_shared_is_told_from_ten_groups_and_rounded(number: int, expected: int | None):
    a_town()
    shared(number, a_place_in_west())
    found = measured(of_west())
    assert found["visits"].value == expected
    assert found["visits"].is_hidden == (expected is None)
    assert found["load"].value == (3 if expected else None)


def test_a_total_is_there_only_when_the_municipality_chose_it():
    a_town()
    the_norms()
    a_place_in_west()
    judged()
    assert of_west().total is None
    choose_total(municipality=GM, shows_total=True, reason="De raad vroeg erom.", by=BY, at=AT)
    total = of_west().total
    assert total is not None
    assert (total.value, total.of, total.unknown, total.reason) == (1, 1, 4, "De raad vroeg erom.")


def test_a_challenge_is_a_figure_less_favourable_than_the_whole_municipality():
    towns = a_town()
    whole = towns[WEST].__class__.objects.get(code=GM)
    AreaFigures.objects.create(
        municipality=GM, area=whole, year=2024, source="CBS", values={"residents": 4000, "residents_65_and_over": 400}
    )
    (found,) = of_west().challenges
    assert (found.figure.key, found.figure.value, found.figure.around) == ("65_and_over_percentage", 20, 10)
    assert (found.is_worse, found.has_grown) == (True, False)


def test_a_trend_needs_a_second_year():
    towns = a_town()
    assert of_west().challenges == ()
    AreaFigures.objects.create(
        municipality=GM, area=towns[WEST], year=2020, source="CBS",
        values={"residents": 2400, "residents_65_and_over": 240},
    )  # fmt: skip
    found = {one.figure.key: one.figure.before for one in of_west().challenges if one.has_grown}
    assert found == {"residents": (2400, 2020), "65_and_over_percentage": (10, 2020)}


def test_the_safety_net_names_who_to_call_and_where_one_may_come_alone():
    towns = a_town()
    a_contact(towns[WEST])
    a_contact(towns[WEST], name="Wijkteam West", job_title="team", phone="0320-555102")
    place = a_place_in_west()
    a_confirmed(name="Kom erbij", delivery="at_place", place=place, alone_welcome=True)
    found = of_west().safety_net

    assert [one.phone for one in found.connectors] == ["0320-555101"]
    assert [one.title for one in found.teams] == ["Wijkteam West, wijkteam"]
    assert [one.name for one in found.come_alone] == ["Kom erbij"]
    assert [one.phone for one in found.urgent] == ["112", "113", "0800-2000", "0800-0432"]
    assert found.count == 3


def test_every_figure_that_is_measured_bears_a_day_a_source_and_a_version():
    a_town()
    the_norms()
    a_place_in_west()
    ended(LEAST)
    judged()
    for side in of_west().sides:
        for one in side.figures:
            assert one.source["nl"]
            assert one.means["nl"]
            assert one.definition_version == definitions().version
            assert not one.is_measured or one.measured.as_of or one.measured.when


def test_every_definition_is_told_in_two_languages():
    for one in definitions().figures.values():
        for words in (one.label, one.unit, one.means, one.source):
            assert words["nl"]
            assert words["en"]


def test_more_on_the_map_asks_no_more_queries():
    a_town()
    the_norms()
    place = a_place_in_west()
    of_west()
    asked = []
    for number in range(2):
        for one in range(3):
            a_confirmed(name=f"A{number}{one}", organization=an_organization(name=f"O{number}{one}"),
                        delivery="at_place", place=place)  # fmt: skip
        judged()
        with CaptureQueriesContext(connection) as caught:
            of_west()
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 35
