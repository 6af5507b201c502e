"""What a question in own words shows: the needs, whom it is for, and whether help must come at once.

Only the vocabulary decides; nothing is guessed by a model and nothing of the question is kept
except the search terms. The needs name the phrase of the *vocabulary* that showed them, so a
reason can be shown and counted without repeating what a resident wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samenspel.engine import dutch
from samenspel.engine.matching.phrases import Hit, Reading, read
from samenspel.engine.matching.urgent import urgent_help
from samenspel.engine.matching.vocabulary import Sign, Urgent, Vocabulary

#: Signs read of a question; what a person types fits in it, what a machine sends is cut off.
MAX_QUESTION = 2000

#: A phrase inside a longer phrase says less: in "voedsel voor de hond" the dog is the point.
INSIDE_LONGER_PHRASE = 0.5

_DENIALS = dutch.word_set("niet geen nooit not no dont")
_CONJUNCTIONS = dutch.word_set("en maar want dus die dat omdat and but because")
#: "niet" denies a need only beside a verb of wishing or being: "ik zoek geen sport" denies,
#: "ik heb geen vervoer" and "ik kan niet wandelen" are what the question is about.
_DENIED_VERBS = dutch.word_set(
    """
    wil wilt willen hoef hoeft hoeven zoek zoekt zoeken ben is voel voelt hou houd houdt zin want am looking
    """
)
#: "niet alleen", "niet meer" and "is er niet een …" ask for the very thing.
_NO_DENIAL = dutch.word_set("alleen meer er kan kunnen only alone can")
_DENIAL_REACH = 3

_BEFORE_AGE = dutch.word_set("ben is van wordt word am aged")
_AFTER_AGE = dutch.word_set("jaar jarig jarige jr years year")
_NEAR_AGE = dutch.word_set("al bijna net ruim")
_NO_AGE = dutch.word_set("sinds getrouwd geleden hier ziek lang ago married na")
_OLDEST = 115


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """A need the question shows; ``weight`` from above 0 to 1, ``phrase`` as in the vocabulary."""

    key: str
    label: str
    label_en: str
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question shows.

    ``terms`` are the analysed tokens for the text search, each once, in reading order.
    ``needs`` come strongest first, ``urgent`` direct danger first. ``age`` is in years when
    the question names one, of the person it is about.
    """

    terms: tuple[str, ...] = ()
    needs: tuple[FoundNeed, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    audiences: tuple[str, ...] = ()
    for_someone_else: bool = False
    wants_professional: bool = False
    age: int | None = None


def understand(question: str, vocabulary: Vocabulary) -> Understanding:
    """Read a question in daily Dutch or simple English. Never raises; reads ``MAX_QUESTION`` signs."""
    text = question[:MAX_QUESTION]
    reading = read(text)
    age = _age(reading)
    signs = vocabulary.signs.find(reading)
    denied = [hit for hit in signs if _denied(hit, reading)]
    others = vocabulary.someone_else.find(reading)
    needs = _needs(reading, vocabulary, [hit for hit in signs if hit not in denied])
    urgent = urgent_help(reading, vocabulary)
    return Understanding(
        terms=() if urgent and not needs else _terms(reading, [*denied, *others]),
        needs=needs,
        urgent=urgent,
        audiences=_audiences(reading, vocabulary, age),
        for_someone_else=bool(others) and not vocabulary.not_someone_else.find(reading),
        wants_professional=bool(vocabulary.professional.find(reading)),
        age=age,
    )


def _terms(reading: Reading, left_out: Iterable[Hit[Any]]) -> tuple[str, ...]:
    """Give the search terms, without the words of `left_out`: what is not wanted, and the person it is about.

    "Mijn man" says for whom help is, and would find every men's group. A cry for help is not searched for at all when
    it shows no need: football is no answer to violence.
    """
    unwanted = frozenset(index for hit in left_out for index in hit.words)
    return tuple(
        dict.fromkeys(
            stem
            for index, word in enumerate(reading.words)
            if index not in unwanted and dutch.is_term(word.folded)
            for stem in word.stems
        )
    )


def _needs(reading: Reading, vocabulary: Vocabulary, hits: Sequence[Hit[tuple[Sign, ...]]]) -> tuple[FoundNeed, ...]:
    refused = {hit.payload for hit in vocabulary.not_needs.find(reading)}
    best: dict[str, FoundNeed] = {}
    first: dict[str, int] = {}
    for hit in hits:
        for sign in hit.payload:
            if sign.need in refused:
                continue
            weight = sign.weight * (INSIDE_LONGER_PHRASE if _inside_longer(hit, hits) else 1.0)
            known = best.get(sign.need)
            first[sign.need] = min(first.get(sign.need, MAX_QUESTION), min(hit.words))
            if known is None or weight > known.weight:
                need = vocabulary.needs[sign.need]
                best[sign.need] = FoundNeed(need.key, need.label, need.label_en, hit.phrase.text, weight)
    return tuple(sorted(best.values(), key=lambda need: (-need.weight, first[need.key], need.key)))


def _inside_longer(hit: Hit[tuple[Sign, ...]], hits: Iterable[Hit[tuple[Sign, ...]]]) -> bool:
    return any(hit.words < other.words for other in hits)


def _denied(hit: Hit[tuple[Sign, ...]], reading: Reading) -> bool:
    """Say whether the words just before the phrase take it back ("ik zoek geen koor")."""
    start = min(hit.words)
    clause = _before(reading, start)
    if not _DENIALS.intersection(clause[-_DENIAL_REACH:]):
        return False
    if _NO_DENIAL.intersection((*clause, reading.words[start].folded)):
        return False
    return bool(_DENIED_VERBS.intersection(clause))


def _before(reading: Reading, start: int) -> list[str]:
    """Give the words before ``start`` in the same clause, back to "en", "maar" or a comma."""
    found: list[str] = []
    for word in reversed(reading.words[:start]):
        if word.clause != reading.words[start].clause or word.folded in _CONJUNCTIONS - _DENIED_VERBS:
            break
        found.append(word.folded)
    return found[::-1]


def _audiences(reading: Reading, vocabulary: Vocabulary, age: int | None) -> tuple[str, ...]:
    found = [hit.payload for hit in vocabulary.audiences.find(reading)]
    if age is not None:
        found.append(audience_of_age(age))
    return tuple(dict.fromkeys(found))


def audience_of_age(age: int) -> str:
    """Give the audience key of an age in years (bounds as the Dutch field uses them)."""
    for below, key in ((12, "children"), (18, "teenagers"), (28, "young_adults"), (65, "adults")):
        if age < below:
            return key
    return "older_people"


def _age(reading: Reading) -> int | None:
    """Read an age such as "ik ben 78" or "mijn zoon van 9 jaar"; years of marriage are none."""
    words = [word.folded for word in reading.words]
    for index, word in enumerate(words):
        number = _number(word)
        if number is not None and _is_age(words[max(0, index - 2) : index], words[index + 1 : index + 3]):
            return number
    return None


def _number(word: str) -> int | None:
    digits = word.removesuffix("jarige")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return None
    return int(digits) if 0 < int(digits) <= _OLDEST else None


def _is_age(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Judge by the two words on either side: "ben al 78", "van 9 jaar", "16-jarige"."""
    if _NO_AGE.intersection((*before[-1:], *behind)):
        return False
    if before and before[-1] in _NEAR_AGE:
        before = before[:-1]
    if not before:
        return bool(_AFTER_AGE.intersection(behind[:1]))
    return before[-1] in _BEFORE_AGE or bool({"jarig", "jarige"}.intersection(behind[:1]))
