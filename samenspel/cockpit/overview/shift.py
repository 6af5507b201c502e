"""Whether help became lighter and nearer, with the brake beside it, for anyone: pictures, tables, words and a file.

Only what `outcomes.shift` may tell is shown, and never an area and a theme at once: those numbers are too small.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.engine.privacy import LEAST
from samenspel.engine.shift import LAYERS, LEAST_MARGIN, MOMENTS, Money, Shift, Spread, Verdict
from samenspel.outcomes.shift import VERSION, ShiftTable, shift_of
from samenspel.places.models import Area
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import PyramidLayer, Theme
from samenspel.ui.charts.chart import Chart, Words
from samenspel.ui.charts.figures import stacked, trend

OWN_CIRCLE = gettext_lazy("eigen kring")
MOMENT_WORDS = {
    "asked": gettext_lazy("Waar mensen hulp zoeken"),
    "offered": gettext_lazy("Wat zij als eerste vinden"),
    "solved": gettext_lazy("Waar het is opgelost"),
    "returned": gettext_lazy("Wat terugkwam"),
}
VERDICTS = {
    Verdict.LIGHTER: gettext_lazy("Mensen vonden hulp dichter bij huis dan waar zij haar meestal zoeken."),
    Verdict.SAME: gettext_lazy("Mensen vonden hulp ongeveer waar zij haar meestal zoeken."),
    Verdict.HEAVIER: gettext_lazy("Mensen vonden hulp verder van huis dan waar zij haar meestal zoeken."),
    Verdict.NO_GAIN: gettext_lazy(
        "Mensen vonden hulp dichter bij huis, maar dat is geen winst: er kwam meer terug, of het woog te zwaar."
    ),
    Verdict.NOT_MEASURED: gettext_lazy("Dit is niet gemeten: er is te weinig om te laten zien."),
}
HEAD = ("kwartaal", "waarvan", "naam", "moment", "laag", "aantal", "afgeschermd", "definitie")


@dataclass(frozen=True)
class Chosen:
    """What is looked at: a wijk, else a theme, else the whole municipality; `name` as it is said."""

    name: str
    wijk: str = ""
    """The slug."""
    area: str = ""
    """The code."""
    theme: str = ""
    was_both: bool = False

    @property
    def is_whole(self) -> bool:
        return not (self.area or self.theme)


@dataclass(frozen=True)
class Quarter:
    """One quarter of what is chosen, the figures in words; "" where there is none."""

    table: ShiftTable
    shift: Shift | None
    verdict: str
    returned: str
    load: str
    together: str


@login_not_required
@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """The last two years by quarter; 8 queries, whatever there is."""
    municipality = settings.MUNICIPALITY
    known = tuple(one for one in wijken(municipality) if one.area.kind == Area.Kind.DISTRICT)
    chosen = _chosen(request, known)
    quarters = [_quarter(table, chosen) for table in shift_of(municipality, at=timezone.now())]
    counted = [one for one in quarters if one.shift]
    context = {
        **around(request.path),
        "wijken": known,
        "themes": Theme,
        "chosen": chosen,
        "newest": quarters[0] if quarters else None,
        "quarters": quarters,
        "layers": layers(),
        "charts": list(_charts(counted, chosen)) if counted else [],
        "means": _means(counted, chosen) if counted and not chosen.theme else None,
        "money": _money_words(quarters[0].table.money) if quarters and chosen.is_whole else "",
        "prices": [(layers()[price.layer], price) for price in quarters[0].table.prices] if quarters else [],
        "least": LEAST,
        "version": VERSION,
    }
    return render(request, "cockpit/overview/shift.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Every figure of the page for a spreadsheet, in Dutch; a figure that is hidden is empty."""
    rows = [row for table in shift_of(settings.MUNICIPALITY, at=timezone.now()) for row in _cells(table)]
    response = HttpResponse(csv_file([HEAD, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-verschuiving.csv"'
    return response


def layers() -> list[str]:
    """What the layers are called, from one's own circle to specialist care."""
    return [str(OWN_CIRCLE), *(str(layer.label) for layer in PyramidLayer)]


def short(quarter: str) -> str:
    """ "2026Q3" as it stands beside a picture."""
    return _("%(year)s K%(number)s") % {"year": quarter[:4], "number": quarter[-1]}


def _chosen(request: HttpRequest, known: tuple[Wijk, ...]) -> Chosen:
    slug, theme = request.GET.get("wijk", ""), request.GET.get("thema", "")
    wijk = next((one for one in known if one.slug == slug), None)
    if wijk:
        return Chosen(wijk.name, wijk=slug, area=wijk.area.code, was_both=theme in Theme.values)
    if theme in Theme.values:
        return Chosen(str(Theme(theme).label), theme=theme)
    return Chosen(_("de hele gemeente"))


def _quarter(table: ShiftTable, chosen: Chosen) -> Quarter:
    found = _of(table, chosen)
    if found is None:
        return Quarter(table, None, str(VERDICTS[Verdict.NOT_MEASURED]), "", "", "")
    return Quarter(
        table,
        found,
        _toward(found) if chosen.theme else str(VERDICTS[found.verdict]),
        _returned(found),
        number_format(round(table.load.mean, 1), 1) if table.load else "",
        "" if found.collective is None else f"{found.collective} %",
    )


def _toward(found: Shift) -> str:
    """What is known of a theme: whether people find help nearer than where they looked."""
    if found.toward is None:
        return str(VERDICTS[Verdict.NOT_MEASURED])
    if abs(found.toward) < LEAST_MARGIN:
        return _("Mensen vinden hulp ongeveer zo dichtbij als waar zij zochten.")
    if found.toward > 0:
        return _("Mensen vinden hulp dichter bij huis dan waar zij zochten.")
    return _("Mensen vinden hulp verder van huis dan waar zij zochten.")


def _of(table: ShiftTable, chosen: Chosen) -> Shift | None:
    if chosen.is_whole:
        return table.whole
    rows, key = (table.areas, chosen.area) if chosen.area else (table.themes, chosen.theme)
    return next((row.shift for row in rows if row.key == key), None)


def _returned(found: Shift) -> str:
    return "" if found.return_rate is None else number_format(round(100 * found.return_rate))


def _charts(quarters: list[Quarter], chosen: Chosen) -> Iterator[Chart]:
    """A picture for each moment that is known of what is chosen, the oldest quarter first."""
    moments = MOMENTS[:2] if chosen.theme else MOMENTS
    for moment in moments:
        rows = [(short(one.table.quarter), _spread(one, moment).layers) for one in reversed(quarters)]
        title = _("%(what)s, %(name)s") % {"what": MOMENT_WORDS[moment], "name": chosen.name}
        columns = (_("Kwartaal"), *layers())
        words = Words(title, _summary(_spread(quarters[0], moment), quarters[0], title), columns, missing=_hidden())
        yield stacked(words, rows)


def _summary(spread: Spread, quarter: Quarter, title: str) -> str:
    """One sentence with what the newest quarter shows."""
    told = [
        f"{name} {_hidden() if figure is None else figure}"
        for name, figure in zip(layers(), spread.layers, strict=True)
        if figure != 0
    ]
    given = {"title": title, "quarter": short(quarter.table.quarter), "figures": ", ".join(told) or _("niets")}
    return _("%(title)s, in %(quarter)s: %(figures)s.") % given


def _means(quarters: list[Quarter], chosen: Chosen) -> Chart:
    """The mean layer of each moment over the quarters."""
    moments = MOMENTS[:3]
    rows = [(short(one.table.quarter), [_spread(one, moment).mean for moment in moments]) for one in reversed(quarters)]
    title = _("Gemiddelde laag, %(name)s") % {"name": chosen.name}
    newest = ", ".join(
        f"{MOMENT_WORDS[moment]} {_('niet gemeten') if mean is None else number_format(round(mean, 1), 1)}"
        for moment, mean in zip(moments, rows[-1][1], strict=True)
    )
    summary = _("Gemiddelde laag in %(quarter)s: %(figures)s.") % {"quarter": rows[-1][0], "figures": newest}
    columns = (_("Kwartaal"), *(str(MOMENT_WORDS[moment]) for moment in moments))
    return trend(Words(title, summary, columns, missing=_("niet gemeten"), decimals=1), rows)


def _spread(quarter: Quarter, moment: str) -> Spread:
    found: Spread = getattr(quarter.shift, moment)
    return found


def _money_words(money: Money | None) -> str:
    """What the movement is worth with the municipality's own prices, with how uncertain that is; "" without them."""
    if money is None:
        return ""
    least, most = _outward(money.low, floor), _outward(money.high, ceil)
    given = {
        "low": number_format(abs(least), force_grouping=True),
        "high": number_format(abs(most), force_grouping=True),
    }
    if least >= 0:
        return _("Het scheelt tussen %(low)s en %(high)s euro.") % given
    if most <= 0:
        return _("Het kost tussen %(high)s en %(low)s euro meer.") % given
    said = _("Het kan %(low)s euro meer kosten, en het kan %(high)s euro schelen. Wij weten dus niet of het scheelt.")
    return said % given


def _outward(amount: int, toward: Callable[[float], int]) -> int:
    """To two digits that count, so that the figure looks no more certain than it is and the range still holds."""
    step: int = 10 ** max(len(str(abs(amount))) - 2, 0)
    return toward(amount / step) * step


def _hidden() -> str:
    return _("afgeschermd")


def _cells(table: ShiftTable) -> Iterator[list[str]]:
    yield from _of_one(table, "gemeente", "", table.whole)
    for row in table.areas:
        yield from _of_one(table, "wijk", row.name, row.shift)
    for row in table.themes:
        yield from _of_one(table, "thema", row.name, row.shift)


def _of_one(table: ShiftTable, kind: str, name: str, found: Shift) -> Iterator[list[str]]:
    """A row for each moment and layer; a theme has no solved or returned, for that is not known of a theme."""
    for moment in MOMENTS[:2] if kind == "thema" else MOMENTS:
        spread: Spread = getattr(found, moment)
        for layer, figure in zip(LAYERS, spread.layers, strict=True):
            told = ("", "ja") if figure is None else (str(figure), "nee")
            yield [table.quarter, kind, name, moment, str(layer), *told, VERSION]
