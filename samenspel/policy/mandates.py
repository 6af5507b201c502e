"""Which mandates of the college are about roles. It is a mark to read by: a mandate says in words what it is for."""

import re
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from samenspel.people.models import Mandate
from samenspel.policy.models import RoleDecision

_NAMES_A_ROLE = re.compile(r"\brol(len)?\b", re.IGNORECASE)


def mandates_of_the_college(municipality: str) -> "QuerySet[Mandate]":
    """Those that a role can be decided with, by what they are for; also those that ended, for a decision of then."""
    found = Mandate.objects.filter(team__municipality=municipality, in_name_of=Mandate.InNameOf.EXECUTIVE)
    return found.select_related("team").order_by("decision", "valid_from")


def about_roles(mandates: Collection[Mandate]) -> set[UUID]:
    """Those of which the words name a role, or with which one was decided before; one query."""
    used = set(RoleDecision.objects.filter(mandate__in=mandates).values_list("mandate_id", flat=True))
    return {one.pk for one in mandates if one.pk in used or _NAMES_A_ROLE.search(one.decision)}
