"""Which offerings mean what a question asks."""

from typing import NamedTuple

from samenspel.engine.meaning import nearest_rows
from samenspel.socialmap.meaning.encoder import encoder, stored_means
from samenspel.socialmap.meaning.vectors import opened

LEAST_COSINE = 0.15
"""Less is no likeness; docs/decisions/0021-meaning-optional.md tells how it was chosen."""

_LONGEST_QUESTION = 300
"""Characters of a question that are read: the work grows with its length."""


class Likeness(NamedTuple):
    """An offering near a question: its place from 1, the centred cosine, and how far that stands out among those of
    all offerings of the municipality, in standard deviations: cosines of two questions cannot be compared.
    """

    id: str
    rank: int
    cosine: float
    standing: float


def nearest(question: str, municipality: str, *, limit: int = 10) -> tuple[Likeness, ...]:
    """The offerings of a municipality nearest to a question in meaning, nearest first.

    Nothing when the extra is off or not installed, when no vectors are made yet, or when nothing comes near. An
    offering that ended a moment ago may still be in it: what the index does not know does not exist.
    """
    if (coder := encoder()) is None or not question.strip():
        return ()
    means = stored_means()
    if means.encoder != coder.name or (vectors := opened(municipality, means)) is None:
        return ()
    found = vectors.cosines(coder.questions([question[:_LONGEST_QUESTION]])[0], means)
    rows = nearest_rows(found, limit=limit, least=LEAST_COSINE)
    spread = float(found.std()) or 1.0
    likely = ((vectors.ids[row], rank, float(found[row])) for rank, row in enumerate(rows, start=1))
    return tuple(Likeness(id, rank, cosine, cosine / spread) for id, rank, cosine in likely)


def warm_meaning() -> None:
    """Load the model before the first question waits for it."""
    if (coder := encoder()) is not None:
        coder.questions(["koffieochtend"])
