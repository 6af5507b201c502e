"""Who may see and make policy at work; what is public stands on the public pages."""

from samenspel.people.models import HOLDING_ROLES, AccessRole, User
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


@permission
def may_see_blocks(user: User) -> Verdict:
    """See the building blocks of every area with their evidence, actions, wijkopgaven and networks."""
    return only(
        user,
        AccessRole.POLICY_ADVISER,
        AccessRole.SUBSIDY_ADVISER,
        AccessRole.ADMINISTRATOR,
        AccessRole.ADVISORY_COUNCIL,
        AccessRole.CLERK,
        *HOLDING_ROLES,
        reason="Deze pagina is voor beleid, verbinders, de griffie en de adviesraad.",
    )


@permission
def may_keep_areas(user: User) -> Verdict:
    """Say that somebody looked, keep actions for a gap, wijkopgaven with their promises, and networks."""
    return only(
        user,
        AccessRole.POLICY_ADVISER,
        AccessRole.CONNECTOR,
        AccessRole.PREVENTION_WORKER,
        reason="Alleen beleid, een verbinder of een preventiewerker houdt dit bij.",
    )


@permission
def may_set_norms(user: User) -> Verdict:
    """Write down what the council adopted: norms, unit prices, and whether a total is shown."""
    return only(user, AccessRole.POLICY_ADVISER, reason="Alleen een beleidsadviseur legt vast wat de raad besloot.")


@permission
def may_explore(user: User) -> Verdict:
    """Make and read explorations (what if)."""
    return only(
        user,
        AccessRole.POLICY_ADVISER,
        AccessRole.SUBSIDY_ADVISER,
        reason="Een verkenning is een schets: alleen beleid en subsidies werken eraan.",
    )


@permission
def may_note_questions(user: User) -> Verdict:
    """Write down what the council or residents ask, and the answer of the college."""
    return only(
        user,
        AccessRole.CLERK,
        AccessRole.POLICY_ADVISER,
        reason="Alleen de griffie en beleid schrijven vragen en antwoorden op.",
    )
