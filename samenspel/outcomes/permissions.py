"""Who may see figures at work."""

from samenspel.people.models import AccessRole, User
from samenspel.people.permissions import Verdict, only, permission


@permission
def may_see_group_figures(user: User) -> Verdict:
    """See what groups shared about themselves."""
    return only(
        user,
        AccessRole.ADMINISTRATOR,
        AccessRole.CONNECTOR,
        AccessRole.PREVENTION_WORKER,
        AccessRole.POLICY_ADVISER,
        reason="Cijfers die groepen delen zijn voor verbinders, preventiewerkers en beleid.",
    )
