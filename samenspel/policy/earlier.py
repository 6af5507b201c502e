"""What the municipality decided before, ready to be compared with a case.

A decision never changes, so each is read and judged once in a process. A look asks the store whether there are others
and reads only those; what has the same answers stands together, so a look grows with the different sets of answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Count, Max, QuerySet, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from samenspel.engine.frameworks import Framework, Threshold
from samenspel.engine.roles.advice import MOST_PRECEDENTS, NEAR, Earlier, are_equal
from samenspel.engine.roles.cases import Case, answers_of, case_of
from samenspel.engine.roles.facts import DECIDING, SHAPING, Answer
from samenspel.engine.roles.rules import Outcome as Advised
from samenspel.engine.roles.table import outcome_of
from samenspel.policy.models import RoleCase, RoleDecision

Answers = Mapping[str, Answer]
MOST_EQUAL = 3
"""Equal cases that are shown of each outcome; the newest ones."""
_COMPARED = (*DECIDING, *SHAPING)
_KEPT = ("key", "case_id", "decided_on", "recorded_at", "reference", "decided", "facts", "measures")
_WHEN = attrgetter("when")
_NOTHING: tuple[int, datetime | None, str] = (0, None, "")


@dataclass(frozen=True, slots=True)
class Decision:
    """The newest decision about a case; `answers` are those of `_COMPARED`, by the thresholds of that day."""

    case_id: UUID
    when: tuple[date, datetime]
    reference: str
    decided: Advised
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Decisions beside a case, newest first: the newest few equal ones of each outcome, how many there are of each, and
    the few nearest with the same advice."""

    equal: Sequence[Decision]
    counts: Mapping[Advised, int]
    near: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class _Same:
    """Decisions after the same answers, newest first, and the same by what was decided."""

    answers: Answers
    decisions: list[Decision]
    by_outcome: Mapping[Advised, list[Decision]]


@dataclass(slots=True)
class _Read:
    """What was read of a municipality by some thresholds."""

    glance: tuple[int, UUID | None] | None = None
    """What the whole table looked like at a glance; None where what was read may still be rolled back."""
    stamp: tuple[int, datetime | None, str] = _NOTHING
    """How many decisions, when the last was recorded, and the last id: other decisions have another one."""
    newest: dict[UUID, Decision] = field(default_factory=dict)
    sets: list[_Same] = field(default_factory=list)
    """By their answers, in the order of their newest decision."""
    rows: NDArray[np.int8] = field(default_factory=lambda: np.empty((0, len(_COMPARED)), dtype=np.int8))
    advice: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, dtype=np.int8))
    """Of each set its answers as numbers, and its advice."""

    def catch_up(self, decisions: "QuerySet[RoleDecision]", framework: Framework) -> None:
        """Read what is new; read all again where what was read is not what is there."""
        glance = _glance()
        if glance == self.glance:
            return
        found = decisions.aggregate(number=Count("pk"), latest=Max("recorded_at"), last=Max(Cast("pk", TextField())))
        stamp = (found["number"], found["latest"], found["last"] or "")
        if stamp != self.stamp:
            self._read_until(stamp, decisions, framework)
            self._arrange()
        self.glance = None if connection.in_atomic_block else glance

    def _read_until(
        self, stamp: tuple[int, datetime | None, str], decisions: "QuerySet[RoleDecision]", framework: Framework
    ) -> None:
        if self.stamp[1]:
            self._add(decisions.filter(recorded_at__gt=self.stamp[1]), framework)
        if self.stamp != stamp:
            self.stamp, self.newest = _NOTHING, {}
            self._add(decisions, framework)

    def _add(self, decisions: "QuerySet[RoleDecision]", framework: Framework) -> None:
        number, latest, last = self.stamp
        rows = decisions.annotate(key=Cast("pk", TextField())).order_by("decided_on", "recorded_at")
        for key, case_id, decided_on, recorded_at, reference, decided, facts, measures in rows.values_list(*_KEPT):
            number, latest, last = number + 1, max(latest or recorded_at, recorded_at), max(last, key)
            when, known = (decided_on, recorded_at), self.newest.get(case_id)
            if known is None or known.when <= when:
                answers = answers_of(as_case("-", facts, measures), framework, decided_on)
                said = tuple(answers[fact] for fact in _COMPARED)
                self.newest[case_id] = Decision(case_id, when, reference, outcome_named(decided), said)
        self.stamp = (number, latest, last)

    def _arrange(self) -> None:
        by_answers: dict[tuple[Answer, ...], list[Decision]] = {}
        for one in sorted(self.newest.values(), key=_WHEN, reverse=True):
            by_answers.setdefault(one.answers, []).append(one)
        self.sets = [_same(dict(zip(_COMPARED, said, strict=True)), told) for said, told in by_answers.items()]
        self.rows = np.array(list(by_answers), dtype=np.int8).reshape(-1, len(_COMPARED))
        self.advice = np.array([outcome_of(each.answers) for each in self.sets], dtype=np.int8)

    def beside(self, answers: Answers, leave_out: UUID | None) -> Beside:
        """What stands beside these answers: numbers find what may be equal, the engine says what is."""
        differ = self.rows != np.array([answers[fact] for fact in _COMPARED], dtype=np.int8)
        perhaps = np.flatnonzero(~differ[:, : len(DECIDING)].any(axis=1))
        equal = [int(at) for at in perhaps if are_equal(answers, self.sets[at].answers)]
        far = differ.sum(axis=1)
        near = np.flatnonzero((far <= NEAR) & (self.advice == outcome_of(answers)))
        nearest = [int(at) for at in near[np.argsort(far[near], kind="stable")] if at not in equal]
        counts, newest = self._equal(equal, leave_out)
        return Beside(newest, counts, self._nearest(nearest, far, leave_out))

    def _equal(self, equal: Sequence[int], leave_out: UUID | None) -> tuple[dict[Advised, int], list[Decision]]:
        counts: dict[Advised, int] = {}
        newest: list[Decision] = []
        own = self.newest.get(leave_out) if leave_out else None
        if own and own.answers not in {tuple(self.sets[at].answers.values()) for at in equal}:
            own = None
        for outcome in Advised:
            lists = [found for at in equal if (found := self.sets[at].by_outcome.get(outcome))]
            number = sum(map(len, lists)) - (own is not None and own.decided == outcome)
            heads = [one for found in lists for one in found[: MOST_EQUAL + 1] if one != own]
            if number:
                counts[outcome] = number
                newest += sorted(heads, key=_WHEN, reverse=True)[:MOST_EQUAL]
        return counts, sorted(newest, key=_WHEN, reverse=True)

    def _nearest(self, sets: Sequence[int], far: NDArray[np.int64], leave_out: UUID | None) -> list[Decision]:
        """The nearest, of sets in order of distance and then of their newest decision.

        One set too many is looked at, for one may hold nothing but `leave_out`.
        """
        heads = [
            (int(far[at]), one)
            for at in sets[: MOST_PRECEDENTS + 1]
            for one in self.sets[at].decisions[: MOST_PRECEDENTS + 1]
            if one.case_id != leave_out
        ]
        heads.sort(key=lambda pair: pair[1].when, reverse=True)
        return [one for _, one in sorted(heads, key=lambda pair: pair[0])][:MOST_PRECEDENTS]


