"""Dutch words as search tokens: the one analysis that indexing and asking share.

A word goes through four steps: fold (lower case, no accents), lemma (simplemma's
Dutch dictionary: "gefietst" is "fietsen"), stem (Snowball's ``dutch_porter``) and
compound splitting ("ouderenvervoer" is also "ouderen" and "vervoer"). The word list
for splitting is the same open dictionary (simplemma, MIT), plus a few words of the
social field that it lacks.

``dutch_porter`` and never ``dutch``: the newer rules merge words that differ
("huiswerkbegeleiding" with "huiswerkbeleid"; research/stack.md §2.4).

Nothing is loaded on import; the first word costs the dictionary (about 0.4 s, call
``warm`` at start-up to pay it there). After that every distinct word is cached.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import Stemmer
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

#: Written into every index. Change it with any change of output, so an index built
#: with other tokens is rebuilt instead of silently missing words.
ANALYSER_VERSION = "nl-1"

#: Longer strings are not words a person types; splitting them would only cost time.
_LONGEST_WORD = 40
#: The shortest compounds that count: "bushalte" and "eetclub" do, "eetlust" must not cost.
_SHORTEST_COMPOUND = 7
#: Remembered distinct words; a nationwide index has more, a process asks for fewer.
_WORD_CACHE = 100_000


def word_set(text: str) -> frozenset[str]:
    """Make a set of the words in a text, so that a list of words can be read as prose."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FULL_STOPS = ".!?\n"
_PAUSES = ",;:()" + _FULL_STOPS
_WORD_OR_MARK = re.compile(_WORD.pattern + r"|[,;:()]+|[.!?\n]+")
_SENTENCE_GAP = 20
#: The dictionary writes some lemmas with marks ("in_zetten"); a token has letters only.
_NO_LETTERS = re.compile(r"[\W_]+")
_LONG_VOWEL_END = re.compile(r"(aa|ee|oo|uu)[^aeiou]$")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ÿ": "ij", "Ÿ": "ij"})

#: Words that carry no subject. Articles and pronouns stand in every sentence; verbs of
#: wishing ("zoek", "wil", "graag") stand in every question; so neither tells offers apart.
#: "niet", "alleen" and their like are here for the text search only: the vocabulary of
#: needs reads them ("ik kom niet rond") through ``Word.stems``, which keeps stop words.
STOP_WORDS = word_set(
    """
    de het een der den des t n s k m ik jij je jou jouw u uw hij zij ze wij we jullie hun hen hem haar zijn
    mijn mij me ons onze men dit dat deze die wie wat waar welke welk hoe wanneer waarom er hier daar iemand
    iets niemand niets iedereen alles ander andere anders zelf elkaar en of maar want dus als dan toen ook
    nog al weer wel niet geen nooit nee ja zo te toch eens even in op aan bij met van voor door over onder
    uit naar tot om tegen na rond via per zonder tussen ben bent is was waren geweest wees word wordt worden
    werd heb hebt heeft hebben had hadden gehad kan kun kunt kunnen kon konden zal zult zullen zou zouden
    wil wilt willen wou wilde moet moeten moest mag mogen hoef hoeft hoeven ga gaat gaan doe doet doen
    gedaan kom komt komen zit zitten laat laten krijg krijgt krijgen maak maakt blijf blijft blijven zoek
    zoekt zoeken gezocht vind vindt vinden graag liever nodig hoi hallo dag dagen beste alvast bedankt heel erg
    zeer veel meer meest vaak altijd steeds soms nu hele alleen samen keer the a an i am my me you your he
    she his her it its we our they their this that who what where how is are was were be been do does did
    have has had can could will would want need to of on at for with and or not no don't dont im i'm please
    looking some someone somebody
    """
)

#: Stems set by hand, because the dictionary's lemma would merge words a resident keeps
#: apart ("ouderen" and "ouders" both give "ouder") or part what belongs together
#: ("maatjes" is a herring there, "mantelzorger" does not lead to "mantelzorg").
_OWN_STEMS: Mapping[str, str] = {
    form: stem
    for stem, forms in {
        "ouderen": "ouderen oudere",
        "ouder": "ouders ouder",
        "les": "les lessen lesjes",
        "bus": "bus bussen busje",
        "fiets": "fiets fietsen fietst fietste gefietst fietsje fietsjes",
        "maatje": "maatje maatjes maat maten",
        "mantelzorg": "mantelzorg mantelzorger mantelzorgers mantelzorgen",
        "bellen": "bel bellen belt belde gebeld",
        "zorg": "zorg zorgen",
        "boek": "boek boeken boekje boekjes",
        "spel": "spel spelletje spelletjes spellen",
        "moes": "moes",
        "jongeren": "jongere jongeren",
        "jongen": "jongen jongens jongetje jongetjes",
        "mens": "mens mensen",
        "rekening": "rekening rekeningen",
        "langs": "langs",
        "beter": "beter",
        "meer": "meer",
        "eerste": "eerste",
        "niets": "niets niks",
        "geloof": "geloof geloven gelooft gelovig",
        "uitje": "uitje uitjes",
        "rondje": "rondje rondjes",
        "gamen": "gamen gamet game gamede",
        "care": "care caring carer carers",
        "coke": "coke",
        "waar": "waar",
    }.items()
    for form in forms.split()
}

