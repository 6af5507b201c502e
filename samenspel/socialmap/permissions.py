"""Who may do what with the social map at work."""

from samenspel.people.models import AccessRole, User
from samenspel.people.permissions import Verdict, only, permission


@permission
def may_call_groups(user: User) -> Verdict:
    """Call groups that did not answer "klopt dit?", and note what they said."""
    return only(
        user,
        AccessRole.ADMINISTRATOR,
        AccessRole.CONNECTOR,
        AccessRole.PREVENTION_WORKER,
        reason="Bellen of het klopt doen verbinders, preventiewerkers en beheerders.",
    )


@permission
def may_look_at_changes(user: User) -> Verdict:
    """Look at what groups changed in their own entries."""
    return only(
        user,
        AccessRole.ADMINISTRATOR,
        AccessRole.EDITOR,
        reason="Alleen een redacteur of beheerder kijkt wijzigingen na.",
    )
