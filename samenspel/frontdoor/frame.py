"""What stands around every page: the municipality's name, where to get help, the other language."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samenspel.frontdoor import maps, near, people
from samenspel.frontdoor.parts import rendered
from samenspel.frontdoor.people import Person, person
from samenspel.frontdoor.rights import Way, panel, ways
from samenspel.people.contacts import contact_for
from samenspel.places.models import Area
from samenspel.socialmap.ask import Language
from samenspel.socialmap.wijk import recourse_of

OTHER_LANGUAGE: dict[Language, tuple[Language, str]] = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}


@dataclass(frozen=True, slots=True)
class Frame:
    """The constant part of the pages in one language."""

    municipality: str
    desk: Person | None
    """Who answers for the whole municipality; absent when nobody has been set."""
    other_language: Language
    other_language_name: str
    home: str
    search: str
    help: str
    """Where a resident leaves a question for someone to call back about."""
    brand: SafeString
    leave: SafeString
    """The way out of the page at once."""
    ways: tuple[Way, ...]
    rights: SafeString
    """Independent help, complaint and objection in short."""
    footer: SafeString


def language() -> Language:
    """Give the language of the request."""
    return "en" if get_language() == "en" else "nl"


def frame(at: datetime) -> Frame:
    """Give the frame in the language of the request; reads the store at most once a minute."""
    return _frame(settings.MUNICIPALITY, language(), int(at.timestamp() // 60))


@lru_cache(maxsize=8)
def _frame(municipality: str, spoken: Language, _minute: int) -> Frame:
    name = (
        Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY)
        .order_by("-year")
        .values_list("name", flat=True)
        .first()
    )
    desk = person(contact_for(None, municipality=municipality))
    return _around(name or "", desk, ways(recourse_of(municipality)), spoken)


@lru_cache(maxsize=8)
def _around(municipality: str, desk: Person | None, known: tuple[Way, ...], spoken: Language) -> Frame:
    other, other_name = OTHER_LANGUAGE[spoken]
    home = reverse("frontdoor:home")
    pages = {
        "municipality": municipality,
        "desk": desk,
        "home": home,
        "privacy": reverse("frontdoor:privacy"),
        "accessibility": reverse("frontdoor:accessibility"),
        "at_desk": reverse("frontdoor:desk"),
        "refer": reverse("frontdoor:refer"),
        "own_circle": reverse("frontdoor:own-circle"),
        "themes": reverse("frontdoor:themes"),
        "wijken": reverse("frontdoor:wijken"),
        "rights": reverse("frontdoor:help-and-rights"),
        "leave": settings.EXIT,
    }
    return Frame(
        municipality=municipality,
        desk=desk,
        other_language=other,
        other_language_name=other_name,
        home=home,
        search=reverse("frontdoor:search"),
        help=reverse("frontdoor:request"),
        brand=rendered("frontdoor/brand.inc.html", pages),
        leave=rendered("frontdoor/leave.inc.html", pages),
        ways=known,
        rights=panel(known),
        footer=rendered("frontdoor/footer.inc.html", pages),
    )


def empty_frame() -> Frame:
    """Give a frame without the store, for when the store itself is in trouble."""
    return _around("", None, ways(()), language())


def forget() -> None:
    """Read the store again at the next page (for tests)."""
    _frame.cache_clear()
    _around.cache_clear()
    people.forget()
    near.forget()
    maps.forget()


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page inside its frame."""
    around = frame(timezone.now())
    return render(
        request,
        template,
        {"frame": around, "switch": switched(request.get_full_path(), around.other_language), **(context or {})},
        status=status,
    )


def switched(path: str, to: str) -> str:
    """Give the same page's address in the other language: Dutch has no prefix, English has /en."""
    if to == "en":
        return f"/en{path}"
    return "/" + path.removeprefix("/en").lstrip("/")  # two slashes would name another site
