"""What of the social map is past its term: ended offerings, withdrawn organizations, imports, requests to confirm."""

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.models import Organization
from samenspel.socialmap.changes import note_change
from samenspel.socialmap.models import (
    ConfirmationRequest,
    ImportRun,
    Look,
    MeetingPlace,
    Mending,
    Offering,
    SourceRecord,
)

KEEP_ENDED = relativedelta(months=1)
KEEP_DRAFT = relativedelta(days=1)
KEEP_STEPS = relativedelta(days=30)
NO_PART_IN_WORK: dict[str, Any] = {
    "accounts__isnull": True,
    "controlled_teams__isnull": True,
    "joint_teams__isnull": True,
}
"""Nobody signs in for it, and no team works under it."""
KEEP_CONFIRMATIONS = relativedelta(years=1)


def erase_ended_offerings(*, by: Actor, at: datetime) -> int:
    """Delete offerings that ended, or whose organization withdrew, a month ago; how many."""
    ended = Q(active_until__lt=(at - KEEP_ENDED).astimezone(ZONE).date())
    withdrawn = Q(organization__listing_withdrawn_at__lt=at - KEEP_ENDED)
    due = list(Offering.objects.filter(ended | withdrawn).order_by("pk"))
    for offering in due:
        erase_offering(offering=offering, by=by, at=at)
    return len(due)


def erase_withdrawn_organizations(*, by: Actor, at: datetime) -> int:
    """Delete organizations that withdrew a month ago, with no offering left and no part in our work."""
    withdrawn = Organization.objects.filter(listing_withdrawn_at__lt=at - KEEP_ENDED)
    due = list(withdrawn.filter(offerings__isnull=True, **NO_PART_IN_WORK).order_by("pk"))
    for organization in due:
        erase_organization(organization=organization, by=by, at=at)
    return len(due)


def forget_imports(*, by: Actor, at: datetime) -> int:
    """Empty drafts older than a day and steps older than 30 days; of how many imports."""
    old_draft = Q(created_at__lt=at - KEEP_DRAFT) & ~Q(draft=[])
    old_steps = Q(done_at__lt=at - KEEP_STEPS) & ~Q(steps=[])
    due = list(ImportRun.objects.filter(old_draft | old_steps).order_by("pk"))
    for run in due:
        forget_import(run=run, by=by, at=at)
    return len(due)


def forget_mendings(*, by: Actor, at: datetime) -> int:
    """Delete what was looked at a month ago, and what was shown a year ago and nobody looked at; how many."""
    decided = Q(decided_at__lt=at - KEEP_ENDED)
    shown = Q(look=Look.AFTER, made_at__lt=at - KEEP_CONFIRMATIONS)
    due = list(Mending.objects.filter(decided | shown).order_by("pk"))
    for mending in due:
        forget_mending(mending=mending, by=by, at=at)
    return len(due)


def erase_confirmation_requests(*, by: Actor, at: datetime) -> int:
    """Delete requests to confirm that were asked more than a year ago; how many."""
    due = list(ConfirmationRequest.objects.filter(asked_at__lt=at - KEEP_CONFIRMATIONS).order_by("pk"))
    for request in due:
        erase_confirmation_request(request=request, by=by, at=at)
    return len(due)


@action
def erase_offering(*, offering: Offering, by: Actor, at: datetime) -> None:
    """Delete an offering with its schedules and confirmations."""
    municipality = offering.municipality
    record(action="erase_offering", on=offering, by=by, at=at, municipality=municipality)
    note_change(municipality=municipality, object_id=str(offering.pk), at=at)
    _forget_what_came(offering)
    offering.delete()


@action
def erase_organization(*, organization: Organization, by: Actor, at: datetime) -> None:
    """Delete an organization; what pointed at it stays without it, and its places without a way to reach it."""
    record(action="erase_organization", on=organization, by=by, at=at, municipality=organization.municipality)
    MeetingPlace.objects.filter(host=organization).update(host=None, host_note="", phone="")
    _forget_what_came(organization)
    organization.delete()


def _forget_what_came(row: Organization | Offering) -> None:
    """Empty what a source said of a row; that it was read stays known, so that it is not taken for new."""
    SourceRecord.objects.filter(municipality=row.municipality, object_id=row.pk).update(remainder={})


@action
def forget_import(*, run: ImportRun, by: Actor, at: datetime) -> None:
    """Empty what is past its term of one import; its report stays."""
    run.draft = []
    if run.done_at and run.done_at < at - KEEP_STEPS:
        run.steps = []
    run.save(update_fields=["draft", "steps"])
    record(action="forget_import", on=run, by=by, at=at, municipality=run.municipality)


@action
def forget_mending(*, mending: Mending, by: Actor, at: datetime) -> None:
    """Delete a change that a group made; the entry stays as it is."""
    record(action="forget_mending", on=mending, by=by, at=at, municipality=mending.municipality)
    mending.delete()


@action
def erase_confirmation_request(*, request: ConfirmationRequest, by: Actor, at: datetime) -> None:
    """Delete a request to confirm."""
    record(action="erase_confirmation_request", on=request, by=by, at=at, municipality=request.municipality)
    request.delete()
