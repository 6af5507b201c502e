"""Who may do what: every role what it is for, each refusal with its reason; what no rule allows is refused."""

import importlib
from pathlib import Path

import pytest

from samenspel.people.models import HOLDING_ROLES, AccessRole, User
from samenspel.people.permissions import Verdict, can, permission

ROOT = Path(__file__).parents[2]
OPEN_TO: dict[str, set[str]] = {
    "work": set(AccessRole.values),
    "import": {"administrator"},
    "set_up": {"administrator"},
    "ask_to_confirm": {"administrator"},
    "see_unmet": {"administrator"},
    "see_requests": {"connector", "prevention_worker", "team_member", "partner", "volunteer_coordinator"},
    "edit_words": {"administrator", "editor"},
}


@pytest.mark.parametrize("verb", sorted(OPEN_TO))
def test_each_role_may_what_it_is_for_with_a_reason_and_a_closed_account_nothing(verb: str):
    verdicts = {role: can(User(access_role=role), verb) for role in AccessRole.values}
    closed = [can(User(access_role=role, is_active=False), verb) for role in AccessRole.values]

    assert {role for role, verdict in verdicts.items() if verdict.allowed} == OPEN_TO[verb]
    assert all(verdict.reason for verdict in verdicts.values())
    assert {(verdict.allowed, verdict.reason) for verdict in closed} == {(False, "Uw account is gesloten.")}


@pytest.mark.parametrize("verb", ["fly", "", "may_work", "_RULES"])
def test_a_verb_without_a_rule_is_refused_to_everyone(verb: str):
    assert not any(can(User(access_role=role), verb).allowed for role in AccessRole.values)
    assert can(User(access_role="administrator"), verb).reason


def test_a_verb_has_one_rule():
    def may_work(user: User) -> Verdict:
        return Verdict(True, "")

    with pytest.raises(ValueError, match="two rules for work"):
        permission(may_work)


def test_every_rule_of_every_context_is_registered():
    for path in ROOT.glob("samenspel/*/permissions.py"):
        module = importlib.import_module(f"samenspel.{path.parent.name}.permissions")
        for name in vars(module):
            if name.startswith("may_"):
                closed = User(access_role="administrator", is_active=False)
                assert can(closed, name.removeprefix("may_")).reason == "Uw account is gesloten.", name


def test_those_who_hold_questions_are_the_three_roles_of_the_teams():
    assert {role.value for role in HOLDING_ROLES} == {"connector", "prevention_worker", "team_member"}
