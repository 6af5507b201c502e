"""What an organization answers to "klopt dit?", by its link or letter, or told to someone by phone or on paper."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused
from samenspel.people.facts import lock
from samenspel.socialmap import listing
from samenspel.socialmap.actions import (
    change_offering,
    confirm_offering,
    end_offering,
    mark_available,
    mark_full,
    pause_offering,
)
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.confirm import LinkEnded, entries_of
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.models import ConfirmationRequest, Offering


@action
def confirm_entry(
    *, request: ConfirmationRequest, offering: Offering, confirmed_by: str, by: Actor, at: datetime
) -> None:
    """This entry is true; raises LinkEnded, FactRefused."""
    answer_request(request, by, at)
    confirm_own(request, offering, request.way, confirmed_by, by, at)


@action
def confirm_all(*, request: ConfirmationRequest, confirmed_by: str, by: Actor, at: datetime) -> int:
    """Every entry is true; how many; raises LinkEnded, FactRefused."""
    return _confirm_all(request, request.way, confirmed_by, by, at)


@action
def note_answer(*, request: ConfirmationRequest, method: str, confirmed_by: str, by: Actor, at: datetime) -> int:
    """Someone told us by `Verification.Method` (phone, letter …) that every entry is true; how many.

    Raises LinkEnded, FactRefused.
    """
    return _confirm_all(request, method, confirmed_by, by, at)


@action
def stop_entry(*, request: ConfirmationRequest, offering: Offering, by: Actor, at: datetime) -> None:
    """This is no longer there from today; raises LinkEnded, FactRefused."""
    answer_request(request, by, at)
    check_own(request, offering)
    end_entry(offering, by, at)


@action
def say_full(*, request: ConfirmationRequest, offering: Offering, is_full: bool, by: Actor, at: datetime) -> None:
    """There is no room now, or there is room again; raises LinkEnded, FactRefused."""
    answer_request(request, by, at)
    check_own(request, offering)
    (mark_full if is_full else mark_available)(offering=offering, by=by, at=at)


@action
def pause_entry(
    *, request: ConfirmationRequest, offering: Offering, until: date | None, by: Actor, at: datetime
) -> None:
    """This is not there for a while, or goes on again (None); raises LinkEnded, FactRefused."""
    answer_request(request, by, at)
    check_own(request, offering)
    pause_offering(offering=offering, until=until, by=by, at=at)


@action
def say_yes(*, request: ConfirmationRequest, by: Actor, at: datetime) -> None:
    """The group wants to be on the map; raises LinkEnded, AlreadyListed."""
    answer_request(request, by, at)
    listing.agree_to_listing(organization=request.organization, via=request.way, by=by, at=at)


@action
def say_no(*, request: ConfirmationRequest, by: Actor, at: datetime) -> None:
    """The group does not want to be on the map (any more): nothing is shown, no contact is kept; raises LinkEnded.

    Raises AlreadyWithdrawn when it said so before.
    """
    answer_request(request, by, at)
    listing.withdraw_listing(organization=request.organization, by=by, at=at)


def check_works(request: ConfirmationRequest, at: datetime) -> None:
    """Lock a request; raises LinkEnded when a newer round ended it while its page stood open."""
    lock(request)
    if request.ends_at <= at:
        raise LinkEnded


def answer_request(request: ConfirmationRequest, by: Actor, at: datetime) -> None:
    """Note the first answer; raises LinkEnded."""
    check_works(request, at)
    if request.answered_at is None:
        request.answered_at = at
        request.save(update_fields=["answered_at"])
        record(action="answer_request", on=request, by=by, at=at, municipality=request.municipality, way=request.way)


def _confirm_all(request: ConfirmationRequest, method: str, confirmed_by: str, by: Actor, at: datetime) -> int:
    answer_request(request, by, at)
    entries = list(entries_of(at).filter(organization=request.organization))
    if not entries:
        raise FactRefused("offering", _("er staat niets meer van u op de kaart"))
    for offering in entries:
        confirm_own(request, offering, method, confirmed_by, by, at)
    return len(entries)


def confirm_own(
    request: ConfirmationRequest, offering: Offering, method: str, confirmed_by: str, by: Actor, at: datetime
) -> None:
    check_own(request, offering)
    check_function(confirmed_by)
    confirm_offering(offering=offering, method=method, confirmed_by=confirmed_by, by=by, at=at)


def end_entry(offering: Offering, by: Actor, at: datetime) -> None:
    """From today; what was only announced never begins."""
    today = at.astimezone(ZONE).date()
    if offering.active_from and offering.active_from >= today:
        change_offering(offering=offering, facts=replace(OfferingFacts.of(offering), active_from=None), by=by, at=at)
    end_offering(offering=offering, on=today, by=by, at=at)


def check_own(request: ConfirmationRequest, offering: Offering) -> None:
    """After its no a group can only say yes again: until then nothing of it is kept. Raises LinkEnded, FactRefused."""
    if request.organization.listing_withdrawn_at is not None:
        raise LinkEnded
    if offering.organization_id != request.organization_id:
        raise FactRefused("offering", _("dit is van een andere groep"))


def check_function(confirmed_by: str) -> None:
    """Raises FactRefused for anything that is not in the list: a name would be kept."""
    if confirmed_by not in FUNCTIONS:
        raise FactRefused("confirmed_by", _("kies uit de lijst wat u bij de groep doet"))
