"""What stands in the wijkgids: everything a resident without internet needs, for the coming three months."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from samenspel.engine.calendar import Occurrence
from samenspel.engine.matching import Urgent
from samenspel.frontdoor import words
from samenspel.frontdoor.cards import trust_line
from samenspel.frontdoor.details import access_of, pause, spot_of
from samenspel.frontdoor.people import Person, person
from samenspel.frontdoor.words import cost_fact
from samenspel.people.models import Recourse
from samenspel.socialmap.ask import Language
from samenspel.socialmap.models import Entrance, MeetingPlace, Offering, YesNoUnknown
from samenspel.socialmap.pages import contact_of
from samenspel.socialmap.schedules import happening, times_in_words
from samenspel.socialmap.trust import trust_in_offering
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.wijk import WijkPage, recourse_of
from samenspel.sources.vocabulary import Theme
from samenspel.ui.print.qr import qr_svg

SEASON = timedelta(days=91)
"""How long a printed guide is of use: a season."""

Happenings = Sequence[tuple[Occurrence, Offering]]


def guide_data(page: WijkPage, *, address: str, language: Language, now: datetime) -> dict[str, Any]:
    """Give the data of `paper/guide.typ`; `address` is the wijk's page. Three queries beside those of `page`."""
    season = happening(page.offerings, municipality=settings.MUNICIPALITY, start=now, end=now + SEASON)
    coming = {offering.pk for _, offering in season}
    offerings = [one for one in page.offerings if one.pk in coming or not one.schedules.all()]
    helper = person(page.contact)
    today = now.astimezone(words.LOCAL).date()
    return {
        "language": language,
        "words": _labels(),
        "title": gettext("Wat is er in %(area)s?") % {"area": page.wijk.name},
        "printed": gettext("Gedrukt op %(day)s.") % {"day": words.day(today)},
        "until": gettext("Na %(day)s kan dit anders zijn. Bel dan even.") % {"day": words.day(today + SEASON)},
        "address": address,
        "qr": qr_svg(address),
        "urgent": [_urgent(one, language) for one in _numbers()],
        "entrances": [entrance_on_paper(one) | {"access": access_of(one.place)} for one in page.open_entrances],
        "person": _person(helper),
        "recourse": [_recourse(one) for one in recourse_of(settings.MUNICIPALITY)],
        "themes": list(_themes(offerings, helper, now)),
        "places": [_place(one) for one in page.places],
        "days": list(_days(season)),
    }


def _labels() -> dict[str, str]:
    return {
        "contents": gettext("Wat staat waar?"),
        "now": gettext("Hulp nu meteen"),
        "entrance": gettext("Loop binnen of bel"),
        "no_entrance": gettext("Er is hier nog geen vaste plek om binnen te lopen."),
        "open": gettext("U kunt binnenlopen op:"),
        "host": gettext("Daar is:"),
        "call": gettext("Bel"),
        "person": gettext("Iemand die u op weg helpt"),
        "reach": gettext("Te bereiken op:"),
        "deputy": gettext("Niet bereikbaar? Bel dan:"),
        "recourse": gettext("Iemand die naast u staat"),
        "recourse_lead": gettext("Loopt het niet goed? Deze mensen helpen u. U mag ze altijd bellen."),
        "offerings": gettext("Wat is er te doen?"),
        "call_first": gettext("Bel eerst."),
        "full": gettext("Nu vol"),
        "places": gettext("Plekken in de buurt"),
        "days": gettext("Per dag"),
        "days_lead": gettext("Niet alles is elke week. Kijk op de bladzijde die erachter staat."),
        "page": gettext("bladzijde"),
        "more": gettext("Meer weten?"),
        "scan": gettext("Scan de code, of typ dit adres:"),
        "code": gettext("QR-code naar de pagina van deze buurt"),
        "nothing": gettext("Wij weten hier nog niets te doen. Bel ons. Wij zoeken met u mee."),
    }


def _numbers() -> list[Urgent]:
    """Give the lines to call at once, each number one time, in the order of the vocabulary (112 first)."""
    first: dict[str, Urgent] = {}
    for one in vocabulary().urgent:
        if one.phone:
            first.setdefault(one.phone, one)
    return list(first.values())


def _urgent(urgent: Urgent, language: Language) -> dict[str, str]:
    english = language == "en"
    return {
        "title": urgent.title_en if english else urgent.title,
        "text": urgent.text_en if english else urgent.text,
        "phone": urgent.phone,
    }


