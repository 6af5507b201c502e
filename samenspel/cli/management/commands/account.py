"""`samenspel account EMAIL`: makes an account for work, or renews it with another password."""

import getpass
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify

from samenspel.audit.action import Actor
from samenspel.cli.base import SamenspelCommand
from samenspel.people.accounts import AccountFacts, account_of, add_account, close_account, renew_account
from samenspel.people.actions import set_team
from samenspel.people.checks import FactRefused
from samenspel.people.facts import TeamFacts
from samenspel.people.models import OUTSIDE_ROLES, AccessRole, Organization, Team, User

BY = Actor("system", "command")


class Command(SamenspelCommand):
    help = "maakt een account voor een medewerker, of vernieuwt het"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="het e-mailadres waarmee iemand inlogt")
        parser.add_argument("--name", default="", metavar="NAAM", help="hoe iemand op het scherm heet")
        parser.add_argument("--role", choices=AccessRole.values, help="waarvoor het account is")
        parser.add_argument(
            "--organization", metavar="ORGANISATIE", help="de organisatie van een partner of coördinator"
        )
        parser.add_argument("--team", default="", metavar="TEAM", help="voeg toe aan dit team")
        parser.add_argument("--generate", action="store_true", help="maak zelf een wachtwoord en toon het één keer")
        parser.add_argument("--close", action="store_true", help="sluit het account van wie weggaat")

    def run(self, *, email: str, close: bool, generate: bool, team: str, **options: Any) -> None:
        known = account_of(email)
        if known is not None and known.municipality != settings.MUNICIPALITY:
            raise CommandError(f"{email} hoort bij een andere gemeente")
        if close:
            self._close(known, email)
            return
        facts, group = _facts(email, known, **options), _team(team)
        password = secrets.token_urlsafe(12) if generate else _asked()
        try:
            user = _stored(known, facts, password)
        except FactRefused as refused:
            raise CommandError(str(refused)) from refused
        if group is not None:
            _join(group, user)
        self.stdout.write(f"{user.email} is {'vernieuwd' if known else 'gemaakt'}: {user.get_access_role_display()}.")
        if generate:
            self.stdout.write(f"Wachtwoord (u ziet het nu één keer): {password}")

    def _close(self, user: User | None, email: str) -> None:
        if user is None:
            raise CommandError(f"{email} heeft geen account")
        close_account(user=user, by=BY, at=timezone.now())
        self.stdout.write(f"Het account van {email} is gesloten.")


def _facts(
    email: str, known: User | None, *, name: str, role: str | None, organization: str | None, **options: Any
) -> AccountFacts:
    """What was typed; what was left out stays as it was."""
    if not settings.MUNICIPALITY:
        raise CommandError("SAMENSPEL_MUNICIPALITY is leeg: zet er de CBS-code van uw gemeente in, zoals GM1859")
    name = name or (known.name if known else "")
    role = role or (known.access_role if known else "")
    if not name or not role:
        raise CommandError("geef voor een nieuw account --name en --role")
    works_for = _organization(organization) if organization else (known.organization if known else None)
    return AccountFacts(
        email=email, name=name, access_role=role, organization=works_for if role in OUTSIDE_ROLES else None
    )


def _organization(name: str) -> Organization:
    rows = Organization.objects.filter(municipality=settings.MUNICIPALITY)
    found: Organization | None = rows.filter(slug=slugify(name)).first()
    if found is None:
        raise CommandError(f"--organization: er is geen organisatie '{name}'")
    return found


def _team(name: str) -> Team | None:
    if not name:
        return None
    teams = Team.objects.filter(municipality=settings.MUNICIPALITY)
    found: Team | None = teams.filter(name=name).first()
    if found is None:
        known = ", ".join(teams.order_by("name").values_list("name", flat=True)) or "nog geen"
        raise CommandError(f"--team: er is geen team '{name}'; teams: {known}")
    return found


def _asked() -> str:
    """The password, typed twice on the terminal; from a pipe its one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Wachtwoord: ")
    if first != getpass.getpass("Nog een keer: "):
        raise CommandError("de twee wachtwoorden zijn niet gelijk")
    return first


def _stored(known: User | None, facts: AccountFacts, password: str) -> User:
    at = timezone.now()
    if known is None:
        return add_account(municipality=settings.MUNICIPALITY, facts=facts, password=password, by=BY, at=at)
    return renew_account(user=known, facts=facts, password=password, by=BY, at=at)


def _join(team: Team, user: User) -> None:
    facts = TeamFacts(
        name=team.name,
        phone=team.phone,
        email=team.email,
        areas=tuple(team.areas.all()),
        members=(*team.members.exclude(pk=user.pk), user),
    )
    set_team(municipality=team.municipality, facts=facts, by=BY, at=timezone.now())
