"""The vocabulary of needs: which daily words show which need, and which call for help at once.

The words are data (``samenspel/socialmap/vocabulary/*.toml``) that an editor may change;
this module gives them their shape and refuses mistakes with the name of the entry. It reads
no files: it takes the dictionaries that ``tomllib`` made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from samenspel.engine import dutch
from samenspel.engine.matching.leaning import Leanings
from samenspel.engine.matching.phrases import Phrase, PhraseBook, PhraseInvalid, parse_phrase, plain_words
from samenspel.engine.spelling import Speller

#: A phrase that names the need counts whole, a hint (a situation in which it often helps) less.
PHRASE_WEIGHT = 1.0
HINT_WEIGHT = 0.6

#: Whole examples of a word before half of what it says is believed: needs are wide, subjects narrow.
HALF_BELIEVED_OF_NEEDS = 2.0
HALF_BELIEVED_OF_SUBJECTS = 0.3

#: The days and parts of a day that a question can name ("dinsdagmiddag" names two).
TIME_KEYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "workday"),
    *("morning", "afternoon", "evening", "today", "tomorrow", "holiday"),
)


class VocabularyInvalid(ValueError):
    """The vocabulary has a mistake; the message names the file's entry and the field."""


@dataclass(frozen=True, slots=True)
class Need:
    """A concrete thing a person can need, with its words in Dutch and English."""

    key: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """Help that must be shown at once, above all offerings.

    ``phone`` is the number as people dial it, ``text`` one or two sentences for the asker,
    ``direct_danger`` says that a life may be at risk now (then it stands on top).
    """

    key: str
    title: str
    title_en: str
    phone: str
    text: str
    text_en: str
    url: str
    direct_danger: bool


@dataclass(frozen=True, slots=True)
class Right:
    """What the law gives besides what the neighbourhood offers, shown beside the offerings and never instead of them.

    Shown when the question shows one of ``needs`` (keys), or one of its own phrases.
    """

    key: str
    title: str
    title_en: str
    text: str
    text_en: str
    url: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an offering can be about, narrower than a need: the stems by which the text of an offering shows it.

    "Ik hoor zo slecht" shares no word with "spreekuur voor hoortoestellen"; a subject joins the two.
    """

    key: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """What one phrase shows: the need and how strongly, from above 0 to 1."""

    need: str
    weight: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything ``understand`` looks for. Make it with ``parse_vocabulary``.

    The books hold phrases; ``not_needs`` and ``not_urgent`` hold the phrases that take a
    need or an alarm back ("geen schulden", "een paal slaan"). The cues say how help is
    wanted: ``tried`` (lighter help did not do), ``no_money``, ``low_threshold`` (shy or
    afraid), ``at_home``, ``remote``; ``worry`` is worry about another; ``times`` gives keys
    of ``TIME_KEYS``. The leanings are what single words of the phrases of needs and
    subjects go with.
    """

    needs: Mapping[str, Need]
    urgent: tuple[Urgent, ...]
    signs: PhraseBook[tuple[Sign, ...]]
    not_needs: PhraseBook[str]
    alarms: PhraseBook[str]
    not_urgent: PhraseBook[str]
    audiences: PhraseBook[str] = field(default_factory=lambda: PhraseBook(()))
    someone_else: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    not_someone_else: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    worry: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    not_worry: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    professional: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    tried: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    no_money: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    low_threshold: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    at_home: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    remote: PhraseBook[None] = field(default_factory=lambda: PhraseBook(()))
    times: PhraseBook[str] = field(default_factory=lambda: PhraseBook(()))
    subjects: PhraseBook[Subject] = field(default_factory=lambda: PhraseBook(()))
    need_leanings: Leanings[str] = field(default_factory=Leanings)
    subject_leanings: Leanings[Subject] = field(default_factory=Leanings)
    rights: tuple[Right, ...] = ()
    right_signs: PhraseBook[str] = field(default_factory=lambda: PhraseBook(()))
    alarm_speller: Speller = field(default_factory=lambda: Speller.of(()))
    speller: Speller = field(default_factory=lambda: Speller.of(()))