def entrance_on_paper(entrance: Entrance) -> dict[str, Any]:
    """Give the data of an ingang, as guide and poster print it."""
    return {
        "place": entrance.place.name,
        "lines": spot_of(entrance.place).address,
        "hours": [str(line) for line in words.hours_in_short(entrance.hours)],
        "host": entrance.host,
        "phone": entrance.phone,
        "note": entrance.note,
    }


def _person(found: Person | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "name": found.name,
        "job": found.job,
        "away": found.away,
        "phone": found.phone,
        "hours": [str(line) for line in found.hours],
        "walk_in": found.walk_in,
        "deputy": found.deputy,
        "deputy_phone": found.deputy_phone,
    }


def _recourse(recourse: Recourse) -> dict[str, str]:
    ways = (recourse.phone, recourse.email, words.site(recourse.website), recourse.address)
    return {
        "title": words.sentence(recourse.get_kind_display()),
        "name": recourse.name,
        "text": recourse.text,
        "ways": ", ".join(way for way in ways if way),
    }


def _themes(offerings: Sequence[Offering], helper: Person | None, now: datetime) -> Iterator[dict[str, Any]]:
    """Put each offering under its first theme; what has none comes under the first of all."""
    for theme in Theme:
        here = [one for one in offerings if (one.themes or [Theme.MEET])[0] == theme]
        if here:
            label = words.sentence(str(theme.label))
            yield {"label": label, "offerings": [_offering(one, helper, now) for one in here]}


def _offering(offering: Offering, helper: Person | None, now: datetime) -> dict[str, Any]:
    known = trust_in_offering(offering, now)
    trust, is_sure = trust_line(known.state, known.confirmed_on, known.method)
    return {
        "id": str(offering.pk),
        "name": offering.name,
        "summary": offering.summary,
        "is_full": offering.is_full,
        "facts": [[label, said] for label, said in _facts(offering, helper, now) if said],
        "trust": trust,
        "is_sure": is_sure,
    }


def _facts(offering: Offering, helper: Person | None, now: datetime) -> Iterator[tuple[str, str]]:
    cost = cost_fact(offering.cost_kind, offering.cost_cents, offering.cost_note)
    yield gettext("Wanneer"), words.sentence("; ".join(times_in_words(offering, at=now)))
    yield gettext("Even niet"), pause(offering, now=now)
    yield gettext("Waar"), _where(offering)
    yield gettext("Bellen"), _phone(offering, helper)
    yield cost.label, f"{cost.said} {cost.own_words}".strip()
    yield "", " ".join(f"{one}." for one in _thresholds(offering))
    yield gettext("Door"), offering.organization.name


def _thresholds(offering: Offering) -> Iterator[str]:
    """Say what makes it easy or hard to join, in one line: paper is short."""
    yield words.sentence(str(offering.get_sign_up_display()))
    if offering.delivery == Offering.Delivery.AT_PLACE:
        yield _step_free(offering)


def _where(offering: Offering) -> str:
    if offering.delivery == Offering.Delivery.AT_PLACE and offering.place:
        return ", ".join((offering.place.name, *spot_of(offering.place).address[:1]))
    return words.sentence(str(offering.get_delivery_display()))


def _phone(offering: Offering, helper: Person | None) -> str:
    """Give the group's own number, else that of the person of the area, so that a reader can always call."""
    contact = contact_of(offering)
    if contact.phone:
        return f"{contact.phone} ({contact.name})" if contact.name else contact.phone
    return f"{helper.phone} ({helper.helper})" if helper else ""


def _step_free(offering: Offering) -> str:
    known = offering.step_free
    if known == YesNoUnknown.UNKNOWN and offering.place:
        known = offering.place.step_free
    return {
        YesNoUnknown.YES: gettext("Een rolstoel kan naar binnen"),
        YesNoUnknown.NO: gettext("Er zijn drempels of trappen"),
    }.get(YesNoUnknown(known), gettext("Of een rolstoel naar binnen kan, weten wij niet"))


def _place(place: MeetingPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "lines": spot_of(place).address,
        "hours": [str(line) for line in words.hours_in_short(place.hours)],
        "phone": place.public_phone,
        "access": access_of(place),
    }


def _days(season: Happenings) -> Iterator[dict[str, Any]]:
    """Give what happens on each day of the week, in order of time; each offering once per day and time."""
    seen = {
        (one.start.weekday(), one.start.time(), one.end.time(), offering.name, str(offering.pk))
        for one, offering in season
    }
    for number in range(7):
        here = [
            {"times": words.from_to(start, end), "name": name, "id": pk}
            for weekday, start, end, name, pk in sorted(seen)
            if weekday == number
        ]
        if here:
            yield {"name": words.sentence(words.weekday(number)), "items": here}
