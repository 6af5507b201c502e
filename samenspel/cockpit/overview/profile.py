"""The strength profile of a wijk for anyone, as page and on paper: every figure with its meaning, day and source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenspel.cockpit.areas.around import a_wijk
from samenspel.cockpit.around import around
from samenspel.cockpit.overview.matrix import WORDS, state_of
from samenspel.engine.coverage.states import State
from samenspel.engine.privacy import LEAST
from samenspel.places.models import Area
from samenspel.policy.blocks.words import reason
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.strength.context import OLDEST_UNKNOWN, Challenge, Known
from samenspel.strength.definitions import definitions, said
from samenspel.strength.profile import Figure, Profile, profile
from samenspel.ui.charts.chart import Chart, Words
from samenspel.ui.charts.figures import Bar, bars

_COUNTS = ("blocks_present", "blocks_unknown")
"""A count of blocks is a total in other words: it is shown where the municipality chose to show a total."""


@dataclass(frozen=True)
class Line:
    """A figure in words. `beside` has what it was before or is around it, "" when that is not known."""

    label: str
    value: str
    n: str
    about: str
    beside: str


@dataclass(frozen=True)
class Block:
    """A building block of this wijk with its state in a word and the reason."""

    block: BuildingBlock
    state: State
    word: str
    why: str


@dataclass(frozen=True)
class ShownSide:
    """A dimension: what is measured of it; empty when nothing is."""

    key: str
    label: str
    warning: str
    lines: tuple[Line, ...]


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a wijk; a kern has no profile of its own: 404."""
    found = profile_of(slug)
    context = {**around(request.path), **shown(found), "profile": found, "wijk": found.wijk, "charts": charts(found)}
    return render(request, "cockpit/overview/profile.html", context)


def profile_of(slug: str) -> Profile:
    """The profile that an address names; Http404 for what is no wijk."""
    wijk = a_wijk(settings.MUNICIPALITY, slug)
    if wijk.area.kind != Area.Kind.DISTRICT:
        raise Http404
    return profile(settings.MUNICIPALITY, wijk, at=timezone.now())


def shown(found: Profile) -> dict[str, Any]:
    """What page and paper say, in the language in use."""
    return {
        "blocks": list(blocks(found)),
        "sides": [one for one in sides(found) if one.lines],
        "total": total(found),
        "challenges": [challenge(one) for one in found.challenges],
        "no_challenge": "" if found.challenges else no_challenge(found.context),
        "no_second_year": bool(found.context) and not any(one.before for one in found.context),
        "oldest_unknown": str(OLDEST_UNKNOWN) if any("65" in one.figure.key for one in found.challenges) else "",
        "not_measured": [missing(one) for one in found.not_measured],
        "never_measured": said(definitions().not_measured),
        "definition_version": definitions().version,
        "least": LEAST,
    }


def blocks(found: Profile) -> Iterator[Block]:
    for block, row in zip(BuildingBlock, found.blocks, strict=True):
        state = state_of(row)
        why = reason(row, found.norms.get(block)) if row else _("Dit is nog niet bekeken.")
        yield Block(block, state, str(WORDS[state]), why)


def sides(found: Profile) -> Iterator[ShownSide]:
    for side in found.sides:
        lines = [line(one) for one in side.figures if one.is_measured and (found.total or one.key not in _COUNTS)]
        if side.dimension.key == "context":
            lines += [known(one) for one in found.context]
        yield ShownSide(side.dimension.key, said(side.dimension.label), said(side.dimension.warning), tuple(lines))


def line(figure: Figure) -> Line:
    """A figure of the profile that is measured."""
    one = figure.measured
    before = ""
    if one.trend:
        was = with_unit(one.trend.value, figure.decimals, said(figure.unit))
        before = _("%(when)s: %(value)s") % {"when": when(one.trend.when), "value": was}
    day = date_format(one.as_of, "j F Y") if one.as_of else when(one.when)
    return Line(
        label=said(figure.label),
        value=with_unit(one.value or 0, figure.decimals, said(figure.unit)),
        n="" if one.n is None else number_format(one.n, force_grouping=True),
        about=f"{said(figure.means)} {capfirst(said(figure.source))}, {day}.",
        beside=before,
    )


