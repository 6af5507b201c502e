"""The reading level of Dutch resident pages: Flesch-Douma and the length of sentences.

Flesch-Douma (W.H. Douma, 1960): 206.84 - 0.93 x words per sentence - 77 x syllables per word; 70 and up is "fairly
easy". A formula does not prove B1; it finds pages that slip (research: only readers can tell).
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import pyphen

EASY = 70.0
LONGEST_MEAN = 12.0

_SYLLABLES = pyphen.Pyphen(lang="nl_NL", left=1, right=1)
_BLOCKS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "td", "th", "label", "button", "legend", "caption", "div"}
_SKIPPED = {"script", "style", "svg", "select", "textarea", "title", "head", "nav"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_IS_SENTENCE = re.compile(r"[.!?:]$")
_VOID = frozenset(["br", "img", "input", "link", "meta", "hr", "wbr"])


@dataclass(frozen=True)
class Reading:
    """What a text measures; `score` is Flesch-Douma, `mean` the words of a sentence."""

    sentences: int
    words: int
    syllables: int

    @property
    def mean(self) -> float:
        return self.words / max(self.sentences, 1)

    @property
    def score(self) -> float:
        return 206.84 - 0.93 * self.mean - 77 * self.syllables / max(self.words, 1)

    @property
    def is_easy(self) -> bool:
        return self.score >= EASY and self.mean <= LONGEST_MEAN


class _Blocks(HTMLParser):
    """The text of each block of a page; whatever is skipped or stands in another language is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag == "br":
            self.blocks.append("")
        if tag not in _VOID:
            given = dict(attrs)
            self._open.append(tag in _SKIPPED or given.get("lang", "nl") != "nl" or "hidden" in given)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in _VOID:
            self._open.pop()
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not any(self._open[1:]):  # the page itself may be in any language
            self.blocks[-1] += data


def sentences(page: str) -> list[str]:
    """The sentences of a page of HTML: what ends with a mark. A name, a heading or a label is none."""
    blocks = _Blocks()
    blocks.feed(page)
    parts = (part for block in blocks.blocks for part in _SENTENCE_END.split(" ".join(block.split())))
    return [part for part in parts if _IS_SENTENCE.search(part) and len(words(part)) > 1]


def words(text: str) -> list[str]:
    """The words of a text; numbers, times and addresses on the net are none."""
    return _WORD.findall(re.sub(r"\S*[@/]\S*|\S*\.[a-z]{2,}\S*", " ", text))


def syllables(word: str) -> int:
    return len(_SYLLABLES.positions(word)) + 1


def measure(found: list[str]) -> Reading:
    said = [word for sentence in found for word in words(sentence)]
    return Reading(len(found), len(said), sum(map(syllables, said)))
