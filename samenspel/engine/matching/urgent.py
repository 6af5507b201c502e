"""Which help must come at once: found in the words of a question, above every offering.

The question is read apart from everything else, with a spelling of its own: a cry for help must be heard when it is
misspelt, in chat language or with hidden letters ("z.e.l.f.m.o.o.r.d", "z3lfm00rd", "ikwildood"). Code and orders to
a machine are only text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from samenspel.engine import dutch
from samenspel.engine.matching.phrases import SMALL_WORDS, Hit, Reading, read
from samenspel.engine.matching.vocabulary import Urgent, Vocabulary
from samenspel.engine.spelling import Speller

#: More numbers than this is a list to choose from, not help.
MOST_SHOWN = 3

#: A phrase with this sign may stand in more than one part of the question.
ACROSS = ","

#: Telling words that may stand between the words of an alarm, and of what takes it back: "mijn man is zo op, hij wil
#: dood" must not be read as "mijn man is dood".
_ALARM_GAP = 3
_HARMLESS_GAP = 1

_PARTS = re.compile(r"[.!?\n,;:()]+")
_NEW_PART = re.compile(
    r"\b(?=(?:en|want(?! to)|omdat|dus|toen|terwijl|and|but|because)\b|maar (?:ik|je|hij|ze|zij|we|wij|het|de|mijn)\b)"
)
_SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:(?:[^\w\n]{1,2}|_)[^\W_](?![^\W_])){3,}")
_NO_LETTER = re.compile(r"[\W_]+")
_MIXED = re.compile(r"(?=[\d@$]*[a-z])(?=[a-z]*[\d@$])[a-z\d@$]{3,}")
_LEET = str.maketrans("013457@$", "oieastas")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_LONG_WORD = re.compile(r"[a-z]{6,60}")


def urgent_help(question: str, vocabulary: Vocabulary) -> tuple[Urgent, ...]:
    """Find calls for help: direct danger first, each number once, at most ``MOST_SHOWN``. Never raises.

    Denial is not read here: one alarm too many is the lesser harm.
    """
    speller = vocabulary.alarm_speller
    text = _NEW_PART.sub(", ", _plain(question, speller))
    whole = read(text, speller)
    hits = vocabulary.alarms.find(whole)
    if not hits:
        return ()
    keys = _called(whole, [hit for hit in hits if ACROSS in hit.phrase.text], vocabulary)
    for part in _PARTS.split(text):
        reading = read(part, speller)
        keys |= _called(reading, vocabulary.alarms.find(reading), vocabulary)
    found = sorted(
        (urgent for urgent in vocabulary.urgent if urgent.key in keys), key=lambda one: not one.direct_danger
    )
    numbers: dict[str, Urgent] = {}
    for one in found:
        numbers.setdefault(one.phone or one.key, one)
    return tuple(numbers.values())[:MOST_SHOWN]


def _called(reading: Reading, hits: Iterable[Hit[str]], vocabulary: Vocabulary) -> set[str]:
    """Give the keys of the alarms that nothing harmless takes back."""
    near = [hit for hit in hits if _gap(hit, reading) <= _ALARM_GAP]
    if not near:
        return set()
    harmless = [hit for hit in vocabulary.not_urgent.find(reading) if _gap(hit, reading) <= _HARMLESS_GAP]
    return {hit.payload for hit in near if not any(_takes_back(other, hit) for other in harmless)}


def _takes_back(harmless: Hit[str], alarm: Hit[str]) -> bool:
    """Say whether the harmless phrase explains the alarm: half of its words, and not less than the alarm says."""
    explained = len(harmless.words & alarm.words)
    return harmless.payload == alarm.payload and 2 * explained >= len(alarm.words) and not harmless.words < alarm.words


def _gap(hit: Hit[str], reading: Reading) -> int:
    """Count the telling words that stand between the words of the phrase."""
    between = range(min(hit.words) + 1, max(hit.words))
    return sum(1 for row in between if row not in hit.words and reading.words[row].folded not in SMALL_WORDS)


def _plain(question: str, speller: Speller) -> str:
    """Undo what hides words: letters apart, digits for letters, letters repeated, words written as one."""
    text = _SPELLED.sub(lambda found: _NO_LETTER.sub("", found.group()), dutch.fold(question))
    text = _MIXED.sub(lambda found: found.group().translate(_LEET), text)
    return _LONG_WORD.sub(lambda found: _apart(found.group(), speller), _REPEATED.sub(r"\1\1", text))


def _apart(word: str, speller: Speller) -> str:
    """Part words written as one ("ikwildood"), when every piece is a word of an alarm or a small word."""
    if speller.knows(word) or dutch.is_word(word) or speller.correct(word):
        return word
    ways: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        starts = (start for start in range(end) if ways[start] is not None and _is_piece(word[start:end], speller))
        start = next(starts, None)
        ways.append(None if start is None else [*(ways[start] or ()), word[start:end]])
    return " ".join(ways[-1] or [word])


def _is_piece(piece: str, speller: Speller) -> bool:
    return piece in SMALL_WORDS if len(piece) < 3 else piece in SMALL_WORDS or speller.knows(piece)
