"""`{% house_style %}` links the icon and the stylesheets of every page; `{% theme %}` names the theme they follow."""

import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

_THEME_CLASS = re.compile(r"\.([a-z0-9-]+-theme)\b")


@register.simple_tag
@lru_cache(maxsize=1)
def house_style() -> SafeString:
    """Give the links; the addresses of static files stay the same for as long as a process lives."""
    context = {"has_own": settings.HOUSE_STYLE is not None}
    return SafeString(render_to_string("ui/house_style.inc.html", context).removesuffix("\n"))


@register.simple_tag
@lru_cache(maxsize=1)
def theme() -> str:
    """Give the classes under which tokens hold: the default theme, and the municipality's own over it.

    A token file of NL Design System states its tokens under one class that ends in "-theme".
    """
    if settings.HOUSE_STYLE is None:
        return "voorbeeld-theme"
    own = _THEME_CLASS.search((settings.HOUSE_STYLE / "theme.css").read_text(encoding="utf-8"))
    return f"voorbeeld-theme {own[1]}" if own else "voorbeeld-theme"
