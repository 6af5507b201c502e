"""The front page of the council: every wijk and block at a glance, one block on the map, what changed, and the rest."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samenspel.cockpit.areas.around import today
from samenspel.cockpit.around import around
from samenspel.cockpit.overview.matrix import WORDS, Moved, Row, legend_of, moved, rows_of, sentence, weakest
from samenspel.places.models import Area
from samenspel.policy.blocks import Matrix, matrix, matrix_on
from samenspel.policy.models import BlockNorm
from samenspel.policy.norms import in_words, norms_in_force
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.ui.charts.areas import Place, area_map
from samenspel.ui.charts.chart import Chart, Words

FIRST = 10
"""Cells that are shown at once of each way in which they changed."""
AGO = {
    "jaar": (relativedelta(years=1), gettext_lazy("een jaar geleden")),
    "kwartaal": (relativedelta(months=3), gettext_lazy("drie maanden geleden")),
}
"""What the wijken are compared with, by the value in the address; the first unless another is chosen."""
WAYS = {
    "up": gettext_lazy("Beter dan toen"),
    "down": gettext_lazy("Minder dan toen"),
    "known": gettext_lazy("Toen wisten wij het niet, nu wel"),
    "lost": gettext_lazy("Nu weten wij het niet meer"),
}


@dataclass(frozen=True)
class Change:
    """What changed since a day; `is_kept` tells whether anything was kept then."""

    key: str
    words: str
    day: date
    is_kept: bool
    ways: tuple[tuple[str, list[Moved], list[Moved]], ...]
    """Per way that occurs its heading, the first cells, and the rest that unfolds."""


@dataclass(frozen=True)
class Adopted:
    """A block with what the council finds enough of it; the rest is empty without a norm."""

    block: BuildingBlock
    norm: BlockNorm | None
    words: str


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """8 queries, however many wijken there are."""
    municipality, day = settings.MUNICIPALITY, today()
    now = matrix(municipality)
    rows = rows_of(
        now,
        of_wijk=lambda slug: reverse("overview:profile", args=[slug]),
        of_cell=lambda slug, block: reverse("overview:cell", args=[slug, block]),
    )
    block = _block(request.GET.get("bouwsteen", "")) or weakest(now)
    context = {
        **around(request.path),
        "blocks": list(BuildingBlock),
        "rows": rows,
        "legend": legend_of(now),
        "sentence": sentence(now),
        "changed_on": max((kept.since for row in now.rows for kept in row if kept), default=None),
        "chosen": block,
        "on_map": [(row, row.cells[block - 1]) for row in rows],
        "map": _map(municipality, now, rows, block) if rows else None,
        "change": _change(municipality, now, rows, request.GET.get("sinds", ""), day),
        "agos": [(key, words) for key, (_since, words) in AGO.items()],
        "norms": adopted(municipality, day),
    }
    return render(request, "cockpit/overview/home.html", context)


def adopted(municipality: str, day: date) -> list[Adopted]:
    """What the council finds enough of each block; one query."""
    norms = norms_in_force(municipality, day)
    found = [(block, norms.get(block)) for block in BuildingBlock]
    return [Adopted(block, norm, in_words(norm) if norm else "") for block, norm in found]


def _block(text: str) -> BuildingBlock | None:
    return BuildingBlock(int(text)) if text in {str(block.value) for block in BuildingBlock} else None


def _map(municipality: str, now: Matrix, rows: tuple[Row, ...], block: BuildingBlock) -> Chart:
    """The wijken in the order of the rows by the state of one block; one query."""
    areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.DISTRICT, code__in=now.wijken.codes).newest()
    boundaries = dict(areas.values_list("code", "boundary"))
    places = []
    for code, row in zip(now.wijken.codes, rows, strict=True):
        boundary = boundaries.get(code)
        places.append(Place(row.name, row.cells[block - 1].state, bytes(boundary) if boundary else None))
    title = _("%(block)s per wijk") % {"block": str(block.label).capitalize()}
    said = {state: sum(place.state == state for place in places) for state in WORDS}
    summary = _(
        "Kaart van %(number)s wijken: %(present)s aanwezig, %(partly)s deels, %(missing)s ontbreekt, "
        "%(unknown)s onbekend. De lijst ernaast zegt hetzelfde."
    ) % {"number": len(places), **{state.value: number for state, number in said.items()}}
    words = Words(title, summary, (_("Nr"), _("Wijk"), _("Stand")), missing=str(WORDS[list(WORDS)[-1]]))
    return area_map(words, places, {state: str(word) for state, word in WORDS.items()})


def _change(municipality: str, now: Matrix, rows: tuple[Row, ...], key: str, day: date) -> Change:
    """What is other than it was then; one query."""
    key = key if key in AGO else next(iter(AGO))
    ago, words = AGO[key]
    then = matrix_on(municipality, day - ago, of=now.wijken)
    found = list(moved(then, rows, now.wijken.codes))
    by_way = [(str(said), [one for one in found if one.way == way]) for way, said in WAYS.items()]
    ways = tuple((said, cells[:FIRST], cells[FIRST:]) for said, cells in by_way if cells)
    is_kept = any(kept for row in then.rows for kept in row)
    return Change(key, str(words), day - ago, is_kept, ways)
