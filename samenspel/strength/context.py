"""Who live in a wijk: the figures that were loaded, with what they were before and what they are around it.

Nothing is foretold: what has no second year has no trend. A challenge is a figure that is less favourable than that of
the whole municipality, or that grew so between two years; which of them those can be stands in `CHALLENGES`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samenspel.places.figures import BY_KEY, FigureKind
from samenspel.places.models import AreaFigures

OLDER, YOUNG = "65_and_over_percentage", "under_15_percentage"
SHOWN = (
    "residents", OLDER, YOUNG, "one_person_households_percentage", "household_size", "low_income_households_percentage",
    "social_assistance_per_1000", "good_health_percentage", "distance_to_doctor_km", "distance_to_supermarket_km",
)  # fmt: skip
CHALLENGES = {
    OLDER: 1,
    "one_person_households_percentage": 1,
    "low_income_households_percentage": 1,
    "social_assistance_per_1000": 1,
    "good_health_percentage": -1,
    "distance_to_doctor_km": 1,
    "distance_to_supermarket_km": 1,
}
"""1 when more of it asks more of a wijk, -1 when less does."""
OLDEST_UNKNOWN = _("Hoeveel mensen 80 jaar of ouder zijn, staat niet in deze cijfers.")
"""Of "dubbele vergrijzing" (more older people, who also grow older) the second half needs it."""
_DERIVED = {OLDER: "residents_65_and_over", YOUNG: "residents_0_to_14"}


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a wijk in its newest year, the same a known year before, and that of the whole municipality."""

    key: str
    value: float
    year: int
    source: str
    before: tuple[float, int] | None
    around: float | None

    @property
    def label(self) -> str:
        return str(BY_KEY[self.key].label)

    @property
    def unit(self) -> str:
        return str(BY_KEY[self.key].unit)

    @property
    def decimals(self) -> int:
        return 0 if BY_KEY[self.key].kind is FigureKind.COUNT else 1


@dataclass(frozen=True, slots=True)
class Challenge:
    """A figure that asks something of a wijk: by what it is beside the municipality, by what it became, or both."""

    figure: Known
    is_worse: bool
    has_grown: bool


def context_of(municipality: str, area: str) -> tuple[Known, ...]:
    """The figures of a wijk that were loaded, in the order of SHOWN; one query."""
    rows = AreaFigures.objects.filter(municipality=municipality, area__code__in=(area, municipality))
    by_area: dict[str, dict[int, tuple[str, Mapping[str, Any]]]] = defaultdict(dict)
    for code, year, source, values in rows.order_by("source").values_list("area__code", "year", "source", "values"):
        held = by_area[code].get(year, ("", {}))
        by_area[code][year] = source, {**held[1], **_with_shares(values)}
    return tuple(_known(by_area[area], by_area[municipality]))


def challenges(figures: tuple[Known, ...]) -> tuple[Challenge, ...]:
    """What asks something of this wijk; nothing where no figure says so."""
    found = []
    for figure in figures:
        sign = CHALLENGES.get(figure.key, 0)
        is_worse = figure.around is not None and sign * (figure.value - figure.around) > 0
        has_grown = figure.before is not None and sign * (figure.value - figure.before[0]) > 0
        if figure.key == "residents" and figure.before is not None:
            has_grown = figure.value < figure.before[0]
        if is_worse or has_grown:
            found.append(Challenge(figure, is_worse, has_grown))
    return tuple(found)


def _known(wijk: Mapping[int, tuple[str, Mapping[str, Any]]], whole: Mapping[int, tuple[str, Any]]) -> Iterator[Known]:
    for key in SHOWN:
        years = sorted((year for year, (_, values) in wijk.items() if key in values), reverse=True)
        if years:
            newest, source = years[0], wijk[years[0]][0]
            before = (float(wijk[years[1]][1][key]), years[1]) if len(years) > 1 else None
            around = whole.get(newest, ("", {}))[1].get(key) if key != "residents" else None
            yield Known(key, float(wijk[newest][1][key]), newest, source, before, around)


def _with_shares(values: Mapping[str, Any]) -> dict[str, Any]:
    """Beside counts of an age the share that follows from them, where the source gives none."""
    found = dict(values)
    for share, count in _DERIVED.items():
        if share not in found and count in found and found.get("residents"):
            found[share] = round(100 * found[count] / found["residents"], 1)
    return found
