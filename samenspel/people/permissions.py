"""Who may do what at work: each answer with its reason, which the page of a refusal shows.

Every context states its rules in its own `permissions.py`. What no rule allows is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from samenspel.people.models import HOLDING_ROLES, OUTSIDE_ROLES, AccessRole, User

Objects = ParamSpec("Objects")


@dataclass(frozen=True)
class Verdict:
    """Whether someone may, and in Dutch why (not)."""

    allowed: bool
    reason: str


_RULES: dict[str, Callable[..., Verdict]] = {}


def permission(rule: Callable[Concatenate[User, Objects], Verdict]) -> Callable[Concatenate[User, Objects], Verdict]:
    """Make `may_<verb>` the rule of its verb, which a closed account never passes; raises ValueError for a twin."""
    verb = rule.__name__.removeprefix("may_")

    @wraps(rule)
    def judge(user: User, /, *args: Objects.args, **kwargs: Objects.kwargs) -> Verdict:
        if not user.is_active:
            return Verdict(False, "Uw account is gesloten.")
        return rule(user, *args, **kwargs)

    if verb in _RULES:
        raise ValueError(f"two rules for {verb}")
    _RULES[verb] = judge
    return judge


def can(user: User, verb: str, *objects: object) -> Verdict:
    """Whether someone may do `verb` to the objects that its rule takes; a verb without a rule is refused."""
    rule = _RULES.get(verb)
    return rule(user, *objects) if rule else Verdict(False, "Hier is geen regel voor, dus dit mag niemand.")


def only(user: User, *roles: AccessRole, reason: str) -> Verdict:
    """Allowed for these roles; `reason` says for whom it is."""
    return Verdict(user.access_role in roles, reason)


@permission
def may_work(user: User) -> Verdict:
    """Open the start page: anyone with an account."""
    return Verdict(True, "U heeft een account.")


@permission
def may_import(user: User) -> Verdict:
    """Read files into the social map, and undo that."""
    return only(user, AccessRole.ADMINISTRATOR, reason="Alleen een beheerder leest bestanden in.")


@permission
def may_set_up(user: User) -> Verdict:
    """Set teams, entrances, contacts of areas, and the ways to independent help."""
    return only(user, AccessRole.ADMINISTRATOR, reason="Alleen een beheerder richt de gemeente in.")


@permission
def may_ask_to_confirm(user: User) -> Verdict:
    """Ask organizations whether their entries are true, and see who has not answered."""
    return only(
        user, AccessRole.ADMINISTRATOR, reason="Alleen een beheerder vraagt organisaties of hun gegevens kloppen."
    )


@permission
def may_see_unmet(user: User) -> Verdict:
    """See how often residents looked for something that was not there."""
    return only(user, AccessRole.ADMINISTRATOR, reason="Alleen een beheerder ziet wat inwoners niet vonden.")


@permission
def may_see_signs(user: User) -> Verdict:
    """See that somebody worried in the areas of one's own teams; opening one is judged per sign."""
    return only(user, *HOLDING_ROLES, reason="Signalen zijn alleen voor het team dat ze kreeg.")


@permission
def may_see_requests(user: User) -> Verdict:
    """See that there are questions for one's own teams or organization; opening one is judged per question."""
    return only(
        user,
        *HOLDING_ROLES,
        *OUTSIDE_ROLES,
        reason="Vragen van inwoners zijn alleen voor het team of de organisatie die ze heeft.",
    )


@permission
def may_edit_words(user: User) -> Verdict:
    """Add to the vocabulary of the municipality and publish that."""
    return only(
        user,
        AccessRole.EDITOR,
        AccessRole.ADMINISTRATOR,
        reason="Alleen een redacteur of beheerder verandert de woordenlijst.",
    )
