"""What every page at work shares: who may open it, how long one stays signed in, and the frame around it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.people.accounts import seconds_to_wait
from samenspel.people.models import User
from samenspel.people.permissions import Verdict, can
from samenspel.people.second_factor import must_prove_twice
from samenspel.people.sessions import BEGAN, end_oldest_sessions
from samenspel.places.models import Area
from samenspel.ui.network import network

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
"""Signed in at most a working day, and half an hour without opening a page."""
NOTED_EVERY = timedelta(minutes=1)
"""Of looks within it only the first is written down: a page that is only read writes nothing."""
PROVED, SAID, LOOKED = "proved", "said", "looked"
"""Keys of a session: that both steps of signing in were done, what the next page says, and the last noted look."""

View = Callable[..., HttpResponseBase]


def page(may: Callable[[User], Verdict], *methods: str, one_step: bool = False) -> Callable[[View], View]:
    """Make a view a page at work: only for who `may`, only by these methods (GET when none), kept by no cache.

    Who must prove twice who they are and has not, opens only the pages of `one_step`, to put that right.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not _still_signed_in(request, timezone.now()):
                return redirect_to_login(request.get_full_path())
            if not one_step and not has_proved(request):
                return redirect(settings.OWN_ACCOUNT_URL)
            verdict = may(who(request))
            response = view(request, *args, **kwargs) if verdict.allowed else refused(request, verdict.reason)
            response["Cache-Control"] = "no-store"
            return response

        return require_http_methods(["HEAD", *(methods or ("GET",))])(run)

    return decorate


def begin(request: HttpRequest, at: datetime, *, proved: bool) -> None:
    """Let the working day of who just signed in begin, and end the oldest of too many other ones."""
    request.session[BEGAN] = at.timestamp()
    request.session[PROVED] = proved
    _note_look(request, at, IDLE.total_seconds())
    end_oldest_sessions(who(request), keep=request.session.session_key, at=at)


def has_proved(request: HttpRequest) -> bool:
    """Whether who signed in did both steps, or does not have to."""
    if not settings.SECOND_FACTOR or request.session.get(PROVED):
        return True
    return not must_prove_twice(who(request))


def _still_signed_in(request: HttpRequest, at: datetime) -> bool:
    """Whether the working day is not over; then the half hour starts again, noted at most each NOTED_EVERY."""
    left = request.session.get(BEGAN, 0) + LONGEST.total_seconds() - at.timestamp()
    if left <= 0:
        logout(request)
        return False
    if at.timestamp() - request.session.get(LOOKED, 0) >= NOTED_EVERY.total_seconds():
        _note_look(request, at, min(left, IDLE.total_seconds()))
    return True


def _note_look(request: HttpRequest, at: datetime, seconds: float) -> None:
    """Let the session end so many seconds from now when no page is opened; writes the session."""
    request.session[LOOKED] = at.timestamp()
    request.session.set_expiry(int(seconds))


def who(request: HttpRequest) -> User:
    """The account of a request; LoginRequiredMiddleware let nobody else through."""
    return cast(User, request.user)


def actor(request: HttpRequest) -> Actor:
    return Actor("person", str(who(request).pk))


def slowed(request: HttpRequest, form: Form, email: str, at: datetime, *, of: str = "password") -> int:
    """Count a try; the seconds to wait, which the form then says, or 0 when it may go on."""
    wait = seconds_to_wait(email=email, network=network(request), at=at, of=of)
    if wait:
        form.add_error(None, f"Dit ging te vaak mis. Wacht {wait} seconden en probeer het dan nog eens.")
    return wait


def say(request: HttpRequest, text: str) -> None:
    """What the next page says was done."""
    request.session[SAID] = text


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Render a page inside its frame."""
    return render(request, template, {**_frame(request), **context}, status=status)


def refused(request: HttpRequest, reason: str, *, status: int = HTTPStatus.FORBIDDEN) -> HttpResponse:
    """The page that says why not."""
    return show(request, "staff/refused.html", {"reason": reason}, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    user = who(request)
    here = request.resolver_match.view_name if request.resolver_match else ""
    areas = Area.objects.filter(municipality=user.municipality, kind=Area.Kind.MUNICIPALITY)
    return {
        "user": user,
        "start": settings.LOGIN_REDIRECT_URL,
        "own_account": settings.OWN_ACCOUNT_URL,
        "sign_out": settings.SIGN_OUT_URL,
        "said": request.session.pop(SAID, ""),
        "municipality": areas.order_by("-year").values_list("name", flat=True).first() or user.municipality,
        "menu": [
            {"name": name, "label": label, "here": name == here}
            for name, label, verb in settings.STAFF_MENU
            if can(user, verb).allowed and has_proved(request)
        ],
    }
