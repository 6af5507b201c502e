"""Dutch words as search tokens: the one analysis that indexing and asking share.

A word is folded (lower case, no accents), brought back to its lemma and stem, and a
compound is also its parts. ``text`` cuts a text in words, ``stemming`` knows what a word
is, ``words`` reads whole texts, ``lists`` and ``chat`` hold the reviewed word lists.

Nothing is loaded on import; the first word costs the dictionary (about 0.4 s, call
``warm`` at start-up to pay it there). After that the words of the dictionary are
remembered, and never any other: those may be somebody's name.
"""

from samenspel.engine.dutch.lists import STOP_WORDS
from samenspel.engine.dutch.stemming import forms, is_listed, is_word, lemma, separable, stems, warm
from samenspel.engine.dutch.text import fold, latin, tokens, word_set
from samenspel.engine.dutch.words import Word, analyse, is_term, words

#: Written into every index. Change it with any change of output, so an index built
#: with other tokens is rebuilt instead of silently missing words.
ANALYSER_VERSION = "nl-2"

__all__ = [
    "ANALYSER_VERSION",
    "STOP_WORDS",
    "Word",
    "analyse",
    "fold",
    "forms",
    "is_listed",
    "is_term",
    "is_word",
    "latin",
    "lemma",
    "separable",
    "stems",
    "tokens",
    "warm",
    "word_set",
    "words",
]
