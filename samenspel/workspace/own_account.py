"""One's own account: password, second step, and signing out everywhere; choosing a password by a link."""

from contextlib import suppress
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.mail.outbox import TooMuchMail
from samenspel.people.accounts import account_of, seconds_to_wait
from samenspel.people.passwords import (
    MOST_A_DAY,
    LinkSpent,
    account_of_link,
    change_password,
    choose_password,
    send_link,
)
from samenspel.people.permissions import may_work
from samenspel.people.second_factor import must_prove_twice, second_factors_of
from samenspel.staff.access import actor, has_proved, page, say, show, slowed, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.ui.network import network

BY_LINK = Actor("system", "password_link")


class NewPasswordForm(WorkForm):
    password = forms.CharField(
        label="Nieuw wachtwoord",
        max_length=200,
        strip=False,
        help_text="Ten minste 12 tekens. Een paar gewone woorden achter elkaar is goed.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class OwnPasswordForm(NewPasswordForm):
    current = forms.CharField(
        label="Uw wachtwoord van nu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password")


class ForgottenForm(WorkForm):
    email = forms.EmailField(label="E-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "username"}))


@page(may_work, one_step=True)
def own_account(request: HttpRequest) -> HttpResponse:
    """What one can do with one's own account, and what must be put right first."""
    context = {
        "factors": second_factors_of(who(request)),
        "must_set": not has_proved(request),
        "must_have": settings.SECOND_FACTOR and must_prove_twice(who(request)),
        "sessions": who(request).sessions.filter(expire_date__gt=timezone.now()).count(),
    }
    return show(request, "workspace/own_account.html", context)


@page(may_work, "GET", "POST")
@sensitive_post_parameters("password", "current")
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session stays, the others end."""
    form, user, now = OwnPasswordForm(sent(request)), who(request), timezone.now()

    def act() -> None:
        given, keep = form.cleaned_data, request.session.session_key
        change_password(user=user, **given, keep=keep, by=actor(request), at=now)

    is_slowed = form.is_bound and slowed(request, form, user.email, now, of="code")
    if form.is_bound and not is_slowed and form.is_valid() and carried_out(form, act):
        update_session_auth_hash(request, user)
        say(request, "Uw wachtwoord is veranderd. Op andere apparaten bent u uitgelogd.")
        return redirect("workspace:own-account")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/own_password.html", {"form": form, "errors": summary(form)}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a link to who forgot the password; the answer is the same when the address has no account."""
    form, now = ForgottenForm(sent(request)), timezone.now()
    is_asked = form.is_bound and form.is_valid()
    if is_asked and not slowed(request, form, form.cleaned_data["email"], now, of="link"):
        user = account_of(form.cleaned_data["email"])
        if user is not None and user.is_active:
            with suppress(TooMuchMail):
                send_link(user=user, by=BY_LINK, at=now, most_a_day=MOST_A_DAY)
        return render(request, "workspace/forgotten.html", {"is_sent": True})
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "workspace/forgotten.html", {"form": form, "errors": summary(form)}, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Let who opened a link from a mail choose a password."""
    form, now = NewPasswordForm(sent(request)), timezone.now()
    account = secret.partition(".")[0]
    if wait := seconds_to_wait(email=account, network=network(request), at=now, of="link"):
        return render(request, "workspace/link_spent.html", {"wait": wait}, status=HTTPStatus.TOO_MANY_REQUESTS)

    def act() -> None:
        choose_password(secret=secret, password=form.cleaned_data["password"], by=BY_LINK, at=now)

    try:
        user = account_of_link(secret)
        if form.is_bound and form.is_valid() and carried_out(form, act):
            return render(request, "workspace/password_chosen.html")
    except LinkSpent:
        return render(request, "workspace/link_spent.html", status=HTTPStatus.GONE)
    context = {"form": form, "errors": summary(form), "name": user.name}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "workspace/choose_password.html", context, status=status)
