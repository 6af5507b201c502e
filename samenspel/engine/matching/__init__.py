"""Matching a question in own words with offerings nearby: understand, rank, tell why.

Three steps, each a pure function: ``understand`` reads the question with the vocabulary,
``rank`` orders candidates that the search found, ``reason_sentence`` tells why.
"""

from samenspel.engine.matching.rank import (
    Candidate,
    CandidateInvalid,
    CandidateScore,
    Match,
    Part,
    Point,
    Reason,
    distance_m,
    rank,
)
from samenspel.engine.matching.reason import reason_sentence
from samenspel.engine.matching.understand import MAX_QUESTION, FoundNeed, Understanding, understand
from samenspel.engine.matching.vocabulary import (
    Need,
    Urgent,
    Vocabulary,
    VocabularyInvalid,
    parse_vocabulary,
)

__all__ = [
    "MAX_QUESTION",
    "Candidate",
    "CandidateInvalid",
    "CandidateScore",
    "FoundNeed",
    "Match",
    "Need",
    "Part",
    "Point",
    "Reason",
    "Understanding",
    "Urgent",
    "Vocabulary",
    "VocabularyInvalid",
    "distance_m",
    "parse_vocabulary",
    "rank",
    "reason_sentence",
    "understand",
]
