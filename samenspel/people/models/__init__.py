"""Accounts, organizations, and who can be reached where."""

from samenspel.people.models.accounts import (
    HOLDING_ROLES,
    OUTSIDE_ROLES,
    TWO_STEP_ROLES,
    AccessRole,
    SignInAttempt,
    User,
    WorkSession,
)
from samenspel.people.models.organizations import POSTCODE, AreaContact, Organization, OrganizationQuerySet
from samenspel.people.models.teams import Mandate, Recourse, Team

__all__ = [
    "HOLDING_ROLES",
    "OUTSIDE_ROLES",
    "POSTCODE",
    "TWO_STEP_ROLES",
    "AccessRole",
    "AreaContact",
    "Mandate",
    "Organization",
    "OrganizationQuerySet",
    "Recourse",
    "SignInAttempt",
    "Team",
    "User",
    "WorkSession",
]
