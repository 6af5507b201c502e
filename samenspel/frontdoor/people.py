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
    """Someone of the area in words: who, phone with its link, when, where to walk in, who stands in."""

    name: str
    job: str
    area: str
    phone: str
    phone_link: str
    email: str
    hours: tuple[str, ...]
    walk_in: str
    deputy: str
    deputy_phone: str
    deputy_link: str


def panel_near(neighborhood: Area | None, *, municipality: str, at: datetime) -> SafeString:
    """Show the person of an area, else of the municipality; reads the store at most once a minute for each.

    Empty when there is nobody.
    """
    return _near(neighborhood, municipality, get_language() or "", int(at.timestamp() // 60))


@lru_cache(maxsize=512)
def _near(neighborhood: Area | None, municipality: str, _language: str, _minute: int) -> SafeString:
    found = person(contact_for(neighborhood, municipality=municipality))
    return rendered("frontdoor/person.inc.html", {"person": found}) if found else SafeString()


def forget() -> None:
    """Read the store again at the next page (for tests)."""
    _near.cache_clear()


def person(contact: AreaContact | None) -> Person | None:
    """Put a contact into words; reads its area, so it must have been fetched along."""
    if contact is None:
        return None
    return Person(
        name=contact.name,
        job=_job(contact),
        area=contact.area.name,
        phone=contact.phone,
        phone_link=words.dialled(contact.phone),
        email=contact.email,
        hours=words.hours_in_short(contact.hours),
        walk_in=contact.walk_in,
        deputy=contact.deputy_name,
        deputy_phone=contact.deputy_phone,
        deputy_link=words.dialled(contact.deputy_phone),
    )


def _job(contact: AreaContact) -> str:
    return gettext("%(job)s voor %(area)s") % {"job": contact.get_job_title_display(), "area": contact.area.name}
