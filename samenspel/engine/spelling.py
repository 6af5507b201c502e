"""Reading misspelt words: which known word somebody may have meant.

Three things go wrong in a typed question: the fingers slip ("wandeln"), a word is written
as it sounds ("eensaam", "gezelig"), or as one writes in a chat ("ff", "nie"). A word that
Dutch knows is never replaced: only a word that neither the dictionary nor the vocabulary
knows is read as the nearest known one. A compound made on the spot ("praatgroep") has its
neighbour read beside it, for half of the slips in a compound make another one.

Look-up takes the same time for any number of words: every known word is filed under what
remains when one letter is left out (two for long words), and its sound likewise, so a slip
meets its word in a few look-ups (decision 0023).

Nothing is loaded on import; the files are made at the first word that needs them (0.3 s).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from samenspel.engine import dutch
from samenspel.engine.dutch.chat import CHAT_FORMS

#: Words of three letters are corrected by ear only ("dod"): "kat" is one letter from thirty others.
_SHORTEST = 3
_NEIGHBOURED = 4
_LONGEST = 30
#: A wrong first letter counts in longer words only: people see that one.
_FIRST_LETTER_TOO = 6
#: From here two slips still point at one word.
_TWO_SLIPS = 8
#: Letters are left out of the first eight only, which keeps the file small and loses nothing.
_FILED_LETTERS = 8
#: Words equally near; more than these say nothing any more.
_MOST = 2
#: What goes wrong and what it costs, against 1 for a wrong letter.
_BY_EAR = 0.5
_SHORT_BY_EAR = 0.6
_APART = 0.75
_NEXT_KEY = 0.9
_SWAPPED = 0.8
#: Another form of a word of the vocabulary stands back for one that is in it.
_OTHER_FORM = 0.1
_FAR = 9.0
#: Half a compound of this length may have a slip; a shorter one has too many neighbours.
_LONG_HALF = 7

_NEXT_KEYS = frozenset(
    pair
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm", "ik", "ol")
    for left, right in pairwise(row)
    for pair in (left + right, right + left)
)

#: Short words that people write against the next one ("ikben").
_JOINED_BEFORE = frozenset({"ik", "je", "we", "ze", "te", "op", "nog", "mijn", "geen", "niet"})

_SOUNDS: Mapping[str, str] = {
    "sch": "sg",
    "sk": "sg",
    "ph": "f",
    "th": "t",
    "ch": "g",
    "ck": "k",
    "qu": "kw",
    "q": "k",
    "x": "ks",
    "ij": "y",
    "ei": "y",
    "ouw": "9",
    "auw": "9",
    "ou": "9",
    "au": "9",
    "oe": "u",
    "eu": "8",
    "ui": "7",
    "uy": "7",
    "ie": "i",
    "z": "s",
    "v": "f",
    "h": "",
}
_LAST_SOUNDS = {"d": "t", "dt": "t", "b": "p", "en": "e", "y": "i"}
_SOUND = re.compile("|".join((*sorted(_SOUNDS, key=len, reverse=True), "c", "(?:dt|d|b|en|y)$")))
_DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """Write a folded word as it sounds: "eensaam" and "eenzaam" become the same.

    For comparing only; the digits 7, 8 and 9 stand for "ui", "eu" and "ou".
    """
    return _DOUBLED.sub(r"\1", _SOUND.sub(_one_sound, word))


def _one_sound(found: re.Match[str]) -> str:
    letters = found.group()
    if letters == "c":
        return "s" if found.string[found.end() : found.end() + 1] in ("e", "i", "y") else "k"
    return _SOUNDS[letters] if letters in _SOUNDS else _LAST_SOUNDS[letters]


@dataclass(frozen=True, slots=True)
class _Files:
    """The known words in all their forms with their sounds, and each under what shortens to it."""

    sounds: Mapping[str, str]
    by_spelling: Mapping[str, list[str]]
    by_sound: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Near:
    cost: float
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Speller:
    """Knows the words a correction may lead to. Make it with ``Speller.of``.

    ``words`` are folded, with how often each was given; ``word*`` stands for all words of
    the dictionary that begin so.
    """

    words: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Speller:
        """Make a speller of words, or of texts to take the words from; any case, ``word*`` too.

        What is given more often is the likelier of two words equally near.
        """
        return cls(Counter(word for text in texts for part in text.split() for word in _words(part)))

    def correct(self, token: str) -> tuple[str, ...]:
        """Give the spellings a folded word may stand for, the likeliest first; at most two.

        Empty when the word is known, or nothing known is near. A result may hold a space:
        "sameneten" gives "samen eten". Never raises.
        """
        if token in CHAT_FORMS:
            return (CHAT_FORMS[token],)
        if not (_SHORTEST <= len(token) <= _LONGEST and token.isalpha() and token.isascii()):
            return ()
        if self.knows(token) or dutch.is_listed(token):
            return ()
        near = self._nearest(token, 1)
        if dutch.is_word(token):
            return tuple(word for word in near.words if word in self.words and len(token) >= _TWO_SLIPS)
        if near.cost > _APART:
            apart = self._apart(token)
            if apart:
                return (apart,)
        return near.words or self._nearest(token, _slips(token)).words or self._mended(token)

    def knows(self, word: str) -> bool:
        """Say whether this folded word is one of the words, in any of its forms."""
        return word in self._files.sounds

    @cached_property
    def _files(self) -> _Files:
        sounds = {word: sound(word) for word in sorted(_all_forms(self.words))}
        by_spelling: dict[str, list[str]] = {}
        by_sound: dict[str, list[str]] = {}
        for word, heard in sounds.items():
            if not _NEIGHBOURED <= len(word) <= _LONGEST:
                continue
            for key in _shortened(word, _slips(word)):
                by_spelling.setdefault(key, []).append(word)
            for key in _shortened(heard, _slips(word) - 1):
                by_sound.setdefault(key, []).append(word)
        return _Files(sounds, by_spelling, by_sound)

    def _nearest(self, token: str, slips: int) -> _Near:
        """Give the known words that cost least, within so many slips or by ear."""
        files = self._files
        heard = sound(token)
        candidates = {word for key in _shortened(token, slips) for word in files.by_spelling.get(key, ())}
        candidates.update(word for key in _shortened(heard, slips - 1) for word in files.by_sound.get(key, ()))
        costs = {word: self._cost(token, heard, word, slips) for word in candidates}
        least = min(costs.values(), default=_FAR)
        if least > slips:
            return _Near(_FAR, ())
        equal = (word for word, cost in costs.items() if cost == least)
        return _Near(least, tuple(sorted(equal, key=lambda word: (-self.words.get(word, 0), word))[:_MOST]))

    def _cost(self, token: str, heard: str, word: str, slips: int) -> float:
        """Weigh what must have gone wrong to write the word as the token."""
        meant = self._files.sounds[word]
        if heard == meant:
            cost = _BY_EAR + _distance(token, word, 3) / 10
            if len(token) < _NEIGHBOURED and cost > _SHORT_BY_EAR:
                return _FAR
        elif len(token) < _NEIGHBOURED or (heard[:1] not in meant[:2] and len(word) < _FIRST_LETTER_TOO):
            return _FAR
        else:
            cost = _distance(token, word, slips)
            if slips > 1:
                cost = min(cost, _BY_EAR + _distance(heard, meant, 1))
        return cost if word in self.words else cost + _OTHER_FORM

    def _apart(self, token: str) -> str:
        """Find two known words written as one: "sameneten"."""
        for cut in range(2, len(token) - 2):
            head, tail = token[:cut], token[cut:]
            if self._is_whole(tail) and (head in _JOINED_BEFORE or self._is_whole(head)):
                return f"{head} {tail}"
        return ""

    def _is_whole(self, word: str) -> bool:
        return len(word) >= _NEIGHBOURED and word in self.words

    def _mended(self, token: str) -> tuple[str, ...]:
        """Correct one half of a compound whose other half is a word: "muziekkurzus"."""
        for cut in range(_NEIGHBOURED, len(token) - _NEIGHBOURED + 1):
            head, tail = token[:cut], token[cut:]
            if dutch.is_word(head):
                mended = tuple(head + word for word in self._half(tail))
            elif dutch.is_word(tail):
                mended = tuple(word + tail for word in self._half(head))
            else:
                continue
            if mended:
                return () if token in mended else mended
        return ()

    def _half(self, part: str) -> tuple[str, ...]:
        """Correct half a compound: written by ear, or a slip in a long word, and only to a word as it was given."""
        near = self._nearest(part, 1)
        if near.cost > (1 if len(part) >= _LONG_HALF else _APART):
            return ()
        return tuple(word for word in near.words if word in self.words)


def _words(part: str) -> Iterator[str]:
    mark = "*" if part.endswith("*") else ""
    for token in dutch.tokens(part):
        yield token + mark


def _all_forms(words: Iterable[str]) -> frozenset[str]:
    """Give the words and every other form of them that the dictionary has."""
    plain = frozenset(word for word in words if not word.endswith("*"))
    beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
    return plain | dutch.forms(plain, beginnings)


def _slips(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS else 1


def _shortened(word: str, slips: int) -> set[str]:
    """Give the word's first letters, and what remains when up to ``slips`` of them are left out."""
    found = {word[:_FILED_LETTERS]}
    longest = found
    for _ in range(slips):
        longest = {text[:place] + text[place + 1 :] for text in longest for place in range(len(text))}
        found = found | longest
    return found


def _distance(one: str, other: str, most: int) -> float:
    """Count the slips between two words: a letter more, less or wrong is 1, two swapped 0.8.

    Above ``most`` the count is only known to be too high.
    """
    if abs(len(one) - len(other)) > most:
        return _FAR
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    if len(one) < 2 and len(other) < 2:
        return _NEXT_KEY if one + other in _NEXT_KEYS else float(max(len(one), len(other)))
    if len(one) == 2 and one == other[::-1]:
        return _SWAPPED
    return _aligned(one, other) if most > 1 else _FAR


def _shared(one: str, other: str) -> int:
    """Count the letters with which both words begin."""
    differs = (place for place, (letter, sign) in enumerate(zip(one, other, strict=False)) if letter != sign)
    return next(differs, min(len(one), len(other)))


def _aligned(one: str, other: str) -> float:
    """The distance of Levenshtein, row by row, of what two words do not share."""
    row = list(range(len(other) + 1))
    for above, letter in enumerate(one, 1):
        before, row = row, [above]
        for place, sign in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign)))
    return float(row[-1])
