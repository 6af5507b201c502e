"""Someone can always be reached: the contact of the smallest area that has one."""

import pytest
from django.db import IntegrityError

from samenspel.audit.action import action, record
from samenspel.people.actions import remove_area_contact
from samenspel.people.checks import FactRefused, HoursRefused, OtherMunicipality
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.places.models import Area
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas() -> dict[str, Area]:
    municipality = an_area(GM, "municipality")
    district = an_area("WK990101", "district", parent=municipality)
    neighborhood = an_area("BU99010101", "neighborhood", parent=district)
    team = an_area("TEAM-WEST", "working_area")
    team.members.add(neighborhood)
    return {area.kind: area for area in (municipality, district, neighborhood, team)}


def found(area: Area | None) -> str:
    contact = contact_for(area, municipality=GM)
    return contact.area.kind if contact else ""


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_smallest_area_with_a_contact_answers(areas: dict[str, Area], count: int):
    smallest_last = ["municipality", "working_area", "district", "neighborhood"]
    for kind in smallest_last[:count]:
        a_contact(areas[kind])

    assert found(areas["neighborhood"]) == smallest_last[count - 1]


def test_without_a_neighborhood_only_the_municipality_answers(areas: dict[str, Area]):
    a_contact(areas["district"])
    assert found(None) == ""

    a_contact(areas["municipality"])
    assert found(None) == "municipality"


def test_the_connector_comes_before_the_team_of_the_same_area(areas: dict[str, Area]):
    a_contact(areas["district"], job_title="team", name="Team van de dag")
    a_contact(areas["district"], job_title="connector", name="Rachid")

    contact = contact_for(areas["neighborhood"], municipality=GM)

    assert contact
    assert contact.name == "Rachid"


def test_a_contact_stays_when_a_new_year_of_areas_comes(areas: dict[str, Area]):
    a_contact(areas["district"])
    district = an_area("WK990101", "district", year=2025)

    assert found(an_area("BU99010101", "neighborhood", year=2025, parent=district)) == "district"


def test_a_contact_of_another_municipality_never_answers(areas: dict[str, Area]):
    a_contact(an_area(ELSEWHERE, "municipality", municipality=ELSEWHERE))

    assert found(areas["neighborhood"]) == ""


def test_it_takes_one_query(areas: dict[str, Area], django_assert_num_queries):
    a_contact(areas["district"], organization=an_organization())

    with django_assert_num_queries(1):
        contact = contact_for(areas["neighborhood"], municipality=GM)
        assert contact
        assert (contact.area.name, contact.organization.name) == ("WK990101", "Wandelclub De Ringdijk")


def test_a_successor_replaces_who_had_the_same_job(areas: dict[str, Area]):
    a_contact(areas["district"], name="Gülsen")

    a_contact(areas["district"], name="Rachid")

    assert [contact.name for contact in AreaContact.objects.all()] == ["Rachid"]


def test_who_leaves_without_a_successor_is_deleted(areas: dict[str, Area]):
    remove_area_contact(contact=a_contact(areas["district"]), by=BY, at=AT)

    assert not AreaContact.objects.exists()


HOURS = {"weekday": 0, "opens": "09:00", "closes": "12:00"}


@pytest.mark.parametrize(
    "hours",
    [
        "maandag",
        [1],
        [{"weekday": 0}],
        [{**HOURS, "weekday": 7}],
        [{**HOURS, "weekday": True}],
        [{**HOURS, "opens": "9 uur"}],
        [{**HOURS, "opens": "12:00"}],
        [{**HOURS, "closes": "24:00"}],
        [{**HOURS, "note": "x" * 121}],
        [{**HOURS, "extra": 1}],
        [HOURS] * 51,
    ],
)
def test_hours_that_cannot_be_are_refused(areas: dict[str, Area], hours: object):
    with pytest.raises(HoursRefused) as refused:
        a_contact(areas["district"], hours=hours)

    assert refused.value.field == "hours"


@pytest.mark.parametrize(
    ("field", "value"), [("phone", ""), ("phone", "112!"), ("deputy_phone", "x"), ("job_title", "chef")]
)
def test_a_contact_nobody_can_reach_is_refused(areas: dict[str, Area], field: str, value: str):
    with pytest.raises(FactRefused) as refused:
        a_contact(areas["district"], **{field: value})

    assert refused.value.field == field


def test_an_organization_of_another_municipality_is_refused(areas: dict[str, Area]):
    with pytest.raises(OtherMunicipality):
        a_contact(areas["district"], organization=an_organization(municipality=ELSEWHERE))


def test_a_refused_successor_leaves_the_old_contact(areas: dict[str, Area]):
    a_contact(areas["district"], name="Gülsen")

    with pytest.raises(FactRefused):
        a_contact(areas["district"], name="Rachid", phone="")

    assert AreaContact.objects.get().name == "Gülsen"


def test_while_a_person_is_away_the_deputy_helps(areas: dict[str, Area]):
    deputy = {"deputy_name": "Arjan", "deputy_phone": "0320-555107"}
    there, away = a_contact(areas["district"], **deputy), a_contact(areas["neighborhood"], **deputy, away=True)

    assert (there.helper, there.helper_phone) == ("Gülsen", "0320-555101")
    assert (away.helper, away.helper_phone) == ("Arjan", "0320-555107")


@pytest.mark.parametrize("deputy", [{}, {"deputy_name": "Arjan"}, {"deputy_phone": "0320-555107"}])
def test_nobody_is_away_without_a_deputy_with_a_name_and_a_phone(areas: dict[str, Area], deputy: dict[str, str]):
    with pytest.raises(FactRefused) as refused:
        a_contact(areas["district"], away=True, **deputy)
    assert refused.value.field == "deputy_phone"

    @action
    def write(*, by, at):
        row = AreaContact.objects.create(
            municipality=GM, area=areas["district"], name="x", job_title="team", phone="1", away=True, **deputy
        )
        record(action="write", on=row, by=by, at=at, municipality=GM)

    with pytest.raises(IntegrityError, match="area_contact_away_has_a_deputy"):
        write(by=BY, at=AT)
