"""What is taken on by a day: a later day says why, and what was replaced stays to be read.

Words may turn out to name a person; only then they are taken out, and the days stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused
from samenspel.people.facts import lock
from samenspel.policy.models.commitments import Commitment

_WORDS = ("what", "owner", "progress")
_KEPT = (*_WORDS, "due_on")


@dataclass(frozen=True)
class Earlier:
    """What stood there until a day: the words that were replaced, and the day that was moved (None when it was not).

    `number` is its place in `Commitment.earlier`; `is_removed` where the words were taken out.
    """

    number: int
    until: date
    words: tuple[str, ...]
    due_on: date | None
    is_removed: bool


def earlier_of(row: Commitment) -> tuple[Earlier, ...]:
    """What was replaced, newest first."""
    return tuple(_earlier(number, one) for number, one in reversed(list(enumerate(row.earlier))))


def keep_earlier(row: Commitment, stated: Mapping[str, Any], at: datetime) -> None:
    """Keep on a row, unsaved, what new values replace by name; raises FactRefused for a later day without new words."""
    progress = stated["progress"].strip()
    if stated.get("due_on", row.due_on) > row.due_on and progress in ("", row.progress):
        raise FactRefused("progress", f"de dag schuift op van {date_format(row.due_on)}: schrijf waarom")
    known = {name: getattr(row, name) for name in _KEPT if name in stated}
    replaced = {name: str(value) for name, value in known.items() if value not in ("", stated[name])}
    if replaced:
        row.earlier = [*row.earlier, {"until": at.astimezone(ZONE).date().isoformat(), **replaced}]


@action
def take_out_earlier(*, row: Commitment, number: int, municipality: str, by: Actor, at: datetime) -> None:
    """Take the words of one earlier text (`Earlier.number`) away for good; the days stay, and that there were words."""
    lock(row)
    days = {name: value for name, value in row.earlier[number].items() if name not in _WORDS}
    row.earlier = [*row.earlier[:number], {**days, "removed": True}, *row.earlier[number + 1 :]]
    row.save(update_fields=["earlier"])
    record(action="take_out_earlier", on=row, by=by, at=at, municipality=municipality)


def _earlier(number: int, kept: Mapping[str, Any]) -> Earlier:
    return Earlier(
        number=number,
        until=date.fromisoformat(kept["until"]),
        words=tuple(kept[name] for name in _WORDS if name in kept),
        due_on=date.fromisoformat(kept["due_on"]) if "due_on" in kept else None,
        is_removed="removed" in kept,
    )
