"""Who gave questions to whom in a quarter: that there was a link, never how often, when or whose."""

from samenspel.outcomes.models import HandoverLink
from samenspel.people.models import Organization


def note_link(*, municipality: str, giver: Organization | None, receiver: Organization | None, quarter: str) -> None:
    """Keep that `giver` gave a question to `receiver` (None: a team of the municipality), once a quarter ("2026Q4").

    No event, as of a counter (decision 0020). One team to another, or a party to itself, is no link.
    """
    if giver != receiver:
        row = HandoverLink(municipality=municipality, quarter=quarter, giver=giver, receiver=receiver)
        HandoverLink.objects.bulk_create([row], ignore_conflicts=True)
