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

from samenspel.frontdoor import near, people
from samenspel.frontdoor.parts import rendered
from samenspel.frontdoor.people import Person, person
from samenspel.people.contacts import contact_for
from samenspel.places.models import Area
from samenspel.socialmap.ask import Language

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
    brand: SafeString
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
    return _around(name or "", person(contact_for(None, municipality=municipality)), spoken)


@lru_cache(maxsize=8)
def _around(municipality: str, desk: Person | None, spoken: Language) -> Frame:
    other, other_name = OTHER_LANGUAGE[spoken]
    home = reverse("frontdoor:home")
    pages = {
        "municipality": municipality,
        "desk": desk,
        "home": home,
        "privacy": reverse("frontdoor:privacy"),
        "accessibility": reverse("frontdoor:accessibility"),
    }
    return Frame(
        municipality=municipality,
        desk=desk,
        other_language=other,
        other_language_name=other_name,
        home=home,
        search=reverse("frontdoor:search"),
        brand=rendered("frontdoor/brand.inc.html", pages),
        footer=rendered("frontdoor/footer.inc.html", pages),
    )


def empty_frame() -> Frame:
    """Give a frame without the store, for when the store itself is in trouble."""
    return _around("", None, language())


def forget() -> None:
    """Read the store again at the next page (for tests)."""
    _frame.cache_clear()
    _around.cache_clear()
    people.forget()
    near.forget()


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
    return f"/en{path}" if to == "en" else path.removeprefix("/en") or "/"
