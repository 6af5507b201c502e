"""What the municipality gives over four years, to what, in which role and by which decision: for anyone."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.policy.contributions import Contribution, contributions
from samenspel.policy.models import Outcome
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.sources.vocabulary import MunicipalRole

_ROLES = {str(role.value): role.label for role in MunicipalRole}


@login_not_required
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The activities that get most first."""
    found = contributions(settings.MUNICIPALITY, timezone.localdate().year, at=timezone.now())
    rows = [(row, _ROLES.get(row.decided, ""), list(zip(found.years, row.euros, strict=True))) for row in found.rows]
    context = {
        **around(request.path),
        "found": found,
        "rows": rows,
        "others": list(zip(found.years, found.others_euros, strict=True)),
        "totals": list(zip(found.years, found.totals, strict=True)),
    }
    return render(request, "cockpit/overview/money.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet; in Dutch."""
    found = contributions(settings.MUNICIPALITY, timezone.localdate().year, at=timezone.now())
    rows: list[Sequence[str]] = [
        ["activiteit", "organisatie", "rol", "besloten op", "besluit", "terugkijken op", *map(str, found.years)]
    ]
    rows += [_cells(row) for row in found.rows]
    if found.others:
        rows.append([f"{found.others} andere besluiten", "", "", "", "", "", *map(str, found.others_euros)])
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-geld.csv"'
    return response


def _cells(row: Contribution) -> list[str]:
    return [
        row.name,
        row.organization,
        str(Outcome(row.decided).label),
        row.decided_on.isoformat(),
        row.reference,
        row.evaluate_on.isoformat() if row.evaluate_on else "",
        *("" if euros is None else str(euros) for euros in row.euros),
    ]
