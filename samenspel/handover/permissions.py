"""Who may do what with what a resident left. `visible_to` of a model gives the same rows as its rule here."""

from datetime import date

from samenspel.handover.models import EarlySign, Handover, HelpRequest, Melding
from samenspel.handover.models.melding import mandated_kinds
from samenspel.people.models import HOLDING_ROLES, OUTSIDE_ROLES, AccessRole, Team, User
from samenspel.people.permissions import Verdict, only, permission


@permission
def may_read(user: User, request: HelpRequest) -> Verdict:
    """Read a question and do what its holder does: who works in the team that answers for it, or for its holder."""
    if user.municipality != request.municipality:
        return Verdict(False, "Deze vraag is van een andere gemeente.")
    if user.access_role in OUTSIDE_ROLES:
        holds = request.organization_id == user.organization_id
        return Verdict(holds, "Alleen wie het stokje aannam, leest deze vraag.")
    return _in_team(user, request.team, "Deze vraag is van een team waar u niet in werkt.")


@permission
def may_answer(user: User, handover: Handover) -> Verdict:
    """Say yes or no to a handover, and see what was shared: who works for whom it asks."""
    if user.municipality != handover.request.municipality:
        return Verdict(False, "Deze vraag is van een andere gemeente.")
    if handover.team is not None:
        return _in_team(user, handover.team, "Deze overdracht is voor een ander team.")
    asked = handover.organization_id is not None and user.organization_id == handover.organization_id
    return Verdict(asked and user.access_role in OUTSIDE_ROLES, "Deze overdracht is voor een andere organisatie.")


@permission
def may_succeed(user: User, team: Team) -> Verdict:
    """Give what somebody of a team holds to a successor: who works in that team."""
    return _in_team(user, team, "Dit is een team waar u niet in werkt.")


@permission
def may_read_sign(user: User, sign: EarlySign) -> Verdict:
    """Read an early sign: who works in the team that got it."""
    if user.municipality != sign.municipality:
        return Verdict(False, "Dit bericht is van een andere gemeente.")
    return _in_team(user, sign.team, "Dit bericht is van een team waar u niet in werkt.")


@permission
def may_transfer(user: User, melding: Melding, *, on: date) -> Verdict:
    """Take a melding out for the zaaksysteem: who works in a team with the mandate for it on the day `on`."""
    if user.municipality != melding.municipality:
        return Verdict(False, "Deze melding is van een andere gemeente.")
    if user.access_role not in HOLDING_ROLES:
        return Verdict(False, "Alleen medewerkers van een team met mandaat dragen een melding over.")
    teams = Team.objects.filter(members=user, municipality=user.municipality)
    return Verdict(melding.kind in mandated_kinds(teams, on=on), "Uw team heeft geen mandaat voor deze melding.")


@permission
def may_fix_grounds(user: User) -> Verdict:
    """Fix the list of legal grounds: the FG alone."""
    return only(user, AccessRole.PRIVACY_OFFICER, reason="Alleen de FG stelt de grondslagen vast.")


def _in_team(user: User, team: Team, otherwise: str) -> Verdict:
    if user.access_role not in HOLDING_ROLES:
        return Verdict(False, "Alleen medewerkers van een team van deze gemeente lezen vragen van inwoners.")
    return Verdict(team.members.filter(pk=user.pk).exists(), otherwise)
