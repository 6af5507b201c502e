"""The number to call about each offering, for cards: the index itself holds no contact."""

from collections.abc import Iterable
from datetime import datetime

from samenspel.socialmap.models import Offering
from samenspel.socialmap.pages import public_phone


def phones_of(ids: Iterable[str], *, at: datetime) -> dict[str, str]:
    """The number that anyone may call, by the id of an offering; "" when there is none or the group shields it.

    One query, kept nowhere: who shields or withdraws is off the next page, also when the index still has to follow.
    """
    rows = Offering.objects.visible(at).filter(pk__in=list(ids))
    found = rows.values_list("pk", "phone", "organization__phone", "organization__contact_shielded")
    return {str(pk): public_phone(own, group, is_shielded=shielded) for pk, own, group, shielded in found}
