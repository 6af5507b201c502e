"""How good a list of answers is, judged by graded labels (3 exact, 2 good, 1 helps somewhat, 0 not)."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

DEPTH = 10
GOOD, EXACT = 2, 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answered question: the grades of its results in order, all grades that were to be had, and the note.

    `labels` is empty when the question asks for what is not there.
    """

    grades: tuple[int, ...]
    labels: tuple[int, ...]
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Means over a set of outcomes, as shares from 0 to 1; nan where no outcome counts.

    `error` is the standard error of the mean nDCG. `honest` is over questions without labels, the rest over the others.
    """

    ndcg: float
    error: float
    good_first: float
    good_of_3: float
    exact_first: float
    exact_of_3: float
    nothing: float
    honest: float


def score(outcomes: Iterable[Outcome]) -> Score:
    outcomes = tuple(outcomes)
    labelled = [one for one in outcomes if one.labels]
    without = [one for one in outcomes if not one.labels]

    def share(holds: Callable[[Outcome], bool], of: Sequence[Outcome] = labelled) -> float:
        return _mean([float(holds(one)) for one in of])

    gains = [ndcg(one.grades, one.labels) for one in labelled]
    return Score(
        ndcg=_mean(gains),
        error=statistics.stdev(gains) / sqrt(len(gains)) if len(gains) > 1 else float("nan"),
        good_first=share(lambda one: has(one.grades, least=GOOD, first=1)),
        good_of_3=share(lambda one: has(one.grades, least=GOOD, first=3)),
        exact_first=share(lambda one: has(one.grades, least=EXACT, first=1)),
        exact_of_3=share(lambda one: has(one.grades, least=EXACT, first=3)),
        nothing=share(lambda one: not one.grades),
        honest=share(lambda one: one.has_note or not one.grades, without),
    )


def ndcg(grades: Sequence[int], labels: Iterable[int]) -> float:
    """The gain of the first DEPTH results, from 0 to 1: 1 when no order of all labels gives more.

    Gain 2^grade - 1, divided by log2(place + 1) (Järvelin and Kekäläinen 2002, in the exponential form of Burges
    2005). A question needs at least one label above 0, else there is nothing to reach: ValueError.
    """
    ideal = _gain(sorted(labels, reverse=True))
    if not ideal:
        raise ValueError("nDCG needs a label above 0")
    return _gain(grades) / ideal


def has(grades: Sequence[int], *, least: int, first: int) -> bool:
    """Whether one of the first results has at least this grade."""
    return max(grades[:first], default=0) >= least


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:DEPTH], start=1))


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else float("nan")
