"""Going in: after the first step to the second one, after the second to the page that was asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from samenspel.audit.action import Actor
from samenspel.people.accounts import note_sign_in
from samenspel.people.models import User
from samenspel.people.second_factor import second_factors_of
from samenspel.staff.access import begin
from samenspel.ui.network import network

WAITING = "waiting"
PATIENCE = timedelta(minutes=10)
"""How long the second step may take."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Waiting:
    """Someone who did the first step, and where they want to go."""

    user: User
    wanted: str


def after_first_step(request: HttpRequest, user: User, at: datetime, *, wanted: str) -> HttpResponse:
    """Ask for the second factor of who has one; else go in, where who must have one is asked to set it."""
    if not second_factors_of(user).any:
        return go_in(request, user, at, wanted=wanted, proved=False)
    request.session.flush()
    request.session[WAITING] = {
        "account": str(user.pk),
        "until": (at + PATIENCE).timestamp(),
        "wanted": wanted,
        "hash": user.get_session_auth_hash(),
    }
    request.session.set_expiry(int(PATIENCE.total_seconds()))
    return redirect("workspace:second-step")


def waiting(request: HttpRequest, at: datetime) -> Waiting | None:
    """Who is at the second step in this browser; None when nobody is, or the password changed meanwhile."""
    kept = request.session.get(WAITING)
    if not kept or kept["until"] < at.timestamp():
        return None
    user = User.objects.filter(pk=kept["account"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["hash"]:
        return None
    return Waiting(user, kept["wanted"])


def go_in(request: HttpRequest, user: User, at: datetime, *, wanted: str, proved: bool) -> HttpResponse:
    """Begin the working day and go to the page that was asked for."""
    request.session.pop(WAITING, None)
    login(request, user, backend=BACKEND)
    begin(request, at, proved=proved)
    note_sign_in(user=user, network=network(request), by=Actor("person", str(user.pk)), at=at)
    return redirect(wanted or settings.LOGIN_REDIRECT_URL)


def wanted(request: HttpRequest) -> str:
    """Where to go after signing in: a page of this site, or ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_here = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_here else ""
