"""Trying words before they are published: what a question finds now, and what it would find with the drafts.

Nothing of a question is kept. The trial questions are no test of quality: they show an editor what else a phrase
touches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from samenspel.engine.matching import Vocabulary, understand
from samenspel.engine.matching.own_phrases import Addition
from samenspel.places.lookup import Near
from samenspel.socialmap.ask import ask
from samenspel.socialmap.vocabulary import vocabulary, with_additions
from samenspel.socialmap.width import Width, trial_questions, widths


@dataclass(frozen=True, slots=True)
class Seen:
    """What a resident would see: titles of urgent help, labels of needs and names of offerings, best first."""

    urgent: tuple[str, ...]
    needs: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question, read without and with the drafts."""

    question: str
    now: Seen
    then: Seen

    @property
    def is_changed(self) -> bool:
        return self.now != self.then

    @property
    def raises_alarm(self) -> bool:
        return not set(self.then.urgent) <= set(self.now.urgent)


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial questions whose answer changes, and each phrase that is found in too many."""

    questions: int
    changed: tuple[Comparison, ...]
    wide: tuple[Width, ...]


def compare(question: str, drafts: Sequence[Addition], *, near: Near, at: datetime, limit: int) -> Comparison:
    """One question, with `limit` results; the municipality is that of `near`."""
    now = vocabulary(near.municipality)
    return _compare(question, now, with_additions(now, drafts), near=near, at=at, limit=limit)


def try_all(drafts: Sequence[Addition], *, near: Near, at: datetime, limit: int) -> Trial:
    """Every trial question; the search is asked only where something else is understood."""
    now = vocabulary(near.municipality)
    then, questions = with_additions(now, drafts), trial_questions()
    differing = [one for one in questions if understand(one, now) != understand(one, then)]
    compared = (_compare(one, now, then, near=near, at=at, limit=limit) for one in differing)
    return Trial(
        questions=len(questions),
        changed=tuple(one for one in compared if one.is_changed),
        wide=tuple(one for one in widths(drafts, now) if one.is_wide),
    )


def _compare(question: str, now: Vocabulary, then: Vocabulary, *, near: Near, at: datetime, limit: int) -> Comparison:
    before, after = (_seen(question, words, near=near, at=at, limit=limit) for words in (now, then))
    return Comparison(question, before, after)


def _seen(question: str, words: Vocabulary, *, near: Near, at: datetime, limit: int) -> Seen:
    answer = ask(question, near=near, at=at, limit=limit, vocabulary=words)
    return Seen(
        urgent=tuple(one.title for one in answer.urgent),
        needs=tuple(one.label for one in answer.needs),
        results=tuple(one.entry.name for one in answer.results),
    )
