"""Passkeys between browser and library (WebAuthn, level 3): what is asked of a device, and whether its answer holds.

The challenge stands in the session; the library finds it there by the request of django-allauth's middleware.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import (
    begin_authentication,
    begin_registration,
    complete_authentication,
    complete_registration,
    parse_authentication_response,
    parse_registration_response,
)
from django import forms

from samenspel.people.models import User


class KeyForm(forms.Form):
    """What the script puts in: the answer of the device."""

    credential = forms.JSONField(widget=forms.HiddenInput)


def to_make(user: User) -> str:
    """What the browser asks a device to make a new passkey of, as JSON."""
    return _json(begin_registration(user, passwordless=False))


def is_made(credential: Any) -> bool:
    """Whether a device made the passkey that was asked for just now, on this site."""
    try:
        parse_registration_response(credential)
        complete_registration(credential)
    except (forms.ValidationError, ValueError, KeyError, TypeError):
        return False
    return True


def to_use(user: User) -> str:
    """What the browser asks a device to sign, as JSON."""
    return _json(begin_authentication(user))


def used_key(user: User, credential: Any) -> Authenticator | None:
    """The passkey of the account that signed what was asked just now, on this site; None when none did."""
    try:
        parse_authentication_response(credential)
        return complete_authentication(user, credential)
    except (forms.ValidationError, ValueError, KeyError, TypeError):
        return None


def _json(options: dict[str, Any]) -> str:
    return json.dumps(options["publicKey"], default=dict)
