"""Rows that tests of people and socialmap start from, made by the actions themselves."""

from datetime import UTC, datetime
from typing import Any

from samenspel.audit.action import Actor
from samenspel.people.actions import add_organization, agree_to_listing, set_area_contact
from samenspel.people.facts import ContactFacts, OrganizationFacts
from samenspel.people.models import OUTSIDE_ROLES, AreaContact, Organization
from samenspel.places.models import Area

GM = "GM9901"
ELSEWHERE = "GM9902"
BY = Actor("system", "test")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def organization_facts(**facts: Any) -> OrganizationFacts:
    return OrganizationFacts(**{"name": "Wandelclub De Ringdijk", "kind": "association", **facts})


def an_organization(*, listed: bool = True, municipality: str = GM, **facts: Any) -> Organization:
    organization = add_organization(municipality=municipality, facts=organization_facts(**facts), by=BY, at=AT)
    if listed:
        agree_to_listing(organization=organization, via="phone", by=BY, at=AT)
    return organization


def employer(role: str, municipality: str = GM) -> Organization | None:
    """The organization that an account of this role needs, made once; None for a role of the municipality itself."""
    if role not in OUTSIDE_ROLES:
        return None
    known = Organization.objects.filter(municipality=municipality, slug="werkgever").first()
    return known or an_organization(name="Werkgever", municipality=municipality)


def an_area(code: str, kind: str, *, municipality: str = GM, year: int = 2024, **facts: Any) -> Area:
    return Area.objects.create(municipality=municipality, code=code, year=year, kind=kind, **{"name": code, **facts})


def contact_facts(**facts: Any) -> ContactFacts:
    return ContactFacts(**{"name": "Gülsen", "job_title": "connector", "phone": "0320-555101", **facts})


def a_contact(area: Area, **facts: Any) -> AreaContact:
    return set_area_contact(area=area, facts=contact_facts(**facts), by=BY, at=AT)
