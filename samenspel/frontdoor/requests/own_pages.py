"""What a resident reads with a second code, in words: own text, circle, log of access, and the agreements on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.requests.log_words import did, who_did
from samenspel.frontdoor.requests.standing import Sure, holder_of, in_other_language, known, melding_words, today
from samenspel.handover.access_log import Happened, log_of
from samenspel.handover.circle import Partner, circle_of
from samenspel.handover.models import Handover
from samenspel.handover.second_code import Own
from samenspel.handover.shared import first_name
from samenspel.handover.terms import DAYS_KEPT
from samenspel.handover.told import ContactWay, Referrer

SHOWN = 100
"""Lines of the log: the last ones."""


@dataclass(frozen=True, slots=True)
class PartnerWords:
    """One of the circle, as the resident judges it."""

    id: str
    who: str = field(repr=False)
    text: str = field(repr=False)
    state: str
    does: str
    sees: str
    until: str
    ground: str
    asks: bool
    """It waits for the resident's yes."""


@dataclass(frozen=True, slots=True)
class LogLine:
    day: str
    what: str
    who: str


def own(opened: Own, *, code: str, second: str) -> dict[str, Any]:
    """The page behind the second code."""
    request, told = opened.request, opened.told
    circle = [_words(one) for one in circle_of(request)]
    return known(request, code) | in_other_language(code, second) | {
        "second": second,
        "told": told,
        "way": _way(told.way),
        "referrer": _work(told.referrer),
        "holder": holder_of(request),
        "asked": [one for one in circle if one.asks],
        "circle": [one for one in circle if not one.asks],
        "meldingen": [
            {"about": melding_kind(one.kind), "said": melding_words(one)}
            for one in request.meldingen.filter(closed_on=None).order_by("melded_on", "pk")
        ],
        "log": [_line(one) for one in log_of(request)[:SHOWN]],
        "days": [{"key": days, "label": gettext("%(days)d dagen") % {"days": days}} for days in DAYS_KEPT],
    }  # fmt: skip


def sure_to_stop(opened: Own, chosen: Handover, *, code: str, second: str) -> dict[str, Any]:
    """Ask once more before somebody is taken out of the circle."""
    who = next((one.who for one in circle_of(opened.request) if one.handover.pk == chosen.pk), "")
    text = gettext("%(who)s ziet dan niets meer van uw vraag. Het team ziet dat u stopt.") % {"who": who}
    fields = (("code", code), ("tweede", second), ("wie", str(chosen.pk)), ("doe", "stop"), ("zeker", "1"))
    sure = Sure(gettext("Wilt u stoppen met deze hulp?"), text, gettext("Ja, stop"),
                reverse("frontdoor:request-circle"), fields)  # fmt: skip
    return known(opened.request, code) | in_other_language(code, second) | {"sure": sure, "second": second}


def sheet(opened: Own) -> dict[str, Any]:
    """What goes on the sheet of agreements: who does what, until when, and sees what."""
    request, name = opened.request, first_name(opened.told.name)
    rows = [[one.who, one.does, one.until, one.sees] for one in _agreed(circle_of(request))]
    team = [request.team.name, gettext("is er voor u, en is te bellen"), words.day(request.ends_on),
            gettext("alles wat u schreef")]  # fmt: skip
    return {
        "language": language(),
        "title": gettext("Afspraken rond %(name)s") % {"name": name} if name else gettext("Mijn afspraken"),
        "lead": gettext("Deze mensen helpen mee. U bepaalt wie wat ziet. Stoppen mag altijd."),
        "head": [gettext("Wie"), gettext("Doet wat"), gettext("Tot en met"), gettext("Ziet wat")],
        "rows": [team, *rows],
        "call": gettext("Wilt u iets veranderen? Bel dan:"),
        "team": request.team.name,
        "phone": request.team.phone,
        "printed": gettext("Gedrukt op %(day)s.") % {"day": words.day(today())},
    }


def melding_kind(kind: str) -> str:
    return {
        "wmo": gettext("Hulp in huis, vervoer of een hulpmiddel"),
        "youth": gettext("Hulp voor een kind of gezin"),
        "debt": gettext("Schulden"),
    }[kind]


def _agreed(circle: Sequence[Partner]) -> list[PartnerWords]:
    return [_words(one) for one in circle if one.handover.state == Handover.State.ACCEPTED]


def _words(partner: Partner) -> PartnerWords:
    row = partner.handover
    contact = row.sees == Handover.Sees.CONTACT
    return PartnerWords(
        id=str(row.pk),
        who=partner.who or gettext("Iemand uit uw buurt"),
        text=partner.text,
        state=gettext("Doet mee") if row.state == Handover.State.ACCEPTED else gettext("Gevraagd, nog geen antwoord"),
        does=gettext("neemt uw vraag over") if row.kind == Handover.Kind.HOLDER else gettext("helpt mee"),
        sees=_sees(row, contact),
        until=words.day(row.until),
        ground=row.ground.name,
        asks=row.state == Handover.State.DRAFT,
    )


def _sees(row: Handover, contact: bool) -> str:
    """Who takes the question over reads all of it, whatever else was agreed."""
    if row.kind == Handover.Kind.HOLDER:
        return gettext("na het ja: alles wat u schreef")
    if contact:
        return gettext("de korte tekst, en na het ja uw voornaam en telefoonnummer")
    return gettext("alleen de korte tekst")


def _way(way: str) -> str:
    return {
        ContactWay.PHONE: gettext("Bel mij"),
        ContactWay.EMAIL: gettext("Stuur een e-mail"),
        ContactWay.POST: gettext("Stuur een brief"),
        ContactWay.VISIT: gettext("Ik bel zelf of kom langs"),
    }[ContactWay(way)]


def _work(referrer: str) -> str:
    """Who brought the question, by work; "" when the resident asked it."""
    return {
        Referrer.GP: gettext("huisarts"),
        Referrer.SCHOOL: gettext("school"),
        Referrer.NURSE: gettext("wijkverpleging"),
        Referrer.HOUSING: gettext("woningcorporatie"),
    }[Referrer(referrer)] if referrer else ""  # fmt: skip


def _line(one: Happened) -> LogLine:
    what = did(one.action)
    if one.times > 1:
        what = gettext("%(what)s (%(times)d keer)") % {"what": what, "times": one.times}
    return LogLine(words.day(one.on), what, who_did(one))
