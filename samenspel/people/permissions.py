"""Who may do what at work: each answer with its reason, which the page of a refusal shows."""

from dataclasses import dataclass

from samenspel.people.models import AccessRole, User


@dataclass(frozen=True)
class Verdict:
    """Whether someone may, and in Dutch why (not)."""

    allowed: bool
    reason: str


def may_work(user: User) -> Verdict:
    """Open the start page: anyone with an account."""
    return Verdict(user.is_active, "Uw account is gesloten." if not user.is_active else "U heeft een account.")


def may_import(user: User) -> Verdict:
    """Read files into the social map, and undo that."""
    return _only(user, AccessRole.ADMINISTRATOR, "Alleen een beheerder leest bestanden in.")


def may_set_up(user: User) -> Verdict:
    """Set teams, entrances, contacts of areas, and the ways to independent help."""
    return _only(user, AccessRole.ADMINISTRATOR, "Alleen een beheerder richt de gemeente in.")


def may_ask_to_confirm(user: User) -> Verdict:
    """Ask organizations whether their entries are true, and see who has not answered."""
    return _only(user, AccessRole.ADMINISTRATOR, "Alleen een beheerder vraagt organisaties of hun gegevens kloppen.")


def may_see_unmet(user: User) -> Verdict:
    """See how often residents looked for something that was not there."""
    return _only(user, AccessRole.ADMINISTRATOR, "Alleen een beheerder ziet wat inwoners niet vonden.")


def may_see_requests(user: User) -> Verdict:
    """See that there are questions of residents for one's own teams; opening one is judged per question."""
    return _only(
        user, AccessRole.TEAM_MEMBER, "Vragen van inwoners zijn alleen voor medewerkers van het team dat ze heeft."
    )


def may_edit_words(user: User) -> Verdict:
    """Add to the vocabulary of the municipality and publish that."""
    may = user.is_active and user.access_role in (AccessRole.EDITOR, AccessRole.ADMINISTRATOR)
    return Verdict(may, "Alleen een redacteur of beheerder verandert de woordenlijst.")


def _only(user: User, role: AccessRole, reason: str) -> Verdict:
    return Verdict(user.is_active and user.access_role == role, reason)
