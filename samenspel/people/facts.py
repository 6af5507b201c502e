"""What an editor may state about an organization and a contact of an area; the rest follows from actions."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

from django.db import models

from samenspel.people.models import AreaContact, Organization, Recourse, User
from samenspel.places.models import Area


@dataclass(frozen=True, kw_only=True)
class OrganizationFacts:
    """The whole of what is stated about an organization; use `dataclasses.replace` to change a part."""

    name: str
    kind: str
    description: str = ""
    kvk_number: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    contact_name: str = ""
    contact_shielded: bool = False
    postcode: str = ""

    @classmethod
    def of(cls, organization: Organization) -> Self:
        return cls(**stated(cls, organization))


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """The whole of what is stated about the person to go to in an area."""

    name: str
    job_title: str
    phone: str
    email: str = ""
    organization: Organization | None = None
    hours: list[dict[str, Any]] = field(default_factory=list)
    walk_in: str = ""
    deputy_name: str = ""
    deputy_phone: str = ""
    away: bool = False

    @classmethod
    def of(cls, contact: AreaContact) -> Self:
        return cls(**stated(cls, contact))


@dataclass(frozen=True, kw_only=True)
class TeamFacts:
    """The whole of what is stated about a team; without areas it holds the questions of all the municipality."""

    name: str
    phone: str
    email: str = ""
    areas: tuple[Area, ...] = ()
    members: tuple[User, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecourseFacts:
    """The whole of what is stated about one way to independent help, complaint or objection."""

    kind: str
    name: str
    text: str
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""

    @classmethod
    def of(cls, recourse: Recourse) -> Self:
        return cls(**stated(cls, recourse))


def stated(kind: type[Any], row: Any) -> dict[str, Any]:
    """The fields of a row that a class of facts names, by name."""
    return {fact.name: getattr(row, fact.name) for fact in fields(kind)}


def differences(before: Any, after: Any) -> list[str]:
    """The names of the facts that differ; for the event log, which keeps names of fields and no values."""
    return [fact.name for fact in fields(after) if getattr(before, fact.name) != getattr(after, fact.name)]


def names(facts: Any) -> list[str]:
    """The fields that facts state: what an edit may write, so that it never undoes what another action wrote."""
    return [fact.name for fact in fields(facts)]


def lock(row: models.Model) -> None:
    """Read a row again and keep others from changing it until the action ends; one query."""
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())


def state(row: Any, facts: Any) -> None:
    """Put the facts on a row, unsaved."""
    for fact in fields(facts):
        setattr(row, fact.name, getattr(facts, fact.name))
