"""What an organization's yes or no means for its offerings. Doors call these, not the actions of `people`."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from samenspel.audit.action import Actor, action, record
from samenspel.people import actions as people
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.changes import note_changes
from samenspel.socialmap.models import ImportRun, MeetingPlace, Mending, Offering, SourceRecord

CONTACT_FIELDS = ("first_contact", "phone", "email")
PLACE_CONTACT_FIELDS = ("host_note", "phone")
_ALL_CONTACT_FIELDS = {*people.CONTACT_FIELDS, *CONTACT_FIELDS, *PLACE_CONTACT_FIELDS}


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
    """Note the group's no: nothing of it is visible from now on, no contact is kept; raises AlreadyWithdrawn."""
    people.withdraw_listing(organization=organization, by=by, at=at)
    _erase_contacts(organization=organization, by=by, at=at)
    _note_offerings(organization, at)
    return organization


def _erase_contacts(*, organization: Organization, by: Actor, at: datetime) -> None:
    offerings = Offering.objects.filter(organization=organization)
    places = MeetingPlace.objects.filter(host=organization)
    ids = {organization.pk, *offerings.values_list("pk", flat=True), *places.values_list("pk", flat=True)}
    erased = offerings.update(**dict.fromkeys(CONTACT_FIELDS, ""))
    places.update(**dict.fromkeys(PLACE_CONTACT_FIELDS, ""))
    Mending.objects.filter(offering__in=offerings).delete()
    _erase_from_imports(organization, ids)
    SourceRecord.objects.filter(municipality=organization.municipality, object_id__in=ids).update(remainder={})
    record(
        action="erase_contacts",
        on=organization,
        by=by,
        at=at,
        municipality=organization.municipality,
        offerings=erased,
    )


def _erase_from_imports(organization: Organization, ids: Collection[UUID]) -> None:
    """Empty the contact of rows in what imports keep to be undone, and of the group in what they still hold ready."""
    erased = {str(pk) for pk in ids}
    records = SourceRecord.objects.filter(municipality=organization.municipality, object_id=organization.pk)
    keys = {*records.values_list("source_id", flat=True)}
    runs = ImportRun.objects.select_for_update().filter(municipality=organization.municipality)
    for run in runs.exclude(steps=[], draft=[]):
        keys |= {one["source_id"] for one in run.draft if _is_named(one, organization)}
        for step in run.steps:
            if step["id"] in erased:
                step["before"] = _without_contact(step["before"])
        for one in run.draft:
            if keys & {one["source_id"], one["organization"]}:
                one["facts"] = _without_contact(one["facts"])
                one["sources"] = dict.fromkeys(one["sources"], {})
        run.save(update_fields=["steps", "draft"])


def _is_named(data: dict[str, Any], organization: Organization) -> bool:
    is_one: bool = data["name"].strip().casefold() == organization.name.strip().casefold()
    return is_one and data["kind"] == SourceRecord.Kind.ORGANIZATION


def _without_contact(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if name in _ALL_CONTACT_FIELDS else value for name, value in facts.items()}


def _note_offerings(organization: Organization, at: datetime) -> None:
    found = Offering.objects.filter(organization=organization).values_list("pk", flat=True)
    note_changes(municipality=organization.municipality, object_ids=map(str, found), at=at)
