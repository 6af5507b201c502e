"""The ladder of "klopt dit?": a mail, after 7 days a second mail, after 14 days someone calls, three times at most.

Each step is taken once and dated on the request, so that the worker may look as often as it likes.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.facts import lock
from samenspel.socialmap.answers import answer_request, end_entry
from samenspel.socialmap.confirm import (
    ANSWER_IN,
    LinkEnded,
    asked_about,
    entries_of,
    hashed,
    municipality_name,
    open_requests,
    send_link,
)
from samenspel.socialmap.models import ConfirmationRequest

REMIND_AFTER = timedelta(days=7)
MOST_CALLS = 3
_IN_ONE_LOOK = 500


class CalledEnough(ValueError):
    """Nobody answered three times, or somebody called today already."""


def remind_due(*, by: Actor, at: datetime) -> int:
    """Send the second mail of what was mailed 7 days ago and not answered; how many, at most 500 at once."""
    rows = ConfirmationRequest.objects.filter(
        way=ConfirmationRequest.Way.LINK,
        answered_at__isnull=True,
        reminded_at__isnull=True,
        asked_at__lte=at - REMIND_AFTER,
        ends_at__gt=at,
        organization__listing_withdrawn_at__isnull=True,
        organization__contact_shielded=False,
    ).exclude(organization__email="")
    sent = 0
    for request in rows.order_by("asked_at", "pk")[:_IN_ONE_LOOK]:
        with suppress(LinkEnded):
            remind(request=request, by=by, at=at)
            sent += 1
    return sent


@action
def remind(*, request: ConfirmationRequest, by: Actor, at: datetime) -> None:
    """Send the second mail, with a link of its own; raises LinkEnded when it was answered, replaced or reminded of."""
    lock(request)
    if request.answered_at or request.reminded_at or request.ends_at <= at:
        raise LinkEnded
    secret = secrets.token_urlsafe(16)
    request.reminder_hash, request.reminded_at = hashed(secret), at
    request.save(update_fields=["reminder_hash", "reminded_at"])
    (asked,) = asked_about([request.organization], municipality=request.municipality, at=at)
    send_link(asked, municipality_name(request.municipality), secret, asked_at=request.asked_at, at=at)
    record(action="remind", on=request, by=by, at=at, municipality=request.municipality)


def to_call(*, municipality: str, at: datetime) -> "QuerySet[ConfirmationRequest]":
    """Whom to call: asked 14 days ago, no answer, and not called three times; who waits longest for a call first."""
    rows = open_requests(municipality=municipality, at=at).filter(asked_at__lte=at - ANSWER_IN, calls__lt=MOST_CALLS)
    return rows.order_by("calls", "asked_at", "organization__name")


def called_enough(*, municipality: str, at: datetime) -> "QuerySet[ConfirmationRequest]":
    """Those that three calls did not reach: somebody may pass by, or a later round asks again."""
    return open_requests(municipality=municipality, at=at).filter(calls__gte=MOST_CALLS)


def called_today(request: ConfirmationRequest, at: datetime) -> bool:
    """Whether somebody called in vain today: a second call on one day reaches nobody more."""
    called = request.called_at
    return called is not None and called.astimezone(ZONE).date() == at.astimezone(ZONE).date()


@action
def note_no_answer(*, request: ConfirmationRequest, by: Actor, at: datetime) -> int:
    """Nobody picked up; how many calls that makes. Raises LinkEnded when answered meanwhile, CalledEnough."""
    lock(request)
    if request.answered_at is not None or request.ends_at <= at:
        raise LinkEnded
    if request.calls >= MOST_CALLS or called_today(request, at):
        raise CalledEnough
    request.calls, request.called_at = request.calls + 1, at
    request.save(update_fields=["calls", "called_at"])
    record(action="call_in_vain", on=request, by=by, at=at, municipality=request.municipality)
    return request.calls


@action
def note_all_stopped(*, request: ConfirmationRequest, by: Actor, at: datetime) -> int:
    """Someone told us that nothing of it is there any more; how many entries ended. Raises LinkEnded, FactRefused."""
    lock(request)
    if request.answered_at is not None:
        raise LinkEnded
    answer_request(request, by, at)
    entries = list(entries_of(at).filter(organization=request.organization))
    for offering in entries:
        end_entry(offering, by, at)
    return len(entries)
