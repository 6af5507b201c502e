"""Numbers as people type and read them: with a comma, and with points between thousands."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext

from samenspel.engine.roles.cases import MOST_NUMBER
from samenspel.engine.roles.facts import MEASURES

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+", re.ASCII)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?", re.ASCII)
_BOTH = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+),([0-9]{1,2})", re.ASCII)


def number_of(text: str) -> float | None:
    """The number in a text ("1.250", "12,5", "€ 300"), None where it is none, or none that a case can have."""
    text = text.strip().removeprefix("€").strip()
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[., ]", "", text)
    elif both := _BOTH.fullmatch(text):
        text = f"{re.sub(r'[. ]', '', both[1])}.{both[2]}"
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return number if number < MOST_NUMBER else None


def as_typed(number: float) -> str:
    """A number for a field, as `number_of` reads it."""
    return f"{number:.2f}".removesuffix(".00").replace(".", ",")


def in_words(number: float) -> str:
    """As it is read: "1.250", "12,5"."""
    return str(number_format(round(number, 2), decimal_pos=0 if float(number).is_integer() else 2, force_grouping=True))


def measure_labels() -> dict[str, str]:
    """What each number of a case is, for a label."""
    return {
        "participants": gettext("Deelnemers"),
        "target_group": gettext("Mensen in de doelgroep"),
        "years_running": gettext("Jaren bezig"),
        "volunteers": gettext("Vrijwilligers nu"),
        "volunteers_before": gettext("Vrijwilligers een jaar eerder"),
        "amount": gettext("Gevraagd bedrag in euro"),
        "yearly_cost": gettext("Kosten per jaar in euro"),
        "own_income": gettext("Eigen inkomsten per jaar in euro"),
        "opening_hours": gettext("Uren open per week"),
    }


def measured(measures: dict[str, float]) -> list[tuple[str, str]]:
    """Label and number of what is known, in the order of the form."""
    labels = measure_labels()
    return [(labels[name], in_words(measures[name])) for name in MEASURES if name in measures]
