"""Whose door is open to all: at a school or a business only what is done there for everyone counts, not its hours."""

from datetime import date, time
from typing import Any

import pytest

from samenspel.people.models import Organization
from samenspel.policy.blocks.reading import known
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.models import MeetingPlace
from tests.people.rows import AT, GM, an_organization
from tests.policy.block_rows import IN_WEST, a_confirmed, a_meeting_place, a_town
from tests.socialmap.rows import tuesdays

pytestmark = pytest.mark.django_db
PLACE, EVENING = (3, ""), (3, "evening")
OWN = ("school", "business")


def a_building(kind: str = "school") -> MeetingPlace:
    return a_meeting_place(host=an_organization(name="De Rietvink", kind=kind), **IN_WEST)


def held(place: MeetingPlace, *lines: ScheduleFacts, name: str = "Dansen", **facts: Any) -> None:
    group = an_organization(name=f"Groep {name}", kind="informal_group")
    a_confirmed(
        name=name, organization=group, delivery="at_place", place=place, schedules=list(lines or [tuesdays()]), **facts
    )


def counts() -> dict[Any, float]:
    (place,) = [thing for thing in known(GM, at=AT).things if thing.kind == "place"]
    return {column: pytest.approx(hours) for column, hours in place.record.counts.items()}


@pytest.fixture(autouse=True)
def _town() -> None:
    a_town()


@pytest.mark.parametrize("kind", Organization.Kind.values)
def test_hours_of_the_building_count_unless_it_is_of_a_school_or_a_business(kind: str):
    a_building(kind)
    assert counts() == ({} if kind in OWN else {PLACE: 65, EVENING: 65})


@pytest.mark.parametrize("kind", OWN)
def test_what_is_done_there_for_everyone_counts_by_its_own_hours(kind: str):
    held(a_building(kind))
    assert counts() == {PLACE: 1.5}


@pytest.mark.parametrize("facts", [{"kind": "provision"}, {"maximum_age": 12}], ids=["help", "for children"])
def test_help_and_what_is_for_children_only_open_no_door_to_all(facts: dict[str, Any]):
    held(a_building(), **facts)
    assert counts() == {}


def test_a_weekly_evening_counts_as_an_evening_and_one_feast_does_not():
    school = a_building()
    held(school, tuesdays(starts_on=date(2026, 12, 1), starts=time(18), ends=time(20), rrule=""), name="Feest")
    assert counts() == {PLACE: 2 / 52}

    held(school, tuesdays(starts=time(19), ends=time(21)))
    assert counts() == {PLACE: 2 + 1 / 52, EVENING: 2 + 1 / 52}


def test_two_things_at_once_open_the_door_once():
    school = a_building()
    held(school)
    held(school, tuesdays(starts=time(11), ends=time(12)), name="Lezen")
    assert counts() == {PLACE: 2}
