"""What happened to a question, for its resident to read: when, what, and by whom as an organization, never a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from samenspel.audit.models import AuditEvent
from samenspel.engine.calendar import ZONE
from samenspel.handover.models import HelpRequest
from samenspel.people.models import Team, User


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done on a day, `times` in a row. `who` names a team or organization; "" for another `kind` of actor."""

    on: date
    action: str
    kind: str
    who: str
    times: int


def log_of(request: HelpRequest) -> list[Happened]:
    """What was done with a question, its handovers and its meldingen, the last first; 5 queries."""
    events = list(AuditEvent.objects.filter(_about(request)).order_by("-at", "-pk"))
    names = _names(request, {event.actor_id for event in events if event.actor_kind == "person"})
    lines = ((event.at.astimezone(ZONE).date(), _did(event), event.actor_kind, names.get(event.actor_id, ""))
             for event in events)  # fmt: skip
    return [Happened(*line, times=len(list(same))) for line, same in groupby(lines)]


def _about(request: HelpRequest) -> Q:
    about = Q(object_kind=request._meta.label_lower, object_id=str(request.pk))
    for rows in (request.handovers, request.meldingen):
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        about |= Q(object_kind=rows.model._meta.label_lower, object_id__in=ids)
    return Q(municipality=request.municipality) & about


def _did(event: AuditEvent) -> str:
    """The action; a try to reach the resident that failed is another than a conversation."""
    return "note_try" if event.action == "note_contact" and not event.detail.get("reached") else event.action


def _names(request: HelpRequest, ids: Iterable[str]) -> dict[str, str]:
    """For whom each person works: an organization, the team of the question, or the first of their own teams."""
    people = User.objects.filter(pk__in=ids).select_related("organization")
    teams = Team.objects.filter(members__in=people).order_by("name").values_list("members", "pk", "name")
    team_of: dict[UUID, str] = {}
    for person, team, name in teams:
        if team == request.team_id or person not in team_of:
            team_of[person] = name
    return {
        str(person.pk): person.organization.name if person.organization else team_of.get(person.pk, "")
        for person in people
    }
