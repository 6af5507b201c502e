"""`{% house_style %}` links the icon and the stylesheets of every page."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1)
def house_style() -> SafeString:
    """Give the links; the addresses of static files stay the same for as long as a process lives."""
    return SafeString(render_to_string("ui/house_style.inc.html").removesuffix("\n"))
