"""What stands around every public page of this door: whose it is, the way home, and the other language."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from samenspel.socialmap.confirm import municipality_name


def around(path: str) -> dict[str, Any]:
    """The context of the frame; `path` is the address of the page in the language it is read in.

    `canonical` is that address without a query, so that search engines keep a page once and not once for each choice.
    """
    in_dutch = get_language() != "en"
    return {
        "municipality": municipality_name(settings.MUNICIPALITY),
        "home": "/" if in_dutch else "/en/",
        "canonical": settings.ADDRESS + path.partition("?")[0],
        "switch": f"/en{path}" if in_dutch else path.removeprefix("/en"),
        "other": ("en", "English") if in_dutch else ("nl", "Nederlands"),
    }
