"""Who may see the register of processing and take the papers along."""

from samenspel.people.models import AccessRole, User
from samenspel.people.permissions import Verdict, only, permission


@permission
def may_see_privacy(user: User) -> Verdict:
    """See what is kept, why and for how long; it shows no data of anybody."""
    return only(
        user,
        AccessRole.PRIVACY_OFFICER,
        AccessRole.SECURITY_OFFICER,
        AccessRole.ADMINISTRATOR,
        reason="Deze pagina is voor de FG, de adviseur informatiebeveiliging en de beheerder.",
    )
