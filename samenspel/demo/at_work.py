"""People at work in the demo: four accounts with a new password at every start, and two questions to read.

The verbinder works in every team, for a team without people gets no questions.
"""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from samenspel.audit.action import Actor
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.handover.actions import ask_for_help
from samenspel.handover.models import HelpRequest
from samenspel.handover.told import ContactWay, Told
from samenspel.people.accounts import AccountFacts, account_of, add_account, renew_account
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import AccessRole, Team, User
from samenspel.places.models import Area

ACCOUNTS = (
    AccountFacts(email="beheerder@example.nl", name="Samira", access_role=AccessRole.ADMINISTRATOR.value),
    AccountFacts(email="verbinder@example.nl", name="Wietske", access_role=AccessRole.TEAM_MEMBER.value),
    AccountFacts(email="balie@example.nl", name="Kees", access_role=AccessRole.DESK.value),
    AccountFacts(email="redactie@example.nl", name="Yvonne", access_role=AccessRole.EDITOR.value),
)
QUESTIONS = (
    (
        "WK990105",
        timedelta(days=3),
        Told(
            text="Sinds mijn man er niet meer is, zit ik hele dagen alleen. Ik wil wel eens naar de koffie, "
            "maar alleen durf ik niet.",
            name="Mevrouw Nel",
            way=ContactWay.PHONE.value,
            reach="0320-55 59 41",
            when="het liefst 's ochtends na tienen",
        ),
    ),
    (
        "WK990106",
        timedelta(hours=2),
        Told(
            text="Ik krijg brieven over geld en maak ze niet meer open.",
            name="Jos",
            way=ContactWay.VISIT.value,
            when="woensdag, dan is mijn zoon naar school",
        ),
    ),
)


def load_people_at_work(at: datetime) -> str:
    """Make or renew the accounts and leave the questions once; the password that holds until the next start."""
    password = secrets.token_urlsafe(9)
    users = [_account(facts, password, at) for facts in ACCOUNTS]
    for team in Team.objects.filter(municipality=MARKERWAARD).prefetch_related("areas", "members"):
        _join(users[1], team, at)
    if not HelpRequest.objects.filter(municipality=MARKERWAARD).exists():
        for code, ago, told in QUESTIONS:
            _leave(code, told, at - ago)
    return password


def _account(facts: AccountFacts, password: str, at: datetime) -> User:
    known = account_of(facts.email)
    if known is None:
        return add_account(municipality=MARKERWAARD, facts=facts, password=password, by=BY, at=at)
    return renew_account(user=known, facts=facts, password=password, by=BY, at=at)


def _join(user: User, team: Team, at: datetime) -> None:
    members = tuple(team.members.all())
    if user in members:
        return
    facts = TeamFacts(
        name=team.name, phone=team.phone, email=team.email, areas=tuple(team.areas.all()), members=(*members, user)
    )
    set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=at)


def _leave(code: str, told: Told, at: datetime) -> None:
    ask_for_help(
        municipality=MARKERWAARD,
        area=Area.objects.get(municipality=MARKERWAARD, code=code),
        about=HelpRequest.About.SELF.value,
        channel=HelpRequest.Channel.WEB.value,
        told=told,
        days=60,
        token=uuid4(),
        by=Actor("resident"),
        at=at,
    )
