"""Folding a text and cutting it in words."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ÿ": "ij", "Ÿ": "ij"})

#: Cyrillic and Greek letters that look like a Latin one, small and capital, each above the one it looks like.
_LOOK_ALIKES = str.maketrans(
    "асԁеһіјӏкорѕтхуԛԝАВЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυ",
    "acdehijlkopstxyqwABEHIJKMOPSTXYABEZHIKMNOPTYXaivopu",
)


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


def latin(text: str) -> str:
    """Read letters of other alphabets that look like Latin ones as those; what hides a word hides it from us too."""
    return text if text.isascii() else text.translate(_LOOK_ALIKES)


def tokens(text: str) -> tuple[str, ...]:
    """Split the text in folded words, in order, stop words included.

    An apostrophe inside a word goes out ("oma's" is "omas"); a hyphen parts words.
    """
    return tuple(found.replace("'", "") for found in WORD.findall(fold(text)))
