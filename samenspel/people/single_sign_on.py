"""Which account belongs to who signed in elsewhere (OpenID Connect); signing in never makes an account."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from samenspel.audit.action import Actor, action, record
from samenspel.people.accounts import account_of
from samenspel.people.models import User


class NoAccount(Exception):
    """No account here belongs to who signed in elsewhere."""


def account_bound_to(*, issuer: str, subject: str) -> User | None:
    """The account that this subject of this identity provider signed in to before."""
    return User.objects.filter(single_sign_on=_key(issuer, subject), is_active=True).first()


@action
def bind(*, issuer: str, subject: str, email: str, by: Actor, at: datetime) -> User:
    """Bind a subject to the account of an address that the provider verified; raises NoAccount.

    An account that is bound stays so: another subject with the same address does not get it.
    """
    user = account_of(email)
    free = User.objects.filter(pk=user.pk, is_active=True, single_sign_on=None) if user else User.objects.none()
    if user is None or not free.update(single_sign_on=_key(issuer, subject)):
        raise NoAccount
    record(action="bind_single_sign_on", on=user, by=by, at=at, municipality=user.municipality)
    user.refresh_from_db()
    return user


def _key(issuer: str, subject: str) -> str:
    return salted_hmac("samenspel.single_sign_on", f"{issuer}\n{subject}", algorithm="sha256").hexdigest()
