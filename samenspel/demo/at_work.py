"""People at work in the demo: an account of every role with a new password at every start, and their morning.

The verbinder works in every team, for a team without people gets no questions; the preventiewerker and the wijkteam
work in the first one.
"""

import secrets
from dataclasses import replace
from datetime import date, datetime

from samenspel.demo.load import BY, MARKERWAARD
from samenspel.demo.morning import load_morning
from samenspel.demo.policy_agenda import load_agenda
from samenspel.demo.policy_cases import load_cases
from samenspel.demo.policy_framework import load_framework
from samenspel.people.accounts import AccountFacts, account_of, add_account, renew_account
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.mandates import FootingFacts, MandateFacts, set_footing, set_mandate
from samenspel.people.models import HOLDING_ROLES, AccessRole, Mandate, Organization, Team, User

ACCOUNTS = (
    AccountFacts(email="beheerder@example.nl", name="Samira", access_role=AccessRole.ADMINISTRATOR.value),
    AccountFacts(email="verbinder@example.nl", name="Wietske", access_role=AccessRole.CONNECTOR.value),
    AccountFacts(email="preventie@example.nl", name="Joost", access_role=AccessRole.PREVENTION_WORKER.value),
    AccountFacts(email="wijkteam@example.nl", name="Fatma", access_role=AccessRole.TEAM_MEMBER.value),
    AccountFacts(email="partner@example.nl", name="Henk", access_role=AccessRole.PARTNER.value),
    AccountFacts(email="vrijwilligers@example.nl", name="Roos", access_role=AccessRole.VOLUNTEER_COORDINATOR.value),
    AccountFacts(email="beleid@example.nl", name="Pieter", access_role=AccessRole.POLICY_ADVISER.value),
    AccountFacts(email="subsidie@example.nl", name="Anouk", access_role=AccessRole.SUBSIDY_ADVISER.value),
    AccountFacts(email="balie@example.nl", name="Kees", access_role=AccessRole.DESK.value),
    AccountFacts(email="redactie@example.nl", name="Yvonne", access_role=AccessRole.EDITOR.value),
    AccountFacts(email="fg@example.nl", name="Marloes", access_role=AccessRole.PRIVACY_OFFICER.value),
    AccountFacts(email="ciso@example.nl", name="Dennis", access_role=AccessRole.SECURITY_OFFICER.value),
    AccountFacts(email="adviesraad@example.nl", name="Gerda", access_role=AccessRole.ADVISORY_COUNCIL.value),
    AccountFacts(email="griffie@example.nl", name="Griffie", access_role=AccessRole.CLERK.value),
)
ARTICLES = ("wmo-2-2-3", "wmo-2-2-4", "wmo-2-3-2", "wgs-4")
MANDATE = MandateFacts(
    decision="Beslissen over een maatwerkvoorziening",
    in_name_of=Mandate.InNameOf.EXECUTIVE.value,
    reference="Mandaatbesluit Markerwaard 2026 (verzonnen)",
    valid_from=date(2026, 1, 1),
)
WORKS_FOR = {
    AccessRole.PARTNER.value: "handreiking",
    AccessRole.VOLUNTEER_COORDINATOR.value: "waardwerk",
}


def load_people_at_work(at: datetime) -> str:
    """Make or renew the accounts and leave their morning once; the password that holds until the next start."""
    password = secrets.token_urlsafe(9)
    users = {facts.access_role: _account(facts, password, at) for facts in ACCOUNTS}
    teams = Team.objects.filter(municipality=MARKERWAARD).order_by("name").prefetch_related("areas", "members")
    for number, team in enumerate(teams):
        _join([users[role] for role in (HOLDING_ROLES if number == 0 else HOLDING_ROLES[:1])], team, at)
        _stand(team, number == 0, at)
    load_framework(MARKERWAARD, BY, at)
    load_cases(MARKERWAARD, BY, at)
    load_agenda(MARKERWAARD, BY, at)
    load_morning(users, at)
    return password


def _account(facts: AccountFacts, password: str, at: datetime) -> User:
    known = account_of(facts.email)
    if works_for := WORKS_FOR.get(facts.access_role):
        organization = Organization.objects.get(municipality=MARKERWAARD, slug=works_for)
        facts = replace(facts, organization=organization)
    if known is None:
        return add_account(municipality=MARKERWAARD, facts=facts, password=password, by=BY, at=at)
    return renew_account(user=known, facts=facts, password=password, by=BY, at=at)


def _stand(team: Team, is_first: bool, at: datetime) -> None:
    """Say by which law a team works; the first one may also decide something."""
    if not team.law_articles:
        set_footing(team=team, facts=FootingFacts(law_articles=ARTICLES), by=BY, at=at)
    if is_first and not team.mandates.exists():
        set_mandate(team=team, facts=MANDATE, by=BY, at=at)


def _join(users: list[User], team: Team, at: datetime) -> None:
    members = tuple(team.members.all())
    new = tuple(user for user in users if user not in members)
    if not new:
        return
    facts = TeamFacts(
        name=team.name, phone=team.phone, email=team.email, areas=tuple(team.areas.all()), members=(*members, *new)
    )
    set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=at)
