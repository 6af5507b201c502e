"""Stems of Dutch words, and the parts of compounds.

A folded word is looked up in simplemma's dictionary ("gefietst" is "fietsen"), stemmed
(Snowball's ``dutch_porter``) and cut in parts when it is a compound ("ouderenvervoer" is
also "ouderen" and "vervoer"). The word list for cutting is the same dictionary (MIT), plus
a few words of the social field that it lacks. Forms that it lacks are found by rule:
"katjes" by "katje", "boomke" by "boom", "opgeruimd" by "opruim".

``dutch_porter`` and never ``dutch``: the newer rules merge words that differ
("huiswerkbegeleiding" with "huiswerkbeleid"; research/stack.md §2.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, wraps
from threading import Lock
from typing import TypeVar

import Stemmer
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

from samenspel.engine.dutch.lists import (
    FIELD_WORDS,
    NO_PART,
    OWN_STEMS,
    PLAIN_WORDS,
    SHORT_PARTS,
    STOP_WORDS,
    WHOLE,
)
from samenspel.engine.dutch.text import fold

#: Longer strings are not words a person types; splitting them would only cost time.
_LONGEST_WORD = 40
#: The shortest compounds that count: "bushalte" and "eetclub" do, "eetlust" must not cost.
_SHORTEST_COMPOUND = 7
#: Remembered distinct words; a process asks for fewer.
_WORD_CACHE = 100_000
_Found = TypeVar("_Found")

#: The dictionary writes some lemmas with marks ("in_zetten"); a token has letters only.
_NO_LETTERS = re.compile(r"[\W_]+")
_LONG_VOWEL_END = re.compile(r"(aa|ee|oo|uu)[^aeiou]$")
_PARTICLE = "(?P<particle>op|af|aan|uit|in|mee|om|bij|door|voor|na|terug|weg|langs|rond|thuis|samen)"
_SEPARABLE = re.compile(_PARTICLE + r"(?P<verb>\w{3,}n)")
_PARTICIPLE = re.compile(_PARTICLE + r"?ge(?P<verb>\w{3,})[dt]")
_LINKS = ("", "s", "en", "e")


def _remembered(find: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """Remember the answer for words of the dictionary; any other may be somebody's name, so it is worked out anew."""
    remembered = lru_cache(maxsize=_WORD_CACHE)(find)

    @wraps(find)
    def found(token: str) -> _Found:
        return remembered(token) if token in _dictionary()[0] else find(token)

    return found


@_remembered
def separable(token: str) -> tuple[str, str] | None:
    """Give the two parts of a separable verb: "opgehaald" is "op" and "halen"; None for another word."""
    parts = _SEPARABLE.fullmatch(lemma(token))
    return (parts["particle"], parts["verb"]) if parts and _lemma(parts["verb"]) else None


@_remembered
def lemma(token: str) -> str:
    """Give the form under which the dictionary has a folded word; the word itself when it has not."""
    return _lemma(token) or token


def warm() -> None:
    """Load the dictionary now, so the first question does not wait for it."""
    stems("koffieochtend")


@_remembered
def stems(token: str) -> tuple[str, ...]:
    """Give the stem of one folded word, then the stems of its parts when it is a compound."""
    own = _stem(token)
    base = _lemma(token) or token
    if token in OWN_STEMS or base in OWN_STEMS:
        return (own,)
    if not _SHORTEST_COMPOUND <= len(base) <= _LONGEST_WORD or base in WHOLE:
        return (own,)
    parts = _split(base, strict=_lemma(base) is not None) or ()
    return tuple(dict.fromkeys((own, *(stem for part in parts for stem in stems(part)))))


def is_listed(token: str) -> bool:
    """Say whether this folded word stands in the dictionary or in one of our lists."""
    return token in STOP_WORDS or token in PLAIN_WORDS or _lemma(token) is not None


def is_word(token: str) -> bool:
    """Say whether Dutch knows this folded word: it is listed or a compound of words that are."""
    if is_listed(token):
        return True
    return _SHORTEST_COMPOUND <= len(token) <= _LONGEST_WORD and _split(token, strict=True) is not None


