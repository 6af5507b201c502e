"""The second step of signing in, and setting it up: a code of an app, or a recovery code from paper."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import segno
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.people.models import User
from samenspel.people.permissions import may_work
from samenspel.people.second_factor import (
    WrongCode,
    app_address,
    make_secret,
    prove_by_code,
    prove_by_passkey,
    renew_recovery_codes,
    second_factors_of,
    set_up_app,
)
from samenspel.people.second_factor_store import SealedSecrets
from samenspel.people.sessions import BEGAN
from samenspel.staff.access import PROVED, actor, page, show, slowed, who
from samenspel.staff.forms import WorkForm, sent, summary
from samenspel.workspace.entering import go_in, waiting
from samenspel.workspace.passkey_checks import KeyForm, to_use, used_key

NEW_APP = "new_app"
"""Where a session keeps the sealed secret of an app that is being set up."""
FRESH = timedelta(minutes=10)
SIGN_IN_AGAIN = "Log eerst uit en weer in met uw werkaccount. Doe dit dan binnen tien minuten."
WRONG = "deze code klopt niet, of is al gebruikt; wacht op de volgende"


class CodeForm(WorkForm):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OwnerForm(WorkForm):
    """Asks the password of who has a second factor already: an open screen is not enough to change it.

    Who has no password here signs in again with the work account, within FRESH of the change.
    """

    password = forms.CharField(label="Uw wachtwoord", max_length=200, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User, signed_in: timedelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        has_factor = second_factors_of(user).any
        self.must_sign_in = has_factor and not user.has_usable_password() and signed_in > FRESH
        if not (has_factor and user.has_usable_password()):
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        if self.must_sign_in:
            raise forms.ValidationError(SIGN_IN_AGAIN)
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return given

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("dit is niet uw wachtwoord")
        return ""


class AppForm(CodeForm, OwnerForm):
    pass


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code of who gave the right password, and go in."""
    now = timezone.now()
    person = waiting(request, now)
    if person is None:
        return redirect("workspace:sign-in")
    form = CodeForm(sent(request))
    if form.is_bound and _is_proved(request, form, person.user, now):
        return go_in(request, person.user, now, wanted=person.wanted, proved=True)
    factors = second_factors_of(person.user)
    context = {
        "form": form,
        "errors": summary(form),
        "factors": factors,
        "passkey": KeyForm(),
        "options": to_use(person.user) if factors.passkeys else "",
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "workspace/second_step.html", context, status=status)


def _is_proved(request: HttpRequest, form: CodeForm, user: User, at: datetime) -> bool:
    """Whether a passkey or a code was right; else the form says what was wrong."""
    if slowed(request, form, user.email, at, of="code"):
        return False
    by, used = Actor("person", str(user.pk)), KeyForm(request.POST)
    if used.is_valid():
        passkey = used_key(user, used.cleaned_data["credential"])
        if passkey is not None:
            prove_by_passkey(user=user, passkey=passkey, by=by, at=at)
            return True
        form.add_error(None, "Deze sleutel hoort niet bij uw account, of het duurde te lang.")
    elif form.is_valid():
        try:
            prove_by_code(user=user, code=form.cleaned_data["code"], by=by, at=at)
        except WrongCode:
            form.add_error("code", WRONG)
        else:
            return True
    return False


@page(may_work, "GET", "POST", one_step=True)
def own_app(request: HttpRequest) -> HttpResponse:
    """Show the QR code for an app, and take it into use with its first code."""
    form = AppForm(sent(request), user=who(request), signed_in=signed_in_for(request))
    if not form.is_bound or NEW_APP not in request.session:
        request.session[NEW_APP] = SealedSecrets().encrypt(make_secret())
    secret = SealedSecrets().decrypt(request.session[NEW_APP])
    if form.is_bound and not _slowed(request, form) and form.is_valid():
        try:
            codes = set_up_app(
                user=who(request),
                secret=secret,
                code=form.cleaned_data["code"],
                keep=request.session.session_key,
                by=actor(request),
                at=timezone.now(),
            )
        except WrongCode:
            form.add_error("code", WRONG)
        else:
            del request.session[NEW_APP]
            return shown_once(request, codes)
    qr = segno.make(app_address(who(request), secret), micro=False).svg_data_uri(scale=5, border=4, light="#fff")
    context = {"form": form, "errors": summary(form), "qr": qr, "secret": secret}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/own_app.html", context, status=status)


@page(may_work, "GET", "POST")
def own_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes and show them once."""
    form = OwnerForm(sent(request), user=who(request), signed_in=signed_in_for(request))
    if form.is_bound and not _slowed(request, form) and form.is_valid():
        keep = request.session.session_key
        codes = renew_recovery_codes(user=who(request), keep=keep, by=actor(request), at=timezone.now())
        return shown_once(request, codes)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/own_new_codes.html", {"form": form, "errors": summary(form)}, status=status)


def shown_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The page with the recovery codes, of who has just set a second factor and so has proved it."""
    request.session[PROVED] = True
    return show(request, "workspace/own_codes.html", {"codes": codes})


def signed_in_for(request: HttpRequest) -> timedelta:
    """How long ago this person signed in."""
    return timedelta(seconds=timezone.now().timestamp() - request.session.get(BEGAN, 0))


def _slowed(request: HttpRequest, form: WorkForm) -> bool:
    return bool(slowed(request, form, who(request).email, timezone.now(), of="code"))
