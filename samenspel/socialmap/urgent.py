"""Help that must come at once, read in words that get no answer: too long, or beside another mistake."""

from collections.abc import Sequence
from typing import Any

from samenspel.engine.matching import MAX_QUESTION, Urgent, understand
from samenspel.socialmap.vocabulary import vocabulary


def urgent_help_in(text: str, *, municipality: str) -> tuple[Urgent, ...]:
    """Help for right now when words ask for it, direct danger first.

    Of a text that is too long both ends are read: the cry may come last.
    """
    words = vocabulary(municipality)
    ends = dict.fromkeys((text[:MAX_QUESTION], text[-MAX_QUESTION:])) if text else ()
    found = dict.fromkeys(one for end in ends for one in understand(end, words).urgent)
    return tuple(sorted(found, key=lambda one: not one.direct_danger))


def urgent_data(urgent: Sequence[Urgent]) -> list[dict[str, Any]]:
    """The help in the keys that `samenspel ask --json` and the API share."""
    return [
        {"key": one.key, "title": one.title, "phone": one.phone, "text": one.text, "url": one.url,
         "direct_danger": one.direct_danger}
        for one in urgent
    ]  # fmt: skip
