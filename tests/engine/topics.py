"""An encoder for tests: it knows five topics and nothing else."""

from collections.abc import Sequence

import numpy as np

from samenspel.engine.meaning import Means, Vectors

TOPICS = (
    ("koffie",),
    ("wandelen", "ommetje", "kuieren"),
    ("geld", "post lezen"),
    ("taal",),
    ("schaak", "dammen", "zwirbelen"),
)


class TopicEncoder:
    """One number per topic of which a word is in the text, and large ones that every text of its kind shares."""

    name = "topics"

    def __init__(self) -> None:
        self.read: list[str] = []

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, (3.0, 0.0))

    def offerings(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return self._vectors(texts, (0.0, 3.0))

    def _vectors(self, texts: Sequence[str], shared: tuple[float, float]) -> Vectors:
        rows = [[*(float(any(word in text.lower() for word in words)) for words in TOPICS), *shared] for text in texts]
        found = np.array(rows, dtype=np.float32).reshape(len(rows), len(TOPICS) + len(shared))
        unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit


MEANS = Means("topics", TopicEncoder().questions(["iets"])[0], TopicEncoder().offerings(["iets"])[0])
