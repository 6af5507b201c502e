"""What is done with organizations and with the contacts of areas."""

from dataclasses import replace
from datetime import datetime

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import (
    check_hours,
    check_phone,
    check_row,
    check_same_municipality,
    free_slug,
    whole_postcode,
)
from samenspel.people.facts import (
    ContactFacts,
    OrganizationFacts,
    RecourseFacts,
    TeamFacts,
    differences,
    lock,
    names,
    state,
)
from samenspel.people.models import AreaContact, Organization, Recourse, Team
from samenspel.places.models import Area

CONTACT_FIELDS = ("email", "phone", "contact_name")


class AlreadyWithdrawn(ValueError):
    """The organization said no before."""


class AlreadyListed(ValueError):
    """The organization agreed before."""


@action
def add_organization(
    *, municipality: str, facts: OrganizationFacts, by: Actor, at: datetime, slug: str = ""
) -> Organization:
    """Add an organization, not yet listed: being listed is its own yes; raises FactRefused."""
    rows = Organization.objects.filter(municipality=municipality)
    organization = Organization(
        municipality=municipality, slug=slug or free_slug(rows, facts.name, longest=80, otherwise="groep")
    )
    _state(organization, facts)
    organization.save(force_insert=True)
    record(action="add_organization", on=organization, by=by, at=at, municipality=municipality)
    return organization


@action
def change_organization(
    *, organization: Organization, facts: OrganizationFacts, by: Actor, at: datetime
) -> Organization:
    """Replace what is stated about an organization; raises FactRefused."""
    lock(organization)
    changed = differences(OrganizationFacts.of(organization), facts)
    _state(organization, facts)
    organization.save(update_fields=names(facts))
    record(
        action="change_organization",
        on=organization,
        by=by,
        at=at,
        municipality=organization.municipality,
        fields=changed,
    )
    return organization


@action
def agree_to_listing(*, organization: Organization, via: str, by: Actor, at: datetime) -> Organization:
    """Note the group's own yes and how it was given (`AgreedBy`); raises AlreadyListed, FactRefused."""
    lock(organization)
    if organization.is_listed:
        raise AlreadyListed(organization.name)
    organization.listing_agreed_at = at
    organization.listing_agreed_via = via
    organization.listing_withdrawn_at = None
    check_row(organization)
    organization.save(update_fields=["listing_agreed_at", "listing_agreed_via", "listing_withdrawn_at"])
    record(action="agree_to_listing", on=organization, by=by, at=at, municipality=organization.municipality, via=via)
    return organization


@action
def withdraw_listing(*, organization: Organization, by: Actor, at: datetime) -> Organization:
    """Note the group's no, whether it said yes before or not: hidden, no contact kept; raises AlreadyWithdrawn.

    Doors call `socialmap.listing.withdraw_listing`, which also does it for every offering.
    """
    lock(organization)
    if organization.listing_withdrawn_at is not None:
        raise AlreadyWithdrawn(organization.name)
    for field in CONTACT_FIELDS:
        setattr(organization, field, "")
    organization.listing_withdrawn_at = at
    check_row(organization)
    organization.save(update_fields=[*CONTACT_FIELDS, "listing_withdrawn_at"])
    record(action="withdraw_listing", on=organization, by=by, at=at, municipality=organization.municipality)
    return organization


@action
def set_area_contact(*, area: Area, facts: ContactFacts, by: Actor, at: datetime) -> AreaContact:
    """Make someone the contact of an area; who had the same job there is deleted; raises FactRefused."""
    AreaContact.objects.filter(municipality=area.municipality, area=area, job_title=facts.job_title).delete()
    contact = AreaContact(municipality=area.municipality, area=area)
    check_hours("hours", facts.hours)
    check_phone("phone", facts.phone)
    check_phone("deputy_phone", facts.deputy_phone)
    check_same_municipality(area.municipality, organization=facts.organization)
    state(contact, facts)
    check_row(contact)
    contact.save(force_insert=True)
    record(action="set_area_contact", on=contact, by=by, at=at, municipality=area.municipality, area=area.code)
    return contact


@action
def remove_area_contact(*, contact: AreaContact, by: Actor, at: datetime) -> None:
    """Delete the contact of an area, for who leaves without a successor."""
    record(
        action="remove_area_contact",
        on=contact,
        by=by,
        at=at,
        municipality=contact.municipality,
        area=contact.area.code,
    )
    contact.delete()


@action
def set_team(*, municipality: str, facts: TeamFacts, by: Actor, at: datetime) -> Team:
    """Add the team of this name, or replace what is stated about it; raises FactRefused."""
    team = Team.objects.filter(municipality=municipality, name=facts.name).first() or Team(municipality=municipality)
    check_phone("phone", facts.phone)
    team.name, team.phone, team.email = facts.name, facts.phone, facts.email
    check_row(team)
    team.save()
    team.areas.set(facts.areas)
    team.members.set(facts.members)
    record(
        action="set_team",
        on=team,
        by=by,
        at=at,
        municipality=municipality,
        areas=sorted(area.code for area in facts.areas),
        members=sorted(str(user.pk) for user in facts.members),
    )
    return team


@action
def set_recourse(*, municipality: str, facts: RecourseFacts, by: Actor, at: datetime) -> Recourse:
    """State how a resident finds independent help, complains or objects; raises FactRefused."""
    rows = Recourse.objects.filter(municipality=municipality, kind=facts.kind)
    recourse = rows.first() or Recourse(municipality=municipality)
    check_phone("phone", facts.phone)
    state(recourse, facts)
    check_row(recourse)
    recourse.save()
    record(action="set_recourse", on=recourse, by=by, at=at, municipality=municipality, kind=facts.kind)
    return recourse


def _state(organization: Organization, facts: OrganizationFacts) -> None:
    state(organization, replace(facts, postcode=whole_postcode(facts.postcode)))
    check_phone("phone", facts.phone)
    check_row(organization)
