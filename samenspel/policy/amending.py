"""What another framework would change: which decided cases, and which cases of the framework, get other advice.

Nothing changes by itself: a decision keeps the version that it was made under. Only thresholds can change advice, for
the rules are the same in every framework and words do not weigh.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast
from uuid import UUID

import msgspec
import numpy as np
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from samenspel.engine.frameworks import Framework, Threshold
from samenspel.engine.roles.cases import Case, case_of
from samenspel.engine.roles.facts import DECIDING, TRIGGERS, Answer, measured
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.table import outcome_of
from samenspel.policy.models import RoleDecision


@dataclass(frozen=True, slots=True)
class Because:
    """A fact that is answered otherwise, by the threshold that settles it."""

    fact: str
    before: Answer
    after: Answer
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class ChangedAdvice:
    """A case that gets other advice, or that gets a reason to look again; `case_id` is null of a framework's case."""

    title: str
    before: Outcome
    after: Outcome
    because: tuple[Because, ...]
    case_id: UUID | None = None

    @property
    def is_other(self) -> bool:
        """Whether the advice itself is another one."""
        return self.before != self.after


class _Words(msgspec.Struct):
    """Of an answer that is kept, the one thing that weighs."""

    answer: str | bool


_facts = msgspec.json.Decoder(dict[str, _Words | str | bool])
_measures = msgspec.json.Decoder(dict[str, float])
Answers = NDArray[np.int8]


@dataclass(slots=True)
class _Judged:
    """A case before its answers are read: they stand in `kept` as JSON, or in `case`."""

    title: str
    measures: Mapping[str, float]
    case_id: str = ""
    kept: str = ""
    case: Case | None = None

    def said(self) -> dict[str, Answer]:
        """What somebody said, as far as it is known."""
        if self.case is not None:
            found = {fact: said.answer for fact, said in self.case.facts.items()}
        else:
            read = _facts.decode(self.kept)
            found = {fact: _answer(said.answer if isinstance(said, _Words) else said) for fact, said in read.items()}
        return {fact: answer for fact, answer in found.items() if answer != Answer.UNKNOWN}


class _WorkedOut:
    """What thresholds make of the numbers of many cases: per fact a column of answers.

    As `engine.roles.cases.worked_out_of` does it for one case: where several are about one fact, all must hold.
    """

    def __init__(self, thresholds: Sequence[Threshold], values: Mapping[str, NDArray[np.float64]]) -> None:
        self._by: dict[str, list[tuple[Threshold, Answers]]] = {}
        for threshold in thresholds:
            column = values[threshold.measure]
            holds = cast("NDArray[np.bool_]", threshold.holds(cast(float, column)))  # a whole column at once
            answers = np.where(np.isnan(column), Answer.UNKNOWN, np.where(holds, Answer.YES, Answer.NO))
            self._by.setdefault(threshold.fact, []).append((threshold, answers.astype(np.int8)))
        self.facts: dict[str, Answers] = {
            fact: np.minimum.reduce([answers for _, answers in by]) for fact, by in self._by.items()
        }

    def column(self, fact: str, length: int) -> Answers:
        """The answers to one fact; unknown where no threshold is about it."""
        unknown: Answers = np.full(length, Answer.UNKNOWN, dtype=np.int8)
        return self.facts.get(fact, unknown)

    def answer(self, fact: str, at: int) -> Answer:
        """The same of one case."""
        return Answer(int(self.facts[fact][at])) if fact in self.facts else Answer.UNKNOWN

    def settled(self, fact: str, at: int) -> Threshold | None:
        """The threshold that settles a fact of a case."""
        return next((each for each, found in self._by.get(fact, ()) if found[at] == self.facts[fact][at]), None)


def changed_advice(
    municipality: str, old: Framework, new: Framework, on: date, cases: Sequence[Case] = ()
) -> list[ChangedAdvice]:
    """Of every decided case its newest decision, then `cases`: those that `new` judges otherwise than `old` on a day.

    The numbers of all cases are judged at once; answers are read only where a number makes another fact.
    """
    before, after = old.in_force(on), new.in_force(on)
    if set(before) == set(after):
        return []
    judged = [*_newest(municipality), *(_Judged(case.title, case.measures, case=case) for case in cases)]
    values = {
        name: np.array([_number(name, each.measures) for each in judged], dtype=np.float64)
        for name in {threshold.measure for threshold in (*before, *after)}
    }
    was, becomes = _WorkedOut(before, values), _WorkedOut(after, values)
    differ = {
        fact: was.column(fact, len(judged)) != becomes.column(fact, len(judged))
        for fact in sorted(was.facts.keys() | becomes.facts.keys())
    }
    places = np.flatnonzero(np.logical_or.reduce(list(differ.values())))
    found = (_compared(judged[at], int(at), was, becomes, differ) for at in places)
    return [each for each in found if each is not None]


def counts(changes: Sequence[ChangedAdvice]) -> list[tuple[Outcome, Outcome, int]]:
    """How many go from which advice to which, most first."""
    pairs = Counter((each.before, each.after) for each in changes if each.is_other)
    return [(*pair, times) for pair, times in pairs.most_common()]


def _newest(municipality: str) -> Iterator[_Judged]:
    """Of every case its newest decision; read as text, for most answers are never looked at."""
    later = RoleDecision.objects.filter(
        Q(decided_on__gt=OuterRef("decided_on"))
        | Q(decided_on=OuterRef("decided_on"), recorded_at__gt=OuterRef("recorded_at")),
        case=OuterRef("case"),
    )
    rows = RoleDecision.objects.filter(~Exists(later), case__municipality=municipality).order_by()
    texts = [Cast(name, TextField()) for name in ("case_id", "measures", "facts")]
    newest = {row[1]: row for row in rows.values_list("case__title", *texts).iterator()}
    for title, case_id, measures, facts in newest.values():
        yield _Judged(title, _measures.decode(measures), case_id, facts)


def _number(name: str, measures: Mapping[str, float]) -> float:
    value = measured(name, measures)
    return np.nan if value is None else value


def _compared(
    one: _Judged, at: int, was: _WorkedOut, becomes: _WorkedOut, differ: Mapping[str, NDArray[np.bool_]]
) -> ChangedAdvice | None:
    """The change of one case; None where what somebody said outweighs the numbers, or nothing comes of it."""
    said = one.said()
    facts = [fact for fact, column in differ.items() if column[at] and fact not in said]
    if not facts:
        return None
    answers = {fact: was.answer(fact, at) for fact in was.facts} | said
    then = answers | {fact: becomes.answer(fact, at) for fact in facts}
    before = outcome_of(answers)
    after = before if set(facts).isdisjoint(DECIDING) else outcome_of(then)
    if before == after and not any(fact in TRIGGERS and then[fact] == Answer.YES for fact in facts):
        return None
    because = tuple(_because(fact, at, was, becomes, answers, then) for fact in facts)
    return ChangedAdvice(one.title, before, after, because, UUID(one.case_id) if one.case_id else None)


def _because(
    fact: str, at: int, was: _WorkedOut, becomes: _WorkedOut, answers: Mapping[str, Answer], then: Mapping[str, Answer]
) -> Because:
    threshold = next(filter(None, (each.settled(fact, at) for each in (becomes, was))))
    return Because(fact, answers.get(fact, Answer.UNKNOWN), then[fact], threshold)


@cache
def _answer(word: str | bool) -> Answer:
    """An answer as the engine's own reader takes it."""
    return case_of({"title": "-", "facts": {DECIDING[0]: word}}, "-").facts[DECIDING[0]].answer
