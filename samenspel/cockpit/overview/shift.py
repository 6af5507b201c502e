"""Whether help comes nearer home, with the brake beside it, for anyone: what changed, pictures, tables and a file.

Only what `outcomes.shift` may tell is shown, and never an area and a theme at once: those numbers are too small.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.engine.privacy import LEAST
from samenspel.engine.shares import Interval
from samenspel.engine.shift import LAYERS, MOMENTS, Change, Era, Shift, Spread, Verdict
from samenspel.engine.shift_money import Money
from samenspel.outcomes.shift import VERSION, ShiftTable, shift_of
from samenspel.policy.challenges import judged
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
    Verdict.LIGHTER: gettext_lazy("Hulp kwam dichter bij huis. Er kwam niet meer terug dan eerst."),
    Verdict.UNPROVEN: gettext_lazy("Hulp kwam dichter bij huis. Wij weten nog niet of het winst is."),
    Verdict.NO_GAIN: gettext_lazy(
        "Hulp kwam dichter bij huis, maar dat is geen winst: er kwam meer terug, of het woog te zwaar."
    ),
    Verdict.UNSURE: gettext_lazy("Wij zien geen duidelijke verandering. Het verschil kan toeval zijn."),
    Verdict.HEAVIER: gettext_lazy("Hulp kwam verder van huis te liggen."),
    Verdict.FEW_QUARTERS: gettext_lazy(
        "Wij kunnen nog niet zeggen of hulp dichterbij komt. Daarvoor zijn vier kwartalen op rij nodig."
    ),
    Verdict.FEW_QUESTIONS: gettext_lazy(
        "Wij kunnen niet zeggen of hulp dichterbij komt. Er zijn te weinig vragen om te laten zien."
    ),
}
OFFER_VERDICTS = {
    **VERDICTS,
    Verdict.LIGHTER: gettext_lazy("Wat mensen als eerste vinden, kwam dichter bij huis."),
    Verdict.HEAVIER: gettext_lazy("Wat mensen als eerste vinden, kwam verder van huis te liggen."),
}
"""Of a theme, where solved and returned are not known."""
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
    returned: str
    load: str
    together: str


@dataclass(frozen=True)
class Compared:
    """What changed, in words: between which quarters, a row for each figure (first, now), how sure, and if it holds."""

    first: str
    now: str
    rows: tuple[tuple[str, str, str], ...]
    said: str
    held: str


@login_not_required
@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """The last two years by quarter; 8 queries, whatever there is."""
    municipality = settings.MUNICIPALITY
    known = judged(wijken(municipality))
    chosen = _chosen(request, known)
    quarters = [_quarter(table, chosen) for table in shift_of(municipality, at=timezone.now())]
    counted = [one for one in quarters if one.shift]
    change = _change(quarters)
    context = {
        **around(request.path),
        "wijken": known,
        "themes": Theme,
        "chosen": chosen,
        "verdict": (OFFER_VERDICTS if chosen.theme else VERDICTS)[change.verdict],
        "compared": _compared(change, quarters, chosen),
        "quarters": quarters,
        "layers": layers(),
        "charts": list(_charts(counted, chosen)) if counted else [],
        "shares": _shares(counted, chosen) if counted else None,
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
    """What an address names; raises Http404 for a wijk or theme that is not there."""
    slug, theme = request.GET.get("wijk", ""), request.GET.get("thema", "")
    wijk = next((one for one in known if one.slug == slug), None)
    if (slug and wijk is None) or (theme and theme not in Theme.values):
        raise Http404
    if wijk:
        return Chosen(wijk.name, wijk=slug, area=wijk.area.code, was_both=bool(theme))
    if theme:
        return Chosen(str(Theme(theme).label), theme=theme)
    return Chosen(_("de hele gemeente"))


def _quarter(table: ShiftTable, chosen: Chosen) -> Quarter:
    found = _of(table, chosen)
    if found is None:
        return Quarter(table, None, "", "", "")
    return Quarter(
        table,
        found,
        "" if found.return_rate is None else _in_hundred(found.return_rate),
        _load(table.load.mean if table.load else None),
        "" if found.collective is None else f"{found.collective} %",
    )


def _change(quarters: list[Quarter]) -> Change:
    """That of the newest quarter; a wijk or theme without any count in it has too few questions."""
    if not quarters:
        return Change(Verdict.FEW_QUARTERS)
    newest = quarters[0].shift
    return newest.change if newest else Change(Verdict.FEW_QUESTIONS)


def _compared(change: Change, quarters: list[Quarter], chosen: Chosen) -> Compared | None:
    """The first quarters beside the last, as they were compared; None when they were not."""
    if change.before is None or change.now is None or change.nearer is None:
        return None
    before, now = change.before, change.now
    names = [short(one.table.quarter) for one in reversed(quarters)]
    last = names[-now.quarters :]
    first = names[-now.quarters - before.quarters : -now.quarters]
    found = _("Dichtbij gevonden, van elke 100") if chosen.theme else _("Dichtbij opgelost, van elke 100")
    told: list[tuple[str, Callable[[Era], str]]] = [
        (_("Dichtbij gezocht, van elke 100"), lambda era: _in_hundred(era.asked.near.value)),
        (found, lambda era: _in_hundred(era.found.near.value)),
        (_("Het verschil"), lambda era: _in_hundred(era.nearer)),
    ]
    if not chosen.theme:
        told.append((_("Terug op elke 100 opgelost"), _returned))
        told.append((_("Hoe zwaar voor groepen"), lambda era: _load(era.load) or _("niet gemeten")))
    rows = tuple((label, of(before), of(now)) for label, of in told)
    return Compared(_span(first), _span(last), rows, _how_sure(change.nearer), _held(change))


def _how_sure(nearer: Interval) -> str:
    given = {name: _signed(getattr(nearer, name)) for name in ("value", "low", "high")}
    return _("Het verschil veranderde met %(value)s. Door toeval kan het ook %(low)s tot %(high)s zijn.") % given


def _held(change: Change) -> str:
    """Why it is not known whether what came nearer holds; "" where that is known, or nothing came nearer."""
    if change.verdict != Verdict.UNPROVEN:
        return ""
    if change.before and change.now and change.before.returned and change.now.returned:
        return _("Er kwam iets meer terug dan eerst. Dat kan toeval zijn.")
    return _("Hoeveel er terugkwam, laten wij niet zien: dat aantal is te klein.")


def _span(names: list[str]) -> str:
    """The quarters of a row of them that follow each other."""
    return names[0] if len(names) == 1 else _("%(first)s tot en met %(last)s") % {"first": names[0], "last": names[-1]}


def _of(table: ShiftTable, chosen: Chosen) -> Shift | None:
    if chosen.is_whole:
        return table.whole
    rows, key = (table.areas, chosen.area) if chosen.area else (table.themes, chosen.theme)
    return next((row.shift for row in rows if row.key == key), None)


def _returned(era: Era) -> str:
    """How much came back for every 100 that were solved."""
    if era.returned is None:
        return _("niet gemeten")
    return _in_hundred(era.returned.part / era.found.number)


def _in_hundred(share: float) -> str:
    return number_format(round(100 * share))


def _signed(share: float) -> str:
    """ "+6", "0" or "-3": a change on every hundred."""
    return f"{round(100 * share):+d}" if round(100 * share) else "0"


def _load(mean: float | None) -> str:
    return "" if mean is None else number_format(round(mean, 1), 1)


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


def _shares(quarters: list[Quarter], chosen: Chosen) -> Chart:
    """Of every hundred in each moment how many were near home, over the quarters."""
    moments = MOMENTS[: 2 if chosen.theme else 3]
    rows = [
        (short(one.table.quarter), [_near(one, moment, chosen) for moment in moments]) for one in reversed(quarters)
    ]
    title = _("Van elke 100 dichtbij, %(name)s") % {"name": chosen.name}
    newest = ", ".join(
        f"{MOMENT_WORDS[moment]} {_('niet gemeten') if near is None else number_format(round(near))}"
        for moment, near in zip(moments, rows[-1][1], strict=True)
    )
    summary = _("Van elke 100 dichtbij in %(quarter)s: %(figures)s.") % {"quarter": rows[-1][0], "figures": newest}
    columns = (_("Kwartaal"), *(str(MOMENT_WORDS[moment]) for moment in moments))
    return trend(Words(title, summary, columns, missing=_("niet gemeten")), rows)


def _near(quarter: Quarter, moment: str, chosen: Chosen) -> float | None:
    """How many of every hundred; None where a hidden figure may be large, as `engine.shift.change_of` has it."""
    spread = _spread(quarter, moment)
    if spread.pool is None or (None in spread.layers and not chosen.is_whole):
        return None
    return 100 * spread.pool.near.value


def _spread(quarter: Quarter, moment: str) -> Spread:
    found: Spread = getattr(quarter.shift, moment)
    return found


def _money_words(money: Money | None) -> str:
    """What the change is worth with the municipality's own prices, with how uncertain that is; "" without them."""
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
