"""The letter to the council and the profile of a wijk on paper: tagged PDF, from the figures of the public pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenspel.cockpit.overview.cell import COULD_HELP
from samenspel.cockpit.overview.matrix import WORDS, sentence, state_of
from samenspel.cockpit.overview.profile import ShownSide, charts, profile_of, shown
from samenspel.cockpit.overview.shift import VERDICTS
from samenspel.cockpit.papers import as_pdf
from samenspel.engine.coverage.states import State as Judged
from samenspel.outcomes.shift import ShiftTable
from samenspel.policy.blocks import Matrix
from samenspel.policy.models import PartnerPromise
from samenspel.socialmap.confirm import municipality_name
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.strength.definitions import definitions, said
from samenspel.strength.letter import Gap, Letter, letter
from samenspel.strength.profile import Profile
from samenspel.strength.safety_net import SafetyNet
from samenspel.ui.charts.chart import for_paper

MOST_ROWS = 12
"""Gaps and what is late that fit on two sheets; the rest stands on the pages."""
MOST_LATE = 6
State = PartnerPromise.State
Table = tuple[list[str], list[list[str]], list[float]]
"""The heads of the columns, the rows, and how wide each column is beside the others."""


@login_not_required
@require_safe
def council_letter(request: HttpRequest) -> HttpResponse:
    """The letter, on one or two sheets."""
    data = letter_data(letter(settings.MUNICIPALITY, at=timezone.now()), municipality_name(settings.MUNICIPALITY))
    return as_pdf("raadsbrief.pdf", data, template="cockpit/paper/raadsbrief.typ")


@login_not_required
@require_safe
def profile_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The profile of one wijk."""
    data = profile_data(profile_of(slug))
    return as_pdf(f"wijkprofiel-{slug}.pdf", data, template="cockpit/paper/wijkprofiel.typ")


def letter_data(found: Letter, municipality: str) -> dict[str, Any]:
    """The data of `cockpit/paper/raadsbrief.typ`."""
    rows = [
        {"name": name, "cells": [[state_of(cell), str(WORDS[state_of(cell)])] for cell in cells]}
        for name, cells in zip(found.matrix.wijken.names, found.matrix.rows, strict=True)
    ]
    return {
        **_paper(_("Hoe staat elke wijk ervoor?"), _("Brief aan de raad"), found.on),
        **(
            {"kind": _("Brief aan de raad van %(municipality)s") % {"municipality": municipality}}
            if municipality
            else {}
        ),
        "sentence": sentence(found.matrix) if rows else _("Er zijn nog geen wijken ingelezen."),
        "matrix": {
            "title": _("De bouwstenen per wijk"),
            "head": [_("Wijk"), *(capfirst(str(block.label)) for block in BuildingBlock)],
            "rows": rows,
        },
        "sections": [
            _gaps(found),
            _late(found),
            _shift(found.shift),
            _promises(found),
            _questions(found),
            _not_measured(),
        ],
        "closing": [
            _("Onbekend is iets anders dan ontbreekt. Dan weten wij het niet."),
            _("Alles is na te lezen en op te halen op %(address)s.")
            % {"address": settings.ADDRESS.partition("//")[2] + reverse("overview:home")},
        ],
    }


def profile_data(found: Profile) -> dict[str, Any]:
    """The data of `cockpit/paper/wijkprofiel.typ`."""
    words = shown(found)
    total = words["total"]
    asks = words["challenges"] or [words["no_challenge"]]
    asks += [_("Er zijn geen cijfers van een tweede jaar.")] if words["no_second_year"] else []
    return {
        **_paper(_("Hoe sterk is %(name)s?") % {"name": found.wijk.name}, _("Wijkprofiel"), found.on),
        "lead": _("Wat er is, wie het bereikt, wie elkaar kent, en wat wij niet weten."),
        "blocks": {
            "title": _("De vijf bouwstenen"),
            "head": [_("Bouwsteen"), _("Stand"), _("Waarom")],
            "rows": [[capfirst(str(one.block.label)), one.state, one.word, one.why] for one in words["blocks"]],
            "total": total["words"] if total else _("Wij geven geen totaalcijfer. Dat zou te veel verbergen."),
        },
        "sections": [
            *map(_side, words["sides"]),
            _net(found.safety_net),
            _section(_("Wat deze wijk extra vraagt"), items=[["", one] for one in asks]),
            _section(
                _("Niet gemeten, of niet te laten zien"),
                items=[*map(list, words["not_measured"]), *(["", one] for one in words["never_measured"])],
            ),
        ],
        "pictures": [for_paper(one) for one in charts(found)],
        "closing": [
            _("Aantallen mensen of vragen onder de %(least)s verbergen wij.") % {"least": words["least"]},
            _("Definities, versie %(version)s.") % {"version": words["definition_version"]},
        ],
    }


def _paper(title: str, kind: str, on: Any) -> dict[str, Any]:
    return {
        "language": "en" if get_language() == "en" else "nl",
        "title": title,
        "kind": kind,
        "printed": f"Samenspel, {date_format(on, 'j F Y')}",
    }


def _section(
    title: str,
    *,
    said: list[str] | None = None,
    items: list[list[str]] | None = None,
    table: Table | None = None,
) -> dict[str, Any]:
    head, rows, widths = table or ([], [], [])
    return {"title": title, "said": said or [], "items": items or [], "head": head, "rows": rows, "widths": widths}


def _side(side: ShownSide) -> dict[str, Any]:
    rows = [[f"{one.label}. {one.about}", one.value, one.beside, one.n] for one in side.lines]
    head = [_("Wat"), _("Hoeveel"), _("Eerder of elders"), _("Gegevens")]
    return _section(side.label, said=[side.warning], table=(head, rows, [3, 1.3, 1.3, 0.7]))


