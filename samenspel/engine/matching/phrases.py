"""Phrases of the vocabulary, and finding them in a question.

A phrase is written as a person says it: ``"ik kom niet rond"``. It is found when all its words stand near each other,
in any order and inflection. Small words ("ik", "de", "is") do not count, unless only one other word would
remain: "aan tafel" needs its "aan". Five marks give an editor more grip:
- ``a|b``       one of these words
- ``<group>``   one of the words of a named group, for instance ``<family>``
- ``word*``     any word that begins like this ("zelfmoord*")
- ``=word``     exactly this spelling, also when it is a small word ("=mij")
- `` .``        at the end: only when the clause stops there ("kan niet meer ." is not in "kan niet meer fietsen")
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeVar

from samenspel.engine import dutch
from samenspel.engine.spelling import Speller

Payload = TypeVar("Payload")

#: Words that may stand between the words of a phrase ("man is [vorig jaar maart] overleden").
WINDOW_SLACK = 5

#: Words left out of phrases. Unlike the stop words of the text search this list keeps
#: "niet", "alleen", "uit", "kan" and the like: they carry the meaning of a complaint.
SMALL_WORDS = dutch.word_set(
    """
    de het een der des t n s ik jij je jou jouw u uw hij zij ze wij we jullie hun hen hem haar zijn mijn mij
    me ons onze er hier dit dat deze die dan ook nog al wel toch eens even heel erg zo zeer te om en of ben
    bent is was waren word wordt worden heb hebt heeft hebben had aan bij met van voor in the a an i am my
    me you your he she his her it its we our is are was be been to of at for with and so very
    """
)

_ARTICLES = dutch.word_set("de het een the a an")

#: A capital that does not begin a sentence.
_CAPITAL = re.compile(r"(?<=[^\W_][ ,])[A-Z][^\W_]*(?:-[^\W_]+)*")

#: "vervoer voor ouderen" is "ouderenvervoer".
_PREPOSITIONS = dutch.word_set("voor met bij van over aan")
#: "doe graag mee" is "meedoen". The others are prepositions too, unless the clause stops there.
_FREE_PARTICLES = dutch.word_set("mee terug langs weg rond samen")
_PARTICLES = _FREE_PARTICLES | dutch.word_set("op af aan uit in om bij door voor na over")
_AFTER_PARTICLES = _PREPOSITIONS | dutch.word_set("en of maar want naar als omdat")
#: Words apart between the verb and its particle, at most.
_REACH = 7
#: "een klein kind" is no grandchild.
_NO_HALVES = dutch.word_set("klein groot oud schoon jong hoog laag geen niet")


class PhraseInvalid(ValueError):
    """A phrase of the vocabulary cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: any of these stems, exact spellings or beginnings fills it.

    ``spellings`` are the same words as written, folded ("word*" for a beginning).
    """

    stems: frozenset[str]
    exact: frozenset[str]
    beginnings: tuple[str, ...]
    spellings: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the editor wrote it (``text``) and as it is looked for (``elements``).

    ``ends_clause``: the last word found must be the last of its clause.
    """

    text: str
    elements: tuple[Element, ...]
    ends_clause: bool = False


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """A phrase found: what it stands for and the indexes of the question's words it used."""

    phrase: Phrase
    payload: Payload
    words: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question ready for looking up: its words, and where each stem and spelling stands.

    ``heads`` knows the words' own stems only, ``stems`` the parts of compounds too. All
    three know what a misspelt word may stand for. ``present`` are all keys by which a
    book may find a phrase.
    """

    words: tuple[dutch.Word, ...]
    stems: Mapping[str, tuple[int, ...]]
    heads: Mapping[str, tuple[int, ...]]
    exact: Mapping[str, tuple[int, ...]]
    present: frozenset[str]


def read(question: str, speller: Speller | None = None) -> Reading:
    """Read a question once for all lookups; with a speller misspelt and parted words are read too."""
    words = dutch.words(question)
    stems: dict[str, list[int]] = {}
    heads: dict[str, list[int]] = {}
    exact: dict[str, list[int]] = {}
    if speller is not None:
        words = _corrected(words, _names(question), speller)
        for index, compound in _joined(words, speller):
            own = dutch.stems(compound)[0]
            for found in (stems, heads):
                found.setdefault(own, []).append(index)
    for index, word in enumerate(words):
        for stem in word.heads:
            heads.setdefault(stem, []).append(index)
        for spelling in word.spellings:
            exact.setdefault(spelling, []).append(index)
        for stem in (*word.stems, *_verb_parts(word)):
            stems.setdefault(stem, []).append(index)
    return Reading(
        words,
        _frozen(stems),
        _frozen(heads),
        _frozen(exact),
        frozenset((*stems, *(f"={spelling}" for spelling in exact))),
    )


def plain_words(phrase: Phrase) -> tuple[str, ...]:
    """Give the words of a phrase as written, folded, for the speller."""
    return tuple(spelling for element in phrase.elements for spelling in element.spellings)


def _corrected(words: Sequence[dutch.Word], names: frozenset[str], speller: Speller) -> tuple[dutch.Word, ...]:
    return tuple(word if word.folded in names else _meant(word, speller.correct(word.folded)) for word in words)


def _meant(word: dutch.Word, spellings: tuple[str, ...]) -> dutch.Word:
    if not spellings:
        return word
    found = [dutch.stems(piece) for spelling in spellings for piece in spelling.split()]
    heads = dict.fromkeys((*word.heads, *(stems[0] for stems in found)))
    stems = dict.fromkeys((*word.stems, *(stem for stems in found for stem in stems)))
    return replace(word, heads=tuple(heads), stems=tuple(stems), meant=spellings)


def _names(question: str) -> frozenset[str]:
    """Give the words that a capital inside a sentence shows to be names; they are never misspelt.

    A question that has capitals everywhere says nothing about names.
    """
    capitals = _CAPITAL.findall(question)
    if 2 * len(capitals) > question.count(" "):
        return frozenset()
    return frozenset(token for capital in capitals for token in dutch.tokens(capital))


def _joined(words: Sequence[dutch.Word], speller: Speller) -> Iterator[tuple[int, str]]:
    """Find compounds and verbs that stand in the question in two words, with the place of the first."""
    for index, word in enumerate(words):
        clause = words[index].clause
        if index and words[index - 1].clause == clause:
            for compound in _before(words, index):
                if speller.knows(compound):
                    yield index - 1, compound
        if word.folded in _PARTICLES and _closes(words, index):
            for place in range(index - 1, max(index - _REACH, -1), -1):
                verb = word.folded + dutch.lemma(words[place].folded)
                if words[place].clause == clause and speller.knows(verb):
                    yield place, verb


def _before(words: Sequence[dutch.Word], index: int) -> Iterator[str]:
    """Give the single words that this word may be with the one before it.

    "buurt huis", "mee te doen", and "vervoer voor ouderen".
    """
    first, second = words[index - 1].folded, words[index].folded
    if _may_be_joined(first, second):
        yield first + second
    behind = [word.folded for word in words[index + 1 : index + 3] if word.clause == words[index].clause]
    if second == "te":
        yield from (first + word for word in behind[:1])
    elif second in _PREPOSITIONS:
        behind = behind[1:] if behind[:1] and behind[0] in _ARTICLES else behind
        for start in {dutch.lemma(word) for word in behind[:1]} | set(behind[:1]):
            yield from (start + link + first for link in ("", "s", "en"))


def _may_be_joined(first: str, second: str) -> bool:
    """A small word goes before a verb only ("mee doen"): "let op voeding" is no "opvoeding"."""
    return first not in _NO_HALVES and (first not in dutch.STOP_WORDS or second.endswith("en"))


def _closes(words: Sequence[dutch.Word], index: int) -> bool:
    """Say whether a particle here belongs to a verb before it ("haal het op") and not to what follows."""
    if words[index].folded in _FREE_PARTICLES or _ends_clause(words, index):
        return True
    return words[index + 1].folded in _AFTER_PARTICLES


def _verb_parts(word: dutch.Word) -> Iterator[str]:
    """Give both parts of a separable verb: "langskomen" is also "komt langs"."""
    parts = dutch.separable(word.folded) or ()
    return (dutch.stems(part)[0] for part in parts)


def _frozen(lists: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(found) for key, found in lists.items()}


def parse_phrase(text: str, groups: Mapping[str, Sequence[str]] | None = None) -> Phrase:
    """Read a phrase in the notation of this module.

    Raises ``PhraseInvalid`` for an unknown group or when only small words remain.
    """
    parts = text.split()
    ends_clause = parts[-1:] == ["."]
    places = [tuple(_alternatives(part, groups or {}, text)) for part in parts[: -1 if ends_clause else None]]
    elements = _without(SMALL_WORDS, places)
    if not elements:
        raise PhraseInvalid(f'phrase "{text}" has only small words; write "=word" to keep one')
    if len(elements) == 1:
        elements = _without(_ARTICLES, places)
    return Phrase(text, elements, ends_clause)


def _without(small: frozenset[str], places: Sequence[tuple[str, ...]]) -> tuple[Element, ...]:
    """Make the elements of a phrase, leaving out places that hold one small word."""
    kept = (place for place in places if len(place) != 1 or dutch.fold(place[0]).strip(",?!'") not in small)
    return tuple(dict.fromkeys(element for place in kept for element in _elements(place)))


def _alternatives(part: str, groups: Mapping[str, Sequence[str]], text: str) -> Iterator[str]:
    for choice in part.split("|"):
        if choice.startswith("<") and choice.endswith(">"):
            if choice[1:-1] not in groups:
                raise PhraseInvalid(f'phrase "{text}" names the unknown group {choice}')
            yield from groups[choice[1:-1]]
        elif choice:
            yield choice


@lru_cache(maxsize=16_384)
def _elements(alternatives: tuple[str, ...]) -> tuple[Element, ...]:
    """Turn alternatives into one element; a plain part with a hyphen gives one per half."""
    if len(alternatives) == 1 and alternatives[0][0] != "=" and not alternatives[0].endswith("*"):
        tokens = dutch.tokens(alternatives[0])
        return tuple(Element(frozenset({dutch.stems(token)[0]}), frozenset(), (), (token,)) for token in tokens)
    stems: set[str] = set()
    exact: set[str] = set()
    beginnings: list[str] = []
    spellings: list[str] = []
    for alternative in alternatives:
        token = "".join(dutch.tokens(alternative))
        if not token:
            continue
        spellings.append(token + "*" if alternative.endswith("*") else token)
        if alternative.startswith("="):
            exact.add(token)
        elif alternative.endswith("*"):
            beginnings.append(token)
        else:
            stems.add(dutch.stems(token)[0])
    if not (stems or exact or beginnings):
        return ()
    return (Element(frozenset(stems), frozenset(exact), tuple(beginnings), tuple(spellings)),)


@dataclass(frozen=True, slots=True)
class PhraseBook(Generic[Payload]):
    """Phrases with what they stand for, arranged so that a question meets few of them.

    ``whole_words`` matches a word by its own stem only, never by a part of a compound:
    "doodmoe" must not be read as "dood".
    """

    entries: tuple[tuple[Phrase, Payload], ...]
    whole_words: bool = False
    _by_key: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _always: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _others: tuple[tuple[frozenset[str], ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[str, list[int]] = {}
        always: list[int] = []
        others: list[tuple[frozenset[str], ...]] = []
        uses = Counter(key for phrase, _ in self.entries for element in phrase.elements for key in _keys(element))
        for number, (phrase, _) in enumerate(self.entries):
            keyed = [_keys(element) for element in phrase.elements if not element.beginnings]
            keyed.sort(key=lambda keys: sum(uses[key] for key in keys))
            others.append(tuple(map(frozenset, keyed[1:])))
            for key in keyed[0] if keyed else ():
                by_key.setdefault(key, []).append(number)
            if not keyed:
                always.append(number)
        object.__setattr__(self, "_by_key", _frozen(by_key))
        object.__setattr__(self, "_always", tuple(always))
        object.__setattr__(self, "_others", tuple(others))

    def find(self, reading: Reading) -> tuple[Hit[Payload], ...]:
        """Give every phrase found in the question, in the order of the vocabulary."""
        stems = reading.heads if self.whole_words else reading.stems
        present = reading.present
        numbers = set(self._always)
        for key in present & self._by_key.keys():
            numbers.update(self._by_key[key])
        # most phrases stop here: another of their words is not in the question
        likely = [one for one in numbers if not any(map(present.isdisjoint, self._others[one]))]
        return tuple(self._hits(sorted(likely), reading, stems))

    def _hits(
        self, numbers: Iterable[int], reading: Reading, stems: Mapping[str, tuple[int, ...]]
    ) -> Iterator[Hit[Payload]]:
        for number in numbers:
            phrase, payload = self.entries[number]
            used = _window(phrase, reading, stems)
            if used is not None:
                yield Hit(phrase, payload, used)


def _keys(element: Element) -> tuple[str, ...]:
    return (*element.stems, *(f"={spelling}" for spelling in element.exact))


def _window(phrase: Phrase, reading: Reading, stems: Mapping[str, tuple[int, ...]]) -> frozenset[int] | None:
    """Find the words that fill the phrase near each other; None when there are none."""
    places: list[list[int]] = []
    for element in phrase.elements:
        places.append(_places(element, reading, stems))
        if not places[-1]:
            return None
    if len(places) > 1 and stems is not reading.heads:
        places = _by_whole_words(phrase, reading, places)
    if not all(places):
        return None
    anchors = min(places, key=len)
    widest = len(places) + WINDOW_SLACK
    words = reading.words
    for anchor in anchors:
        used = frozenset(_nearest(found, anchor) for found in places)
        if words[max(used)].position - words[min(used)].position >= widest:
            continue
        if not phrase.ends_clause or _ends_clause(words, max(used)):
            return used
    return None


def _by_whole_words(phrase: Phrase, reading: Reading, places: Sequence[Sequence[int]]) -> list[list[int]]:
    """Leave out words that fill one place by a part of theirs.

    "geen eetgroep" is not "geen eten"; but "computerhulp" fills both places of "computer hulp".
    """
    filled = Counter(index for found in places for index in found)
    whole = [frozenset(_places(element, reading, reading.heads)) for element in phrase.elements]
    return [
        [index for index in found if filled[index] > 1 or index in own]
        for found, own in zip(places, whole, strict=True)
    ]


def _ends_clause(words: Sequence[dutch.Word], index: int) -> bool:
    return index + 1 == len(words) or words[index + 1].clause != words[index].clause


def _places(element: Element, reading: Reading, stems: Mapping[str, tuple[int, ...]]) -> list[int]:
    if len(element.stems) == 1 and not element.exact and not element.beginnings:  # nearly all
        (stem,) = element.stems
        return sorted(set(stems.get(stem, ())))
    found: set[int] = set()
    for stem in element.stems:
        found.update(stems.get(stem, ()))
    for spelling in element.exact:
        found.update(reading.exact.get(spelling, ()))
    if element.beginnings:
        for spelling, indexes in reading.exact.items():
            if spelling.startswith(element.beginnings):
                found.update(indexes)
    return sorted(found)


def _nearest(places: Sequence[int], anchor: int) -> int:
    """Give the place closest to the anchor, the earlier one when two are equally close."""
    if len(places) == 1:
        return places[0]
    right = bisect_left(places, anchor)
    around = places[max(0, right - 1) : right + 1]
    return min(around, key=lambda place: (abs(place - anchor), place))
