"""Someone without an account is asked to take over or to help along: the link in a mail is the key.

Reading is a POST, for mail scanners open every link and each look leaves an event that the resident can see. The link
answers once; after a yes it shows a first name and the agreed phone until the agreed day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.handover.handing import AlreadyAnswered, Seen, accept, give_back, read_shared, refuse, with_link
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import Handover
from samenspel.handover.states import StepRefused
from samenspel.organizers import pages
from samenspel.organizers.visit import other_language
from samenspel.socialmap.confirm import municipality_name


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a browser that came with the link of a handover."""

    http: HttpRequest
    secret: str
    handover: Handover
    now: datetime

    @property
    def by(self) -> Actor:
        return Actor("link", str(self.handover.pk))

    def show(self, *, seen: Seen | None = None, error: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        today = self.now.astimezone(ZONE).date()
        waits = self.handover.state == Handover.State.WAITING
        context = {
            "secret": self.secret,
            "handover": self.handover,
            "team": self.handover.request.team,
            "seen": seen,
            "is_waiting": waits and today <= self.handover.answer_by and self.handover.request.is_open,
            "is_accepted": self.handover.state == Handover.State.ACCEPTED and today <= self.handover.until,
            "refusals": Handover.Refusal.choices,
            "errors": [{"field": "nee", "text": error}] if error else [],
            "municipality": municipality_name(self.handover.request.municipality),
            "switch": other_language(self.http),
        }
        return render(self.http, "organizers/asked.html", context, status=status)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked and by whom; a POST reads it, answers, or gives it back."""
    handover = with_link(secret, municipality=settings.MUNICIPALITY)
    if handover is None or handover.state == Handover.State.CANCELLED:
        response = render(request, "organizers/ended.html", pages.ended(settings.MUNICIPALITY), status=404)
    else:
        response = _visit(Asked(request, secret, handover, timezone.now()))
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _visit(visit: Asked) -> HttpResponse:
    if visit.http.method != "POST":
        return visit.show()
    act = _ACTS.get(visit.http.POST.get("doe", ""))
    if act is None:
        return visit.show(error=_("Kies een knop op deze pagina."), status=HTTPStatus.BAD_REQUEST)
    try:
        return act(visit)
    except Unreadable:
        return visit.show(status=HTTPStatus.GONE)
    except (AlreadyAnswered, StepRefused):  # a second press, or somebody was first: the page tells how it stands
        return _again(visit)


def _read(visit: Asked) -> HttpResponse:
    return visit.show(seen=read_shared(handover=visit.handover, by=visit.by, at=visit.now))


def _yes(visit: Asked) -> HttpResponse:
    accept(handover=visit.handover, by=visit.by, at=visit.now)
    return _read(visit)


def _no(visit: Asked) -> HttpResponse:
    reason = visit.http.POST.get("reden", "")
    if reason not in Handover.Refusal.values:
        seen = read_shared(handover=visit.handover, by=visit.by, at=visit.now)
        return visit.show(seen=seen, error=_("Kies waarom het niet kan."), status=HTTPStatus.BAD_REQUEST)
    refuse(handover=visit.handover, refusal=reason, by=visit.by, at=visit.now)
    return _again(visit)


def _back(visit: Asked) -> HttpResponse:
    give_back(handover=visit.handover, by=visit.by, at=visit.now)
    return _again(visit)


_ACTS: dict[str, Callable[[Asked], HttpResponse]] = {"lees": _read, "ja": _yes, "nee": _no, "terug": _back}


def _again(visit: Asked) -> HttpResponse:
    return HttpResponseRedirect(visit.http.path, status=HTTPStatus.SEE_OTHER)
