"""What was agreed, in words: how late something is, and what it costs."""

from django import template
from django.utils.translation import ngettext

from samenspel.cockpit.numbers import in_words

register = template.Library()

_IN_WEEKS_FROM = 14
"""Days; a longer time is said in whole weeks."""


@register.filter
def late_words(days: int) -> str:
    """ "3 dagen te laat" or "5 weken te laat"; "" for 0 days."""
    if not days:
        return ""
    if days < _IN_WEEKS_FROM:
        return ngettext("%(number)s dag te laat", "%(number)s dagen te laat", days) % {"number": days}
    weeks = days // 7
    return ngettext("%(number)s week te laat", "%(number)s weken te laat", weeks) % {"number": weeks}


@register.filter
def money_words(amount: int | None) -> str:
    """ "2.500 euro"; staff pages are in Dutch."""
    if amount is None:
        return "Kosten nog niet bekend"
    return f"{in_words(amount)} euro" if amount else "Kost niets"
