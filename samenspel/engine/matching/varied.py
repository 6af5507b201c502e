"""What is shown of a ranking: the best first, but not ten of one kind, and something of each thing that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from samenspel.engine.matching.offers import Floats, Offers, Whole
from samenspel.engine.matching.rank import Ranked
from samenspel.engine.matching.understand import Understanding

#: How much less each further answer of the same kind counts, so that ten coffee mornings do not hide the visitor at
#: home; never less than the floor, because who asks for coffee wants coffee.
SAME_KIND = 0.92
SAME_KIND_FLOOR = 0.65
#: How much less an answer counts for each turn that its need is ahead of another need of the same question.
TURN = 0.85
#: How far down the ranking is looked for something else, as a multiple of what is shown.
LOOKED_AT = 4


def varied(understanding: Understanding, offers: Offers, ranked: Sequence[Ranked], limit: int) -> Iterator[Ranked]:
    """Choose ``limit`` of what was ranked, one by one: the best that is left, seen what is already shown."""
    waiting = ranked[: limit * LOOKED_AT]
    rows = np.array([one.row for one in waiting], dtype=np.int64)
    scores = np.array([one.score for one in waiting])
    kinds = offers.kind_of_answer[rows]
    asked = _ask_answered(understanding, offers, rows)
    factor, turns = np.ones(len(waiting)), np.ones(len(waiting))
    for _ in range(min(limit, len(waiting))):
        best = int(np.argmax(scores * factor * turns))
        yield waiting[best]
        scores[best] = -1.0
        factor[kinds == kinds[best]] *= SAME_KIND
        np.maximum(factor, SAME_KIND_FLOOR, out=factor)
        if asked[best] >= 0:
            turns = _turns(asked, scores)


def _ask_answered(understanding: Understanding, offers: Offers, rows: Whole) -> Whole:
    """The number of the thing asked that each row answers best; -1 for what only shares words with the question."""
    asks = understanding.asked_rows()
    if len(asks) < 2 or not len(rows):
        return np.full(len(rows), -1)
    weights = np.array([need.weight for need in understanding.needs])[:, np.newaxis]
    answered = weights * offers.answers[:, rows]
    by_ask = np.array([answered[list(ask)].max(axis=0) for ask in asks])
    found: Whole = np.where(by_ask.max(axis=0) > 0, by_ask.argmax(axis=0), -1)
    return found


def _turns(asked: Whole, scores: Floats) -> Floats:
    """``TURN`` for each turn that a thing asked is ahead of the one that had the fewest and still has answers."""
    answers = asked >= 0
    had = np.bincount(asked[answers & (scores < 0)], minlength=int(asked.max()) + 1)
    open_asks = np.unique(asked[answers & (scores >= 0)])
    if len(open_asks) < 2:
        return np.ones(len(asked))
    ahead = np.maximum(0, had[asked] - had[open_asks].min())
    return np.where(answers, TURN**ahead, 1.0)
