"""How questions fared in a wijk, as a small picture with its table: never a ranking, never about a worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext

from samenspel.handover.figures import QUARTERS, Days, hands_of
from samenspel.socialmap.wijk import Wijk, WijkPage

WIDE = 100
"""Units of a bar for all questions."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the table; `width` is its share of all questions in WIDE, 0 for what is hidden."""

    label: str
    value: str
    width: int


def hands_context(page: WijkPage, *, municipality: str, now: datetime) -> dict[str, Any]:
    """The figures of a wijk, or of the wijken of a kern; without figures when there are too few questions."""
    parts: tuple[Wijk, ...] = (page.wijk, *page.parts)
    found = hands_of((part.area.code for part in parts), municipality=municipality, at=now)
    if found is None:
        return {}
    hands = (gettext("1 keer"), gettext("2 keer"), gettext("3 keer of meer"))
    became = (
        gettext("Geholpen, zegt de inwoner"),
        gettext("Wij zijn ermee bezig"),
        gettext("Wacht op het eerste gesprek"),
        gettext("Anders geëindigd"),
        gettext("Kwam terug bij het team"),
    )
    return {
        "number": found.number,
        "since": _month(found.since, 0),
        "until": _month(found.since, 3 * QUARTERS - 1),
        "mean": _number(found.mean),
        "median": _number(found.median),
        "through": _bars(hands, found.through, found.number),
        "became": _bars(became, (*found.became, found.returned), found.number),
        "days": [
            (gettext("Tot het eerste gesprek"), _days(found.to_contact)),
            (gettext("Tot het geholpen heeft"), _days(found.to_helped)),
        ],
    }


def _bars(labels: tuple[str, ...], counts: tuple[int | None, ...], number: int) -> list[Bar]:
    return [
        Bar(label, gettext("te weinig") if count is None else str(count), round((count or 0) / number * WIDE))
        for label, count in zip(labels, counts, strict=True)
    ]


def _days(days: Days | None) -> str:
    if days is None:
        return gettext("te weinig")
    return gettext("%(days)s dagen (van %(number)d vragen)") % {"days": _number(days.median), "number": days.number}


def _number(figure: float) -> str:
    """Say "2" or "1,5"."""
    text = f"{figure:.1f}".removesuffix(".0")
    return text.replace(".", gettext(","))


def _month(quarter: str, after: int) -> str:
    """Say with which month a quarter ("2026Q1") begins, or which comes so many months `after` that."""
    months = int(quarter[:4]) * 12 + 3 * int(quarter[-1]) - 3 + after
    return f"{MONTHS[months % 12 + 1]} {months // 12}"
