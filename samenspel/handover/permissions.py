"""Who may read what a resident left."""

from samenspel.handover.models import HelpRequest
from samenspel.people.models import AccessRole, User
from samenspel.people.permissions import Verdict


def may_read(user: User, request: HelpRequest) -> Verdict:
    """Read a question: only who works in the team that holds it; the same rows as `visible_to`."""
    if not user.is_active:
        return Verdict(False, "Uw account is gesloten.")
    if user.access_role != AccessRole.TEAM_MEMBER or user.municipality != request.municipality:
        return Verdict(False, "Alleen medewerkers van een team van deze gemeente lezen vragen van inwoners.")
    if not request.team.members.filter(pk=user.pk).exists():
        return Verdict(False, "Deze vraag is van een team waar u niet in werkt.")
    return Verdict(True, "U werkt in het team dat deze vraag heeft.")
