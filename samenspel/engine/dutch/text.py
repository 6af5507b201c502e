"""Folding a text and cutting it in words."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ÿ": "ij", "Ÿ": "ij"})


def word_set(text: str) -> frozenset[str]:
    """Make a set of the words in a text, so that a list of words can be read as prose."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Lower-case the text and take accents off; digits and apostrophes stay.

    Typographic apostrophes become ``'``, the ligature ĳ and the old ÿ become "ij".
    Never raises; the result may be longer than the text.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    lowered = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> tuple[str, ...]:
    """Split the text in folded words, in order, stop words included.

    An apostrophe inside a word goes out ("oma's" is "omas"); a hyphen parts words.
    """
    return tuple(found.replace("'", "") for found in WORD.findall(fold(text)))