def parse_vocabulary(needs: Mapping[str, Any], situations: Mapping[str, Any], safety: Mapping[str, Any]) -> Vocabulary:
    """Make the vocabulary of three loaded files: needs.toml, situations.toml, safety.toml.

    Raises ``VocabularyInvalid`` naming the file, the entry and the field. ``situations`` may
    be empty; ``needs`` and ``safety`` may not.
    """
    groups = _groups(needs) | _groups(situations)
    known = _needs(needs)
    alarms = _entries(safety, "urgent", "safety.toml")
    # safety is reviewed apart: its groups count in its own phrases only, whatever the others call theirs
    alarm_groups = groups | _groups(safety)
    calls = PhraseBook(_alarm_phrases(alarms, ("phrases", "phrases_en"), alarm_groups), whole_words=True)
    harmless = PhraseBook(_alarm_phrases(alarms, ("except",), alarm_groups), whole_words=True)
    made = Vocabulary(
        needs=known,
        urgent=tuple(_urgent(entry, place) for entry, place in alarms),
        signs=PhraseBook(
            (
                *_need_signs(needs, groups),
                *_situation_signs(situations, "situations", known, groups),
                *_situation_signs(situations, "subjects", known, groups),
            )
        ),
        not_needs=PhraseBook(tuple(_need_exceptions(needs, groups))),
        alarms=calls,
        not_urgent=harmless,
        alarm_speller=Speller.of(
            word for phrase, _ in (*calls.entries, *harmless.entries) for word in plain_words(phrase)
        ),
        audiences=PhraseBook(tuple(_keyed(situations, "audiences", groups))),
        someone_else=_cue(situations, "someone_else", "phrases", groups),
        not_someone_else=_cue(situations, "someone_else", "except", groups),
        worry=_cue(situations, "worry", "phrases", groups),
        not_worry=_cue(situations, "worry", "except", groups),
        professional=_cue(situations, "professional", "phrases", groups),
        tried=_cue(situations, "tried", "phrases", groups),
        no_money=_cue(situations, "no_money", "phrases", groups),
        low_threshold=_cue(situations, "low_threshold", "phrases", groups),
        at_home=_cue(situations, "at_home", "phrases", groups),
        remote=_cue(situations, "remote", "phrases", groups),
        times=PhraseBook(tuple(_times(situations, groups))),
        subjects=PhraseBook(tuple(_subject_phrases(situations, groups))),
        rights=tuple(_rights(situations, known)),
        right_signs=PhraseBook(tuple(_right_signs(situations, groups))),
    )
    of_needs = ((phrase, sign.need, sign.weight) for phrase, signs in made.signs.entries for sign in signs)
    of_subjects = ((phrase, subject, 1.0) for phrase, subject in made.subjects.entries)
    return replace(
        made,
        speller=Speller.of(_words(made)),
        need_leanings=Leanings.of(of_needs, half_believed=HALF_BELIEVED_OF_NEEDS),
        subject_leanings=Leanings.of(of_subjects, half_believed=HALF_BELIEVED_OF_SUBJECTS),
    )


def _words(vocabulary: Vocabulary) -> Iterator[str]:
    """Give every word a misspelt word may stand for: those of all phrases but the alarms, and of the labels."""
    books: tuple[PhraseBook[Any], ...] = (
        *(vocabulary.signs, vocabulary.not_needs, vocabulary.audiences, vocabulary.someone_else),
        *(vocabulary.not_someone_else, vocabulary.worry, vocabulary.not_worry, vocabulary.professional),
        *(vocabulary.tried, vocabulary.no_money),
        *(vocabulary.low_threshold, vocabulary.at_home, vocabulary.remote, vocabulary.times),
        *(vocabulary.subjects, vocabulary.right_signs),
    )
    for book in books:
        for phrase, _ in book.entries:
            yield from plain_words(phrase)
    for need in vocabulary.needs.values():
        yield from (need.label, need.label_en)