def known(figure: Known) -> Line:
    """A figure that was loaded about who live here."""
    beside = []
    if figure.around is not None:
        value = with_unit(figure.around, figure.decimals, figure.unit)
        beside.append(_("hele gemeente: %(value)s") % {"value": value})
    if figure.before:
        value = with_unit(figure.before[0], figure.decimals, figure.unit)
        beside.append(_("%(when)s: %(value)s") % {"when": figure.before[1], "value": value})
    value = with_unit(figure.value, figure.decimals, figure.unit)
    return Line(figure.label, value, "", f"{capfirst(figure.source)}, {figure.year}.", "; ".join(beside))


def challenge(one: Challenge) -> str:
    """What asks something of this wijk, as a sentence with its figures."""
    figure = one.figure
    given = {
        "label": figure.label,
        "value": with_unit(figure.value, figure.decimals, figure.unit),
        "around": with_unit(figure.around or 0, figure.decimals, figure.unit),
        "year": figure.year,
    }
    text = _("%(label)s: %(value)s in %(year)s.") % given
    if one.is_worse:
        text += " " + _("In de hele gemeente: %(around)s.") % given
    if one.has_grown and figure.before:
        was = with_unit(figure.before[0], figure.decimals, figure.unit)
        text += " " + _("In %(before)s was het %(was)s.") % {"before": figure.before[1], "was": was}
    return text


def no_challenge(context: Sequence[Known]) -> str:
    """Why nothing asks something of this wijk: that all is well is said only of what could be compared."""
    if not context:
        return _("Er zijn geen cijfers van het CBS ingelezen.")
    if all(one.around is None for one in context):
        return _("Van de hele gemeente zijn geen cijfers ingelezen. Wij kunnen dus niet vergelijken.")
    return _("Geen van de ingelezen cijfers is minder gunstig dan in de hele gemeente.")


def missing(figure: Figure) -> tuple[str, str]:
    """What is not there, and why."""
    if figure.measured.is_hidden and figure.key != "isolated":
        return said(figure.label), _("Dit is gemeten. Wij verbergen het: er is te weinig om te laten zien.")
    if figure.key == "isolated":
        return said(figure.label), said(figure.means)
    return said(figure.label), _("Hier is nog niets over vastgelegd.") + " " + said(figure.means)


def total(found: Profile) -> dict[str, str] | None:
    """The total of a municipality that chose to show one, with what it is made of."""
    if found.total is None:
        return None
    given = {"value": number_format(found.total.value, 1), "of": found.total.of, "unknown": found.total.unknown}
    words = _("%(value)s van de %(of)s bouwstenen die bekend zijn.") % given
    if found.total.unknown:
        words += " " + _("Van %(unknown)s weten wij het niet. Die telt niet mee.") % given
    return {"words": words, "reason": found.total.reason}


def charts(found: Profile) -> list[Chart]:
    """Who lives near what, as a picture with its table; none where it is not measured."""
    figures = [one for side in found.sides if side.dimension.key == "reach" for one in side.figures]
    rows = [Bar(said(one.label), one.measured.value) for one in figures if one.is_measured and one.key != "visits"]
    if not rows:
        return []
    least = min(rows, key=lambda row: row.value or 0)
    summary = _("Van %(number)s deelcijfers is dit het laagste: %(label)s, %(value)s %%.") % {
        "number": len(rows),
        "label": least.label.lower(),
        "value": number_format(round(least.value or 0), 0),
    }
    words = Words(
        title=_("Wie woont dichtbij genoeg?"),
        summary=summary,
        columns=(_("Wat"), _("Deel van de inwoners")),
        missing=_("niet gemeten"),
        unit=" %",
    )
    return [bars(words, rows)]


def with_unit(value: float, decimals: int, unit: str) -> str:
    """A number as it is read, without a decimal that says nothing: "17,5 uur per week"."""
    shown_decimals = 0 if float(value).is_integer() else decimals
    return f"{number_format(round(value, decimals), shown_decimals, force_grouping=True)} {unit}".strip()


def when(text: str) -> str:
    """ "2026Q3" in words; a year stays a year."""
    if len(text) == 6 and text[4] == "Q":
        return _("kwartaal %(number)s van %(year)s") % {"number": text[5], "year": text[:4]}
    return text
