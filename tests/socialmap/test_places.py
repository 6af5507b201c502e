"""Meeting places: the neighborhood follows from the point, and a change reaches every offering there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from samenspel.audit.action import action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused, HoursRefused, OtherMunicipality
from samenspel.socialmap.actions import change_meeting_place, confirm_place
from samenspel.socialmap.checks import RoomsRefused
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.models import Change, MeetingPlace, Verification
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization
from tests.socialmap.rows import LONGITUDE, a_neighborhood, a_place, an_offering

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def test_the_neighborhood_follows_from_the_point():
    around = a_neighborhood()
    a_neighborhood("BU99010102", west=5.4, east=5.5)

    place = a_place()

    assert place.neighborhood == around


def test_the_newest_year_of_areas_counts():
    a_neighborhood(year=2024)
    newest = a_neighborhood(year=2025)

    assert a_place().neighborhood == newest


def test_outside_every_boundary_there_is_no_neighborhood():
    a_neighborhood(west=5.4, east=5.5)

    assert a_place().neighborhood is None


def test_a_place_that_moves_changes_its_neighborhood():
    a_neighborhood()
    east = a_neighborhood("BU99010102", west=5.31, east=5.4)
    place = a_place()

    change_meeting_place(place=place, facts=replace(PlaceFacts.of(place), longitude=LONGITUDE + 0.1), by=BY, at=LATER)

    assert MeetingPlace.objects.get().neighborhood == east


def test_a_change_reaches_every_offering_there_and_confirms_nothing():
    place = a_place()
    here = an_offering(place=place, delivery="at_place")
    an_offering(organization=here.organization, name="Elders")
    Change.objects.all().delete()

    change_meeting_place(place=place, facts=replace(PlaceFacts.of(place), name="Het Nieuwe Huis"), by=BY, at=LATER)

    assert [change.object_id for change in Change.objects.all()] == [str(here.pk)]
    assert AuditEvent.objects.get(action="change_meeting_place").detail == {"fields": ["name"]}
    assert not Verification.objects.exists()


def test_confirming_a_place_is_noted():
    confirm_place(place=a_place(), method="visit", confirmed_by="verbinder", by=BY, at=AT)

    assert Verification.objects.get().place == MeetingPlace.objects.get()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("latitude", 5.25, FactRefused),
        ("latitude", float("nan"), FactRefused),
        ("postcode", "12345", FactRefused),
        ("step_free", "perhaps", FactRefused),
        ("phone", "x", FactRefused),
        ("hours", [{"weekday": 9, "opens": "09:00", "closes": "10:00"}], HoursRefused),
        ("rooms", "zaal", RoomsRefused),
        ("rooms", [{"name": ""}], RoomsRefused),
        ("rooms", [{"name": "zaal", "capacity": -1}], RoomsRefused),
        ("rooms", [{"name": "zaal", "capacity": True}], RoomsRefused),
        ("rooms", [{"name": "zaal", "price": 3}], RoomsRefused),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(field: str, value: object, error: type[FactRefused]):
    with pytest.raises(error) as refused:
        a_place(**{field: value})

    assert refused.value.field == field


def test_a_host_of_another_municipality_is_refused():
    with pytest.raises(OtherMunicipality):
        a_place(host=an_organization(municipality=ELSEWHERE))


BROKEN = {
    "meeting_place_postcode_is_whole": {"postcode": "1291"},
    "meeting_place_in_the_netherlands": {"latitude": 5.25, "longitude": 52.5},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_itself_holds_the_invariants(name: str):
    @action
    def write(*, by, at):
        facts = {"latitude": 52.5, "longitude": 5.25, **BROKEN[name]}
        row = MeetingPlace.objects.create(municipality=GM, slug="x", name="x", **facts)
        record(action="write", on=row, by=by, at=at, municipality=GM)

    with pytest.raises(IntegrityError, match=name):
        write(by=BY, at=AT)


def test_a_verification_is_of_one_thing():
    place = a_place()
    offering = an_offering()

    @action
    def write(*, by, at, both):
        things = {"place": place, "offering": offering} if both else {}
        row = Verification.objects.create(municipality=GM, method="phone", confirmed_by="x", confirmed_at=AT, **things)
        record(action="write", on=row, by=by, at=at, municipality=GM)

    for both in (True, False):
        with pytest.raises(IntegrityError, match="verification_of_one_thing"), transaction.atomic():
            write(both=both, by=BY, at=AT)


def test_a_place_is_open_until_the_first_day_on_which_it_is_closed_where_it_lies():
    place = a_place(closed_on=date(2026, 8, 17))
    last, first = datetime(2026, 8, 16, 21, 59, tzinfo=UTC), datetime(2026, 8, 16, 22, 0, tzinfo=UTC)

    assert (place.is_closed(last), list(MeetingPlace.objects.open(last))) == (False, [place])
    assert (place.is_closed(first), list(MeetingPlace.objects.open(first))) == (True, [])


def test_a_place_of_which_nothing_is_said_is_open():
    place = a_place()

    assert (place.is_closed(AT), list(MeetingPlace.objects.open(AT))) == (False, [place])