def _needs(data: Mapping[str, Any]) -> dict[str, Need]:
    found = {}
    for key, entry in _table(data, "needs", "needs.toml").items():
        place = f"needs.toml, needs.{key}"
        found[key] = Need(key, _text(entry, "label", place), _text(entry, "label_en", place))
    if not found:
        raise VocabularyInvalid("needs.toml has no [needs.…] entries")
    return found


def _need_signs(
    data: Mapping[str, Any], groups: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Phrase, tuple[Sign, ...]]]:
    for key, entry in _table(data, "needs", "needs.toml").items():
        place = f"needs.toml, needs.{key}"
        if not entry.get("phrases"):
            raise VocabularyInvalid(f"{place}: phrases is empty, so nobody can find this need")
        for name, weight in (
            ("phrases", PHRASE_WEIGHT),
            ("phrases_en", PHRASE_WEIGHT),
            ("hints", HINT_WEIGHT),
        ):
            for phrase in _phrases(entry, name, place, groups):
                yield phrase, (Sign(key, weight),)


def _need_exceptions(data: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Phrase, str]]:
    for key, entry in _table(data, "needs", "needs.toml").items():
        for phrase in _phrases(entry, "except", f"needs.toml, needs.{key}", groups):
            yield phrase, key


def _situation_signs(
    data: Mapping[str, Any], name: str, known: Mapping[str, Need], groups: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Phrase, tuple[Sign, ...]]]:
    """What situations show; subjects show needs too when they name them."""
    for entry, place in _entries(data, name, f"{name}.toml"):
        signs = tuple(_sign(key, weight, known, place) for key, weight in entry.get("needs", {}).items())
        if not signs and name == "subjects":
            continue
        if not signs:
            raise VocabularyInvalid(f"{place}: needs is empty")
        for part in ("phrases", "phrases_en"):
            for phrase in _phrases(entry, part, place, groups):
                yield phrase, signs


def _sign(key: str, weight: object, known: Mapping[str, Need], place: str) -> Sign:
    if key not in known:
        raise VocabularyInvalid(f"{place}: unknown need {key!r}")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise VocabularyInvalid(f"{place}: the weight of {key} must be above 0 and at most 1")
    return Sign(key, float(weight))


def _urgent(entry: Mapping[str, Any], place: str) -> Urgent:
    danger = entry.get("direct_danger", False)
    if not isinstance(danger, bool):
        raise VocabularyInvalid(f"{place}: direct_danger must be true or false")
    return Urgent(
        key=_text(entry, "key", place),
        title=_text(entry, "title", place),
        title_en=_text(entry, "title_en", place),
        phone=str(entry.get("phone", "")),
        text=_text(entry, "text", place),
        text_en=_text(entry, "text_en", place),
        url=str(entry.get("url", "")),
        direct_danger=danger,
    )


#: A word of a subject this long leads to the others by itself; a shorter one says too little, or sounds like another.
_TELLING_LENGTH = 8
#: A word that more subjects share ("kinderen") leads to none of them.
_SUBJECTS_OF_A_WORD = 2


def _subject_phrases(data: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Phrase, Subject]]:
    """The phrases of each subject; its long words are phrases too, as each leads to the others."""
    shared = Counter(stem for entry, _ in _entries(data, "subjects", "subjects.toml") for stem in _subject_stems(entry))
    for entry, place in _entries(data, "subjects", "subjects.toml"):
        words = _strings(entry.get("words", []), f"{place}: words")
        if not words:
            raise VocabularyInvalid(f"{place}: words is empty, so no offering can be about it")
        subject = Subject(_text(entry, "key", place), tuple(_subject_stems(entry)))
        for name in ("phrases", "phrases_en"):
            for phrase in _phrases(entry, name, place, groups):
                yield phrase, subject
        for stem, token in _subject_stems(entry).items():
            if len(token) >= _TELLING_LENGTH and shared[stem] <= _SUBJECTS_OF_A_WORD:
                yield parse_phrase(token, groups), subject


