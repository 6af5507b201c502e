"""An organization is listed by its own yes, and gone at once when it takes that back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from samenspel.audit.action import action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.actions import (
    AlreadyListed,
    AlreadyWithdrawn,
    add_organization,
    agree_to_listing,
    change_organization,
    withdraw_listing,
)
from samenspel.people.checks import FactRefused
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization, organization_facts

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
CONTACT = {"email": "ria@example.nl", "phone": "0320-555001", "contact_name": "Ria"}


def test_a_new_organization_is_not_listed_until_it_agrees():
    organization = an_organization(listed=False)

    assert not organization.is_listed
    assert not Organization.objects.listed().exists()


def test_a_yes_lists_it_and_says_when_and_how():
    organization = an_organization(listed=False)

    agree_to_listing(organization=organization, via="visit", by=BY, at=AT)

    assert list(Organization.objects.listed()) == [organization]
    assert (organization.listing_agreed_at, organization.listing_agreed_via) == (AT, "visit")


def test_a_yes_without_a_known_way_is_refused():
    organization = an_organization(listed=False)

    with pytest.raises(FactRefused) as refused:
        agree_to_listing(organization=organization, via="gossip", by=BY, at=AT)

    assert refused.value.field == "listing_agreed_via"


def test_a_second_yes_is_refused():
    with pytest.raises(AlreadyListed):
        agree_to_listing(organization=an_organization(), via="phone", by=BY, at=LATER)


def test_withdrawing_hides_it_and_empties_its_contact():
    organization = an_organization(**CONTACT)

    withdraw_listing(organization=organization, by=BY, at=LATER)

    stored = Organization.objects.get()
    assert not Organization.objects.listed().exists()
    assert (stored.email, stored.phone, stored.contact_name) == ("", "", "")
    assert stored.listing_withdrawn_at == LATER


def test_a_no_of_a_group_that_never_said_yes_is_kept_and_a_second_no_is_refused():
    organization = an_organization(listed=False, **CONTACT)

    withdraw_listing(organization=organization, by=BY, at=LATER)

    stored = Organization.objects.get()
    assert (stored.listing_agreed_at, stored.listing_withdrawn_at) == (None, LATER)
    assert (stored.email, stored.phone, stored.contact_name) == ("", "", "")
    with pytest.raises(AlreadyWithdrawn):
        withdraw_listing(organization=organization, by=BY, at=LATER)


def test_it_may_say_yes_again_later():
    organization = an_organization()
    withdraw_listing(organization=organization, by=BY, at=LATER)

    agree_to_listing(organization=organization, via="desk", by=BY, at=LATER + timedelta(days=1))

    assert Organization.objects.listed().get().listing_withdrawn_at is None


def test_an_edit_with_an_old_copy_does_not_undo_a_withdrawal():
    an_organization(**CONTACT)
    old_copy = Organization.objects.get()
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=LATER)

    with pytest.raises(FactRefused) as refused:
        change_organization(organization=old_copy, facts=organization_facts(**CONTACT), by=BY, at=LATER)

    assert refused.value.field == "email"
    assert not Organization.objects.listed().exists()


def test_a_change_names_the_fields_in_the_event_log_and_not_their_values():
    organization = an_organization(**CONTACT)

    change_organization(
        organization=organization,
        facts=replace(OrganizationFacts.of(organization), phone="0320-555009"),
        by=BY,
        at=LATER,
    )

    event = AuditEvent.objects.get(action="change_organization")
    assert event.detail == {"fields": ["phone"]}
    assert Organization.objects.get().phone == "0320-555009"


def test_a_shielded_contact_is_not_public():
    organization = an_organization(**CONTACT, contact_shielded=True)

    assert organization.public_contact == {"name": "", "email": "", "phone": ""}


def test_two_groups_of_one_name_get_two_addresses():
    slugs = [an_organization(name="Café 't Hart").slug for _ in range(3)]

    assert slugs == ["cafe-t-hart", "cafe-t-hart-2", "cafe-t-hart-3"]


def test_a_name_without_latin_letters_gets_an_address_too():
    assert an_organization(name="مسجد").slug == "groep"


def test_the_same_address_may_exist_in_another_municipality():
    an_organization()

    assert an_organization(municipality=ELSEWHERE).slug == "wandelclub-de-ringdijk"


def test_a_taken_address_is_refused_by_name_of_the_field():
    taken = an_organization().slug

    with pytest.raises(FactRefused) as refused:
        add_organization(municipality=GM, facts=organization_facts(), slug=taken, by=BY, at=AT)

    assert refused.value.field == "slug"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("name", "a\ud800b"),
        ("kind", "guild"),
        ("description", "x" * 4001),
        ("kvk_number", "123"),
        ("website", "javascript:alert(1)"),
        ("email", "niemand"),
        ("phone", "bel mij"),
        ("postcode", "0123AB"),
        ("postcode", "12345"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_and_nothing_is_written(field: str, value: str):
    with pytest.raises(FactRefused) as refused:
        an_organization(**{field: value})

    assert refused.value.field == field
    assert refused.value.reason
    assert not Organization.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_postcode_is_stored_whole():
    assert an_organization(postcode="1291 ab").postcode == "1291AB"


BROKEN = {
    "organization_listing_says_when_and_how": {"listing_agreed_via": "phone"},
    "organization_withdrawal_follows_agreement": {
        "listing_agreed_at": LATER,
        "listing_agreed_via": "phone",
        "listing_withdrawn_at": AT,
    },
    "organization_withdrawn_keeps_no_contact": {
        "listing_agreed_at": AT,
        "listing_agreed_via": "phone",
        "listing_withdrawn_at": AT,
        "phone": "0320-555001",
    },
    "organization_kvk_number_has_8_digits": {"kvk_number": "1234567a"},
    "organization_postcode_is_whole": {"postcode": "1291"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_itself_holds_the_invariants(name: str):
    @action
    def write(*, by, at):
        row = Organization.objects.create(municipality=GM, slug="x", name="x", kind="school", **BROKEN[name])
        record(action="write", on=row, by=by, at=at, municipality=GM)

    with pytest.raises(IntegrityError, match=name):
        write(by=BY, at=AT)
