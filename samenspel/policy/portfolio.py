"""All activities of a municipality by sphere, role, layer and goal, with the cells counted.

Sphere and role are those of the newest decision; without one what the entry itself says ("opgegeven"), else unknown.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from samenspel.engine.calendar import ZONE
from samenspel.policy.models import GoalLink, Outcome, RoleCase, RoleDecision, RoleReview
from samenspel.socialmap.models import Offering
from samenspel.socialmap.wijk import Wijk
from samenspel.sources.vocabulary import PyramidLayer

UNKNOWN = "unknown"
NO_DECISION = "none"
SPHERES = {
    "personal": "persoonlijk",
    "community": "gemeenschappelijk",
    "institutional": "institutioneel",
    UNKNOWN: "niet bekend",
}
ROLES = {
    **{value: label for value, label in Outcome.choices if value != Outcome.NOT_ENOUGH_KNOWN},
    UNKNOWN: "niet bekend",
}
LAYERS = {**{str(value): str(label) for value, label in PyramidLayer.choices}, UNKNOWN: "niet bekend"}
ORDERS = {"naam": "naam", "rol": "rol", "dag": "dag om terug te kijken"}


class Row(NamedTuple):
    """One activity; `is_decided` says that sphere and role come from a decision, and not from the entry itself.

    A tuple, for a page counts as many of them as there are activities.
    """

    pk: UUID
    name: str
    sphere: str
    role: str
    layer: str
    is_decided: bool
    case_pk: UUID | None = None
    evaluate_on: date | None = None
    needs_review: bool = False

    @property
    def sphere_label(self) -> str:
        return SPHERES[self.sphere]

    @property
    def role_label(self) -> str:
        return ROLES[self.role]

    @property
    def layer_label(self) -> str:
        return LAYERS[self.layer]

    @property
    def is_stated(self) -> bool:
        """Whether the role is what the entry says of itself."""
        return not self.is_decided and self.role != UNKNOWN


@dataclass(frozen=True)
class Chosen:
    """What is looked at; "" and None choose everything."""

    sphere: str = ""
    role: str = ""
    """A key of ROLES, or NO_DECISION."""
    layer: str = ""
    goal: UUID | None = None
    theme: str = ""
    wijk: Wijk | None = None
    review: bool = False
    order: str = "naam"


@dataclass(frozen=True)
class Portfolio:
    """What was chosen, in order, and how many of it there are by (role, sphere)."""

    rows: tuple[Row, ...]
    counts: Mapping[tuple[str, str], int]
    undecided: int
    to_review: int


@dataclass
class _Decided:
    """The newest decision about an activity, and whether a review of it is open."""

    case_pk: UUID | None = None
    decided: str = ""
    sphere: str = UNKNOWN
    evaluate_on: date | None = None
    is_open: bool = False


_NOTHING = _Decided()
_COLUMNS = ("pk", "name", "sphere", "municipal_role", "layer")


def portfolio(municipality: str, chosen: Chosen, *, at: datetime) -> Portfolio:
    """Read the portfolio; at most 6 queries, however many activities there are."""
    decided = _decided(municipality)
    today = at.astimezone(ZONE).date()
    rows = [_row(columns, decided, today) for columns in _entries(municipality, chosen, at)]
    fits = _fits(chosen)
    rows = sorted((row for row in rows if fits(row)), key=_ORDER[chosen.order])
    return Portfolio(
        rows=tuple(rows),
        counts=Counter((row.role, row.sphere) for row in rows),
        undecided=sum(not row.is_decided for row in rows),
        to_review=sum(row.needs_review for row in rows),
    )


def goals_of(offerings: Collection[UUID]) -> dict[UUID, list[str]]:
    """Titles of the goals that each activity contributes to, by itself or by its case; 2 queries."""
    linked = GoalLink.objects.filter(offering__in=offerings).values_list("offering_id", "goal__title")
    cases = RoleCase.objects.filter(offering__in=offerings, goals__isnull=False)
    titles: dict[UUID, set[str]] = {}
    for pk, title in (*linked, *cases.values_list("offering_id", "goals__title")):
        titles.setdefault(pk, set()).add(title)
    return {pk: sorted(found) for pk, found in titles.items()}


def _entries(municipality: str, chosen: Chosen, at: datetime) -> Any:
    """(pk, name, sphere, role, layer) of what residents may see, as far as the database can choose."""
    rows = Offering.objects.visible(at).filter(municipality=municipality).order_by("slug")
    if chosen.wijk:
        codes = chosen.wijk.buurten
        here = Q(place__neighborhood__code__in=codes)
        comes_by = ~Q(delivery=Offering.Delivery.AT_PLACE) & Q(serves__code__in={chosen.wijk.area.code, *codes})
        rows = rows.filter(pk__in=Offering.objects.filter(here | comes_by, municipality=municipality).values("pk"))
    if chosen.goal:
        links = GoalLink.objects.filter(goal=chosen.goal).values("offering")
        cases = RoleCase.objects.filter(goals=chosen.goal, offering__isnull=False).values("offering")
        rows = rows.filter(Q(pk__in=links) | Q(pk__in=cases))
    if not chosen.theme:
        return rows.values_list(*_COLUMNS)
    return [columns for *columns, themes in rows.values_list(*_COLUMNS, "themes") if chosen.theme in themes]


def _decided(municipality: str) -> dict[UUID, _Decided]:
    """By activity its newest decision and its open reviews; 2 queries."""
    found: dict[UUID, _Decided] = {}
    decisions = (
        RoleDecision.objects.filter(case__municipality=municipality, case__offering__isnull=False)
        .order_by("decided_on", "recorded_at")
        .values_list("case__offering_id", "case_id", "decided", F("advice__sphere__value"), "evaluate_on")
    )
    for offering, case_pk, decided, sphere, evaluate_on in decisions:
        found[offering] = _Decided(case_pk, decided, sphere if sphere in SPHERES else UNKNOWN, evaluate_on)
    reviews = RoleReview.objects.filter(
        case__municipality=municipality, case__offering__isnull=False, closed_on__isnull=True
    )
    for offering in reviews.values_list("case__offering_id", flat=True):
        found.setdefault(offering, _Decided()).is_open = True
    return found


def _row(columns: Any, decided: Mapping[UUID, _Decided], today: date) -> Row:
    pk, name, sphere, role, layer = columns
    known = decided.get(pk, _NOTHING)
    is_decided = bool(known.decided)
    return Row(
        pk,
        name,
        known.sphere if is_decided else sphere or UNKNOWN,
        known.decided or (str(role) if role else UNKNOWN),
        str(layer) if layer else UNKNOWN,
        is_decided,
        known.case_pk,
        known.evaluate_on,
        known.is_open or (known.evaluate_on is not None and known.evaluate_on <= today),
    )


def _fits(chosen: Chosen) -> Callable[[Row], bool]:
    """Whether a row is chosen by what the database does not know."""

    def fits(row: Row) -> bool:
        return (
            chosen.sphere in ("", row.sphere)
            and (chosen.role in ("", row.role) or (chosen.role == NO_DECISION and not row.is_decided))
            and chosen.layer in ("", row.layer)
            and (row.needs_review or not chosen.review)
        )

    return fits


_RANK = {role: rank for rank, role in enumerate(ROLES)}
_ORDER: Mapping[str, Callable[[Row], Any]] = {
    "naam": lambda row: row.name.casefold(),
    "rol": lambda row: (_RANK[row.role], row.name.casefold()),
    "dag": lambda row: (row.evaluate_on or date.max, row.name.casefold()),
}
