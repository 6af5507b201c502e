"""One result as a card: what is known of the offering, kept as HTML, and why it answers this question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samenspel.engine.matching import reason_sentence
from samenspel.frontdoor import words
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.maps import Point
from samenspel.frontdoor.parts import rendered
from samenspel.frontdoor.words import Fact, cost_fact
from samenspel.socialmap.ask import Language, Result
from samenspel.socialmap.entry import Entry
from samenspel.socialmap.models import Offering, Verification, YesNoUnknown
from samenspel.socialmap.phones import phones_of
from samenspel.sources.vocabulary import PyramidLayer

SOON = 2
"""How many coming dates a card shows."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a resident sees of one result: the title, the reason for this question, and the rest as HTML."""

    number: SafeString
    title: SafeString
    reason: str
    about: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the title and the rest of a card show, whatever was asked."""

    entry: Entry
    dates: tuple[datetime, ...]
    freshness: str
    confirmed_on: date | None
    confirmed_by_method: str
    today: date
    phone: str
    is_asked: bool
    """Whether it answers a question; then its name is a button that keeps the question for the way back."""


def cards(results: Sequence[Result], *, now: datetime, place_is_known: bool, is_asked: bool) -> tuple[Card, ...]:
    """Put results into words in the order they came, numbered from 1."""
    phones = phones_of((result.entry.id for result in results), at=now)
    today = now.astimezone(words.LOCAL).date()
    return tuple(
        _card(number, result, today, phones.get(result.entry.id, ""), place_is_known=place_is_known, is_asked=is_asked)
        for number, result in enumerate(results, start=1)
    )


def points(results: Sequence[Result]) -> tuple[Point, ...]:
    """Give the numbers that the map shows; what comes to your home or by phone has no spot."""
    return tuple(
        Point(number, entry.name, f"#aanbod-{number}", entry.latitude, entry.longitude)
        for number, entry in enumerate((result.entry for result in results), start=1)
        if entry.latitude is not None and entry.longitude is not None
    )


def _card(number: int, result: Result, today: date, phone: str, *, place_is_known: bool, is_asked: bool) -> Card:
    """Put one result into words, in the language of the request; no distance from a place that nobody gave."""
    shown = Shown(
        entry=result.entry,
        dates=result.next_dates[:SOON],
        freshness=result.freshness,
        confirmed_on=result.confirmed_on,
        confirmed_by_method=result.confirmed_by_method,
        today=today,
        phone=phone,
        is_asked=is_asked,
    )
    title, about = _kept(shown, language())
    return Card(SafeString(number), title, result.reason if place_is_known else _reason_without_distance(result), about)


@lru_cache(maxsize=4096)
def _kept(shown: Shown, _language: Language) -> tuple[SafeString, SafeString]:
    """Render what does not depend on the question; as all of it is in the key, a changed entry shows at once."""
    entry = shown.entry
    trust, is_sure = trust_line(shown.freshness, shown.confirmed_on, shown.confirmed_by_method)
    context = {
        "entry": entry,
        "href": reverse("frontdoor:offering", kwargs={"slug": entry.slug}),
        "is_asked": shown.is_asked,
        "phone": shown.phone,
        "phone_link": words.dialled(shown.phone),
        "facts": tuple(_facts(shown)),
        "join": words.sentence(", ".join(_thresholds(entry))) + ".",
        "trust": trust,
        "is_sure": is_sure,
    }
    return rendered("frontdoor/card_title.inc.html", context), rendered("frontdoor/card_about.inc.html", context)


def _reason_without_distance(result: Result) -> str:
    """Tell the reason again without a distance; without a question it starts with where it is, and so it stays."""
    told = reason_sentence(replace(result.why, distance_m=None), language())
    first, _, rest = told.partition(". ")
    return told if result.reason.startswith(first) else rest


def _facts(shown: Shown) -> Iterator[Fact]:
    entry = shown.entry
    if shown.dates:
        yield Fact(gettext("Wanneer"), soon(shown.dates, today=shown.today))
    yield Fact(gettext("Waar"), where(entry, entry.area))
    yield cost_fact(entry.cost_kind, entry.cost_cents, entry.cost_note)
    yield Fact(gettext("Door"), by_whom(entry.organization, entry.layer))


def soon(dates: tuple[datetime, ...], *, today: date) -> str:
    """Say the coming dates: "Dinsdag 24 november om 10.00 uur, daarna dinsdag 1 december"."""
    first, *later = dates
    said = words.sentence(words.moment(first, today=today))
    if not later:
        return said
    after = words.day_of_week(later[0].astimezone(words.LOCAL).date(), today=today)
    return gettext("%(first)s, daarna %(after)s") % {"first": said, "after": after}


def where(entry: Entry, around: str) -> str:
    """Say where it is: a place with the name around it, or that it comes to you."""
    if entry.delivery != Offering.Delivery.AT_PLACE:
        return words.sentence(str(Offering.Delivery(entry.delivery).label))
    return ", ".join(part for part in (entry.place, around) if part)


def by_whom(organization: str, layer: int | None) -> str:
    """Name the organization and, where known, what kind of people stand behind it."""
    return f"{organization} ({PyramidLayer(layer).label})" if layer else organization


def _thresholds(entry: Entry) -> Iterator[str]:
    """Say in words what makes it easy or hard to join; there is no door to pass when it comes to you."""
    yield str(Offering.SignUp(entry.sign_up).label)
    if entry.delivery != Offering.Delivery.AT_PLACE:
        return
    if entry.alone_welcome:
        yield gettext("u kunt alleen komen")
    if entry.step_free == YesNoUnknown.YES:
        yield gettext("een rolstoel kan naar binnen")
    elif entry.step_free == YesNoUnknown.NO:
        yield gettext("niet zonder drempels")


def trust_line(freshness: str, confirmed_on: date | None, method: str) -> tuple[str, bool]:
    """Say who made sure and when, and whether that is recent enough to count on."""
    if confirmed_on is None:
        return gettext("Nog door niemand bevestigd"), False
    said = {"day": words.day(confirmed_on), "how": str(Verification.Method(method).label)}
    if freshness == "stale":
        return gettext("Lang geleden bevestigd: op %(day)s (%(how)s)") % said, False
    return gettext("Laatst bevestigd op %(day)s (%(how)s)") % said, True
