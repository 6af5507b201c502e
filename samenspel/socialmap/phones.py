"""The number to call about each offering, for cards: the index itself holds no contact."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from samenspel.socialmap.index import IndexMissing, index_reader
from samenspel.socialmap.models import Offering
from samenspel.socialmap.pages import contact_of


def phones_of(ids: Iterable[str]) -> Mapping[str, str]:
    """The number that anyone may call, by the id of an offering; "" when there is none or the group shields it.

    One query for those that were not asked before. Every change of a contact changes the index, and so empties this.
    """
    try:
        view = index_reader().view()
    except IndexMissing:
        return {}
    known = _known(view.build, view.state.commits)
    if unknown := [one for one in ids if one not in known]:
        rows = Offering.objects.filter(pk__in=unknown).select_related("organization")
        known |= dict.fromkeys(unknown, "") | {str(row.pk): contact_of(row).phone for row in rows}
    return known


@lru_cache(maxsize=1)
def _known(_build: Path, _commits: int) -> dict[str, str]:
    return {}
