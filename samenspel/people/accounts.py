"""Accounts of people at work: made, renewed and closed; signing in is slowed down for who guesses."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences
from samenspel.people.models import HOLDING_ROLES, Organization, SignInAttempt, Team, User
from samenspel.people.sessions import end_sessions

WITHIN = timedelta(minutes=15)
"""Tries older than this no longer slow anyone down."""
KEEP = timedelta(days=1)
LONGEST_WAIT = 30
"""Seconds: slow for who guesses, and never a closed door for whose account it is."""
FREE_TRIES = {"account_here": 5, "account": 60, "network": 60}
"""Wrong tries before the waiting starts. One network alone cannot make the owner of an account wait elsewhere: after
its free tries it gets one per LONGEST_WAIT, too few to reach the number of `account`. A town hall shares a network."""
FREE_CODES = {"account_here": 5, "account": 10, "network": 60}
"""The same for codes of the second step. Who gets there has the password, so guessing is held back harder: three of a
million codes are right, and 40 tries in a quarter of an hour give one chance in 8,000."""
FREE_LINKS = {"account_here": 10, "account": 20, "network": 60}
"""The same for asking for, and opening, links to choose a password."""
FREE_LEFT = {"network": 30}
"""Questions, referrals and worries left from one network: a library or a GP practice leaves some in a quarter of an
hour, a program that fills our screens leaves thousands."""
_FREE = {"password": FREE_TRIES, "code": FREE_CODES, "link": FREE_LINKS, "left": FREE_LEFT}


_TOO_EASY = {"password_too_short": "gebruik ten minste 12 tekens"}
_GUESSED = "dit wachtwoord is makkelijk te raden; kies een ander"


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """The whole of what is stated about an account; the address is kept in small letters.

    `teams` are all that someone works in, only for HOLDING_ROLES; None leaves them as they are.
    """

    email: str
    name: str
    access_role: str
    organization: Organization | None = None
    teams: tuple[Team, ...] | None = None


@action
def add_account(*, municipality: str, facts: AccountFacts, password: str | None, by: Actor, at: datetime) -> User:
    """Make an account; raises FactRefused, also when the address already has one.

    Without a password its owner chooses one by a link (`passwords.send_link`).
    """
    user = User(municipality=municipality)
    _state(user, facts)
    if password is None:
        user.set_unusable_password()
    else:
        set_password(user, password)
    user.save(force_insert=True)
    _place(user, facts)
    record(action="add_account", on=user, by=by, at=at, municipality=municipality, access_role=user.access_role)
    return user


@action
def renew_account(*, user: User, facts: AccountFacts, password: str, by: Actor, at: datetime) -> User:
    """Replace what is stated about an account and its password, which ends its sessions; raises FactRefused."""
    _state(user, facts)
    set_password(user, password)
    user.is_active = True
    user.save()
    _place(user, facts)
    end_sessions(user)
    record(action="renew_account", on=user, by=by, at=at, municipality=user.municipality, access_role=user.access_role)
    return user


@action
def change_account(*, user: User, facts: AccountFacts, by: Actor, at: datetime) -> User:
    """Replace what is stated about an account; another role or place of work ends its sessions; raises FactRefused."""
    before = (user.access_role, user.organization_id)
    stated = facts_of(user)
    changed = differences(stated, replace(facts, teams=stated.teams) if facts.teams is None else facts)
    _state(user, facts)
    user.save(update_fields=["email", "name", "access_role", "organization"])
    _place(user, facts)
    if before != (user.access_role, user.organization_id):
        end_sessions(user)
    record(
        action="change_account",
        on=user,
        by=by,
        at=at,
        municipality=user.municipality,
        fields=changed,
        access_role=user.access_role,
    )
    return user


@action
def close_account(*, user: User, by: Actor, at: datetime) -> None:
    """Delete an account, for who leaves; its sessions end at once, events keep only the id."""
    record(action="close_account", on=user, by=by, at=at, municipality=user.municipality)
    user.delete()


@action
def note_sign_in(*, user: User, network: str, by: Actor, at: datetime) -> None:
    """Leave an event of a sign-in and forget the tries that led to it; `at` is that of `seconds_to_wait`."""
    for of in ("password", "code"):
        subjects = _subjects(user.email, network, of)
        own = Q(subject__in=[subjects["account_here"], subjects["account"]])
        SignInAttempt.objects.filter(own | Q(subject=subjects["network"], at=at)).delete()
    record(action="sign_in", on=user, by=by, at=at, municipality=user.municipality)


@action
def note_sign_out(*, user: User, by: Actor, at: datetime) -> None:
    """Leave an event of a sign-out."""
    record(action="sign_out", on=user, by=by, at=at, municipality=user.municipality)


def facts_of(user: User) -> AccountFacts:
    """What is stated about an account now."""
    return AccountFacts(
        email=user.email,
        name=user.name,
        access_role=user.access_role,
        organization=user.organization,
        teams=tuple(user.teams.order_by("name")),
    )


def account_of(email: str) -> User | None:
    """The account of an address, however it was typed."""
    return User.objects.filter(email=plain_address(email)).first()


def plain_address(email: str) -> str:
    """An address as it is kept: "  Ans@Example.NL" becomes "ans@example.nl"."""
    return email.strip().lower()


def seconds_to_wait(*, email: str, network: str, at: datetime, of: str = "password") -> int:
    """Count a try to sign in from an IP address; 0 when it may go on, else the seconds to wait (then not counted).

    Counted before the password, or what else `of` names, is looked at, so that many tries at once do not slip through
    together.
    """
    return _seconds(_subjects(email, network, of), of, at)


def seconds_for_network(*, network: str, at: datetime) -> int:
    """Count something that is left without an account; 0 when it may go on, else the seconds to wait."""
    return _seconds({"network": _subjects("", network, "left")["network"]}, "left", at)


def _seconds(subjects: Mapping[str, str], of: str, at: datetime) -> int:
    with transaction.atomic():
        forget_tries(at=at)
        wait = max(_wait(subject, _FREE[of][kind], at) for kind, subject in subjects.items())
        if not wait:
            SignInAttempt.objects.bulk_create(SignInAttempt(subject=each, at=at) for each in subjects.values())
    return wait


def forget_tries(*, at: datetime) -> int:
    """Delete the tries of more than a day ago; how many rows."""
    return SignInAttempt.objects.filter(at__lt=at - KEEP).delete()[0]


def _wait(subject: str, free: int, at: datetime) -> int:
    """Seconds until the next try: none for the first ones, then 1, 2, 4 … up to LONGEST_WAIT after the last one."""
    tries = list(SignInAttempt.objects.filter(subject=subject, at__gt=at - WITHIN).values_list("at", flat=True))
    if len(tries) < free:
        return 0
    pause = min(2 ** min(len(tries) - free, 10), LONGEST_WAIT)
    return max(0, math.ceil((max(tries) + timedelta(seconds=pause) - at).total_seconds()))


def _subjects(email: str, network: str, of: str) -> dict[str, str]:
    account, block = plain_address(email), _block(network)
    named = {"account_here": f"{account} {block}", "account": account, "network": block}
    return {
        kind: salted_hmac(f"samenspel.{of}.{kind}", name, algorithm="sha256").hexdigest()
        for kind, name in named.items()
    }


def _block(network: str) -> str:
    """The network of an IP address: the address itself, and for IPv6 the /64 that one connection gets."""
    try:
        address = ipaddress.ip_address(network)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))


def _state(user: User, facts: AccountFacts) -> None:
    known = account_of(facts.email)
    if known is not None and known.pk != user.pk:
        raise FactRefused("email", "dit e-mailadres heeft al een account")
    check_same_municipality(user.municipality, organization=facts.organization)
    user.email, user.name, user.access_role = plain_address(facts.email), facts.name.strip(), facts.access_role
    user.organization = facts.organization
    check_row(user, skip=["password"])


def _place(user: User, facts: AccountFacts) -> None:
    """Let someone work in the teams that were stated, and in none with another role than HOLDING_ROLES."""
    holds = user.access_role in HOLDING_ROLES
    if facts.teams and not holds:
        raise FactRefused("teams", "met deze functie werkt niemand in een team")
    for team in facts.teams or ():
        check_same_municipality(user.municipality, teams=team)
    if facts.teams is not None or not holds:
        user.teams.set(facts.teams or ())


def set_password(user: User, password: str) -> None:
    """Put a new password on an account, unsaved; raises FactRefused for one that is easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise FactRefused("password", _TOO_EASY.get(str(error.error_list[0].code), _GUESSED)) from error
    user.set_password(password)
