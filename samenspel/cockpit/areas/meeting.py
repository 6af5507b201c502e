"""The sheet for the wijkoverleg: one page about a wijk, on screen and as PDF, nothing about a person."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from samenspel.cockpit.areas.around import a_wijk
from samenspel.cockpit.papers import as_pdf
from samenspel.cockpit.templatetags.agreed import late_words
from samenspel.engine.privacy import LEAST
from samenspel.policy.challenges import Promised, judged
from samenspel.policy.gaps import Due
from samenspel.policy.models.commitments import Commitment
from samenspel.policy.permissions import may_keep_areas, may_see_blocks
from samenspel.socialmap.permissions import may_call_groups
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.access import page, show, who
from samenspel.strength.meeting import LATELY, Change, Meeting, Missed, meeting
from samenspel.strength.outdated import Outdated

MOST = 8
"""Lines of a part at most; the paper shows fewer when they do not all fit on one page."""

CALL_PAGE = "workspace:outdated"
"""The name of the page where what is too old is confirmed: of another door, so a template looks it up."""

Line = tuple[str, str, str]
"""What stands out, the rest of the sentence, and the page about it ("" without one; paper shows none)."""


@page(may_see_blocks)
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet as a page."""
    found = _read(request, slug)
    context = {
        "meeting": found,
        **told(found),
        "may_keep": may_keep_areas(who(request)).allowed,
        "call_page": CALL_PAGE if found.outdated and may_call_groups(who(request)).allowed else "",
    }
    return show(request, "cockpit/areas/meeting.html", context)


@page(may_see_blocks)
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet as one page of paper."""
    found = _read(request, slug)
    data = {**told(found), "language": "nl", "printed": f"Samenspel, {date_format(found.on, 'j F Y')}"}
    return as_pdf(f"wijkoverleg-{slug}.pdf", data, template="cockpit/paper/wijkoverleg.typ")


def told(found: Meeting) -> dict[str, Any]:
    """The words of the sheet: `title`, `next`, `now`, and `parts`, each with lines and how many there are in all."""
    coming = date_format(found.next_on, "l j F Y") if found.next_on else ""
    unjudged = "De bouwstenen van deze wijk zijn nog niet bekeken."
    no_gaps = f"Geen nieuwe gaten in de laatste {LATELY.days} dagen."
    no_forgotten = "Wat wij wisten, weten wij nog."
    no_missed = f"Niets dat {LEAST} keer of vaker werd gezocht."
    when = f" ({found.quarter.label.lower()})" if found.quarter else ""
    return {
        "title": f"Wijkoverleg {found.wijk.name}",
        "next": f"Volgende keer: {coming}" if coming else "Er is nog geen volgende keer afgesproken",
        "now": _now(found),
        "parts": [
            _part("Nieuwe gaten", _changes(found, found.gaps), no_gaps if found.is_judged else unjudged),
            _part(
                "Weten wij niet meer",
                _changes(found, found.forgotten),
                no_forgotten if found.is_judged else unjudged,
            ),
            _part("Beloften: te laat of bijna", map(_promise, found.promises), "Geen belofte is te laat of bijna."),
            _part("Acties: te laat of bijna", map(_action, found.actions), "Geen actie is te laat of bijna."),
            _part(f"Gezocht en niet gevonden{when}", map(_missed, found.missed), no_missed),
            _part("Wie zit vol", [(name, "", "") for name in found.full], "Niemand meldde dat het vol zit."),
            _part("Lang niet nagekeken", map(_outdated, found.outdated), "Wij zien niets wat lang niet is nagekeken."),
        ],
    }


def _part(title: str, lines: Iterable[Line], empty: str) -> dict[str, Any]:
    known = [list(line) for line in lines]
    return {"title": title, "lines": known[:MOST], "total": len(known), "more": len(known) - MOST, "empty": empty}


def _now(found: Meeting) -> str:
    """What is not enough and what nobody knows today; "" of a wijk that was never judged."""
    said = [f"Nu niet genoeg: {_named(found.short)}."] if found.short else []
    said += [f"Onbekend: {_named(found.unknown)}."] if found.unknown else []
    return " ".join(said or ["Nu is alles genoeg volgens de norm van de raad."]) if found.is_judged else ""


def _named(blocks: Iterable[BuildingBlock]) -> str:
    return ", ".join(str(block.label) for block in blocks)


def _changes(found: Meeting, changes: Iterable[Change]) -> list[Line]:
    slug = found.wijk.slug if judged([found.wijk]) else ""
    return [_change(one, slug) for one in changes]


def _change(one: Change, slug: str) -> Line:
    was = f", was {one.was.label}" if one.was else ""
    address = reverse("areas:cell", args=[slug, one.block]) if slug else ""
    return capfirst(str(one.block.label)), f"{one.state.label} sinds {date_format(one.since, 'j F')}{was}", address


def _promise(one: Promised) -> Line:
    partner = one.promise.partner
    address = reverse("areas:challenge", args=[partner.challenge_id])
    return _when(one.promise, one.days_late), f"{partner.name}: {one.promise.what}", address


def _action(one: Due) -> Line:
    action = one.action
    owner = f"{action.owner}, {action.organization.name}" if action.organization else action.owner
    return _when(action, one.days_late), f"{action.what} ({owner})", reverse("areas:actions")


def _when(row: Commitment, days_late: int) -> str:
    said = capfirst(late_words(days_late)) or f"Uiterlijk {date_format(row.due_on, 'j F')}"
    return said if row.due_on == row.first_due else f"{said}, eerst {date_format(row.first_due, 'j F')}"


def _missed(one: Missed) -> Line:
    return capfirst(one.label), f"{one.times} keer of iets vaker{', ' + one.why if one.why else ''}", ""


def _outdated(one: Outdated) -> Line:
    when = f"laatst op {date_format(one.confirmed_on, 'j F Y')}" if one.confirmed_on else "nog nooit"
    return one.name, when, f"/{'aanbod' if one.kind == 'offering' else 'plek'}/{one.slug}"


def _read(request: HttpRequest, slug: str) -> Meeting:
    home = who(request).municipality
    return meeting(a_wijk(home, slug), municipality=home, at=timezone.now())
