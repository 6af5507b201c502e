"""One block in one wijk, opened: what it rests on, what does not count, what could help, and what is done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from samenspel.cockpit.areas.around import a_wijk
from samenspel.cockpit.around import around
from samenspel.cockpit.overview.matrix import WORDS, state_of
from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.remedies import Kind
from samenspel.engine.coverage.states import State
from samenspel.people.models import AreaContact, Organization
from samenspel.places.models import Area
from samenspel.policy.blocks.evidence import Named, Opened, Piece, opened
from samenspel.policy.blocks.judging import ON_THE_MAP
from samenspel.policy.blocks.reading import EVENING
from samenspel.policy.blocks.words import amount, in_words, percentage, reason
from samenspel.policy.commitments import Earlier, earlier_of
from samenspel.policy.gaps import OPEN
from samenspel.policy.models import BlockEvidence, BlockNorm, BlockState, GapAction
from samenspel.policy.networks import members_of
from samenspel.policy.norms import in_words as norm_in_words
from samenspel.socialmap.wijk import Wijk
from samenspel.sources.vocabulary import BuildingBlock, Theme

FIRST = 10
"""Records that are shown at once; the rest unfold."""
LOOKS = {
    BlockEvidence.Kind.NONE_FOUND: gettext_lazy("Iemand keek en vond niets."),
    BlockEvidence.Kind.MET: gettext_lazy("Het wijknetwerk kwam bij elkaar."),
    BlockEvidence.Kind.TO_INFORMAL: gettext_lazy("Professionals gaven vragen door aan vrijwilligers of een groep."),
    BlockEvidence.Kind.TO_FORMAL: gettext_lazy("Vrijwilligers of een groep gaven vragen door aan professionals."),
}
IN_A_QUARTER = (BlockEvidence.Kind.TO_INFORMAL, BlockEvidence.Kind.TO_FORMAL)
"""Of these no day is kept."""
STATUSES = {
    GapAction.Status.PLANNED: gettext_lazy("gepland"),
    GapAction.Status.BUSY: gettext_lazy("bezig"),
    GapAction.Status.DONE: gettext_lazy("klaar"),
    GapAction.Status.STOPPED: gettext_lazy("gestopt"),
}
WHOLE_WIJK = {
    BuildingBlock.NETWORK: gettext_lazy("Naar vrijwilligers toe, en naar professionals toe."),
    BuildingBlock.CONNECTOR: gettext_lazy(
        "De uren samen, verdeeld over wie er wonen. Hoeveel uur iemand werkt, weten wij niet."
    ),
}
"""What the amount of a block without a distance means."""
COULD_HELP = {
    Kind.CALL: gettext_lazy("bel of dit nog klopt"),
    Kind.ROOM: gettext_lazy("een plek met misschien ruimte"),
    Kind.HOST: gettext_lazy("een plek met iemand die gasten ontvangt"),
    Kind.CONNECTOR: gettext_lazy("de verbinder van een andere wijk"),
    Kind.OFFERING: gettext_lazy("aanbod dat hier nog niet dichtbij is"),
    Kind.INITIATIVE: gettext_lazy("een initiatief van bewoners"),
}


@dataclass(frozen=True)
class Figure:
    """A figure with what it means; `value` says so where it is not measured."""

    label: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Evidence:
    """A record behind the cell: its page, what it gives, when it was confirmed, and why it does not count, in words."""

    piece: Piece
    address: str
    gives: str
    confirmed: str
    why_not: str


@dataclass(frozen=True)
class Look:
    """What somebody saw or the work itself left, when that was in words, and how they looked."""

    words: str
    when: str
    note: str


@dataclass(frozen=True)
class Help:
    """What could help, by name; `address` is "" where there is no page."""

    named: Named
    what: str
    address: str
    metres: str


@dataclass(frozen=True)
class Reached:
    """A verbinder, the organization behind it ("" when it is not listed), and when one can be reached."""

    contact: AreaContact
    organization: str
    hours: str


@dataclass(frozen=True)
class Done:
    """What is done about the gap; `organization` is "" without one, or when it is not listed."""

    action: GapAction
    organization: str
    status: str
    money: str
    is_late: bool

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        return earlier_of(self.action)


@dataclass(frozen=True)
class Before:
    """A state that was, from a day until another."""

    state: State
    word: str
    row: BlockState


@login_not_required
@require_safe
def cell(request: HttpRequest, slug: str, block: int) -> HttpResponse:
    """One cell, for anyone; at most 25 queries, however much there is."""
    wijk, of = a_cell(settings.MUNICIPALITY, slug, block)
    frame = around(request.path)
    context = {**frame, **cell_of(settings.MUNICIPALITY, wijk, of, home=frame["home"], at=timezone.now())}
    return render(request, "cockpit/overview/cell.html", context)


def a_cell(municipality: str, slug: str, block: int) -> tuple[Wijk, BuildingBlock]:
    """The wijk and block that an address names; 404 for a kern, which has no row, and for a block there is not."""
    wijk = a_wijk(municipality, slug)
    if block not in BuildingBlock.values or wijk.area.kind != Area.Kind.DISTRICT:
        raise Http404
    return wijk, BuildingBlock(block)


def cell_of(municipality: str, wijk: Wijk, block: BuildingBlock, *, home: str, at: datetime) -> dict[str, Any]:
    """What the page of a cell shows; `home` is the site for residents."""
    found = opened(municipality, wijk, block, at=at)
    state, evidence = state_of(found.state), [_evidence(piece, found, home) for piece in found.pieces]
    listed = _listed(found)
    return {
        "wijk": wijk,
        "opened": found,
        "state": state,
        "word": str(WORDS[state]),
        "why": _why(found),
        "norm_words": norm_in_words(found.norm) if found.norm else "",
        "figures": figures(found),
        "here": folded([one for one in evidence if one.piece.is_here and one.piece.is_fresh]),
        "near": [one for one in evidence if not one.piece.is_here and one.piece.is_fresh],
        "not_counted": folded([one for one in evidence if not one.piece.is_fresh]),
        "on_the_map": block in ON_THE_MAP,
        "looks": [_look(one) for one in found.looks],
        "is_network": block == BuildingBlock.NETWORK,
        "members": members_of(found.network) if found.network else [],
        "contacts": _contacts(found, listed) if block == BuildingBlock.CONNECTOR else [],
        "is_connector": block == BuildingBlock.CONNECTOR,
        "helps": [_help(one, home) for one in found.remedies],
        "actions": [_done(row, listed, at.astimezone(ZONE).date()) for row in found.actions],
        "before": [Before(state_of(row), str(WORDS[state_of(row)]), row) for row in found.before],
    }


def _why(found: Opened) -> str:
    """The reason of the state; where parts of the norm fall short, which."""
    if found.state is None:
        return _("Dit is nog niet uitgerekend.")
    said = reason(found.state, found.norm)
    if not found.short or found.state.state != State.PARTLY:
        return said
    parts = [
        _("%(part)s (%(share)s van de inwoners)")
        % {
            "part": _("iets wat op een avond open is") if one.part == EVENING else Theme(one.part).label,
            "share": percentage(one.share),
        }
        for one in found.short
    ]
    lacking = _("Te weinig inwoners hebben dit dichtbij: %(parts)s.") % {"parts": "; ".join(parts)}
    return f"{said} {lacking}"


def figures(found: Opened) -> list[Figure]:
    """The figures behind the state, each with its meaning; none while nothing was judged, or nothing is known."""
    row = found.state
    if row is None or found.norm is None or not (row.fresh or row.old):
        return []
    if found.block not in ON_THE_MAP:
        return [Figure(_("Hoeveel er is"), amount(row), str(WHOLE_WIJK[found.block]))]
    return [*_reach(row, found.norm), *_amounts(row), *_records(row)]


def folded(rows: list[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """What is shown at once, and what unfolds."""
    return rows[:FIRST], rows[FIRST:]


def weekly(contact: AreaContact) -> str:
    """When a verbinder can be reached, as on the page of a resident: "ma 09:00-12:00"."""
    return ", ".join(f"{WEEKDAYS_ABBR[line['weekday']]} {line['opens']}-{line['closes']}" for line in contact.hours)


def money(amount: int | None) -> str:
    """Whole euros as they are read; null while nobody knows."""
    if amount is None:
        return _("kosten nog niet bekend")
    return _("%(amount)s euro") % {"amount": number_format(amount, force_grouping=True)} if amount else _("kost niets")


def _listed(found: Opened) -> dict[UUID | None, str]:
    """The names of the organizations behind contacts and actions that are listed today, by their key; one query."""
    keys = {one.organization_id for one in found.contacts} | {one.organization_id for one in found.actions}
    return dict(Organization.objects.listed().filter(pk__in=keys).values_list("pk", "name"))


def _contacts(found: Opened, listed: Mapping[UUID | None, str]) -> list[Reached]:
    return [Reached(one, listed.get(one.organization_id, ""), weekly(one)) for one in found.contacts]


def _done(row: GapAction, listed: Mapping[UUID | None, str], today: date) -> Done:
    status = str(STATUSES[GapAction.Status(row.status)])
    is_late = row.status in OPEN and row.due_on < today
    return Done(row, listed.get(row.organization_id, ""), status, money(row.amount), is_late)


def _reach(row: BlockState, norm: BlockNorm) -> list[Figure]:
    unknown = _("niet bekend")
    means = [_("Gemeten in een rechte lijn. Een weg of water kan het verder maken.")]
    if norm.evening:
        means.insert(0, _("Van een plek die ook op een avond open is."))
    if norm.themes:
        means.insert(0, _("Van aanbod bij elk thema van de norm."))
    return [
        Figure(_("Inwoners die dichtbij genoeg wonen"), percentage(row.reached) or unknown, " ".join(means)),
        Figure(
            _("Inwoners van 65 jaar en ouder die dichtbij genoeg wonen"),
            percentage(row.reached_older) or unknown,
            _("Voor wie slecht ter been is, kan de weg toch te lang zijn."),
        ),
    ]


def _amounts(row: BlockState) -> list[Figure]:
    found = [Figure(_("Hoeveel er is"), said, _("Wat een inwoner gemiddeld heeft."))] if (said := amount(row)) else []
    if row.per_thousand is not None:
        meaning = _("Verdeeld over alle mensen die er ook bij kunnen, ook uit andere wijken.")
        found.append(Figure(_("Voor elke 1.000 inwoners"), in_words(row.per_thousand), meaning))
    return found


def _records(row: BlockState) -> list[Figure]:
    day = date_format(row.confirmed_on, "j F Y") if row.confirmed_on else _("nog niet")
    return [
        Figure(_("Gegevens die meetellen"), str(row.fresh), _("Ze zijn op tijd bevestigd.")),
        Figure(_("Gegevens die te oud zijn"), str(row.old), _("Ze tellen niet mee, ook al bestaan ze misschien nog.")),
        Figure(_("Laatst bevestigd"), day, _("Toen zei iemand dat het nog klopt.")),
    ]


def _evidence(piece: Piece, found: Opened, home: str) -> Evidence:
    folder = "aanbod" if piece.kind == "offering" else "plek"
    return Evidence(
        piece,
        f"{home}{folder}/{piece.slug}",
        _gives(piece, found.block),
        _confirmed(piece),
        _why_not(piece, found),
    )


def _gives(piece: Piece, block: int) -> str:
    """What a record counts for: its themes, or its open hours."""
    if block == BuildingBlock.MEETING_PLACES:
        said = (
            _("%(hours)s uur per week iets voor iedereen") if piece.is_of_its_own else _("%(hours)s uur per week open")
        )
        hours = said % {"hours": in_words(piece.amount)}
        return f"{hours}, {_('ook op een avond')}" if EVENING in piece.parts else hours
    return ", ".join(str(Theme(part).label) for part in piece.parts)


def _confirmed(piece: Piece) -> str:
    if piece.confirmed_on is None:
        return _("Nog nooit bevestigd")
    return _("Bevestigd op %(day)s") % {"day": date_format(piece.confirmed_on, "j F Y")}


def _why_not(piece: Piece, found: Opened) -> str:
    """Why a record does not count, "" where it does."""
    if piece.is_fresh or found.norm is None:
        return ""
    if piece.confirmed_on is None:
        return _("Het telt dus nog niet mee.")
    return ngettext(
        "Dat is %(number)s maand geleden of meer. Het telt dus niet mee.",
        "Dat is %(number)s maanden geleden of meer. Het telt dus niet mee.",
        found.norm.months,
    ) % {"number": found.norm.months}


def _look(row: BlockEvidence) -> Look:
    kind = BlockEvidence.Kind(row.kind)
    return Look(str(LOOKS[kind]), _quarter(row.on) if kind in IN_A_QUARTER else date_format(row.on, "j F Y"), row.note)


def _quarter(day: date) -> str:
    return _("kwartaal %(number)s van %(year)s") % {"number": (day.month + 2) // 3, "year": day.year}


def _help(named: Named, home: str) -> Help:
    folder = "aanbod" if named.kind in (Kind.OFFERING, Kind.INITIATIVE) else "plek"
    metres = number_format(round(named.metres, -1), force_grouping=True)
    address = f"{home}{folder}/{named.slug}" if named.slug else ""
    return Help(named, str(COULD_HELP[named.kind]), address, metres)
