"""What the municipality gives over the years and why, as everyone may see it (denkkader §5.A, principle 4).

Only decisions about an activity that stands on the map are named, by the name it has there: a case may tell more than
is for everyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samenspel.policy.models import RoleDecision
from samenspel.socialmap.models import Offering

YEARS = 4


@dataclass(frozen=True)
class Contribution:
    """One activity with a decision that costs money: the role that was chosen, where that can be read, and whole euros
    in each of the years (None where nothing was decided)."""

    name: str
    slug: str
    organization: str
    decided: str
    """A value of `Outcome`."""
    decided_on: date
    reference: str
    evaluate_on: date | None
    euros: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(amount or 0 for amount in self.euros)


@dataclass(frozen=True)
class Contributions:
    """The years, the activities with the most money first, and the euros of what has no name on the map."""

    years: tuple[int, ...]
    rows: tuple[Contribution, ...]
    others: tuple[tuple[int | None, ...], ...]

    @property
    def others_euros(self) -> tuple[int | None, ...]:
        return _sums(self.others)

    @property
    def totals(self) -> tuple[int | None, ...]:
        """Whole euros in each year, the others too; None in a year about which nothing is decided."""
        return _sums(self._all)

    @property
    def undecided(self) -> tuple[int, ...]:
        """Of each year, about how many of all of them nothing is decided."""
        return tuple([euros[number] for euros in self._all].count(None) for number in range(YEARS))

    @property
    def _all(self) -> tuple[tuple[int | None, ...], ...]:
        return (*(row.euros for row in self.rows), *self.others)


def contributions(municipality: str, first: int, *, at: datetime) -> Contributions:
    """The newest decision of every case that gives money in one of YEARS years from `first` on; 3 queries."""
    years = tuple(range(first, first + YEARS))
    decisions = (
        RoleDecision.objects.filter(case__municipality=municipality)
        .select_related("case__offering__organization")
        .defer("advice", "facts", "measures")
        .order_by("decided_on", "recorded_at")
        .prefetch_related("amounts")
    )
    newest = {row.case_id: row for row in decisions}.values()
    paying = [(row, euros) for row in newest if any(euros := _euros(row, years))]
    visible = set(Offering.objects.visible(at).filter(municipality=municipality).values_list("pk", flat=True))
    named = [_contribution(row, euros) for row, euros in paying if row.case.offering_id in visible]
    others = [euros for row, euros in paying if row.case.offering_id not in visible]
    return Contributions(
        years=years,
        rows=tuple(sorted(named, key=lambda one: (-one.total, one.name))),
        others=tuple(others),
    )


def _sums(rows: Sequence[tuple[int | None, ...]]) -> tuple[int | None, ...]:
    """Of each year; None where no row has an amount."""
    known = [[one for euros in rows if (one := euros[number]) is not None] for number in range(YEARS)]
    return tuple(sum(amounts) if amounts else None for amounts in known)


def _euros(decision: RoleDecision, years: Sequence[int]) -> tuple[int | None, ...]:
    known = {amount.year: amount.euros for amount in decision.amounts.all()}
    return tuple(known.get(year) for year in years)


def _contribution(decision: RoleDecision, euros: tuple[int | None, ...]) -> Contribution:
    offering = decision.case.offering
    assert offering is not None
    return Contribution(
        name=offering.name,
        slug=offering.slug,
        organization=offering.organization.name,
        decided=decision.decided,
        decided_on=decision.decided_on,
        reference=decision.reference,
        evaluate_on=decision.evaluate_on,
        euros=euros,
    )
