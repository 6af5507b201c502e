"""The kinds of mail that have a template, and the few values that each takes.

A template names no theme, and nothing that a resident wrote goes in: a value is a day, a number, an address of our own,
or one short line (a code, the name of a team, its phone number).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

Value = date | int | str

KINDS: Mapping[str, frozenset[str]] = {
    "card": frozenset({"code", "link", "team", "phone", "next_on", "ends_on"}),
    "code": frozenset({"code", "minutes"}),
    "contact_made": frozenset({"on"}),
    "melding": frozenset({"link", "team", "phone", "on", "ends_on"}),
    "offered": frozenset({"link", "team", "phone", "ends_on"}),
    "password": frozenset({"link", "ends_on"}),
    "returned": frozenset({"link", "team"}),
    "silent": frozenset({"link", "team", "days"}),
    "unread": frozenset({"link", "team", "on", "ends_on"}),
    "waits": frozenset({"link", "team", "ends_on"}),
}
"""The names of the values of each kind: `mail/<kind>.<language>.txt` gets these and no others."""

LONGEST_LINE = 120
_DAYS, _NUMBERS = {"on", "next_on", "ends_on"}, {"minutes", "days"}


class WrongValue(ValueError):
    """A kind or language without a template, or a value that it may not be given; the message never holds the value."""


def words_of(kind: str, context: Mapping[str, Value], language: str) -> tuple[str, str]:
    """Subject and text of a mail; raises WrongValue."""
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        raise WrongValue(f"no mail {kind} in {language}")
    if set(context) != KINDS[kind]:
        raise WrongValue(f"mail {kind} takes {sorted(KINDS[kind])}, not {sorted(context)}")
    if wrong := [name for name, value in sorted(context.items()) if not _fits(name, value)]:
        raise WrongValue(f"mail {kind}: {', '.join(wrong)}")
    with translation.override(language):
        template = Engine.get_default().get_template(f"mail/{kind}.{language}.txt")
        text = template.render(Context(dict(context), autoescape=False))
    subject, _, body = text.partition("\n")
    return subject, body.lstrip("\n")


def _fits(name: str, value: Value) -> bool:
    if name in _DAYS:
        return isinstance(value, date) and not isinstance(value, datetime)
    if name in _NUMBERS:
        return isinstance(value, int)
    if not isinstance(value, str) or value.splitlines() != [value]:
        return False
    return value.startswith(f"{settings.ADDRESS}/") if name == "link" else len(value) <= LONGEST_LINE