def forms(words: frozenset[str], beginnings: tuple[str, ...] = ()) -> frozenset[str]:
    """Give all folded forms that the dictionary has of these words, and all its words that begin so."""
    dictionary, _ = _dictionary()
    lemmas = {dictionary.get(word, word) for word in words}
    starts = {beginning[:3] for beginning in beginnings}
    found = (
        form
        for form, lemma in dictionary.items()
        if lemma in lemmas or (form[:3] in starts and form.startswith(beginnings))
    )
    return frozenset(fold(form) for form in found if form.isalpha())


def _stem(token: str) -> str:
    own = OWN_STEMS.get(token)
    if own is not None:
        return own
    lemma = _by_rule(token, _lemma(token)) or token
    own = OWN_STEMS.get(lemma)
    if own is not None:
        return own
    with _STEMMER_LOCK:
        stem = str(_stemmer().stemWord(lemma))
    return lemma if _becomes_another_word(lemma, stem) else stem


def _by_rule(token: str, lemma: str | None) -> str | None:
    """Give the lemma of a form that the dictionary lacks or leaves as it is, by way of one that it knows."""
    if lemma and lemma.endswith("je"):
        return _lemma(lemma)
    if lemma and lemma != token:
        return lemma
    if token.endswith(("jes", "sters")):
        return _lemma(token[:-1]) or token[:-1]
    return next((simpler for simpler in map(_lemma, _simpler(token, known=bool(lemma))) if simpler), lemma)


def _simpler(token: str, *, known: bool) -> Iterator[str]:
    """Take off what makes a small thing in the south ("boomke", "praatske"), or a participle ("opgeruimd").

    A word that is ``known`` may be no participle: "gezond" has nothing to do with the sun.
    """
    small = token.removesuffix("s")
    for ending in () if known else ("ske", "ke"):
        if small.endswith(ending) and len(small) > len(ending) + 2:
            yield small.removesuffix(ending)
    done = _PARTICIPLE.fullmatch(token)
    if done and (done["particle"] or not known):
        yield from ((done["particle"] or "") + done["verb"] + ending for ending in ("t", ""))


def _becomes_another_word(lemma: str, stem: str) -> bool:
    """Say whether undoubling a vowel made a different word: "zoon" is not "zon", "boos" not "bos"."""
    if not _LONG_VOWEL_END.search(lemma) or stem != lemma[:-2] + lemma[-1]:
        return False
    return _lemma(stem) not in (None, lemma)


def _lemma(token: str) -> str | None:
    """Look the folded word up; None when the dictionary does not know it."""
    if token in FIELD_WORDS:
        return token
    dictionary, respelled = _dictionary()
    lemma = dictionary.get(token) or respelled.get(token)
    return _NO_LETTERS.sub("", fold(lemma)) if lemma else None


def _split(token: str, *, strict: bool) -> tuple[str, ...] | None:
    """Cut a compound in known words, the longest last part first; None when it is not one."""
    for cut in range(3, len(token) - 2):
        tail = token[cut:]
        if not _is_part(tail, strict=strict):
            continue
        head = _head(token[:cut], strict=strict)
        if head is not None:
            return (*head, tail)
    return None


def _head(text: str, *, strict: bool) -> tuple[str, ...] | None:
    """Read what stands before the last part: one known word, or a compound itself."""
    for link in _LINKS:
        bare = text.removesuffix(link) if link else text
        if link and bare == text:
            continue
        if _is_part(bare, strict=False):
            return (bare,)
    return None if strict or len(text) < _SHORTEST_COMPOUND else _split(text, strict=_lemma(text) is not None)


def _is_part(text: str, *, strict: bool) -> bool:
    """Say whether the text may be half of a compound.

    ``strict`` is for words the dictionary knows whole: there only base forms count
    ("tuin", although its lemma is the verb "tuinen"), so that "verhalen" stays whole.
    """
    if text in NO_PART or (len(text) < 4 and text not in SHORT_PARTS):
        return False
    lemma = _lemma(text)
    return lemma is not None and (not strict or lemma.startswith(text))


_STEMMER_LOCK = Lock()


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch_porter")


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Load simplemma's Dutch dictionary: form to lemma, and the folded spelling of
    forms with an accent or apostrophe to their lemma (people leave accents out)."""
    dictionary = DEFAULT_DICTIONARY_FACTORY.get_dictionary("nl")
    respelled = {
        fold(form).replace("'", ""): dictionary[form] for form in dictionary if not form.isascii() or "'" in form
    }
    return dictionary, respelled
