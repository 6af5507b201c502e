"""The pages of an offering and a meeting place: all they show, in a constant number of queries."""

from datetime import timedelta

import pytest

from samenspel.people.models import Organization
from samenspel.socialmap.actions import end_offering
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.pages import offering_page, place_page
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area, an_organization
from tests.socialmap.rows import a_neighborhood, a_place, an_offering, tuesdays

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Organization:
    return an_organization(name="Waardwerk", phone="0320-555001", contact_name="Ria", website="https://example.nl")


@pytest.fixture
def place(host: Organization) -> MeetingPlace:
    an_area(GM, "municipality", province="Flevoland")
    district = an_area("WK990101", "district")
    a_neighborhood(parent=district)
    a_contact(district, name="Rachid")
    return a_place(host=host, host_note="Ria bij de koffie", step_free="yes")


def here(place: MeetingPlace, **facts: object) -> Offering:
    assert place.host
    return an_offering(
        **{"organization": place.host, "place": place, "delivery": "at_place", "schedules": [tuesdays()], **facts}
    )


def page(offering: Offering):
    return offering_page(offering.slug, municipality=GM, at=AT)


def test_the_page_of_an_offering_shows_all_of_it(place: MeetingPlace):
    shown = page(here(place))

    assert shown.times == ("elke dinsdag van 10.00 tot 11.30 uur",)
    assert shown.dates[0].start.isoformat() == "2026-11-24T10:00:00+01:00"
    assert shown.contact.phone == "0320-555001"
    assert shown.step_free == "yes"
    assert shown.area_contact
    assert shown.area_contact.name == "Rachid"


def test_a_contact_of_the_offering_itself_comes_first(place: MeetingPlace):
    assert page(here(place, phone="0320-555999")).contact.phone == "0320-555999"


def test_a_shielded_group_shows_only_the_person_of_the_area(place: MeetingPlace):
    group = an_organization(name="Breigroep", kind="informal_group", phone="0320-555002", contact_shielded=True)

    shown = page(here(place, organization=group, phone="0320-555003", email="riet@example.nl"))

    assert shown.is_shielded
    assert (shown.contact.name, shown.contact.phone, shown.contact.email) == ("", "", "")
    assert shown.area_contact


def test_an_offering_without_a_place_has_the_person_of_the_area_it_serves(place: MeetingPlace):
    assert place.neighborhood
    assert place.neighborhood.parent
    offering = an_offering(organization=place.host, serves=(place.neighborhood.parent,))

    shown = page(offering)

    assert shown.area_contact
    assert shown.area_contact.name == "Rachid"


def test_what_residents_may_not_see_has_no_page(place: MeetingPlace):
    ended = here(place)
    end_offering(offering=ended, on=AT.date(), by=BY, at=AT)
    unlisted = an_offering(organization=an_organization(name="Stil", listed=False), name="Stil")

    for offering in (ended, unlisted):
        with pytest.raises(Offering.DoesNotExist):
            page(offering)


def test_an_offering_of_another_municipality_has_no_page(place: MeetingPlace):
    offering = here(place)

    with pytest.raises(Offering.DoesNotExist):
        offering_page(offering.slug, municipality=ELSEWHERE, at=AT)
    with pytest.raises(MeetingPlace.DoesNotExist):
        place_page(place.slug, municipality=ELSEWHERE, at=AT)


def test_the_page_of_a_place_shows_the_week_in_order(place: MeetingPlace):
    here(place, name="Koffie", schedules=[tuesdays(rrule="FREQ=WEEKLY;BYDAY=MO")])
    here(place, name="Breien")
    here(place, name="Ooit", schedules=[])

    shown = place_page(place.slug, municipality=GM, at=AT)

    assert [offering.name for _, offering in shown.this_week] == ["Koffie", "Breien"]
    assert [offering.name for offering in shown.offerings] == ["Breien", "Koffie", "Ooit"]
    assert shown.area_contact
    assert (shown.host, shown.host_note) == (place.host, "Ria bij de koffie")


def test_a_host_that_withdrew_is_not_named_and_its_offerings_are_gone(place: MeetingPlace):
    here(place)
    withdraw_listing(organization=place.host, by=BY, at=AT + timedelta(hours=1))

    shown = place_page(place.slug, municipality=GM, at=AT + timedelta(hours=2))

    assert (shown.host, shown.host_note, shown.offerings) == (None, "", ())


@pytest.mark.parametrize(
    ("host", "is_said"),
    [(None, True), ({}, True), ({"contact_shielded": True}, False), ({"listed": False}, False)],
    ids=["none", "listed", "shielded", "never listed"],
)
def test_the_number_and_the_note_of_a_place_wait_for_the_yes_of_its_host(host: dict[str, bool] | None, is_said: bool):
    organization = None if host is None else an_organization(**host)

    place = a_place(host=organization, phone="0320-555 003", host_note="Ria")

    said = ("0320-555 003", "Ria") if is_said else ("", "")
    assert (place.public_phone, place.public_host_note) == said


def test_a_place_that_closed_names_the_nearest_that_are_open(place: MeetingPlace, django_assert_num_queries):
    closed = a_place(name="De Noordster", host=place.host, closed_on=AT.date(), longitude=place.longitude + 0.02)
    here(closed)
    a_place(name="Ook dicht", closed_on=AT.date(), longitude=place.longitude + 0.02)
    a_place(name="Elders", municipality=ELSEWHERE, longitude=place.longitude + 0.02)
    a_place(name="Noordelijk", latitude=closed.latitude + 0.015, longitude=closed.longitude)
    a_place(name="Ver", longitude=place.longitude - 0.1)
    a_place(name="Verder", longitude=place.longitude - 0.2)

    with django_assert_num_queries(7):
        shown = place_page(closed.slug, municipality=GM, at=AT)

    assert shown.is_closed
    assert [one.name for one in shown.nearby] == [place.name, "Noordelijk", "Ver"]
    assert place_page(place.slug, municipality=GM, at=AT).nearby == ()


@pytest.mark.parametrize("count", [1, 5])
def test_the_number_of_queries_is_constant(place: MeetingPlace, count: int, django_assert_num_queries):
    district = place.neighborhood.parent if place.neighborhood else None
    for number in range(count):
        lines = [tuesdays(skips_school_holidays=True)] * count
        offering = here(place, name=f"Aanbod {number}", schedules=lines, serves=(district,))

    with django_assert_num_queries(6):
        page(offering)
    with django_assert_num_queries(6):
        place_page(place.slug, municipality=GM, at=AT)
