"""An organization answers "klopt dit?" without an account: the secret in its link or letter is the key."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.organizers import pages
from samenspel.organizers.forms import FUNCTION, MendForm, PauseForm, refusal
from samenspel.organizers.visit import Visit, door
from samenspel.people.checks import FactRefused
from samenspel.socialmap import answers
from samenspel.socialmap.mending import mend_entry
from samenspel.socialmap.models import Offering


@door
def confirm(visit: Visit) -> HttpResponse:
    """Show what stands on the map of this organization, and take one answer; a no is asked once more."""
    if visit.http.method != "POST":
        return visit.show("organizers/confirm.html", _entries(visit))
    verb, _colon, given = visit.http.POST.get("doe", "").partition(":")
    if verb not in _ANSWERS:
        return _refused(visit, "entries", gettext("Kies een knop op deze pagina."))
    if verb == "nee" and "zeker" not in visit.http.POST:
        context = {"organization": visit.asked.organization, "function": visit.function}
        return visit.show("organizers/off.html", context)
    try:
        _ANSWERS[verb](visit, given)
    except FactRefused as refused:
        field = FUNCTION if refused.field == "confirmed_by" else "entries"
        return _refused(visit, field, pages.sentence(refused.reason))
    except ValueError:  # a second press, or an entry that nobody has: the page tells how it stands
        return visit.back("")
    return visit.back(verb)


@door
def mend(visit: Visit, offering: UUID) -> HttpResponse:
    """Let an organization mend one entry in simple fields."""
    entry = visit.offering(offering)
    today = timezone.localdate(visit.now)
    if visit.http.method != "POST":
        form = MendForm(entry, today, None, function=visit.function)
        return visit.show("organizers/mend.html", pages.mending(entry, form))
    form = MendForm(entry, today, visit.http.POST)
    if form.is_valid() and (done := _mended(visit, entry, form)):
        return visit.back(done)
    return visit.show("organizers/mend.html", pages.mending(entry, form), status=HTTPStatus.BAD_REQUEST)


@door
def stop(visit: Visit, offering: UUID) -> HttpResponse:
    """Ask once more before an entry goes."""
    entry = visit.offering(offering)
    if visit.http.method != "POST":
        return visit.show("organizers/stop.html", {"entry": entry, "function": visit.function})
    answers.stop_entry(request=visit.asked, offering=entry, by=visit.by, at=visit.now)
    return visit.back("gestopt")


@door
def pause(visit: Visit, offering: UUID) -> HttpResponse:
    """Ask until when an entry is not there."""
    entry = visit.offering(offering)
    form = PauseForm(visit.http.POST if visit.http.method == "POST" else None)
    if visit.http.method == "POST" and form.is_valid() and _paused(visit, entry, form):
        return visit.back("even-niet")
    context = {"entry": entry, "form": form, "function": visit.function, "errors": pages.errors_of(form)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return visit.show("organizers/pause.html", context, status=status)


def _entries(visit: Visit) -> dict[str, Any]:
    return pages.entries(visit.asked, done=visit.http.GET.get("gedaan", ""), function=visit.function, now=visit.now)


def _refused(visit: Visit, field: str, reason: str) -> HttpResponse:
    context = {**_entries(visit), "errors": [{"field": field, "text": reason}]}
    return visit.show("organizers/confirm.html", context, status=HTTPStatus.BAD_REQUEST)


def _mended(visit: Visit, entry: Offering, form: MendForm) -> str:
    """What was done, "" when it was refused: then the form says why."""
    try:
        waits = mend_entry(
            request=visit.asked,
            offering=entry,
            mended=form.mended(),
            confirmed_by=form.cleaned_data[FUNCTION],
            by=visit.by,
            at=visit.now,
        )
    except FactRefused as refused:
        form.refuse(refused)
        return ""
    return "wacht" if waits else "aangepast"


def _paused(visit: Visit, entry: Offering, form: PauseForm) -> bool:
    try:
        answers.pause_entry(
            request=visit.asked, offering=entry, until=form.cleaned_data["tot"], by=visit.by, at=visit.now
        )
    except FactRefused as refused:
        form.add_error("tot", refusal(refused))
        return False
    return True


def _everything(visit: Visit, given: str) -> None:
    answers.confirm_all(request=visit.asked, confirmed_by=visit.function, by=visit.by, at=visit.now)


def _one(visit: Visit, given: str) -> None:
    entry = visit.offering(UUID(given))
    answers.confirm_entry(request=visit.asked, offering=entry, confirmed_by=visit.function, by=visit.by, at=visit.now)


def _full(visit: Visit, given: str) -> None:
    entry = visit.offering(UUID(given))
    answers.say_full(request=visit.asked, offering=entry, is_full=True, by=visit.by, at=visit.now)


def _room(visit: Visit, given: str) -> None:
    entry = visit.offering(UUID(given))
    answers.say_full(request=visit.asked, offering=entry, is_full=False, by=visit.by, at=visit.now)


def _goes_on(visit: Visit, given: str) -> None:
    entry = visit.offering(UUID(given))
    answers.pause_entry(request=visit.asked, offering=entry, until=None, by=visit.by, at=visit.now)


def _yes(visit: Visit, given: str) -> None:
    answers.say_yes(request=visit.asked, by=visit.by, at=visit.now)


def _no(visit: Visit, given: str) -> None:
    answers.say_no(request=visit.asked, by=visit.by, at=visit.now)


_ANSWERS: dict[str, Callable[[Visit, str], None]] = {
    "alles": _everything,
    "klopt": _one,
    "vol": _full,
    "plek": _room,
    "door": _goes_on,
    "ja": _yes,
    "nee": _no,
}
