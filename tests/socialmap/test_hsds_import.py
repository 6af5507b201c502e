"""Reading another directory's HSDS: what becomes of it, what stays theirs, what is refused and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from samenspel.people.models import Organization
from samenspel.socialmap.actions import change_offering, confirm_offering
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.hsds.feed import package
from samenspel.socialmap.hsds.importer import import_hsds
from samenspel.socialmap.listing import agree_to_listing, withdraw_listing
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, SourceRecord
from tests.people.rows import AT, BY, GM, an_area, an_organization
from tests.socialmap.hsds_feed import (
    AT_LOCATION,
    LOCATION,
    ORGANIZATION,
    SERVICE,
    a_location_record,
    a_service_record,
    an_organization_record,
    list_all,
    missing,
    take_in,
    the_service,
)
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=7)


def test_a_feed_becomes_an_organization_a_place_and_an_offering_with_the_ids_of_the_feed(tmp_path: Path):
    report = take_in(tmp_path, a_service_record())

    offering = Offering.objects.get()
    assert (report.new, report.refused) == (3, 0)
    assert (str(offering.pk), str(offering.organization_id), str(offering.place_id)) == (
        SERVICE,
        ORGANIZATION,
        LOCATION,
    )
    assert (offering.name, offering.summary) == ("Koffie", "Samen koffie drinken. Iedereen is welkom.")
    assert (offering.delivery, offering.kind) == ("at_place", "provision")
    place = MeetingPlace.objects.get()
    assert (place.street, place.house_number, place.postcode, place.city) == ("Dijkweg", "12a", "1234AB", "Oosterdam")
    organization = Organization.objects.get()
    assert (organization.kind, organization.phone, organization.contact_name) == ("foundation", "0320-555010", "Roos")
    assert list(Schedule.objects.values_list("rrule", "starts_on", "starts", "ends")) == [
        ("FREQ=WEEKLY;BYDAY=TU,TH", date(2026, 9, 1), time(10), time(11, 30))
    ]


def test_a_feed_is_not_the_groups_own_yes(tmp_path: Path):
    take_in(tmp_path, a_service_record())

    assert not Organization.objects.listed().exists()
    assert not Offering.objects.visible(AT).exists()
    found = package(municipality=GM, at=AT)
    assert (found["organizations"], found["services"]) == ([], [])


def test_once_the_group_says_yes_every_field_leaves_as_it_came(tmp_path: Path):
    came = a_service_record(made_up={"by": ["us"]}, fees=None)
    take_in(tmp_path, came)
    list_all()

    assert missing(came, the_service()) == []


def test_reading_it_again_changes_nothing(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    before = list(SourceRecord.objects.order_by("pk").values())

    report = take_in(tmp_path, a_service_record(), at=LATER)

    assert (report.new, report.changed, report.unchanged) == (0, 0, 3)
    assert list(SourceRecord.objects.order_by("pk").values()) == before


def test_what_is_changed_here_leaves_as_it_is_here_and_the_rest_as_it_came(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    offering = Offering.objects.get()
    change_offering(offering=offering, facts=replace(OfferingFacts.of(offering), name="Koffie Plus"), by=BY, at=LATER)

    found = the_service()

    assert (found["name"], found["wait_time"]) == ("Koffie Plus", "geen")
    assert found["schedules"] == a_service_record()["schedules"]


def test_a_feed_that_repeats_itself_does_not_undo_what_was_changed_here(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    offering = Offering.objects.get()
    facts = replace(OfferingFacts.of(offering), name="Koffie Plus", phone="0320-555099")
    change_offering(offering=offering, facts=facts, by=BY, at=AT)

    report = take_in(tmp_path, a_service_record(wait_time="een week", url="https://example.nl/nieuw"), at=LATER)

    offering.refresh_from_db()
    assert report.changed == 1
    assert (offering.name, offering.phone, offering.website) == (
        "Koffie Plus",
        "0320-555099",
        "https://example.nl/nieuw",
    )
    found = the_service()
    assert (found["name"], found["phones"][0]["number"], found["wait_time"]) == (
        "Koffie Plus",
        "0320-555099",
        "een week",
    )


def test_what_the_feed_changes_is_changed_here(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    later = {"id": "s1", "freq": "MONTHLY", "byday": "1FR", "dtstart": "2026-09-04", "opens_at": "14:00",
             "closes_at": "15:00"}  # fmt: skip

    take_in(tmp_path, a_service_record(name="Thee", schedules=[later]), at=LATER)

    assert Offering.objects.get().name == "Thee"
    assert Schedule.objects.get().rrule == "FREQ=MONTHLY;BYDAY=1FR"
    assert the_service()["schedules"] == [later]


def test_one_bad_record_leaves_the_others_alone(tmp_path: Path):
    other = a_service_record(id="55555555-5555-4555-8555-555555555555", name="   ")

    report = take_in(tmp_path, other, a_service_record(), {"niets": 1}, 7)

    assert Offering.objects.get().name == "Koffie"
    assert (report.new, report.refused) == (3, 3)
    assert report.read == report.new + report.refused
    assert {(one.line, one.field) for one in report.refusals} == {(1, "name"), (3, ""), (4, "")}


def test_what_need_not_be_there_and_cannot_be_is_left_out_told_and_kept(tmp_path: Path):
    odd = a_service_record(
        email="geen adres", url="niet een url", minimum_age=90, maximum_age=12, phones=[{"id": "p", "number": "bel!"}]
    )

    report = take_in(tmp_path, odd)
    list_all()

    offering = Offering.objects.get()
    assert (offering.email, offering.website, offering.phone) == ("", "", "")
    assert {note.field for note in report.notes} >= {"email", "website", "phone"}
    assert missing(odd, the_service()) == []


def test_a_place_outside_the_netherlands_is_told_and_stays_with_the_offering(tmp_path: Path):
    came = a_service_record(
        service_at_locations=[{"id": AT_LOCATION, "location": a_location_record(latitude=51.5, longitude=-0.1)}]
    )

    report = take_in(tmp_path, came)

    assert [(one.field, LOCATION in one.reason) for one in report.refusals] == [("latitude", True)]
    assert "service_at_locations" in {note.field for note in report.notes}
    assert (Offering.objects.get().place, Offering.objects.get().delivery) == (None, "remote")
    assert missing(came, the_service()) == []


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_is_not_there_is_not_taken_in(tmp_path: Path, status: str):
    report = take_in(tmp_path, a_service_record(status=status))

    assert [one.field for one in report.refusals] == ["status"]
    assert not Offering.objects.exists()


def test_what_stops_in_the_feed_stops_here(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    list_all()

    take_in(tmp_path, a_service_record(status="defunct"), at=LATER)
    assert not Offering.objects.visible(LATER).exists()

    report = take_in(tmp_path, a_service_record(wait_time="kort"), at=LATER)
    assert "status" in {note.field for note in report.notes}
    assert missing(a_service_record(wait_time="kort"), {**the_service(), "active_until": None}) == []


def test_a_feed_cannot_put_anything_under_a_group_that_it_did_not_bring(tmp_path: Path):
    own = an_organization(name="Eigen groep")

    report = take_in(tmp_path, a_service_record(organization={"id": str(own.pk), "name": "Gekaapt", "description": ""}))

    own.refresh_from_db()
    assert own.name == "Eigen groep"
    assert ("organization_id", 1) in {(one.field, one.line) for one in report.refusals}
    assert not Offering.objects.exists()


def test_our_own_open_data_in_a_file_changes_nothing_of_ours(tmp_path: Path):
    an_offering(name="Ommetje")
    file = tmp_path / "own.json"
    file.write_text(json.dumps(package(municipality=GM, at=AT)), encoding="utf-8")

    report = import_hsds(file, municipality=GM, by=BY, at=AT)

    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert not SourceRecord.objects.exists()


def test_another_source_with_the_same_ids_is_another_feed(tmp_path: Path):
    take_in(tmp_path, a_service_record())

    report = take_in(tmp_path, a_service_record(), source="buren")

    assert report.unchanged == 3
    assert Offering.objects.count() == 1


@pytest.mark.parametrize(
    ("schedule", "rule"),
    [
        ({"freq": "WEEKLY", "byday": "MO,WE"}, "FREQ=WEEKLY;BYDAY=MO,WE"),
        ({"byday": "MO"}, "FREQ=WEEKLY;BYDAY=MO"),
        ({"freq": "WEEKLY", "interval": 2, "byday": "MO"}, "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2"),
        ({"freq": "WEEKLY", "interval": 1, "byday": "MO", "wkst": "MO"}, "FREQ=WEEKLY;BYDAY=MO;WKST=MO"),
        ({"freq": "MONTHLY", "bymonthday": "1,15"}, "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ({"freq": "MONTHLY", "byday": "-1FR", "count": 6}, "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6"),
        ({}, ""),
    ],
)
def test_the_times_that_fit_become_times_here(tmp_path: Path, schedule: dict[str, Any], rule: str):
    line = {"id": "s", "dtstart": "2026-09-07", "opens_at": "09:00", "closes_at": "10:00", **schedule}

    take_in(tmp_path, a_service_record(schedules=[line]))

    assert Schedule.objects.get().rrule == rule


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "WEEKLY", "byweekno": "41,42"},
        {"freq": "MONTHLY", "byyearday": "2"},
        {"freq": "WEEKLY", "byday": "XX"},
        {"opens_at": None},
        {"opens_at": "10:00Z"},
        {"opens_at": "11:00"},
        {"dtstart": None, "freq": None},
        {"until": "2020-01-01", "freq": "WEEKLY"},
    ],
)
def test_the_times_that_do_not_fit_are_told_and_kept(tmp_path: Path, schedule: dict[str, Any]):
    line = {"id": "s", "dtstart": "2026-09-07", "opens_at": "09:00", "closes_at": "10:00", **schedule}
    came = a_service_record(schedules=[line])

    report = take_in(tmp_path, came)
    list_all()

    assert not Schedule.objects.exists()
    assert "schedules" in {note.field for note in report.notes}
    assert the_service()["schedules"] == [line]


def test_the_wijk_of_a_service_area_is_found_by_code_and_year(tmp_path: Path):
    wijk = an_area("WK990101", "district", year=2024)
    an_area("WK990101", "district", year=2025)
    area = {"id": "x", "name": "Oost", "extent": "WK990101", "extent_type": "cbs-wijk-2024"}

    take_in(tmp_path, a_service_record(service_areas=[area]))

    assert list(Offering.objects.get().serves.all()) == [wijk]


def test_confirming_here_shows_in_what_leaves(tmp_path: Path):
    take_in(tmp_path, a_service_record(assured_date="2020-01-01", last_modified="2020-01-01T00:00:00Z"))
    assert the_service()["assured_date"] == "2020-01-01"

    confirm_offering(offering=Offering.objects.get(), method="phone", confirmed_by="verbinder", by=BY, at=LATER)

    found = the_service()
    assert (found["assured_date"], found["last_modified"]) == ("2026-11-28", LATER.isoformat())


def test_the_queries_of_a_document_do_not_grow_with_its_rows(
    tmp_path: Path, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
):
    host = an_organization()
    an_offering(organization=host, name="Een")
    with django_assert_max_num_queries(200) as few:
        package(municipality=GM, at=AT)
    for number in range(20):
        an_offering(organization=an_organization(name=f"Groep {number}"), name=f"Aanbod {number}")

    with django_assert_max_num_queries(len(few)):
        package(municipality=GM, at=AT)


def test_a_yes_after_a_no_reads_the_feed_anew(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    list_all()
    organization = Organization.objects.get()
    withdraw_listing(organization=organization, by=BY, at=LATER)
    agree_to_listing(organization=organization, via="visit", by=BY, at=LATER)

    take_in(tmp_path, a_service_record(organization=an_organization_record(alternate_name="S")), at=LATER)

    assert Organization.objects.get().contact_name == "Roos"
