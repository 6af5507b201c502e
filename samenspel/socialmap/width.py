"""How wide a phrase is: in how many of the trial questions it is found.

The trial questions are shipped (`vocabulary/trial_questions.toml`): each need, some danger, and some small talk. The
widest shipped phrase is found in 6 % of them.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from samenspel.engine.matching import Vocabulary
from samenspel.engine.matching.own_phrases import Addition, parse_addition
from samenspel.engine.matching.phrases import PhraseBook, PhraseInvalid, read
from samenspel.socialmap.vocabulary import groups

_FILE = Path(__file__).parent / "vocabulary" / "trial_questions.toml"

WIDE = 10
"""A phrase found in more of the trial questions than this percentage is too wide to be clear: a warning."""
TOO_WIDE = 20
"""A phrase found in more than this percentage cannot be published; an alarm already above WIDE: people learn to look
past what they see too often."""


@dataclass(frozen=True, slots=True)
class Width:
    """In how many of the trial questions a phrase is found."""

    addition: Addition
    found: int
    questions: int

    @property
    def percent(self) -> int:
        return round(100 * self.found / self.questions)

    @property
    def is_wide(self) -> bool:
        return self._is_above(WIDE)

    @property
    def is_too_wide(self) -> bool:
        return self._is_above(WIDE if self.addition.effect == "alarms" else TOO_WIDE)

    def _is_above(self, percentage: int) -> bool:
        return 100 * self.found > percentage * self.questions


@lru_cache(maxsize=1)
def trial_questions() -> tuple[str, ...]:
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["questions"])


def widths(additions: Sequence[Addition], words: Vocabulary) -> Iterator[Width]:
    """The width of each phrase, in the same order; one that cannot be read is found nowhere."""
    readings = [read(question) for question in trial_questions()]
    for one in additions:
        found = 0
        if book := _book(one, words):
            found = sum(bool(book.find(reading)) for reading in readings)
        yield Width(one, found, len(readings))


def _book(one: Addition, words: Vocabulary) -> PhraseBook[None] | None:
    try:
        phrase = parse_addition(one, words, groups())
    except PhraseInvalid:
        return None
    return PhraseBook(((phrase, None),), whole_words=one.effect == "alarms")
