"""Every area has one ingang at most; a buurt finds that of the wijk it lies in."""

from datetime import timedelta

import pytest

from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.places.models import Area
from samenspel.socialmap.entrances import EntranceFacts, entrance_for, set_entrance
from samenspel.socialmap.models import Entrance, MeetingPlace
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area
from tests.socialmap.rows import a_place

pytestmark = pytest.mark.django_db
HOURS = [{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""}]


def an_entrance(area: Area, place: MeetingPlace, **facts: object) -> Entrance:
    stated = {"host": "Joke, gastvrouw", "phone": "0320-555400", "hours": HOURS, **facts}
    return set_entrance(area=area, facts=EntranceFacts(place=place, **stated), by=BY, at=AT)  # type: ignore[arg-type]


def test_a_buurt_finds_the_ingang_of_its_wijk_and_its_own_first():
    district = an_area("WK990101", "district")
    neighborhood = an_area("BU99010101", "neighborhood", parent=district)
    wide = an_entrance(district, a_place())
    assert entrance_for(neighborhood, municipality=GM) == wide

    own = an_entrance(neighborhood, a_place(name="De Schuur"))

    assert entrance_for(neighborhood, municipality=GM) == own
    assert entrance_for(district, municipality=GM) == wide


def test_another_wijk_has_no_ingang():
    an_entrance(an_area("WK990101", "district"), a_place())

    assert entrance_for(an_area("WK990102", "district"), municipality=GM) is None
    assert entrance_for(None, municipality=GM) is None


def test_a_new_ingang_takes_the_place_of_the_old_one_also_in_a_new_year_of_areas():
    an_entrance(an_area("WK990101", "district"), a_place())
    moved = a_place(name="De Schuur")

    an_entrance(an_area("WK990101", "district", year=2025), moved)

    assert [entrance.place for entrance in Entrance.objects.all()] == [moved]


@pytest.mark.parametrize("wrong", [{"phone": ""}, {"phone": "vraag de bakker"}, {"hours": [{"weekday": 9}]}])
def test_a_wrong_fact_is_refused(wrong: dict[str, object]):
    with pytest.raises(FactRefused):
        an_entrance(an_area("WK990101", "district"), a_place(), **wrong)

    assert not Entrance.objects.exists()


def test_a_place_of_another_municipality_cannot_be_an_ingang():
    with pytest.raises(OtherMunicipality):
        an_entrance(an_area("WK990101", "district"), a_place(municipality=ELSEWHERE))


def test_a_place_that_closed_cannot_be_an_ingang_and_one_that_is_going_to_can():
    district = an_area("WK990101", "district")
    with pytest.raises(FactRefused) as refused:
        an_entrance(district, a_place(closed_on=AT.date()))
    assert refused.value.field == "place"

    an_entrance(district, a_place(closed_on=AT.date() + timedelta(days=1)))

    assert Entrance.objects.exists()
