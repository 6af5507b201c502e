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
#: Where another thought begins: at a mark of code, at "en" and "maar" only before a new subject, and around "ik kan
#: niet meer", which stands by itself ("ik moet zo hard werken ik kan niet meer help me") unless what she cannot do
#: follows.
_NEW_PART = re.compile(
    r"[{}\[\]|]|\b(?=(?:omdat|dus|toen|terwijl|because|want(?! to))\b|(?:en|maar|and|but)"
    r" (?:ik|je|jij|u|hij|ze|zij|we|wij|het|de|een|mijn|zijn|haar|onze|er|dat|die|weet|i|he|she|they|my|the)\b"
    r"|(?:en kan|maar kan|ik kan|we kunnen|wij kunnen)(?: \w+){0,2} niet meer\b)"
    r"|(?<=niet meer )(?=(?:en(?! niet)|maar|help|hoor|het hoeft)\b)"
)
_SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:(?:[^\w\n]{1,2}|_)[^\W_](?![^\W_])){2,}")
_NO_LETTER = re.compile(r"[\W_]+")
_MIXED = re.compile(r"(?=[\d@$]*[a-z])(?=[a-z]*[\d@$])[a-z\d@$]{2,}")
_LEET = str.maketrans("013457@$", "oieastas")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_LONG_WORD = re.compile(r"[a-z]{5,60}")
#: Signs without a width, which come along with copied text: the soft hyphen, spaces and joiners that nobody sees.
_UNSEEN = re.compile("[\N{SOFT HYPHEN}\u200b-\u200f\u2060-\u2064\N{ZERO WIDTH NO-BREAK SPACE}]")

_SHORTEST_PIECE = 3
_SHORT_PIECES = dutch.word_set("i ik je ze me we is er te in nu mn ni")


def urgent_help(question: str, vocabulary: Vocabulary) -> tuple[Urgent, ...]:
    """Find calls for help: direct danger first, each number once, at most ``MOST_SHOWN``. Never raises.

    Denial is not read here: one alarm too many is the lesser harm.
    """
    speller = vocabulary.alarm_speller
    text = _NEW_PART.sub(", ", _plain(question, speller))
    whole = read(text, speller)
    parts = [part for part in _PARTS.split(text) if part.strip()]
    # a part can show what the whole does not: in "man is dood. ik wil ook dood" the first "dood" is nearest to "wil"
    hits = vocabulary.alarms.find(whole)
    keys = _called(whole, [hit for hit in hits if len(parts) == 1 or ACROSS in hit.phrase.text], vocabulary)
    for part in parts if len(parts) > 1 else ():
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
    seen = _UNSEEN.sub("", dutch.fold(dutch.latin(question)))
    text = _SPELLED.sub(lambda found: _NO_LETTER.sub("", found.group()), seen)
    text = _MIXED.sub(lambda found: found.group().translate(_LEET), text)
    return _LONG_WORD.sub(lambda found: _apart(found.group(), speller), _REPEATED.sub(r"\1\1", text))


def _apart(word: str, speller: Speller) -> str:
    """Part words written as one ("ikwildood"), when every piece is a word of an alarm or a small word."""
    if speller.knows(word) or speller.correct(word):
        return word
    parted = {0: ""}
    for end in range(1, len(word) + 1):
        for start in range(end):
            if start in parted and _is_piece(word[start:end], speller):
                parted[end] = f"{parted[start]} {word[start:end]}".strip()
                break
    pieces = parted.get(len(word), word)
    if dutch.is_word(word) and not dutch.STOP_WORDS.intersection(pieces.split()):
        return word
    return pieces


def _is_piece(piece: str, speller: Speller) -> bool:
    if len(piece) < _SHORTEST_PIECE:
        return piece in _SHORT_PIECES
    return piece in SMALL_WORDS or speller.knows(piece)
