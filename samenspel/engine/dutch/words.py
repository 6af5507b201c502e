"""Reading a text word by word: what stands where, and what each word can match."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samenspel.engine.dutch.lists import STOP_WORDS
from samenspel.engine.dutch.stemming import stems
from samenspel.engine.dutch.text import WORD, fold, tokens

_FULL_STOPS = ".!?\n"
_PAUSES = ",;:()" + _FULL_STOPS
_WORD_OR_MARK = re.compile(WORD.pattern + r"|[,;:()]+|[.!?\n]+")
_SENTENCE_GAP = 20


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, how it was written, what it can match.

    ``position`` counts words from 0, with a jump of 1 at a comma and 20 at the end of a
    sentence, so a window of neighbouring words never crosses a full stop. ``clause``
    counts the parts between punctuation marks. ``folded`` is the folded spelling.
    ``stems`` has the word's own stem first and the stems of its parts behind it.

    ``meant`` are the spellings it may stand for when it is misspelt, the likeliest first;
    one may hold a space ("samen eten"). ``heads`` and ``stems`` then have theirs too;
    ``heads`` without those of parts.
    """

    position: int
    clause: int
    folded: str
    stems: tuple[str, ...]
    heads: tuple[str, ...]
    meant: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every single spelling it can be read as, as typed first."""
        return (self.folded, *(piece for spelling in self.meant for piece in spelling.split()))

    @property
    def read_as(self) -> str:
        """The likeliest spelling: what was meant, or what was typed."""
        return self.meant[0] if self.meant else self.folded

    @property
    def terms(self) -> tuple[str, ...]:
        """What a text search looks for: nothing for a small word, misspelt or not."""
        if not any(is_term(piece) for piece in self.read_as.split()):
            return ()
        return tuple(dict.fromkeys(stem for piece in self.spellings if is_term(piece) for stem in stems(piece)))


def analyse(text: str) -> tuple[str, ...]:
    """Turn a text into the tokens that are indexed and searched, in reading order.

    Stop words are left out; a compound gives its own stem and the stems of its parts.
    Tokens may repeat (their count matters for the ranking). Never raises.
    """
    return tuple(stem for token in tokens(text) if is_term(token) for stem in stems(token))


def is_term(token: str) -> bool:
    """Say whether a folded word can find anything: no stop word, no lone letter (a digit can)."""
    return token not in STOP_WORDS and (len(token) > 1 or token.isdigit())


def words(text: str) -> tuple[Word, ...]:
    """Read the text word by word, stop words too, for matching phrases near each other."""
    found: list[Word] = []
    position = clause = 0
    for match in _WORD_OR_MARK.finditer(fold(text)):
        piece = match.group()
        if piece[0] in _PAUSES:
            position += _SENTENCE_GAP if piece[0] in _FULL_STOPS else 1
            clause += 1
        else:
            folded = piece.replace("'", "")
            own = stems(folded)
            found.append(Word(position, clause, folded, own, own[:1]))
            position += 1
    return tuple(found)
