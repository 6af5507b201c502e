"""How often it worked out with people's own circle, with small numbers hidden as `outcomes.unmet` tells why."""

from dataclasses import dataclass

from django.db.models import Sum

from samenspel.engine.privacy import guarded
from samenspel.outcomes.models import OwnCircle
from samenspel.outcomes.periods import Period, quarters_of
from samenspel.outcomes.unmet import in_year, names_of


@dataclass(frozen=True, slots=True)
class OwnCircleFigures:
    """A figure per area by name, none in a year, and their total; None is hidden."""

    areas: tuple[tuple[str, int | None], ...]
    total: int | None


def own_circle(municipality: str, period: Period) -> OwnCircleFigures:
    """The figures of one of `outcomes.unmet.periods_of`; at most 4 queries."""
    if not period.quarter:
        quarters = [tuple(_counts(municipality, quarter).values()) for quarter in quarters_of(period.year)]
        return OwnCircleFigures((), in_year(quarters))
    counts = _counts(municipality, period)
    names = names_of(counts, municipality)
    codes = sorted(counts, key=lambda code: (code == municipality, names[code]))
    shown = guarded([counts[code] for code in codes])
    return OwnCircleFigures(tuple(zip((names[code] for code in codes), shown.parts, strict=True)), shown.total)


def _counts(municipality: str, period: Period) -> dict[str, int]:
    counted = OwnCircle.objects.filter(municipality=municipality, week__gte=period.begins, week__lt=period.ends)
    return dict(counted.values_list("area").annotate(times=Sum("times")).order_by())
