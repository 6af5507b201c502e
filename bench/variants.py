"""The same question as somebody else types it: with a slip of the finger, without accents, in capitals, as keywords."""

import random
import re
import unicodedata

from samenspel.engine.dutch import STOP_WORDS, fold

SHORTEST = 4
"""Letters of a word in which a slip is made."""

_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}


def with_slip(text: str, seed: str) -> str:
    """Swap, drop, double or mistype one letter of one word; the same seed gives the same slip.

    A text without a word of SHORTEST letters stays as it is.
    """
    dice = random.Random(seed)
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = dice.choice(words)
    slips = [slip for place in range(len(word[0])) for slip in _slips(word[0], place)]
    return text[: word.start()] + dice.choice(slips) + text[word.end() :]


def _slips(word: str, place: int) -> list[str]:
    """The word with each kind of slip at one place, as far as it differs."""
    letter, before, behind = word[place], word[:place], word[place + 1 :]
    made = [before + behind, before + letter * 2 + behind, before + behind[:1] + letter + behind[1:]]
    made += [before + other + behind for other in _NEIGHBOURS.get(letter.lower(), "")]
    return [slip for slip in made if slip != word]


def without_marks(text: str) -> str:
    """Accents and apostrophes left out: "zo’n café" is "zon cafe"."""
    signs = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign) and sign not in "'’‘`´")


def keywords(text: str) -> str:
    """The words that are no stop words, in their order."""
    return " ".join(word for word in re.findall(r"[\w'’-]+", text) if fold(word).replace("'", "") not in STOP_WORDS)
