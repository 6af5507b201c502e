"""Parts of a page that are rendered once and kept."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def rendered(template: str, context: dict[str, Any]) -> SafeString:
    """Render a part; the line end that closes its file is left out."""
    return SafeString(render_to_string(template, context).removesuffix("\n"))
