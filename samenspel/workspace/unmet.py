"""What residents did not find, and how often their own people helped: per quarter or year, as a page and a file."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.outcomes.own_circle import own_circle
from samenspel.outcomes.periods import Period, quarter_with
from samenspel.outcomes.unmet import UnmetRow, UnmetTable, periods_of, unmet_needs
from samenspel.people.permissions import may_see_unmet
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.staff.access import page, show, who

HIDDEN = "afgeschermd"
_FULL_BAR = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what the page adds: the names beside the figures, and the length of its bar (0-100)."""

    row: UnmetRow
    cells: tuple[tuple[str, int | None], ...]
    bar: int


@page(may_see_unmet)
def unmet(request: HttpRequest) -> HttpResponse:
    """The table of the newest period, or of the one that was chosen."""
    now = timezone.now()
    periods = periods_of(who(request).municipality, at=now)
    chosen = request.GET.get("periode", "")
    table = unmet_needs(who(request).municipality, _period(periods, chosen)) if periods or chosen else None
    context = {
        "periods": periods,
        "table": table,
        "lines": _lines(table) if table else (),
        "own_circle": own_circle(who(request).municipality, table.period) if table else None,
        "running": quarter_with(timezone.localdate(now)),
        "hidden": HIDDEN,
    }
    return show(request, "workspace/unmet.html", context)


@page(may_see_unmet)
def unmet_file(request: HttpRequest, key: str) -> HttpResponse:
    """The same table as a file for a spreadsheet."""
    home = who(request).municipality
    table = unmet_needs(home, _period(periods_of(home, at=timezone.now()), key))
    rows = [["behoefte", "reden", *table.areas, "hele gemeente"]]
    rows += [[row.label, row.why, *map(_cell, row.areas), _cell(row.total)] for row in table.rows]
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="samenspel-gemist-{table.period.key}.csv"'
    return response


def _period(periods: tuple[Period, ...], key: str) -> Period:
    """The period of a key, or the newest quarter without one; 404 for a period that is not over or not counted."""
    for period in periods:
        if period.key == key or (not key and period.quarter):
            return period
    raise Http404


def _lines(table: UnmetTable) -> tuple[Line, ...]:
    most = max((row.total or 0 for row in table.rows), default=0)
    return tuple(
        Line(
            row=row,
            cells=tuple(zip(table.areas, row.areas, strict=True)),
            bar=round(_FULL_BAR * row.total / most) if row.total else 0,
        )
        for row in table.rows
    )


def _cell(figure: int | None) -> str:
    return HIDDEN if figure is None else str(figure)