def _subject_stems(entry: Mapping[str, Any]) -> dict[str, str]:
    """The stems of a subject's words, each with the word as written."""
    tokens = [token for word in entry.get("words", ()) for token in dutch.tokens(word) if dutch.is_term(token)]
    return {dutch.stems(token)[0]: token for token in reversed(tokens)}


def _rights(data: Mapping[str, Any], known: Mapping[str, Need]) -> Iterator[Right]:
    for entry, place in _entries(data, "rights", "rights.toml"):
        needs = _strings(entry.get("needs", []), f"{place}: needs")
        for key in needs:
            if key not in known:
                raise VocabularyInvalid(f"{place}: unknown need {key!r}")
        texts = {name: _text(entry, name, place) for name in ("key", "title", "title_en", "text", "text_en")}
        yield Right(**texts, url=str(entry.get("url", "")), needs=frozenset(needs))


def _right_signs(data: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Phrase, str]]:
    for entry, place in _entries(data, "rights", "rights.toml"):
        for name in ("phrases", "phrases_en"):
            for phrase in _phrases(entry, name, place, groups):
                yield phrase, _text(entry, "key", place)


def _alarm_phrases(
    alarms: Sequence[tuple[Mapping[str, Any], str]],
    names: Sequence[str],
    groups: Mapping[str, Sequence[str]],
) -> tuple[tuple[Phrase, str], ...]:
    return tuple(
        (phrase, _text(entry, "key", place))
        for entry, place in alarms
        for name in names
        for phrase in _phrases(entry, name, place, groups)
    )


def _times(data: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Phrase, str]]:
    for key in _table(data, "times", "situations.toml"):
        if key not in TIME_KEYS:
            raise VocabularyInvalid(f"situations.toml, times.{key}: unknown; use one of {', '.join(TIME_KEYS)}")
    yield from _keyed(data, "times", groups)


def _keyed(data: Mapping[str, Any], name: str, groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Phrase, str]]:
    for key, entry in _table(data, name, "situations.toml").items():
        for phrase in _phrases(entry, "phrases", f"situations.toml, {name}.{key}", groups):
            yield phrase, key


def _cue(data: Mapping[str, Any], name: str, part: str, groups: Mapping[str, Sequence[str]]) -> PhraseBook[None]:
    entry = _table(data, name, "situations.toml")
    found = _phrases(entry, part, f"situations.toml, {name}", groups)
    return PhraseBook(tuple((phrase, None) for phrase in found))


def _groups(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Read ``[groups]``: a name and the words that stand for it in ``<name>``."""
    return {name: _strings(words, f"groups.{name}") for name, words in _table(data, "groups", "").items()}


def _table(data: Mapping[str, Any], name: str, file: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, Mapping):
        raise VocabularyInvalid(f"{file}: {name} must be a table")
    return table


def _entries(data: Mapping[str, Any], name: str, file: str) -> list[tuple[Mapping[str, Any], str]]:
    """Give each entry of a list of tables with the words that name it in an error."""
    listed = data.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise VocabularyInvalid(f"{file}: [[{name}]] must be a list of tables")
    return [(entry, f"{file}, {name} {entry.get('key', number)}") for number, entry in enumerate(listed, 1)]


def _text(entry: Mapping[str, Any], name: str, place: str) -> str:
    value = entry.get(name) if isinstance(entry, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        raise VocabularyInvalid(f"{place}: {name} is missing or empty")
    return value.strip()


def _strings(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise VocabularyInvalid(f"{place} must be a list of texts")
    return tuple(value)


def _phrases(entry: Mapping[str, Any], name: str, place: str, groups: Mapping[str, Sequence[str]]) -> list[Phrase]:
    try:
        return [parse_phrase(text, groups) for text in _strings(entry.get(name, []), f"{place}: {name}")]
    except PhraseInvalid as error:
        raise VocabularyInvalid(f"{place}: {error}") from error
