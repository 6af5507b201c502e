"""Passwords chosen by their owners: by a link that works once, or on the page of one's own account.

Nothing is kept of a link: it holds a signature over the password that it replaces (django.contrib.auth.tokens), so that
it ends with its first use, and after PASSWORD_RESET_TIMEOUT.
"""

import base64
import binascii
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.mail.outbox import queue_template
from samenspel.people.accounts import set_password
from samenspel.people.checks import FactRefused
from samenspel.people.facts import lock
from samenspel.people.models import User
from samenspel.people.sessions import end_sessions

MOST_A_DAY = 3
"""Links that anyone may have sent to one address in a day."""


class LinkSpent(ValueError):
    """The link was used, is too old, or was never given."""


@action
def send_link(*, user: User, by: Actor, at: datetime, most_a_day: int | None = None) -> None:
    """Mail a link by which the owner chooses a password; raises TooMuchMail."""
    ends = at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    queue_template(
        kind="password",
        context={
            "link": settings.LINKS["password"].format(secret=_secret(user)),
            "ends_on": ends.astimezone(ZONE).date(),
        },
        language="nl",
        municipality=user.municipality,
        to=user.email,
        at=at,
        most_a_day=most_a_day,
    )
    record(action="send_password_link", on=user, by=by, at=at, municipality=user.municipality)


def account_of_link(secret: str) -> User:
    """The account of a link that still works; raises LinkSpent."""
    number, _, token = secret.partition(".")
    pk = _read(number)
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if user is None or not default_token_generator.check_token(user, token):
        raise LinkSpent
    return user


@action
def choose_password(*, secret: str, password: str, by: Actor, at: datetime) -> User:
    """Set the password of who opened a link, which ends all sessions of the account; raises LinkSpent, FactRefused."""
    user = account_of_link(secret)
    lock(user)
    if not default_token_generator.check_token(user, secret.partition(".")[2]):
        raise LinkSpent  # someone else used it while we waited
    _replace(user, password, keep=None)
    record(action="choose_password", on=user, by=by, at=at, municipality=user.municipality)
    return user


@action
def change_password(*, user: User, current: str, password: str, keep: str | None, by: Actor, at: datetime) -> None:
    """Replace one's own password and end the other sessions than `keep`; raises FactRefused."""
    if not user.check_password(current):
        raise FactRefused("current", "dit is niet uw wachtwoord van nu")
    _replace(user, password, keep=keep)
    record(action="change_password", on=user, by=by, at=at, municipality=user.municipality)


def _replace(user: User, password: str, *, keep: str | None) -> None:
    set_password(user, password)
    user.save(update_fields=["password"])
    end_sessions(user, keep=keep)


def _secret(user: User) -> str:
    number = base64.urlsafe_b64encode(user.pk.bytes).decode().rstrip("=")
    return f"{number}.{default_token_generator.make_token(user)}"


def _read(number: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(number + "=="))
    except (ValueError, binascii.Error):
        return None
