"""What the municipality gives over four years, to what, in which role and by which decision: for anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.policy.contributions import Contribution, contributions
from samenspel.policy.models import Outcome
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.sources.vocabulary import MunicipalRole

_ROLES = {str(role.value): role.label for role in MunicipalRole}


@dataclass(frozen=True)
class Row:
    """An activity in words: the role of the municipality, an amount beside each year, the decision and what follows."""

    of: Contribution
    role: str
    amounts: tuple[tuple[str, str], ...]
    decided: str
    evaluate: str


@login_not_required
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The activities that get most first."""
    found = contributions(settings.MUNICIPALITY, timezone.localdate().year, at=timezone.now())
    years = [str(year) for year in found.years]
    context = {
        **around(request.path),
        "found": found,
        "years": years,
        "rows": [_row(row, years, timezone.localdate()) for row in found.rows],
        "others": list(zip(years, map(_euros, found.others_euros), strict=True)),
        "totals": list(zip(years, map(_total, found.totals, found.undecided), strict=True)),
        "number": len(found.rows) + len(found.others),
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
        others = ["" if euros is None else str(euros) for euros in found.others_euros]
        rows.append([f"{len(found.others)} andere besluiten", "", "", "", "", "", *others])
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-geld.csv"'
    return response


def _row(row: Contribution, years: Sequence[str], today: date) -> Row:
    day = date_format(row.evaluate_on, "j F Y") if row.evaluate_on else ""
    is_past = row.evaluate_on is not None and row.evaluate_on < today
    words = _("De dag om terug te kijken was %(day)s.") if is_past else _("Terugkijken op %(day)s.")
    return Row(
        of=row,
        role=f"{_('Rol %(number)s') % {'number': row.decided}}: {_ROLES.get(row.decided, '')}",
        amounts=tuple(zip(years, map(_euros, row.euros), strict=True)),
        decided=date_format(row.decided_on, "j F Y"),
        evaluate=words % {"day": day} if day else "",
    )


def _euros(amount: int | None) -> str:
    return _("niets besloten") if amount is None else f"€\N{NO-BREAK SPACE}{number_format(amount, force_grouping=True)}"


def _total(amount: int | None, undecided: int) -> str:
    """A sum over what is not wholly decided is the least that it will be."""
    if amount is None or not undecided:
        return _euros(amount)
    return _("ten minste %(amount)s") % {"amount": _euros(amount)}


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
