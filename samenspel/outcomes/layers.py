"""On which layer help was asked, offered or given: judged once, for the counts of the shift ledger."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median_high

from samenspel.engine.matching.understand import ASKED_BY_NAME
from samenspel.outcomes.models import ShiftCount
from samenspel.outcomes.models.shift import OWN_CIRCLE_LAYER
from samenspel.people.models import Organization
from samenspel.socialmap.ask import Answer
from samenspel.socialmap.models import Offering
from samenspel.sources.vocabulary import PyramidLayer

SHOWN_FIRST = 3
"""Results that somebody sees at a glance; what stands lower was hardly offered."""
_Form, _Kind = ShiftCount.Form, Organization.Kind
_KINDS = {
    _Kind.INFORMAL_GROUP: PyramidLayer.INFORMAL,
    _Kind.ASSOCIATION: PyramidLayer.INFORMALLY_ORGANIZED,
    _Kind.FAITH_COMMUNITY: PyramidLayer.INFORMALLY_ORGANIZED,
}


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One thing that is counted: the moment, on which layer (0 to 4), about what, and in which form."""

    moment: str
    layer: int
    theme: str = ""
    form: str = _Form.UNKNOWN.value


OWN_CIRCLE = Shift(ShiftCount.Moment.SOLVED, OWN_CIRCLE_LAYER, form=_Form.INDIVIDUAL)
"""Solved by one's own people."""


def asked_of(answer: Answer) -> Shift | None:
    """Where people usually look for what was asked first; None when nobody knows, or nothing was asked by name."""
    first = next((need.key for need in answer.needs if need.weight >= ASKED_BY_NAME), "")
    return _usual().get(first)


def offered_of(answer: Answer) -> Shift | None:
    """The lightest of the results that are shown first; None when of none the layer is known."""
    known = [one.entry for one in answer.results[:SHOWN_FIRST] if one.entry.layer]
    if not known:
        return None
    entry = min(known, key=lambda one: one.layer or 0)
    theme = entry.themes[0] if entry.themes else ""
    return Shift(ShiftCount.Moment.OFFERED, entry.layer or 0, theme, form_of(entry.kind, entry.delivery))


def form_of(kind: str, delivery: str) -> str:
    """With others where people meet at a place, for one household where it comes to the home or fetches; else unknown.

    A provision at a place may be a desk or a table: that is not told.
    """
    if delivery in (Offering.Delivery.AT_HOME, Offering.Delivery.FETCHED):
        return str(_Form.INDIVIDUAL)
    if delivery == Offering.Delivery.AT_PLACE and kind != Offering.Kind.PROVISION:
        return str(_Form.COLLECTIVE)
    return str(_Form.UNKNOWN)


def helper_of(organization: Organization) -> tuple[int, str]:
    """The layer on which an organization helps, and the form where all that it offers has the same; one query.

    A group of residents is INFORMAL; an association or a faith community rests on volunteers; a school, a business and
    a public body work with professionals. A foundation may be either ("stichting" names welfare work and a tea room
    alike), so the middle of what it offers decides, and FORMALLY_ORGANIZED where that is not known: a shift must not
    seem larger than it was. SPECIALIST_CARE is never said of who holds a question: that follows from a melding.
    """
    offered = list(organization.offerings.values_list("layer", "kind", "delivery"))
    forms = {form_of(kind, delivery) for _layer, kind, delivery in offered}
    form = forms.pop() if len(forms) == 1 else str(_Form.UNKNOWN)
    if organization.kind != _Kind.FOUNDATION:
        return int(_KINDS.get(_Kind(organization.kind), PyramidLayer.FORMALLY_ORGANIZED)), form
    layers = [layer for layer, _kind, _delivery in offered if layer]
    middle = median_high(layers) if layers else PyramidLayer.FORMALLY_ORGANIZED
    return min(max(middle, PyramidLayer.INFORMALLY_ORGANIZED), PyramidLayer.FORMALLY_ORGANIZED), form


@cache
def _usual() -> Mapping[str, Shift]:
    """By need, what `asked_layers.toml` says of it."""
    read = tomllib.loads(Path(__file__).with_name("asked_layers.toml").read_text(encoding="utf-8"))
    return {need: Shift(ShiftCount.Moment.ASKED, **usual) for need, usual in read["needs"].items()}
