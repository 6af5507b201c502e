"""A no outlives every feed, and nobody's contact leaves without a yes."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.hsds.feed import organization_records, package
from samenspel.socialmap.hsds.importer import import_hsds
from samenspel.socialmap.listing import agree_to_listing, change_organization, withdraw_listing
from samenspel.socialmap.models import MeetingPlace, Offering, SourceRecord, Verification
from samenspel.socialmap.retention import erase_ended_offerings, erase_withdrawn_organizations
from tests.people.rows import AT, BY, GM
from tests.socialmap.hsds_feed import (
    AT_LOCATION,
    ORGANIZATION,
    a_location_record,
    a_service_record,
    an_organization_record,
    list_all,
    take_in,
    the_service,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=7)


def test_a_group_that_took_its_yes_back_is_not_brought_back_by_a_feed(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    list_all()
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=LATER)

    newer = a_service_record(name="Nieuw", organization=an_organization_record(email="nieuw@example.nl"))
    report = take_in(tmp_path, newer, at=LATER)

    organization = Organization.objects.get()
    assert (organization.email, organization.phone, organization.contact_name) == ("", "", "")
    assert report.refused == 2
    assert "Roos" not in json.dumps(list(SourceRecord.objects.values_list("remainder", flat=True)))


@pytest.mark.parametrize("was_listed", [True, False])
def test_a_group_that_was_erased_after_its_no_is_not_brought_back_by_the_same_feed(tmp_path: Path, was_listed: bool):
    feed = a_service_record(
        service_at_locations=[{"id": AT_LOCATION, "location": a_location_record(organization_id=ORGANIZATION)}]
    )
    take_in(tmp_path, feed)
    if was_listed:
        list_all()
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)
    erase_ended_offerings(by=BY, at=AT + timedelta(days=60))
    erase_withdrawn_organizations(by=BY, at=AT + timedelta(days=60))

    report = take_in(tmp_path, feed, at=AT + timedelta(days=61))

    assert (Organization.objects.count(), Offering.objects.count(), report.refused) == (0, 0, 2)
    assert MeetingPlace.objects.get().host is None


def test_a_feed_says_nothing_more_of_the_place_of_a_host_that_withdrew(tmp_path: Path):
    hosted = a_location_record(organization_id=ORGANIZATION, phones=[{"id": "l1", "number": "0320-555020"}])
    take_in(tmp_path, a_service_record(service_at_locations=[{"id": AT_LOCATION, "location": hosted}]))
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)

    newer = hosted | {"phones": [{"id": "l1", "number": "0320-555021"}], "contacts": [{"id": "c2", "name": "Truus"}]}
    report = take_in(tmp_path, a_service_record(service_at_locations=[{"id": AT_LOCATION, "location": newer}]))

    assert MeetingPlace.objects.get().phone == ""
    assert "Truus" not in json.dumps(list(SourceRecord.objects.values_list("remainder", flat=True)))
    assert report.refused == 3 - report.unchanged


HOST = {"id": "gastheer", "name": "Huis van de buurt", "description": "Een huis."}
HOST_SECRETS = ("Truus", "0320-555030", "truus@example.nl", "achter de schuur", "gastheer")


def a_hosted_service() -> dict[str, Any]:
    """A service of one group at the place of another, with all that can lead to the other."""
    location = a_location_record(
        organization_id="gastheer",
        host_note="vraag Truus, achter de schuur",
        phones=[{"id": "l1", "number": "0320-555030"}],
        contacts=[{"id": "c2", "name": "Truus", "email": "truus@example.nl"}],
    )
    return a_service_record(service_at_locations=[{"id": AT_LOCATION, "location": location}])


@pytest.mark.parametrize("host_is", ["never listed", "withdrawn", "shielded", "listed"])
def test_a_host_leaves_only_by_its_own_yes_also_with_the_services_of_others(tmp_path: Path, host_is: str):
    take_in(tmp_path, HOST, a_hosted_service())
    host = Organization.objects.get(name=HOST["name"])
    agree_to_listing(organization=Organization.objects.exclude(pk=host.pk).get(), via="phone", by=BY, at=AT)
    if host_is != "never listed":
        agree_to_listing(organization=host, via="phone", by=BY, at=AT)
    if host_is == "withdrawn":
        withdraw_listing(organization=host, by=BY, at=AT)
    if host_is == "shielded":
        facts = replace(OrganizationFacts.of(host), contact_shielded=True)
        change_organization(organization=host, facts=facts, by=BY, at=AT)

    text = json.dumps(package(municipality=GM, at=AT))

    found = {word for word in HOST_SECRETS if word in text}
    expected = {"listed": set(HOST_SECRETS), "shielded": {"gastheer"}}
    assert found == expected.get(host_is, set())
    assert "De Schakel" in text


def test_who_to_ask_for_at_a_shielded_group_stays_out_of_what_leaves(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    list_all()
    organization = Organization.objects.get()
    facts = replace(OrganizationFacts.of(organization), contact_shielded=True)
    change_organization(organization=organization, facts=facts, by=BY, at=AT)
    take_in(tmp_path, a_service_record(first_contact="Bel Bea, 0320-555040"))

    assert "Bea" not in json.dumps(package(municipality=GM, at=AT))


def test_people_in_loose_tables_never_leave(tmp_path: Path):
    (tmp_path / "organizations.csv").write_text("id,name,description\nOT,Groep,d\n")
    (tmp_path / "contacts.csv").write_text("id,organization_id,name,email\nk1,WEG,Wim,wim@example.nl\n")
    (tmp_path / "phones.csv").write_text("id,contact_id,number\nf1,elders,0320-555444\n")
    (tmp_path / "addresses.csv").write_text("id,location_id,attention,address_1\na1,WEG,Wim,Dijk 1\n")
    import_hsds(tmp_path, municipality=GM, by=BY, at=AT)
    list_all()

    assert package(municipality=GM, at=AT)["loose"] == {
        "address": [{"id": "a1", "location_id": "WEG", "address_1": "Dijk 1"}]
    }


def test_a_confirmation_by_no_known_function_may_name_a_person_and_stays_out(tmp_path: Path):
    told = {"confirmed_at": "2026-11-20T10:00:00+01:00", "method": "phone"}
    there = a_location_record(verifications=[{**told, "confirmed_by": "Truus Jansen"}])
    report = take_in(
        tmp_path,
        a_service_record(
            verifications=[
                {**told, "confirmed_by": "Truus Jansen, 0320-555000"},
                {**told, "confirmed_by": "voorzitter"},
            ],
            service_at_locations=[{"id": AT_LOCATION, "location": there}],
        ),
    )
    list_all()

    assert [one.confirmed_by for one in Verification.objects.all()] == ["voorzitter"]
    assert [note.field for note in report.notes if note.field == "verifications"] == ["verifications"] * 2
    assert "Truus" not in json.dumps(package(municipality=GM, at=AT))


def test_a_group_that_shields_its_contact_shields_what_came_from_a_feed_too(tmp_path: Path):
    take_in(tmp_path, a_service_record(contacts=[{"id": "x", "name": "Bea"}], email="bea@example.nl"))
    list_all()
    organization = Organization.objects.get()
    facts = replace(OrganizationFacts.of(organization), contact_shielded=True)
    change_organization(organization=organization, facts=facts, by=BY, at=AT)

    text = json.dumps([*organization_records(Organization.objects.all(), at=AT, full_service=True), the_service()])

    assert not any(word in text for word in ("Roos", "Bea", "bea@", "0320-555010"))
    assert "Koffie" in text
