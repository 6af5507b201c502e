"""What pages about a wijk share: which one is meant, its name, and today."""

from datetime import date

from django.http import Http404
from django.utils import timezone

from samenspel.engine.calendar import ZONE
from samenspel.socialmap.wijk import Wijk, wijken

FILL_IN = "cockpit/areas/fill_in.html"
"""The page of a form: it wants `heading`, `back` (address and words) and `button`, and may have `lead`."""


def today() -> date:
    return timezone.now().astimezone(ZONE).date()


def a_wijk(municipality: str, slug: str) -> Wijk:
    """The wijk or kern that an address names, or 404; 3 queries."""
    for wijk in wijken(municipality):
        if wijk.slug == slug:
            return wijk
    raise Http404


def code_of(found: tuple[Wijk, ...], slug: str) -> str:
    """The code of the wijk with this slug, "" without one."""
    return next((one.area.code for one in found if one.slug == slug), "")


def names_of(found: tuple[Wijk, ...]) -> dict[str, str]:
    """What wijken are called, by code."""
    return {one.area.code: one.name for one in found}
