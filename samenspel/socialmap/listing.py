"""What an organization's yes or no means for its offerings. Doors call these, not the actions of `people`."""

from datetime import datetime

from django.db.models import Q

from samenspel.audit.action import Actor, action, record
from samenspel.people import actions as people
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.changes import note_changes
from samenspel.socialmap.models import MeetingPlace, Offering, SourceRecord

CONTACT_FIELDS = ("first_contact", "phone", "email")


@action
def change_organization(
    *, organization: Organization, facts: OrganizationFacts, by: Actor, at: datetime
) -> Organization:
    """Replace what is stated about an organization, whose name stands with its offerings; raises FactRefused."""
    people.change_organization(organization=organization, facts=facts, by=by, at=at)
    _note_offerings(organization, at)
    return organization


@action
def agree_to_listing(*, organization: Organization, via: str, by: Actor, at: datetime) -> Organization:
    """Note the group's own yes: its offerings can be found from now on; raises AlreadyListed, FactRefused."""
    people.agree_to_listing(organization=organization, via=via, by=by, at=at)
    _note_offerings(organization, at)
    return organization


@action
def withdraw_listing(*, organization: Organization, by: Actor, at: datetime) -> Organization:
    """Take the yes back: nothing of the group is visible from now on, no contact is kept; raises NotListed."""
    people.withdraw_listing(organization=organization, by=by, at=at)
    _erase_contacts(organization=organization, by=by, at=at)
    _note_offerings(organization, at)
    return organization


def _erase_contacts(*, organization: Organization, by: Actor, at: datetime) -> None:
    offerings = Offering.objects.filter(organization=organization)
    erased = offerings.update(**dict.fromkeys(CONTACT_FIELDS, ""))
    _erase_remainders(organization)
    record(
        action="erase_contacts",
        on=organization,
        by=by,
        at=at,
        municipality=organization.municipality,
        offerings=erased,
    )


def _erase_remainders(organization: Organization) -> None:
    """What a feed said of the group, its offerings and the places where it is host, may name persons."""
    offerings = Offering.objects.filter(organization=organization).values("pk")
    places = MeetingPlace.objects.filter(host=organization).values("pk")
    of_the_group = Q(object_id=organization.pk) | Q(object_id__in=offerings) | Q(object_id__in=places)
    SourceRecord.objects.filter(of_the_group, municipality=organization.municipality).update(remainder={})


def _note_offerings(organization: Organization, at: datetime) -> None:
    found = Offering.objects.filter(organization=organization).values_list("pk", flat=True)
    note_changes(municipality=organization.municipality, object_ids=map(str, found), at=at)
