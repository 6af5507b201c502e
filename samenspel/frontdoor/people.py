"""The person to reach, ready to show: every page that cannot help further names one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.parts import rendered
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.places.models import Area


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the area in words: who, phone with its link, when, where to walk in, who stands in.

    `away` says that the person is not there and who helps instead; then `helper` and the phone are the deputy's, and
    nothing leads to the person: no hours, place or mail. Else `helper` is the person.
    """

    name: str
    job: str
    area: str
    away: str
    helper: str
    phone: str
    phone_link: str
    email: str
    hours: tuple[words.Hours, ...]
    walk_in: str
    deputy: str
    deputy_phone: str
    deputy_link: str


def panel_near(neighborhood: Area | None, *, municipality: str, at: datetime) -> SafeString:
    """Show the person of an area, else of the municipality; reads the store at most once a minute for each.

    Empty when there is nobody.
    """
    return _panel(neighborhood, municipality, get_language() or "", int(at.timestamp() // 60))


def person_near(neighborhood: Area | None, *, municipality: str, at: datetime) -> Person | None:
    """Give the person of an area, else of the municipality; reads the store at most once a minute for each."""
    return _person(neighborhood, municipality, get_language() or "", int(at.timestamp() // 60))


@lru_cache(maxsize=512)
def _panel(neighborhood: Area | None, municipality: str, language: str, minute: int) -> SafeString:
    found = _person(neighborhood, municipality, language, minute)
    return rendered("frontdoor/person.inc.html", {"person": found}) if found else SafeString()


@lru_cache(maxsize=512)
def _person(neighborhood: Area | None, municipality: str, _language: str, _minute: int) -> Person | None:
    return person(contact_for(neighborhood, municipality=municipality))


def forget() -> None:
    """Read the store again at the next page (for tests)."""
    _panel.cache_clear()
    _person.cache_clear()


def person(contact: AreaContact | None) -> Person | None:
    """Put a contact into words; reads its area, so it must have been fetched along."""
    if contact is None:
        return None
    if contact.away:
        return _deputy(contact)
    return Person(
        name=contact.name,
        job=_job(contact),
        area=contact.area.name,
        away="",
        helper=contact.name,
        phone=contact.phone,
        phone_link=words.dialled(contact.phone),
        email=contact.email,
        hours=words.hours_in_short(contact.hours),
        walk_in=contact.walk_in,
        deputy=contact.deputy_name,
        deputy_phone=contact.deputy_phone,
        deputy_link=words.dialled(contact.deputy_phone),
    )


def _deputy(contact: AreaContact) -> Person:
    said = gettext("%(name)s is er nu niet. %(deputy)s helpt u.")
    return Person(
        name=contact.name,
        job=_job(contact),
        area=contact.area.name,
        away=said % {"name": contact.name, "deputy": contact.helper},
        helper=contact.helper,
        phone=contact.helper_phone,
        phone_link=words.dialled(contact.helper_phone),
        email="",
        hours=(),
        walk_in="",
        deputy="",
        deputy_phone="",
        deputy_link="",
    )


def _job(contact: AreaContact) -> str:
    return gettext("%(job)s voor %(area)s") % {"job": contact.get_job_title_display(), "area": contact.area.name}
