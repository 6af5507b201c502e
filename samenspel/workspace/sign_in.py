"""Signing in and out. An unknown address and a wrong password get the same answer in the same time."""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samenspel.people.accounts import note_sign_out, plain_address
from samenspel.people.models import User
from samenspel.people.sessions import end_sessions
from samenspel.staff.access import actor, slowed, who
from samenspel.staff.forms import WorkForm, summary
from samenspel.workspace.entering import after_first_step, wanted

WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer het nog eens."


class SignInForm(WorkForm):
    email = forms.CharField(
        label="E-mailadres", max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Wachtwoord",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or sign in and go on to the second step or the page that was asked for."""
    if request.method != "POST":
        return _form(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, HTTPStatus.BAD_REQUEST)
    now, email = timezone.now(), plain_address(form.cleaned_data["email"])
    if wait := slowed(request, form, email, now):
        response = _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(wait)
        return response
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if not isinstance(user, User):
        form.add_error(None, WRONG)
        return _form(request, form, HTTPStatus.BAD_REQUEST)
    return after_first_step(request, user, now, wanted=wanted(request))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, or with `everywhere` all sessions of the account."""
    if request.user.is_authenticated:
        note_sign_out(user=who(request), by=actor(request), at=timezone.now())
        if "everywhere" in request.POST:
            end_sessions(who(request), keep=request.session.session_key)
        logout(request)
    return redirect("workspace:sign-in")


def _form(request: HttpRequest, form: SignInForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "errors": summary(form),
        "next": wanted(request),
        "two_steps": settings.SECOND_FACTOR,
        "single_sign_on": settings.SINGLE_SIGN_ON["name"] if settings.SINGLE_SIGN_ON["issuer"] else "",
    }
    return render(request, "workspace/sign_in.html", context, status=status)
