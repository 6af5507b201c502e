"""Signing in and out. An unknown address and a wrong password get the same answer in the same time."""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samenspel.audit.action import Actor
from samenspel.people.accounts import note_sign_in, note_sign_out, plain_address, seconds_to_wait
from samenspel.people.models import User
from samenspel.workspace.access import actor, begin, who
from samenspel.workspace.forms import WorkForm, summary

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
    """Show the form, or sign in and go on to the page that was asked for."""
    if request.method != "POST":
        return _form(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, HTTPStatus.BAD_REQUEST)
    now, email = timezone.now(), plain_address(form.cleaned_data["email"])
    if wait := seconds_to_wait(email=email, network=network(request), at=now):
        form.add_error(None, f"Dit ging te vaak mis. Wacht {wait} seconden en probeer het dan nog eens.")
        response = _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(wait)
        return response
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if not isinstance(user, User):
        form.add_error(None, WRONG)
        return _form(request, form, HTTPStatus.BAD_REQUEST)
    login(request, user)
    begin(request, now)
    note_sign_in(user=user, network=network(request), by=Actor("person", str(user.pk)), at=now)
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        note_sign_out(user=who(request), by=actor(request), at=timezone.now())
        logout(request)
    return redirect("workspace:sign-in")


def network(request: HttpRequest) -> str:
    """The IP address a request came from; behind our own proxy the last one that it noted."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: a page of this site, or ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_here = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_here else ""


def _form(request: HttpRequest, form: SignInForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "errors": summary(form), "next": _next(request)}
    return render(request, "workspace/sign_in.html", context, status=status)
