"""What the letter to the council tells: how every wijk stands, its gaps with what could help, and what was promised."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.remedies import Kind
from samenspel.engine.coverage.states import State
from samenspel.outcomes.shift import ShiftTable, shift_of
from samenspel.policy.blocks import Matrix, matrix
from samenspel.policy.challenges import Charter, charters
from samenspel.policy.gaps import OPEN, Due, gap_actions
from samenspel.policy.models import PartnerPromise, PublicQuestion
from samenspel.policy.questions import late, questions_of
from samenspel.strength.blocks import data_of


@dataclass(frozen=True, slots=True)
class Remedy:
    """What could help: what it would lend, and its name; of a verbinder the name of the wijk."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A block that is missing or there only in part: why, what could help first (None unknown), and the action."""

    wijk: str
    name: str
    state: State
    reason: str
    remedy: Remedy | None
    action: Due | None


@dataclass(frozen=True, slots=True)
class Questions:
    """How many questions of council and residents are open, how many of those are late, and how many have an answer."""

    open: int
    late: int
    answered: int


@dataclass(frozen=True, slots=True)
class Late:
    """What is over its day and still open: an action, a promise of a partner, or a question (who asked it)."""

    what: str
    who: str
    due_on: date
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The whole. `gaps` has missing ones first; `promises` counts by `PartnerPromise.State`, `overdue` those late;
    `late` names what is over its day, the longest first."""

    on: date
    matrix: Matrix
    gaps: tuple[Gap, ...]
    shift: ShiftTable | None
    promises: Counter[str]
    overdue: int
    questions: Questions
    late: tuple[Late, ...]


def letter(municipality: str, *, at: datetime) -> Letter:
    """Read it; a number of queries that does not grow with the wijken."""
    on = at.astimezone(ZONE).date()
    running = [one for one in charters(municipality, on) if one.challenge.ended_on is None]
    asked, found = questions_of(municipality), matrix(municipality)
    open_ones = [one for one in asked if one.answered_on is None]
    actions = [one for one in gap_actions(municipality, on) if one.action.status in OPEN]
    return Letter(
        on=on,
        matrix=found,
        gaps=tuple(_gaps(found, actions, municipality, at)),
        shift=next(iter(shift_of(municipality, at=at)), None),
        promises=Counter({state: sum(one.number(state) for one in running) for state in PartnerPromise.State.values}),
        overdue=sum(one.overdue for one in running),
        questions=Questions(len(open_ones), sum(late(one, on) for one in open_ones), len(asked) - len(open_ones)),
        late=tuple(sorted(_late(running, actions, open_ones, on), key=lambda one: one.due_on)),
    )


def _late(
    running: Sequence[Charter], actions: Sequence[Due], asked: Sequence[PublicQuestion], on: date
) -> Iterator[Late]:
    for one in actions:
        if one.days_late:
            yield Late(one.action.what, one.action.owner, one.action.due_on)
    for side in (side for charter in running for side in charter.sides):
        for promised in side.promises:
            if promised.is_overdue:
                yield Late(promised.promise.what, side.partner.name, promised.promise.due_on)
    for question in asked:
        if late(question, on):
            yield Late(question.title, question.asked_by, question.due_on, is_question=True)


def _gaps(kept: Matrix, running: Sequence[Due], municipality: str, at: datetime) -> list[Gap]:
    actions: dict[tuple[str, int], Due] = {}
    for due in running:
        actions.setdefault((due.action.area, due.action.block), due)
    found = [
        Gap(
            wijk=wijk["name"],
            name=block["name"],
            state=State(block["state"]),
            reason=block["reason"],
            remedy=_remedy(block["remedies"]),
            action=actions.get((wijk["area"], block["block"])),
        )
        for wijk in data_of(kept, municipality, at=at)
        for block in wijk["blocks"]
        if block["is_gap"]
    ]
    return sorted(found, key=lambda gap: (gap.state != State.MISSING, gap.action is None))


def _remedy(remedies: list[dict[str, Any]]) -> Remedy | None:
    return Remedy(Kind(remedies[0]["kind"]), remedies[0]["name"]) if remedies else None
