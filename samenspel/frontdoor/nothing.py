"""When nothing is found, or nothing for part of a question: say so, and show where to go all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from math import cos, hypot, radians

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samenspel.engine.matching import FoundNeed
from samenspel.frontdoor import words
from samenspel.frontdoor.cards import soon
from samenspel.frontdoor.details import spot_of
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.parts import rendered
from samenspel.outcomes.missed import Missed, missed
from samenspel.places.lookup import Near
from samenspel.socialmap.ask import Answer, Filters, browse
from samenspel.socialmap.entrances import entrance_for
from samenspel.socialmap.models import MeetingPlace
from samenspel.sources.vocabulary import Theme


@dataclass(frozen=True, slots=True)
class Nearby:
    """Somewhere to go though it is no answer, with its page; `own_words` are of the organization, in Dutch."""

    name: str
    href: str
    said: str
    own_words: str = ""


def nothing_part(answer: Answer, *, narrowed: str, examples: Sequence[str], place: str, now: datetime) -> SafeString:
    """Say what was not found and, where there is no answer at all, what is near and how to ask otherwise.

    Empty when all was found, and where help must come at once: then nothing else is said.
    """
    said = tuple(_sentences(answer, missed(answer), is_narrowed=bool(narrowed)))
    if answer.urgent or not answer.is_complete or (answer.results and not said):
        return SafeString()
    is_empty = not answer.results
    context = {
        "said": said,
        "is_empty": is_empty,
        "narrowed": narrowed if is_empty else "",
        "nearby": tuple(_nearby(answer.near, now)) if is_empty else (),
        "examples": examples if is_empty and answer.question else (),
        "asked": bool(answer.question),
        "help": reverse("frontdoor:request"),
        "search": reverse("frontdoor:search"),
        "place": place,
    }
    return rendered("frontdoor/nothing.inc.html", context)


def _sentences(answer: Answer, found: Missed, *, is_narrowed: bool) -> Iterator[str]:
    if answer.question and not answer.needs and not answer.results:
        yield gettext("Wij begrepen uw vraag niet goed. Dat ligt niet aan u.")
    if found.nothing:
        in_part = gettext("Voor %(needs)s vonden wij niets dat past bij wat u koos.")
        at_all = gettext("Voor %(needs)s vonden wij in de buurt niets.")
        yield (in_part if is_narrowed else at_all) % {"needs": _named(found.nothing)}
    if found.far:
        far = gettext("Voor %(needs)s vonden wij dichtbij niets. Wat u hier ziet, is verder weg.")
        yield far % {"needs": _named(found.far)}
    if found.full:
        full = gettext("Voor %(needs)s is in de buurt nu alles vol. Bel gerust: soms komt er een plek vrij.")
        yield full % {"needs": _named(found.full)}


def _named(needs: Sequence[FoundNeed]) -> str:
    english = language() == "en"
    return words.listed([need.label_en if english else need.label for need in needs])


def _nearby(near: Near, now: datetime) -> Iterator[Nearby]:
    """The ingang of the area, the nearest place that is open today, and the first thing to meet people at."""
    entrance = entrance_for(near.neighborhood, municipality=near.municipality)
    if entrance and not entrance.place.is_closed(now):
        hours = " ".join(f"{line.said}." for line in words.hours_in_short(entrance.hours))
        yield Nearby(
            entrance.place.name,
            spot_of(entrance.place).href,
            gettext("Hier is elke vraag welkom. %(hours)s") % {"hours": hours},
        )
    ingang = entrance.place_id if entrance else None
    if place := _open_today(near, now, without=ingang):
        yield place
    for result in browse(near=near, at=now, limit=1, filters=Filters(themes=(Theme.MEET.value,))).results:
        today = now.astimezone(words.LOCAL).date()
        when = f"{soon(result.next_dates[:1], today=today)}." if result.next_dates else ""
        href = reverse("frontdoor:offering", kwargs={"slug": result.slug})
        yield Nearby(result.entry.name, href, when, result.entry.summary)


def _open_today(near: Near, now: datetime, *, without: object) -> Nearby | None:
    """The nearest meeting place that is open now or later today."""
    local = now.astimezone(words.LOCAL)
    places = MeetingPlace.objects.open(now).filter(municipality=near.municipality).exclude(pk=without)
    open_today = [(place, hours) for place in places for hours in place.hours if _is_left(hours, local)]
    if not open_today:
        return None
    place, _ = min(open_today, key=lambda one: (_apart(near, one[0]), one[0].name))
    times = words.listed([_span(hours) for other, hours in open_today if other == place])
    return Nearby(place.name, spot_of(place).href, gettext("Vandaag open: %(times)s.") % {"times": times})


def _span(hours: dict[str, str | int]) -> str:
    return words.from_to(time.fromisoformat(str(hours["opens"])), time.fromisoformat(str(hours["closes"])))


def _is_left(hours: dict[str, str | int], local: datetime) -> bool:
    return hours["weekday"] == local.weekday() and str(hours["closes"]) > f"{local:%H:%M}"


def _apart(near: Near, place: MeetingPlace) -> float:
    """The distance in degrees of latitude: enough to tell which is nearer."""
    east = (place.longitude - near.longitude) * cos(radians(near.latitude))
    return hypot(place.latitude - near.latitude, east)
