"""Which help must come at once: found in the words of a question, above every offering."""

from __future__ import annotations

from samenspel.engine.matching.phrases import Reading
from samenspel.engine.matching.vocabulary import Urgent, Vocabulary


def urgent_help(reading: Reading, vocabulary: Vocabulary) -> tuple[Urgent, ...]:
    """Find calls for help. Denial is not read here: one alarm too many is the lesser harm."""
    taken_back: dict[str, list[frozenset[int]]] = {}
    for harmless in vocabulary.not_urgent.find(reading):
        taken_back.setdefault(harmless.payload, []).append(harmless.words)
    keys = {
        hit.payload
        for hit in vocabulary.alarms.find(reading)
        if not any(hit.words & words for words in taken_back.get(hit.payload, ()))
    }
    found = [urgent for urgent in vocabulary.urgent if urgent.key in keys]
    return tuple(sorted(found, key=lambda urgent: not urgent.direct_danger))
