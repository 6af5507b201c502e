"""What a question in own words shows: the needs, whom it is for, and whether help must come at once.

Only the vocabulary decides; nothing is guessed by a model and nothing of the question is kept
except the search terms. The needs name the phrase of the *vocabulary* that showed them, so a
reason can be shown and counted without repeating what a resident wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from samenspel.engine import dutch
from samenspel.engine.matching.offers import PARTS_OF_DAY
from samenspel.engine.matching.phrases import Hit, Reading, read
from samenspel.engine.matching.urgent import urgent_help
from samenspel.engine.matching.vocabulary import Right, Sign, Urgent, Vocabulary

#: Signs read of a question; what a person types fits in it, what a machine sends is cut off.
MAX_QUESTION = 2000

#: A phrase inside a longer phrase says less: in "voedsel voor de hond" the dog is the point.
INSIDE_LONGER_PHRASE = 0.5

#: A need of at least this weight is asked for, not only hinted at.
ASKED_BY_NAME = 0.9

#: How many needs and subjects a question may lean to; a subject that its words only lean to counts less.
MOST_LEANINGS = 12
MOST_SUBJECTS_NEAR = 6
NEAR_SUBJECT = 0.7

#: A right is shown with a need that weighs at least this.
SHOWN_WITH_RIGHT = 0.6

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

#: Stands so few words before the name of where somebody wants to go.
_TOWARDS = "naar"
_NAMED_REACH = 2

_BEFORE_AGE = dutch.word_set("ben is van wordt word am aged")
_AFTER_AGE = dutch.word_set("jaar jarig jarige jr years year")
_NEAR_AGE = dutch.word_set("al bijna net ruim")
_NO_AGE = dutch.word_set("sinds getrouwd geleden hier ziek lang ago married na")
_OLDEST = 115


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """A need the question shows; ``weight`` from above 0 to 1, ``phrase`` as in the vocabulary.

    ``ask`` numbers the things asked in one question from 0: needs that the same words show have the same number.
    """

    key: str
    label: str
    label_en: str
    phrase: str
    weight: float
    ask: int = 0


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question shows.

    ``words`` has for each word that can find something its tokens for the text search, in reading order; ``named`` are
    the tokens of those by which the asker names where to go ("naar de soos");
    ``related`` are tokens that tell of the same subjects, in the words that offerings use, each subject with how
    surely it is asked for, above 0 to 1. ``leanings`` are keys of needs that single words speak for, each with its
    share of the strongest.
    ``needs`` come strongest first, ``urgent`` direct danger first. ``age`` is in years when
    the question names one, of the person it is about. ``weekdays`` (0 is Monday) and ``parts_of_day`` as in
    ``samenspel.engine.matching.offers`` are when the asker can come, empty for any time; ``has_tried`` says that
    lighter help did not do, ``worries`` that the asker worries about another.
    """

    words: tuple[tuple[str, ...], ...] = ()
    named: tuple[str, ...] = ()
    related: tuple[tuple[tuple[str, ...], float], ...] = ()
    leanings: tuple[tuple[str, float], ...] = ()
    needs: tuple[FoundNeed, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    audiences: tuple[str, ...] = ()
    for_someone_else: bool = False
    worries: bool = False
    wants_professional: bool = False
    has_tried: bool = False
    wants_free: bool = False
    wants_easy: bool = False
    wants_at_home: bool = False
    wants_remote: bool = False
    weekdays: tuple[int, ...] = ()
    parts_of_day: tuple[str, ...] = ()
    age: int | None = None
    rights: tuple[Right, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The tokens for the text search, each once, in reading order."""
        return tuple(dict.fromkeys(token for word in self.words for token in word))

    def asked_rows(self) -> tuple[tuple[int, ...], ...]:
        """The rows of ``needs`` by the thing asked that they belong to."""
        asks: dict[int, list[int]] = {}
        for row, need in enumerate(self.needs):
            asks.setdefault(need.ask, []).append(row)
        return tuple(tuple(rows) for _, rows in sorted(asks.items()))


def understand(question: str, vocabulary: Vocabulary) -> Understanding:
    """Read a question in daily Dutch or simple English. Never raises; reads ``MAX_QUESTION`` signs."""
    text = dutch.latin(question[:MAX_QUESTION])
    reading = read(text, vocabulary.speller)
    age = _age(reading)
    signs = vocabulary.signs.find(reading)
    denied = [hit for hit in signs if _denied(hit, reading)]
    others = vocabulary.someone_else.find(reading)
    needs = _needs(reading, vocabulary, [hit for hit in signs if hit not in denied])
    urgent = urgent_help(text, vocabulary)
    weekdays, parts_of_day = _times(vocabulary.times.find(reading))
    return Understanding(
        words=() if urgent and not needs else _words(reading, [*denied, *others]),
        named=_named(reading, vocabulary, [hit for hit in signs if hit not in denied]) if needs else (),
        related=() if urgent and not needs else _related(reading, vocabulary),
        leanings=() if urgent and not needs else vocabulary.need_leanings.of_question(reading, MOST_LEANINGS),
        needs=needs,
        urgent=urgent,
        audiences=_audiences(reading, vocabulary, age),
        for_someone_else=bool(others) and not vocabulary.not_someone_else.find(reading),
        worries=bool(vocabulary.worry.find(reading)) and not vocabulary.not_worry.find(reading),
        wants_professional=bool(vocabulary.professional.find(reading)),
        has_tried=bool(vocabulary.tried.find(reading)),
        wants_free=bool(vocabulary.no_money.find(reading)),
        wants_easy=bool(vocabulary.low_threshold.find(reading)),
        wants_at_home=bool(vocabulary.at_home.find(reading)),
        wants_remote=bool(vocabulary.remote.find(reading)),
        weekdays=weekdays,
        parts_of_day=parts_of_day,
        rights=_rights(reading, vocabulary, needs),
        age=age,
    )


def _words(reading: Reading, left_out: Iterable[Hit[Any]]) -> tuple[tuple[str, ...], ...]:
    """Give the words to search for, without the words of `left_out`: what is not wanted, and the person it is about.

    "Mijn man" says for whom help is, and would find every men's group. A cry for help is not searched for at all when
    it shows no need: football is no answer to violence.
    """
    unwanted = frozenset(index for hit in left_out for index in hit.words)
    found = (word.terms for index, word in enumerate(reading.words) if index not in unwanted)
    return tuple(dict.fromkeys(terms for terms in found if terms))


def _named(reading: Reading, vocabulary: Vocabulary, signs: Iterable[Hit[tuple[Sign, ...]]]) -> tuple[str, ...]:
    """Give the tokens of words that name a need or a subject without another word, where the asker wants to go:
    "naar de soos". "Mijn hond eet te veel" is about a dog, and names nothing."""
    naming = [hit for hit in signs if any(sign.weight >= ASKED_BY_NAME for sign in hit.payload)]
    subjects = (hit for hit in vocabulary.subjects.find(reading) if not _denied(hit, reading))
    found = (hit.words for hits in (naming, subjects) for hit in hits)
    rows = {row for words in found if len(words) == 1 for row in words}
    wanted = (row for row in sorted(rows) if _TOWARDS in _before(reading, row)[-_NAMED_REACH:])
    return tuple(dict.fromkeys(token for row in wanted for token in reading.words[row].terms[:1]))


def _related(reading: Reading, vocabulary: Vocabulary) -> tuple[tuple[tuple[str, ...], float], ...]:
    """The subjects that whole phrases tell of, and some that single words lean to; none that was denied."""
    surely: dict[tuple[str, ...], float] = {}
    denied = set()
    for hit in vocabulary.subjects.find(reading):
        if _denied(hit, reading):
            denied.add(hit.payload.stems)
        else:
            surely[hit.payload.stems] = 1.0
    near = vocabulary.subject_leanings.of_question(reading, MOST_SUBJECTS_NEAR + len(surely))
    new = (
        (subject.stems, NEAR_SUBJECT * share) for subject, share in near if subject.stems not in surely.keys() | denied
    )
    return (*surely.items(), *islice(new, MOST_SUBJECTS_NEAR))


def _needs(reading: Reading, vocabulary: Vocabulary, hits: Sequence[Hit[tuple[Sign, ...]]]) -> tuple[FoundNeed, ...]:
    taken_back: dict[str, list[frozenset[int]]] = {}
    for exception in vocabulary.not_needs.find(reading):
        taken_back.setdefault(exception.payload, []).append(exception.words)
    best: dict[str, tuple[float, Hit[tuple[Sign, ...]]]] = {}
    for hit in hits:
        share = INSIDE_LONGER_PHRASE if _inside_longer(hit, hits) else 1.0
        for sign in hit.payload:
            weight = sign.weight * share
            refused = any(hit.words & words for words in taken_back.get(sign.need, ()))
            if not refused and weight > best.get(sign.need, (0.0, hit))[0]:
                best[sign.need] = (weight, hit)
    asks = _asks(best)
    found = [
        FoundNeed(need.key, need.label, need.label_en, hit.phrase.text, weight, asks[need.key])
        for need, (weight, hit) in ((vocabulary.needs[key], value) for key, value in best.items())
    ]
    return tuple(sorted(found, key=lambda need: (-need.weight, min(best[need.key][1].words), need.key)))


def _asks(best: Mapping[str, tuple[float, Hit[tuple[Sign, ...]]]]) -> dict[str, int]:
    """Number the things asked: what other words show is another thing, when those words name a need themselves.

    "Ik eet alleen en kom niet rond" asks for two things; "mijn moeder van 80 wil wandelen" for one. A need that is
    only hinted at belongs to the first thing asked.
    """
    groups: list[frozenset[int]] = []
    for weight, hit in sorted(best.values(), key=lambda value: min(value[1].words)):
        if weight >= ASKED_BY_NAME:
            touching = [group for group in groups if group & hit.words]
            groups = [group for group in groups if group not in touching]
            groups.append(hit.words.union(*touching))
    groups.sort(key=min)
    return {
        key: next((number for number, group in enumerate(groups) if group & hit.words), 0)
        for key, (_, hit) in best.items()
    }


def _inside_longer(hit: Hit[tuple[Sign, ...]], hits: Iterable[Hit[tuple[Sign, ...]]]) -> bool:
    return any(hit.words < other.words for other in hits)


def _denied(hit: Hit[Any], reading: Reading) -> bool:
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


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_GROUPS = {"weekend": _WEEKDAYS[5:], "workday": _WEEKDAYS[:5]}


def _rights(reading: Reading, vocabulary: Vocabulary, needs: Iterable[FoundNeed]) -> tuple[Right, ...]:
    asked = {need.key for need in needs if need.weight >= SHOWN_WITH_RIGHT}
    named = {hit.payload for hit in vocabulary.right_signs.find(reading)}
    return tuple(right for right in vocabulary.rights if right.key in named or right.needs & asked)


def _times(hits: Iterable[Hit[str]]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The weekdays and parts of the day that were named; "today" and "holiday" name none."""
    keys = [key for hit in hits for key in _DAY_GROUPS.get(hit.payload, (hit.payload,))]
    weekdays = sorted({_WEEKDAYS.index(key) for key in keys if key in _WEEKDAYS})
    return tuple(weekdays), tuple(part for part in PARTS_OF_DAY if part in keys)


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
