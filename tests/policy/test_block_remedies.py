"""What could help, as one can believe it: not what counts already, no field for a roof, and first a call."""

from datetime import timedelta

import pytest

from samenspel.policy.blocks import judge
from samenspel.socialmap.models import MeetingPlace
from tests.people.rows import AT, GM, an_organization
from tests.policy.block_rows import ALL_DAY, IN_WEST, WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.socialmap.rows import a_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town() -> None:
    a_town()


def help_for(block: int) -> list[tuple[str, str]]:
    (found,) = [one for one in judge(GM, at=AT) if (one.area, one.block) == (WEST, block)]
    return [(one.kind.value, one.id) for one in found.remedies]


def an_old_place() -> MeetingPlace:
    return a_meeting_place(name="Oude kantine", confirmed=AT - timedelta(days=800), **IN_WEST)


def test_a_place_that_already_counts_is_no_remedy_for_meeting_places():
    the_norms()
    a_meeting_place(**IN_WEST, hours=[{**line, "closes": "10:00"} for line in ALL_DAY])
    assert help_for(3) == []


def test_a_call_to_what_is_too_old_comes_before_a_room():
    the_norms()
    a_hall = a_place(name="Zaaltje", **IN_WEST)
    assert help_for(3) == [("room", str(a_hall.pk))]

    too_old = an_old_place()
    assert help_for(3) == [("call", str(too_old.pk)), ("room", str(a_hall.pk))]


@pytest.mark.parametrize(
    ("facts", "has_roof"),
    [
        ({"accessible_toilet": "no"}, False),
        ({"accessible_toilet": "unknown"}, True),
        ({"accessible_toilet": "no", "rooms": [{"name": "Zaal", "capacity": 20}]}, True),
    ],
    ids=["no room and no toilet", "a toilet is not known", "a room without a toilet"],
)
def test_a_place_in_the_open_air_lends_no_roof(facts: dict[str, object], has_roof: bool):
    the_norms()
    place = a_place(name="Skatebaan", host=an_organization(name="Skaters"), **facts, **IN_WEST)
    assert help_for(3) == ([("room", str(place.pk))] if has_roof else [])
    assert help_for(4) == ([("host", str(place.pk))] if has_roof else [])


@pytest.mark.parametrize(("days", "helps"), [(0, False), (800, True)], ids=["it counts", "too old"])
def test_an_initiative_that_already_counts_here_is_no_remedy(days: int, helps: bool):
    the_norms(people={"amount": 5})
    place = a_place(name="Zaaltje", **IN_WEST)
    one = a_confirmed(kind="initiative", delivery="at_place", place=place, confirmed=AT - timedelta(days=days))
    assert help_for(1) == ([("initiative", str(one.pk))] if helps else [])


def test_one_offering_that_lacks_for_two_themes_is_named_once():
    the_norms(provisions={"themes": ("meet", "money"), "amount": 2, "metres": 800})
    far = a_confirmed(themes=["meet", "money"], delivery="at_place", place=a_place(longitude=5.275, latitude=52.55))
    assert [one for one in help_for(2) if one[0] == "offering"] == [("offering", str(far.pk))]
