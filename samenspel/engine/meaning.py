"""Likeness of meaning between a question and offerings, by the vectors of a sentence encoder.

All texts of one kind share a large part of their vectors: the language, the tone, "this is an offering". That part
hides the differences, so each side is centred: the mean of its kind is taken off before comparing (all-but-the-mean,
Mu and Viswanath, "All-but-the-Top", 2018). The mean of questions is stored, for one live question has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""n rows of d numbers, each row of length 1; or one such row."""
Numbers = NDArray[np.float32]

USUAL_OFFERINGS = 50
"""The stored mean of offerings counts as this many: a village with three of them has no mean of its own."""


class Encoder(Protocol):
    """Makes vectors of texts; the same text always gives the same vector. `name` differs when the vectors do."""

    @property
    def name(self) -> str: ...

    def questions(self, texts: Sequence[str]) -> Vectors: ...

    def offerings(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True)
class Means:
    """The mean vector of questions and of offerings, d numbers each, for the encoder of this name."""

    encoder: str
    questions: Numbers
    offerings: Numbers

    def of_offerings(self, vectors: Vectors) -> Numbers:
        """The mean of these offerings, drawn to the stored one when they are few."""
        total = self.offerings * USUAL_OFFERINGS + vectors.sum(axis=0, dtype=np.float32)
        mean: Numbers = total / np.float32(USUAL_OFFERINGS + len(vectors))
        return mean


def lengths(vectors: Vectors, mean: Numbers) -> Numbers:
    """The length of each row after the mean is taken off; 1 for a row that is the mean."""
    found: Numbers = np.linalg.norm(vectors - mean, axis=1)
    return np.where(found > 0, found, np.float32(1.0))


def cosines(question: Vectors, vectors: Vectors, means: Means, mean: Numbers, rests: Numbers) -> Numbers:
    """The cosine of one question with each offering, both centred; -1 to 1, and 0 for a question that says nothing.

    `mean` and `rests` are `Means.of_offerings` and `lengths` of `vectors`, which change seldom.
    """
    asked = question - means.questions
    size = float(np.linalg.norm(asked))
    if size == 0:
        return np.zeros(len(vectors), dtype=np.float32)
    asked = asked / np.float32(size)
    return ((vectors @ asked - mean @ asked) / rests).astype(np.float32)


def nearest_rows(found: Numbers, *, limit: int, least: float) -> list[int]:
    """The rows with a cosine of at least `least`, nearest first, at most `limit`; equal ones in the order of rows."""
    order = np.argsort(-found, kind="stable")[: max(0, limit)]
    return [int(row) for row in order if found[row] >= least]
