"""The building blocks of wijken as data, with the same keys for command and API: reason, gap, remedy by name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.states import State
from samenspel.policy.blocks import Matrix, judge, matrix, words
from samenspel.policy.blocks.evidence import helping
from samenspel.policy.blocks.keeping import figures_of
from samenspel.policy.models import BlockState
from samenspel.policy.norms import norms_in_force
from samenspel.sources.vocabulary import BuildingBlock


def blocks_data(municipality: str, *, at: datetime) -> list[dict[str, Any]]:
    """Every wijk by name with its five blocks in order; worked out now where nothing was kept yet."""
    return data_of(matrix(municipality), municipality, at=at)


def data_of(found: Matrix, municipality: str, *, at: datetime) -> list[dict[str, Any]]:
    """The same of what is kept; 3 queries."""
    on = at.astimezone(ZONE).date()
    states = [row for rows in found.rows for row in rows if row]
    if not states:
        judged = judge(municipality, at=at)
        states = [BlockState(area=one.area, block=one.block, since=on, **figures_of(one)) for one in judged]
    names = _remedies(states, dict(zip(found.wijken.codes, found.wijken.names, strict=True)), municipality, at)
    norms = norms_in_force(municipality, on)
    of: dict[str, list[dict[str, Any]]] = {code: [] for code in found.wijken.codes}
    for state in sorted(states, key=lambda one: one.block):
        block = BuildingBlock(state.block)
        of[state.area].append(
            {
                "block": block.value,
                "name": str(block.label),
                "state": state.state,
                "why": state.why,
                "reason": words.reason(state, norms.get(block)),
                "is_gap": state.state in (State.PARTLY, State.MISSING),
                **_figures(state),
                "fresh": state.fresh,
                "old": state.old,
                "confirmed_on": state.confirmed_on.isoformat() if state.confirmed_on else None,
                "since": state.since.isoformat(),
                "remedies": [
                    {"kind": one["kind"], **names[one["id"]], "metres": one["metres"]}
                    for one in state.remedies
                    if one["id"] in names
                ],
            }
        )
    return [
        {"area": code, "name": name, "blocks": of[code]}
        for code, name in zip(found.wijken.codes, found.wijken.names, strict=True)
    ]


def _figures(state: BlockState) -> dict[str, float | None]:
    """The four figures behind a state; of what is unknown they are not measured."""
    is_known = state.state != State.UNKNOWN
    names = ("reached", "reached_older", "amount", "per_thousand")
    return {name: getattr(state, name) if is_known else None for name in names}


def _remedies(
    states: Sequence[BlockState], wijken: dict[str, str], municipality: str, at: datetime
) -> dict[str, dict[str, str]]:
    """By id what a remedy is called and whose it is, as long as it is there; a host only once it agreed. 2 queries."""
    of = {one["id"] for state in states for one in state.remedies}
    named = {code: {"name": wijken[code], "organization": "", "slug": ""} for code in of if code in wijken}
    for key, (name, organization, slug) in helping(states, municipality=municipality, at=at).items():
        named[key] = {"name": name, "organization": organization, "slug": slug}
    return named
