"""How many parties divide welfare and care, what they both do, and how they are linked: for anyone, without account.

Nobody is named for being alone; what may be known of that stands in `strength.cohesion`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.engine.cohesion import DEFINITION, Concentration
from samenspel.engine.privacy import LEAST, STEP
from samenspel.policy.challenges import judged
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import Theme
from samenspel.strength.cohesion import Known, PublicCohesion, PublicLine, known, known_pairs, public_cohesion
from samenspel.ui.charts.chart import Chart, Words
from samenspel.ui.charts.ties import Link, links

SHOWN = 8
"""At most so many pairs of a theme: the most alike; the rest is counted."""
DRAWN = 40
"""A picture reads up to so many organizations: those with most links."""
HEADINGS = (
    "peildatum", "definitie", "code", "gebied", "thema", "partijen", "aanbod", "paren", "paren met gelijk aanbod",
    "concentratie van aanbod", "concentratie van geld", "partijen met bekend bedrag", "strategische partners",
    "zonder verbinding",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two parties and what they both do, in words."""

    names: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class Row:
    """One theme of the table: its `possible` pairs of parties, and the first of those with the same offer."""

    label: str
    line: PublicLine
    possible: int
    pairs: tuple[Pair, ...]

    @property
    def more(self) -> int:
        return len(self.line.overlaps) - len(self.pairs)


@login_not_required
@require_safe
def cohesion(request: HttpRequest) -> HttpResponse:
    """The table and the picture of the municipality, or of one wijk."""
    areas = judged(wijken(settings.MUNICIPALITY))
    wijk = _chosen(request.GET.get("wijk", ""), areas)
    there = known(settings.MUNICIPALITY, at=timezone.now())
    found = public_cohesion(there, wijk)
    ties = known_pairs(there, wijk)
    others = _others(ties)
    context = {
        **around(request.get_full_path()),
        "areas": areas,
        "wijk": wijk,
        "found": found,
        "rows": [_row(line) for line in found.lines],
        "chart": _picture(others, found) if others else None,
        "ties": ties,
        "drawn": DRAWN if len(others) > DRAWN else 0,
        "on": there.on,
        "definition": DEFINITION,
        "least": LEAST,
        "step": STEP,
    }
    return render(request, "cockpit/overview/cohesion.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The figures of the municipality and of every wijk, for a spreadsheet; in Dutch."""
    there = known(settings.MUNICIPALITY, at=timezone.now())
    rows: list[Sequence[str]] = [HEADINGS]
    for wijk in (None, *judged(wijken(settings.MUNICIPALITY))):
        rows += [_cells(there, wijk, line) for line in public_cohesion(there, wijk).lines]
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-samenhang.csv"'
    return response


def _chosen(slug: str, areas: Sequence[Wijk]) -> Wijk | None:
    """The wijk of an address, None for the whole municipality; raises Http404 for one that is not there."""
    if not slug:
        return None
    for wijk in areas:
        if wijk.slug == slug:
            return wijk
    raise Http404


def _row(line: PublicLine) -> Row:
    label = "label_en" if get_language() == "en" else "label"
    needs = vocabulary(settings.MUNICIPALITY).needs
    pairs = [
        Pair(pair.names, ", ".join(getattr(needs[need], label) for need in pair.needs if need in needs))
        for pair in line.overlaps[:SHOWN]
    ]
    return Row(str(Theme(line.theme).label), line, comb(len(line.parties), 2), tuple(pairs))


def _others(pairs: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """By party the parties that it is openly linked with."""
    others: dict[str, set[str]] = {}
    for one, other in pairs:
        others.setdefault(one, set()).add(other)
        others.setdefault(other, set()).add(one)
    return others


def _picture(others: dict[str, set[str]], found: PublicCohesion) -> Chart:
    """Who is openly linked with whom. Who is in no link is not drawn: nobody is shown as alone."""
    with_most = sorted(others, key=lambda name: (-len(others[name]), name))
    names = sorted(with_most[:DRAWN], key=str.casefold)
    ties = [
        Link(at, names.index(other)) for at, one in enumerate(names) for other in others[one] & {*names} if one < other
    ]
    summary = gettext(
        "%(linked)s van de %(all)s partijen zijn verbonden. De meeste verbindingen heeft %(most)s: %(number)s."
    ) % {
        "linked": len(others),
        "all": len({party for line in found.lines for party in line.parties}),
        "most": with_most[0],
        "number": len(others[with_most[0]]),
    }
    columns = (gettext("Nr"), gettext("Partij"), gettext("Verbonden met"))
    words = Words(gettext("Wie met wie verbonden is"), summary, columns, missing=gettext("geen verbinding"))
    return links(words, names, sorted(ties, key=lambda tie: (tie.one, tie.other)))


def _cells(there: Known, wijk: Wijk | None, line: PublicLine) -> list[str]:
    hidden = "niet per wijk" if wijk else f"minder dan {LEAST}"
    return [
        there.on.isoformat(),
        DEFINITION,
        wijk.area.code if wijk else settings.MUNICIPALITY,
        wijk.name if wijk else "hele gemeente",
        line.theme,
        str(len(line.parties)),
        str(line.offerings),
        str(comb(len(line.parties), 2)),
        str(len(line.overlaps)),
        _index(line.by_offerings),
        _index(line.by_money),
        str(line.by_money.of) if line.by_money else "",
        ", ".join(line.partners),
        hidden if line.isolated is None else str(line.isolated),
    ]


def _index(found: Concentration | None) -> str:
    return f"{found.index:.3f}".replace(".", ",") if found else ""
