"""The passkeys of one's own account: added, and taken away when the device is gone."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.people.permissions import may_work
from samenspel.people.second_factor import LastFactor, WrongCode, add_passkey, remove_passkey
from samenspel.staff.access import actor, page, say, show, slowed, who
from samenspel.staff.forms import sent, summary
from samenspel.workspace.passkey_checks import KeyForm, is_made, to_make
from samenspel.workspace.second_step import OwnerForm, shown_once, signed_in_for


class PasskeyForm(KeyForm, OwnerForm):
    name = forms.CharField(label="Naam", max_length=40, help_text="Bijvoorbeeld: mijn laptop.")
    field_order = ("name", "password", "credential")

    def clean_credential(self) -> object:
        if not is_made(self.cleaned_data["credential"]):
            raise forms.ValidationError("dit apparaat gaf geen goede sleutel; probeer het nog eens")
        return self.cleaned_data["credential"]


@page(may_work, "GET", "POST", one_step=True)
def own_passkey(request: HttpRequest) -> HttpResponse:
    """Let a device make a passkey, and keep it."""
    user, now = who(request), timezone.now()
    form = PasskeyForm(sent(request), user=user, signed_in=signed_in_for(request))
    if form.is_bound and not slowed(request, form, user.email, now, of="code") and form.is_valid():
        codes = add_passkey(
            user=user,
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            keep=request.session.session_key,
            by=actor(request),
            at=now,
        )
        return shown_once(request, codes)
    context = {"form": form, "errors": summary(form), "options": to_make(user)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/own_passkey.html", context, status=status)


@page(may_work, "POST")
def no_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Take away the passkey of a device that is gone."""
    keep = request.session.session_key
    try:
        remove_passkey(user=who(request), number=number, keep=keep, by=actor(request), at=timezone.now())
    except LastFactor:
        say(request, "Dit is uw enige tweede stap. Zet eerst een andere aan.")
    except WrongCode:
        say(request, "Deze sleutel was er al niet meer.")
    else:
        say(request, "De sleutel is weg. Op andere apparaten bent u uitgelogd.")
    return redirect("workspace:own-account")