def beside(answers: Answers, *, municipality: str, framework: Framework, leave_out: RoleCase | None = None) -> Beside:
    """The municipality's decisions beside these answers, by the facts of their day; without the case `leave_out`."""
    read = _read(municipality, framework.thresholds)
    read.catch_up(RoleDecision.objects.filter(case__municipality=municipality), framework)
    return read.beside(answers, leave_out.pk if leave_out else None)


def named(decisions: Iterable[Decision]) -> tuple[Earlier, ...]:
    """Decisions with the title that their case has today; one query."""
    told = list(decisions)
    titles = dict(RoleCase.objects.filter(pk__in=[one.case_id for one in told]).values_list("pk", "title"))
    return tuple(_earlier(one, titles[one.case_id]) for one in told)


def _glance() -> tuple[int, UUID | None]:
    """How many decisions there are and the largest id: of rows that never go, enough to see whether there are others.

    Both stand in an index: reading the rows takes time by their number.
    """
    largest = RoleDecision.objects.order_by("-pk").values_list("pk", flat=True).first()
    return RoleDecision.objects.order_by().count(), largest


def _same(answers: Answers, decisions: list[Decision]) -> _Same:
    by_outcome: dict[Advised, list[Decision]] = {}
    for one in decisions:
        by_outcome.setdefault(one.decided, []).append(one)
    return _Same(answers, decisions, by_outcome)


def as_case(title: str, facts: Mapping[str, Any], measures: Mapping[str, Any], role: str = "") -> Case:
    """What a row keeps, as a case that the engine judges."""
    now = {"role": int(role)} if role in ("1", "2", "3", "4") else {}
    return case_of({"title": title, "facts": dict(facts), "measures": dict(measures), "now": now}, title)


def outcome_named(key: str) -> Advised:
    """The engine's outcome of a stored word ("1", "not_done")."""
    return next(outcome for outcome in Advised if str(outcome.key) == key)


@lru_cache(maxsize=8)
def _read(municipality: str, thresholds: tuple[Threshold, ...]) -> _Read:
    """What this process read by these thresholds: of a framework they alone settle what was answered."""
    return _Read()


def _earlier(one: Decision, title: str) -> Earlier:
    answers = dict(zip(_COMPARED, one.answers, strict=True))
    where = f"{one.reference}, {one.when[0]:%d-%m-%Y}"
    return Earlier(title, where, answers, outcome_of(answers), one.decided, pk=str(one.case_id))