def _net(net: SafetyNet) -> dict[str, Any]:
    parts = {
        _("Binnenlopen"): net.entrances,
        _("De verbinder bellen"): net.connectors,
        _("Het wijkteam bellen"): net.teams,
        _("Als het niet kan wachten"): net.urgent,
    }
    items = [[label, "; ".join(one.words for one in found) or "-"] for label, found in parts.items()]
    items.append([_("Alleen komen kan"), "; ".join(one.name for one in net.come_alone) or "-"])
    items.append([_("Komt thuis, of gaat met de telefoon"), "; ".join(one.name for one in net.at_home) or "-"])
    return _section(_("Wat er is voor wie niemand heeft"), items=items)


def _gaps(found: Letter) -> dict[str, Any]:
    title, gaps = _("Waar het nog niet genoeg is"), found.gaps
    if not gaps:
        return _section(title, said=[_("Wij kennen geen gat."), *_unknown(found.matrix)])
    rows = [
        [
            f"{gap.wijk}: {gap.name} ({WORDS[gap.state]})",
            f"{COULD_HELP[gap.remedy.kind]}: {gap.remedy.name}" if gap.remedy else _("niets dichtbij bekend"),
            _action(gap),
        ]
        for gap in gaps[: MOST_ROWS - min(len(found.late), MOST_LATE)]
    ]
    rest = len(gaps) - len(rows)
    more = [_("En nog %(number)s. Die staan op de pagina's voor de raad.") % {"number": rest}] if rest else []
    head = [_("Wijk en bouwsteen"), _("Zou kunnen helpen"), _("Wat er gebeurt")]
    asked = _("Wat zou kunnen helpen, is het dichtstbijzijnde. Niemand vroeg het nog.")
    return _section(title, said=[asked, *more], table=(head, rows, [1.3, 1, 1.5]))


def _late(found: Letter) -> dict[str, Any]:
    """What is over its day by name: who reads of a number asks which."""
    title = _("Wat over zijn dag is")
    if not found.late:
        return _section(title, said=[_("Er is niets over zijn dag.")])
    rows = [
        [
            _("Vraag: %(what)s") % {"what": one.what} if one.is_question else one.what,
            one.who,
            date_format(one.due_on, "j F Y"),
        ]
        for one in found.late[:MOST_LATE]
    ]
    rest = len(found.late) - len(rows)
    more = [_("En nog %(number)s. Die staan op de pagina's voor de raad.") % {"number": rest}] if rest else []
    return _section(title, said=more, table=([_("Wat"), _("Van wie"), _("Moest klaar zijn op")], rows, [2, 1.2, 1]))


def _unknown(found: Matrix) -> list[str]:
    """How many blocks of wijken nobody knows of; nothing where all are known."""
    number = sum(state_of(kept) == Judged.UNKNOWN for row in found.rows for kept in row)
    words = ngettext(
        "Van %(number)s bouwsteen in een wijk weten wij het niet.",
        "Van %(number)s bouwstenen in de wijken weten wij het niet.",
        number,
    )
    return [words % {"number": number}] if number else []


def _action(gap: Gap) -> str:
    if gap.action is None:
        return _("nog niets afgesproken")
    row = gap.action.action
    due = _("%(what)s, door %(owner)s, voor %(day)s") % {
        "what": row.what,
        "owner": row.owner,
        "day": date_format(row.due_on, "j F Y"),
    }
    if row.first_due != row.due_on:
        due = _("%(due)s, eerst voor %(day)s") % {"due": due, "day": date_format(row.first_due, "j F Y")}
    return f"{due} ({_('te laat')})" if gap.action.days_late else due


def _shift(table: ShiftTable | None) -> dict[str, Any]:
    title = _("Wordt hulp lichter en dichterbij?")
    if table is None:
        return _section(title, said=[_("Dit is nog niet gemeten.")])
    shift = table.whole
    lines = [f"{table.label}. {VERDICTS[shift.verdict]}"]
    if shift.return_rate is not None:
        share = number_format(round(100 * shift.return_rate), 0)
        lines.append(_("Voor elke 100 vragen die waren opgelost, kwamen er %(share)s terug.") % {"share": share})
    else:
        lines.append(_("Of het standhoudt, is niet gemeten."))
    return _section(title, said=lines)


def _promises(found: Letter) -> dict[str, Any]:
    number = found.promises
    if not sum(number.values()):
        return _section(_("Beloften in wijkopgaven"), said=[_("Er zijn nu geen beloften.")])
    words = _("%(kept)s nagekomen, %(partly)s deels nagekomen, %(broken)s niet nagekomen, %(open)s lopend.") % {
        "kept": number[State.KEPT],
        "partly": number[State.PARTLY],
        "broken": number[State.BROKEN],
        "open": number[State.OPEN],
    }
    late = _("Van wat loopt, is dit aantal te laat: %(number)s.") % {"number": found.overdue}
    return _section(_("Beloften in wijkopgaven"), said=[f"{words} {late}"])


def _questions(found: Letter) -> dict[str, Any]:
    asked = found.questions
    words = _("%(open)s open, waarvan %(late)s te laat. %(answered)s beantwoord.") % {
        "open": asked.open,
        "late": asked.late,
        "answered": asked.answered,
    }
    return _section(_("Vragen van de raad en inbreng"), said=[words])


def _not_measured() -> dict[str, Any]:
    return _section(_("Niet gemeten"), items=[["", one] for one in said(definitions().not_measured)])
