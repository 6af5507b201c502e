"""An organization's yes and no reach all its offerings at once."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.importers import undo
from samenspel.socialmap.listing import agree_to_listing, change_organization, withdraw_listing
from samenspel.socialmap.models import Change, ImportRun, MeetingPlace, Offering, SourceRecord
from tests.people.rows import AT, BY, an_organization
from tests.socialmap.hsds_feed import a_service_record, an_organization_record, list_all, take_in
from tests.socialmap.import_files import a_csv, a_line, looked_at, postcodes, read_in
from tests.socialmap.rows import a_place, an_offering

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


def test_withdrawing_empties_the_number_and_the_note_of_the_places_where_it_is_host():
    organization = an_organization()
    a_place(host=organization, phone="0320-555003", host_note="Ria, achterom")
    a_place(name="Van een ander", phone="0320-555004", host_note="bel aan")

    withdraw_listing(organization=organization, by=BY, at=LATER)

    assert set(MeetingPlace.objects.values_list("phone", "host_note")) == {("", ""), ("0320-555004", "bel aan")}


GROUP = {"naam": "Koor", "soort": "vereniging", "e-mail": "koor@example.nl", "telefoon": "0320-555 123",
         "contactpersoon": "Joke"}  # fmt: skip
PRIVATE = ("koor@example.nl", "0320-555 123", "0320-555 124", "Joke")


def test_withdrawing_empties_the_contact_that_imports_keep_to_be_undone_or_hold_ready():
    postcodes("1381AB", "1381")
    read_in(a_csv(GROUP), kind="organizations")
    read_in(a_csv({**GROUP, "omschrijving": "Zingen."}), kind="organizations")
    line = a_line(organisatie="Koor", telefoon="0320-555 124")
    read_in(a_csv(line))
    read_in(a_csv({**line, "kosten": "gratis"}))
    looked_at(a_csv({**line, "kosten": "3,50"}))
    looked_at(a_csv({**GROUP, "naam": "KOOR"}), kind="organizations")
    looked_at(a_csv({"naam": "Ander", "soort": "school", "e-mail": "ander@example.nl"}), kind="organizations")

    withdraw_listing(organization=Organization.objects.get(), by=BY, at=LATER)

    kept = json.dumps([[run.steps, run.draft] for run in ImportRun.objects.all()])
    assert [word for word in PRIVATE if word in kept] == []
    assert '"name": "Koor"' in kept
    assert "ander@example.nl" in kept


def test_what_withdrew_stays_withdrawn_when_an_import_from_before_is_undone():
    postcodes("1381AB", "1381")
    read_in(a_csv(a_line(telefoon="0320-555 124")))
    run = read_in(a_csv(a_line(telefoon="0320-555 124", kosten="gratis")))
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=LATER)

    undo(run=run, by=BY, at=LATER)

    assert Offering.objects.get().phone == ""
    assert Organization.objects.get().listing_withdrawn_at == LATER
