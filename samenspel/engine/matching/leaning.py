"""What the words of a question lean to, also where no whole phrase of the vocabulary stands in it.

Every phrase of the vocabulary is an example too: its words go with what it stands for. A word that stands in phrases
of one need only ("kist", "rouwkaart") says much, a word of all kinds of phrases ("iedere", "samen") next to nothing.
So a question that nobody foresaw leans to the needs and subjects whose phrases share its telling words (a classifier
after Rocchio, 1971, with the phrases as examples). Leaning orders what is found; it never shows a need or a right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from samenspel.engine import dutch
from samenspel.engine.matching.phrases import SMALL_WORDS, Element, Phrase, Reading

Key = TypeVar("Key", bound=Hashable)

#: A word leans to so many things at most; what it says of the others is too little to add up.
MOST_OF_A_WORD = 16

_Leans = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Leanings(Generic[Key]):
    """For each stem what it goes with, as rows of ``keys``, and how strongly, from above 0 to 1, strongest first.

    Make them with ``Leanings.of``.
    """

    keys: Sequence[Key] = ()
    by_stem: Mapping[str, _Leans] = field(default_factory=dict)

    @classmethod
    def of(cls, examples: Iterable[tuple[Phrase, Key, float]], *, half_believed: float) -> Leanings[Key]:
        """Learn from phrases, each with what it stands for and how strongly (0-1).

        A word seen with ``half_believed`` whole examples is believed for half of what it says.
        """
        rows: dict[Key, int] = {}
        seen: dict[str, Counter[int]] = {}
        for phrase, key, weight in examples:
            row = rows.setdefault(key, len(rows))
            for element in phrase.elements:
                stems = _stems(element)
                for stem in stems:
                    seen.setdefault(stem, Counter())[row] += weight / len(phrase.elements) / len(stems) ** 0.5
        every: Counter[int] = Counter()
        for counted in seen.values():
            every.update(counted)
        usual = {row: amount / every.total() for row, amount in every.items()}
        return cls(tuple(rows), {stem: _beyond(counted, usual, half_believed) for stem, counted in seen.items()})

    def of_question(self, reading: Reading, limit: int) -> tuple[tuple[Key, float], ...]:
        """What the words lean to most, strongest first, each as a share of the strongest."""
        found: dict[int, float] = {}
        for word in reading.words:
            for row, strength in () if word.folded in SMALL_WORDS else self._of_word(word):
                found[row] = found.get(row, 0.0) + strength
        best = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:limit]
        return tuple((self.keys[row], strength / best[0][1]) for row, strength in best)

    def _of_word(self, word: dutch.Word) -> _Leans:
        """By the whole word; by its parts only when no phrase has it whole."""
        known = [self.by_stem[stem] for stem in word.heads if stem in self.by_stem]
        known = known or [self.by_stem[stem] for stem in word.stems if stem in self.by_stem]
        return max(known, key=_strength, default=())


def _stems(element: Element) -> list[str]:
    """The stems of an element; a beginning has none."""
    return sorted(element.stems | {dutch.stems(word)[0] for word in element.exact})


def _strength(leans: _Leans) -> float:
    return sum(strength for _, strength in leans)


def _beyond(counted: Counter[int], usual: Mapping[int, float], half_believed: float) -> _Leans:
    """What a word says beyond what any word says."""
    return tuple(sorted(_differences(counted, usual, half_believed), key=lambda one: (-one[1], one[0])))[
        :MOST_OF_A_WORD
    ]


def _differences(
    counted: Counter[int], usual: Mapping[int, float], half_believed: float
) -> Iterator[tuple[int, float]]:
    total = counted.total()
    for row, amount in counted.items():
        beyond = (amount / total - usual[row]) * total / (total + half_believed)
        if beyond > 0:
            yield row, beyond
