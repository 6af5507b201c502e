"""An organization answers "klopt dit?" without an account: the secret in its link or letter is the key.

Reading changes nothing, for mail scanners open every link. The pages set no cookie; a forged post needs the secret, and
who has that needs no victim.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.organizers import pages
from samenspel.organizers.forms import FUNCTION, MendForm, function_of
from samenspel.people.checks import FactRefused
from samenspel.socialmap import answers
from samenspel.socialmap.confirm import LinkEnded, entries_of, find_request, municipality_name
from samenspel.socialmap.models import ConfirmationRequest, Offering

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a browser that came with a secret that works."""

    http: HttpRequest
    secret: str
    asked: ConfirmationRequest
    now: datetime

    @property
    def by(self) -> Actor:
        return Actor("organization", str(self.asked.organization_id))

    @property
    def function(self) -> str:
        """What the visitor does at the organization, "" when not (rightly) chosen yet."""
        return function_of(self.http.POST if self.http.method == "POST" else self.http.GET)

    def offering(self, pk: UUID) -> Offering:
        """An entry of this organization; raises LinkEnded when it is not (or no longer) there."""
        found = entries_of(self.now).filter(organization=self.asked.organization, pk=pk).first()
        if found is None:
            raise LinkEnded
        return found

    def back(self, done: str) -> HttpResponse:
        """Show the entries again, with what was done; reloading then repeats nothing."""
        query = {"gedaan": done} | ({FUNCTION: self.function} if self.function else {})
        where = reverse("organizers:confirm", kwargs={"secret": self.secret})
        return HttpResponseRedirect(f"{where}?{urlencode(query)}", status=HTTPStatus.SEE_OTHER)

    def show(self, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
        around = {"secret": self.secret, "municipality": municipality_name(self.asked.municipality)}
        return render(self.http, template, around | context, status=status)


def _door(view: Callable[..., HttpResponse]) -> View:
    """Open a view to who holds a secret; anyone else gets one calm page with a number to call."""

    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, secret: str, **named: Any) -> HttpResponse:
        now = timezone.now()
        try:
            asked = find_request(secret, municipality=settings.MUNICIPALITY, at=now)
            response = view(Visit(request, secret, asked, now), **named)
        except LinkEnded:
            context = pages.ended(settings.MUNICIPALITY)
            response = render(request, "organizers/ended.html", context, status=HTTPStatus.NOT_FOUND)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@_door
def confirm(visit: Visit) -> HttpResponse:
    """Show what stands on the map of this organization, and take one answer; a no is asked once more."""
    if visit.http.method != "POST":
        return visit.show("organizers/confirm.html", _entries(visit))
    verb, _, given = visit.http.POST.get("doe", "").partition(":")
    if verb not in _ANSWERS:
        return _refused(visit, "entries", "Kies een knop op deze pagina.")
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


@_door
def mend(visit: Visit, offering: UUID) -> HttpResponse:
    """Let an organization mend one entry in simple fields."""
    entry = visit.offering(offering)
    today = timezone.localdate(visit.now)
    if visit.http.method != "POST":
        form = MendForm(entry, today, None, function=visit.function)
        return visit.show("organizers/mend.html", pages.mending(entry, form))
    form = MendForm(entry, today, visit.http.POST)
    if form.is_valid() and _mended(visit, entry, form):
        return visit.back("aangepast")
    return visit.show("organizers/mend.html", pages.mending(entry, form), status=HTTPStatus.BAD_REQUEST)


@_door
def stop(visit: Visit, offering: UUID) -> HttpResponse:
    """Ask once more before an entry goes."""
    entry = visit.offering(offering)
    if visit.http.method != "POST":
        return visit.show("organizers/stop.html", {"entry": entry, "function": visit.function})
    answers.stop_entry(request=visit.asked, offering=entry, by=visit.by, at=visit.now)
    return visit.back("gestopt")


def _entries(visit: Visit) -> dict[str, Any]:
    return pages.entries(visit.asked, done=visit.http.GET.get("gedaan", ""), function=visit.function, now=visit.now)


def _refused(visit: Visit, field: str, reason: str) -> HttpResponse:
    context = {**_entries(visit), "errors": [{"field": field, "text": reason}]}
    return visit.show("organizers/confirm.html", context, status=HTTPStatus.BAD_REQUEST)


def _mended(visit: Visit, entry: Offering, form: MendForm) -> bool:
    try:
        answers.mend_entry(
            request=visit.asked,
            offering=entry,
            mended=form.mended(),
            confirmed_by=form.cleaned_data[FUNCTION],
            by=visit.by,
            at=visit.now,
        )
    except FactRefused as refused:
        form.refuse(refused)
        return False
    return True


def _everything(visit: Visit, _: str) -> None:
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


def _yes(visit: Visit, _: str) -> None:
    answers.say_yes(request=visit.asked, by=visit.by, at=visit.now)


def _no(visit: Visit, _: str) -> None:
    answers.say_no(request=visit.asked, by=visit.by, at=visit.now)


_ANSWERS: dict[str, Callable[[Visit, str], None]] = {
    "alles": _everything,
    "klopt": _one,
    "vol": _full,
    "plek": _room,
    "ja": _yes,
    "nee": _no,
}
