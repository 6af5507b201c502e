"""The second step of signing in: codes of an app (RFC 6238) or a passkey, with recovery codes for who loses them.

django-allauth keeps them and does the arithmetic; its pages are not used. A code works once: the counter of the last
one is kept with the secret, for a cache of one process would let another process take it again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db.models import QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.people.models import TWO_STEP_ROLES, User
from samenspel.people.second_factor_store import SealedSecrets
from samenspel.people.sessions import end_sessions

Kind = Authenticator.Type
PERIOD = 30
"""Seconds that a code of an app is shown; the one before and the one after are taken too, for clocks that differ."""

make_secret = generate_totp_secret


class WrongCode(ValueError):
    """The code is not one of this account, or was used before."""


class LastFactor(ValueError):
    """It is the only second factor: another one must be set first."""


@dataclass(frozen=True)
class SecondFactors:
    """What an account can prove itself with; `codes_left` of the recovery codes are unused."""

    app: bool
    passkeys: tuple[tuple[int, str], ...]
    """The number and the name of each."""
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or bool(self.passkeys)


def second_factors_of(user: User) -> SecondFactors:
    """The second factors of an account; one query."""
    rows = list(_factors(user).order_by("created_at"))
    codes = [RecoveryCodes(row) for row in rows if row.type == Kind.RECOVERY_CODES]
    return SecondFactors(
        app=any(row.type == Kind.TOTP for row in rows),
        passkeys=tuple((row.pk, row.data["name"]) for row in rows if row.type == Kind.WEBAUTHN),
        codes_left=len(codes[0].get_unused_codes()) if codes else 0,
    )


def must_prove_twice(user: User) -> bool:
    """Whether the account is of a kind that may not work without a second factor."""
    return user.access_role in TWO_STEP_ROLES


def app_address(user: User, secret: str) -> str:
    """The address that an app reads from the QR code."""
    return str(SealedSecrets().build_totp_url(user, secret))


@action
def set_up_app(*, user: User, secret: str, code: str, keep: str | None, by: Actor, at: datetime) -> list[str]:
    """Take an app into use that shows the right code for `secret`, in place of an earlier one.

    Ends the other sessions of the account than `keep`. Gives the unused recovery codes; raises WrongCode.
    """
    counter = _counter(secret, code, at)
    if counter is None:
        raise WrongCode
    _factors(user).filter(type=Kind.TOTP).delete()
    row = TOTP.activate(user, secret).instance
    _note_use(row, at, counter=counter)
    return _taken_into_use(user, Kind.TOTP, keep, by, at)


@action
def add_passkey(
    *, user: User, name: str, credential: dict[str, Any], keep: str | None, by: Actor, at: datetime
) -> list[str]:
    """Keep a passkey that the door verified, as `set_up_app` does for an app."""
    WebAuthn.add(user, name, credential)
    return _taken_into_use(user, Kind.WEBAUTHN, keep, by, at)


@action
def prove_by_code(*, user: User, code: str, by: Actor, at: datetime) -> None:
    """Take a code of the app, or a recovery code, once; raises WrongCode."""
    for row in _factors(user).select_for_update().exclude(type=Kind.WEBAUTHN):
        if row.type == Kind.TOTP:
            counter = _counter(decrypt(row.data["secret"]), code, at)
            is_right = counter is not None and counter > row.data.get("counter", 0)
        else:
            counter, is_right = None, RecoveryCodes(row).validate_code(code)
        if is_right:
            row.refresh_from_db()
            _note_use(row, at, counter=counter)
            record(action="second_step", on=user, by=by, at=at, municipality=user.municipality, way=row.type)
            return
    raise WrongCode


@action
def prove_by_passkey(*, user: User, passkey: Authenticator, by: Actor, at: datetime) -> None:
    """Note that a passkey, which the door verified, was used."""
    _note_use(passkey, at)
    record(action="second_step", on=user, by=by, at=at, municipality=user.municipality, way=passkey.type)


@action
def remove_passkey(*, user: User, number: int, keep: str | None, by: Actor, at: datetime) -> None:
    """Take away one passkey, of a device that is gone; raises WrongCode for none, LastFactor for the only factor."""
    row = _factors(user).filter(type=Kind.WEBAUTHN, pk=number).first()
    if row is None:
        raise WrongCode
    others = _factors(user).exclude(type=Kind.RECOVERY_CODES).exclude(pk=row.pk)
    if not others.exists():
        raise LastFactor
    row.delete()
    end_sessions(user, keep=keep)
    record(action="remove_passkey", on=user, by=by, at=at, municipality=user.municipality)


@action
def renew_recovery_codes(*, user: User, keep: str | None, by: Actor, at: datetime) -> list[str]:
    """Replace the recovery codes: those on paper stop working. Gives the new ones."""
    _factors(user).filter(type=Kind.RECOVERY_CODES).delete()
    return _taken_into_use(user, Kind.RECOVERY_CODES, keep, by, at)


@action
def drop_second_factors(*, user: User, by: Actor, at: datetime) -> None:
    """Take away all second factors, of who lost the phone and the paper; ends all sessions of the account."""
    _factors(user).delete()
    end_sessions(user)
    record(action="drop_second_factors", on=user, by=by, at=at, municipality=user.municipality)


def _factors(user: User) -> "QuerySet[Any]":
    rows: QuerySet[Any] = Authenticator.objects.filter(user=user)
    return rows


def _taken_into_use(user: User, kind: str, keep: str | None, by: Actor, at: datetime) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    end_sessions(user, keep=keep)
    record(action="set_second_factor", on=user, by=by, at=at, municipality=user.municipality, way=kind)
    return codes


def _note_use(row: Any, at: datetime, *, counter: int | None = None) -> None:
    if counter is not None:
        row.data["counter"] = counter
    row.last_used_at = at
    row.save(update_fields=["data", "last_used_at"])


def _counter(secret: str, code: str, at: datetime) -> int | None:
    """The moment that a code belongs to, in periods since 1970: this one or one beside it; None for no such code."""
    now = int(at.timestamp()) // PERIOD
    for counter in (now - 1, now, now + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None
