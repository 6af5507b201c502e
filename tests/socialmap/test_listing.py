"""An organization's yes and no reach all its offerings at once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.listing import agree_to_listing, change_organization, withdraw_listing
from samenspel.socialmap.models import Change, MeetingPlace, Offering, SourceRecord
from tests.people.rows import AT, BY, an_organization
from tests.socialmap.hsds_feed import a_service_record, an_organization_record, list_all, take_in
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def noted() -> set[str]:
    return set(Change.objects.values_list("object_id", flat=True))


def test_withdrawing_hides_every_offering_and_tells_the_index_of_each():
    organization = an_organization()
    mine = [an_offering(organization=organization, name=name) for name in ("Ommetje", "Koffie")]
    other = an_offering(organization=an_organization(name="Anderen"))
    Change.objects.all().delete()

    withdraw_listing(organization=organization, by=BY, at=LATER)

    assert list(Offering.objects.visible(LATER)) == [other]
    assert noted() == {str(offering.pk) for offering in mine}
    assert Change.objects.count() == len(mine)


def test_withdrawing_keeps_no_contact_with_the_offerings_either():
    organization = an_organization(phone="0320-555001")
    an_offering(organization=organization, phone="0320-555002", email="ria@example.nl", first_contact="Ria")

    withdraw_listing(organization=organization, by=BY, at=LATER)

    offering = Offering.objects.get()
    assert (offering.phone, offering.email, offering.first_contact) == ("", "", "")
    assert offering.organization.phone == ""


def test_a_withdrawal_that_fails_halfway_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    organization = an_organization(phone="0320-555001")
    an_offering(organization=organization, phone="0320-555002")

    def fail(**_: object) -> None:
        raise RuntimeError("no room on disk")

    monkeypatch.setattr("samenspel.socialmap.listing.note_changes", fail)
    with pytest.raises(RuntimeError):
        withdraw_listing(organization=organization, by=BY, at=LATER)

    offering = Offering.objects.visible(LATER).get()
    assert (offering.phone, offering.organization.phone) == ("0320-555002", "0320-555001")


def test_a_yes_makes_its_offerings_visible_and_tells_the_index():
    organization = an_organization(listed=False)
    offering = an_offering(organization=organization)
    Change.objects.all().delete()

    agree_to_listing(organization=organization, via="visit", by=BY, at=LATER)

    assert list(Offering.objects.visible(LATER)) == [offering]
    assert noted() == {str(offering.pk)}


def test_a_new_name_is_read_again_with_every_offering():
    organization = an_organization()
    offering = an_offering(organization=organization)
    Change.objects.all().delete()

    change_organization(
        organization=organization, facts=replace(OrganizationFacts.of(organization), name="Nieuw"), by=BY, at=LATER
    )

    assert noted() == {str(offering.pk)}


def test_withdrawing_empties_what_a_feed_said_of_the_group_and_leaves_that_of_others(tmp_path: Path):
    take_in(tmp_path, a_service_record())
    list_all()
    organization = Organization.objects.get()
    place = MeetingPlace.objects.get()
    change_meeting_place(place=place, facts=replace(PlaceFacts.of(place), host=organization), by=BY, at=AT)
    take_in(tmp_path, an_organization_record(id="iemand-anders"))

    withdraw_listing(organization=organization, by=BY, at=LATER)

    kept = {one.source_id for one in SourceRecord.objects.all() if one.remainder}
    assert kept == {"iemand-anders"}
    assert SourceRecord.objects.count() == 5
