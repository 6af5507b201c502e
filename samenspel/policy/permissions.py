"""Who may see and make policy at work; what is public stands on the public pages."""

from samenspel.people.models import AccessRole, User
from samenspel.people.permissions import Verdict, only, permission


@permission
def may_see_policy(user: User) -> Verdict:
    """See cases, the portfolio, the calendar and drafts of the framework."""
    return only(
        user,
        AccessRole.POLICY_ADVISER,
        AccessRole.SUBSIDY_ADVISER,
        AccessRole.ADMINISTRATOR,
        AccessRole.ADVISORY_COUNCIL,
        reason="Deze pagina is voor beleid, subsidies, de adviesraad en de beheerder.",
    )


@permission
def may_make_policy(user: User) -> Verdict:
    """State facts, record decisions, open and close reviews, keep goals and the agenda."""
    return only(
        user,
        AccessRole.POLICY_ADVISER,
        AccessRole.SUBSIDY_ADVISER,
        reason="Alleen een beleidsadviseur of subsidieadviseur legt dit vast.",
    )


@permission
def may_amend_framework(user: User) -> Verdict:
    """Change the draft of the framework and publish it once it is adopted."""
    return only(user, AccessRole.POLICY_ADVISER, reason="Alleen een beleidsadviseur werkt aan het kader.")


@permission
def may_advise_on_policy(user: User) -> Verdict:
    """Write the advice of the advisory council about a draft."""
    return only(user, AccessRole.ADVISORY_COUNCIL, reason="Alleen de adviesraad schrijft het advies van de adviesraad.")
