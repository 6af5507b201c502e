"""Our own line pictograms, drawn on a field of 24 by 24; they only repeat what the words beside them say."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.safestring import SafeString, mark_safe

_FACE = '<circle cx="12" cy="12" r="8.5"/><path d="M9 9.7v.6M15 9.7v.6"/>'
_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "meet": ('<path d="M3.5 5.5h10v7h-5l-3 2.8v-2.8h-2z"/><path d="M16.5 9.5h4v7h-2v2.6l-2.8-2.6h-5.2v-1.3"/>'),
        "eat": (
            '<path d="M3.5 11.5h17a8.5 8.5 0 0 1-5.5 8h-6a8.5 8.5 0 0 1-5.5-8z"/>'
            '<path d="M9 8.5c-1.2-1.4 1.2-2.6 0-4.2M13 8.5c-1.2-1.4 1.2-2.6 0-4.2"/>'
        ),
        "move": (
            '<circle cx="13.5" cy="4.3" r="1.8"/><path d="M7 12.5l2.5-4 3.8-.6 2.2 3 3 .8"/>'
            '<path d="M12.5 8.2l-1 5.6 3.2 2.7.8 4.5M11.4 13.8l-1.4 3.4-3.5 3.3"/>'
        ),
        "create": (
            '<path d="M9 17.5V6l10.5-2v11.5"/><circle cx="6.5" cy="17.5" r="2.5"/>'
            '<circle cx="17" cy="15.5" r="2.5"/><path d="M9 9.5l10.5-2"/>'
        ),
        "care": (
            '<path d="M12 12.5C9 10.4 7.3 8.8 7.3 6.7A2.5 2.5 0 0 1 12 5.6a2.5 2.5 0 0 1 4.7 1.1'
            'c0 2.1-1.7 3.7-4.7 5.8z"/>'
            '<path d="M3.5 14.5h3l3 1.7h3.6a1.3 1.3 0 0 1 0 2.6H9.8M13.8 18.4l5-2.6a1.4 1.4 0 0 1 1.4 2.4'
            'L14 21.5H9l-2.5-1.2h-3"/>'
        ),
        "grief": (
            '<path d="M8 20.5v-9h8v9"/><path d="M5 20.5h14"/><path d="M12 11.5V9.3"/>'
            '<path d="M12 9.3c-1.8 0-2.4-1.8-1.5-3.3.5-.9 1.1-1.5 1.5-2.7.4 1.2 1 1.8 1.5 2.7.9 1.5.3 3.3-1.5 3.3z"/>'
        ),
        "money": ('<path d="M3.5 6.5h17v12h-17z"/><path d="M3.5 7l8.5 6.5L20.5 7"/>'),
        "learn": (
            '<path d="M12 6.5c-2-1.5-5-2-8.5-1.8v13.3c3.5-.2 6.5.3 8.5 1.8 2-1.5 5-2 8.5-1.8V4.7'
            'c-3.5-.2-6.5.3-8.5 1.8z"/><path d="M12 6.5v13.3"/>'
        ),
        "work": ('<path d="M3.5 8.5h17v10.5h-17z"/><path d="M8.5 8.5V5.5h7v3M3.5 13h17M12 12v2.2"/>'),
        "grow_up": (
            '<circle cx="8" cy="5.3" r="2.3"/><path d="M4.5 20.5v-8a3.5 3.5 0 0 1 7 0v8"/>'
            '<circle cx="17" cy="11" r="1.8"/><path d="M14.2 20.5v-4a2.8 2.8 0 0 1 5.6 0v4M11.5 13.5l2.9 2"/>'
        ),
        "home": ('<path d="M3.5 11.5L12 4.5l8.5 7"/><path d="M6 9.5v10.5h12V9.5"/><path d="M10 20v-5.5h4V20"/>'),
        "phone": (
            '<path d="M6.5 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2'
            'A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>'
        ),
        "check": '<path d="M4.5 12.5l5 5 10-11"/>',
        "warning": '<path d="M12 4L2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.3"/>',
        "load1": _FACE + '<path d="M7.8 13.5c1.2 3.4 7.2 3.4 8.4 0z"/>',
        "load2": _FACE + '<path d="M8.2 14c1.4 2.2 6.2 2.2 7.6 0"/>',
        "load3": _FACE + '<path d="M8.5 15h7"/>',
        "load4": _FACE + '<path d="M8.2 16.3c1.4-2.2 6.2-2.2 7.6 0"/>',
        "load5": _FACE + '<path d="M7.8 16.8c1.2-3.4 7.2-3.4 8.4 0M7.2 7.6l2.6 1M16.8 7.6l-2.6 1"/>',
        "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5l5 5"/>',
    }
)

NAMES = tuple(_SHAPES)


def pictogram(name: str) -> SafeString:
    """Give the SVG of a pictogram, hidden from screen readers; raises KeyError for an unknown name."""
    return mark_safe(  # noqa: S308  the shapes are the constants above
        '<svg class="samenspel-pictogram" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{_SHAPES[name]}</svg>"
    )