#: Words of the field that the dictionary lacks, as they stand in names of activities.
_FIELD_WORDS = word_set(
    """
    mantelzorg werker dementie alzheimer bingo yoga wifi laptop tablet app website internet digid wmo gym
    repair atelier soos kleding lotgenoten biljart gymnastiek bijstand thuiszorg clientondersteuning
    adhd bridge klaverjas zumba pilates quilt
    """
)

#: Three-letter words that do start or end compounds; the dictionary's other short words
#: ("ete", "ing", "van") would split half the language.
_SHORT_PARTS = word_set("eet bel les bus zee spa dag dak bos bad kip vis tv app gym wmo web")

#: Parts that are prefixes, suffixes or small words, never half of a compound worth finding.
_NO_PART = word_set(
    """
    over onder door voor achter tegen tussen boven buiten binnen mede samen open aan thuis achtig heid
    lijk loos baar ings iteit chap schap schappen elen eren ster ende aars ters eling heden isch ische
    teit liek ling lingen atie aties sche tjes pjes ment ring gaan staan komen sing ding der mel tachtig
    verg pelen spas schappelijk bid tran tijd genot schon
    """
)

#: Words that look like compounds whose halves mislead: "huiswerk" is no work to be found.
_WHOLE = word_set(
    """
    huiswerk vrijwilliger doodmoe doodop feestdag maandag dinsdag woensdag donderdag vrijdag zaterdag
    zondag vandaag middag samenleving gemeente handicap huisarts speelgoed overleden vergeten
    vergeetachtig ziekenhuis buurvrouw buurman scheiding schilderen transport maatschappelijk trommel
    aanpassing toneelspelen badkamer gezinshereniging huisdier levensgevaarlijk handwerken leeftijd
    schoonmoeder schoonvader zichzelf
    """
)

_LINKS = ("", "s", "en", "e")


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
    return tuple(found.replace("'", "") for found in _WORD.findall(fold(text)))


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


def separable(token: str) -> tuple[str, str] | None:
    """Give the two parts of a separable verb: "ophaalt" is "op" and "halen"; None for another word."""
    dictionary, _ = _dictionary()
    particle, mark, verb = dictionary.get(token, "").partition("_")
    return (particle, verb) if mark else None


def lemma(token: str) -> str:
    """Give the form under which the dictionary has a folded word; the word itself when it has not."""
    return _lemma(token) or token


def warm() -> None:
    """Load the dictionary now, so the first question does not wait for it."""
    stems("koffieochtend")


@lru_cache(maxsize=_WORD_CACHE)
def stems(token: str) -> tuple[str, ...]:
    """Give the stem of one folded word, then the stems of its parts when it is a compound."""
    own = _stem(token)
    base = _lemma(token) or token
    if token in _OWN_STEMS or base in _OWN_STEMS:
        return (own,)
    if not _SHORTEST_COMPOUND <= len(base) <= _LONGEST_WORD or base in _WHOLE:
        return (own,)
    parts = _split(base, strict=_lemma(base) is not None) or ()
    return tuple(dict.fromkeys((own, *(stem for part in parts for stem in stems(part)))))


def is_word(token: str) -> bool:
    """Say whether Dutch knows this folded word: it stands in the dictionary or is a compound of such words."""
    if token in STOP_WORDS or _lemma(token) is not None:
        return True
    return _SHORTEST_COMPOUND <= len(token) <= _LONGEST_WORD and _split(token, strict=True) is not None


def forms(words: frozenset[str], beginnings: tuple[str, ...] = ()) -> frozenset[str]:
    """Give all folded forms that the dictionary has of these words, and all its words that begin so."""
    dictionary, _ = _dictionary()
    lemmas = {dictionary.get(word, word) for word in words}
    found = (form for form, lemma in dictionary.items() if lemma in lemmas or form.startswith(beginnings))
    return frozenset(fold(form) for form in found if form.isalpha())


def _stem(token: str) -> str:
    own = _OWN_STEMS.get(token)
    if own is not None:
        return own
    lemma = _lemma(token) or token
    own = _OWN_STEMS.get(lemma)
    if own is not None:
        return own
    with _STEMMER_LOCK:
        stem = str(_stemmer().stemWord(lemma))
    return lemma if _becomes_another_word(lemma, stem) else stem


def _becomes_another_word(lemma: str, stem: str) -> bool:
    """Say whether undoubling a vowel made a different word: "zoon" is not "zon", "boos" not "bos"."""
    if not _LONG_VOWEL_END.search(lemma) or stem != lemma[:-2] + lemma[-1]:
        return False
    return _lemma(stem) not in (None, lemma)


def _lemma(token: str) -> str | None:
    """Look the folded word up; None when the dictionary does not know it."""
    if token in _FIELD_WORDS:
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
    if text in _NO_PART or (len(text) < 4 and text not in _SHORT_PARTS):
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
