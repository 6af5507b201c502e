"""What happened to a question, for its resident to read: when, what, and by whom as an organization, never a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samenspel.audit.models import AuditEvent
from samenspel.engine.calendar import ZONE
from samenspel.handover.models import HelpRequest
from samenspel.people.models import Team, User


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done on a day, `times` in a row. `who` names a team or organization that had a part in the question.

    It is "" for another `kind` of actor, and for a person who works elsewhere now: that employer never saw it.
    """

    on: date
    action: str
    kind: str
    who: str
    times: int


def log_of(request: HelpRequest) -> list[Happened]:
    """What was done with a question, its handovers and its meldingen, the last first; 10 queries."""
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
    """For whom each person works, of those that had a part in the question: an organization, or a team."""
    people = User.objects.filter(pk__in=ids)
    clubs = people.filter(organization__in=_had_part(request, "organization"))
    teams = Team.objects.filter(pk__in=_had_part(request, "team"), members__in=people).order_by("name")
    found = {str(person): name for person, name in clubs.values_list("pk", "organization__name")}
    for person, name in teams.values_list("members", "name"):
        found.setdefault(str(person), name)
    return found


def _had_part(request: HelpRequest, kind: str) -> set[UUID]:
    """The ids of the teams or organizations that held the question, were asked, or took its melding over."""
    rows: list[QuerySet[Any]] = [request.hand_list.all(), request.handovers.all()]
    if kind == "team":
        rows.append(request.meldingen.all())
    found = {one for part in rows for one in part.values_list(f"{kind}_id", flat=True)}
    return {one for one in (*found, getattr(request, f"{kind}_id")) if one is not None}
