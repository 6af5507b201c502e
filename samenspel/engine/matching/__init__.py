"""Matching a question in own words with offerings nearby: understand, rank, vary, tell why.

Each step is a pure function: ``understand`` reads the question with the vocabulary, ``rank`` orders what the search
found, ``varied`` chooses what is shown of it, ``reason_sentence`` tells why.
"""

from samenspel.engine.matching.offers import Offers
from samenspel.engine.matching.rank import Part, Point, Ranked, rank
from samenspel.engine.matching.reason import Reason, reason_sentence
from samenspel.engine.matching.understand import MAX_QUESTION, FoundNeed, Understanding, understand
from samenspel.engine.matching.varied import varied
from samenspel.engine.matching.vocabulary import (
    Need,
    Right,
    Urgent,
    Vocabulary,
    VocabularyInvalid,
    parse_vocabulary,
)

__all__ = [
    "MAX_QUESTION",
    "FoundNeed",
    "Need",
    "Offers",
    "Part",
    "Point",
    "Ranked",
    "Reason",
    "Right",
    "Understanding",
    "Urgent",
    "Vocabulary",
    "VocabularyInvalid",
    "parse_vocabulary",
    "rank",
    "reason_sentence",
    "understand",
    "varied",
]
