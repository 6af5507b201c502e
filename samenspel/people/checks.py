"""Checks before a row is written: what is wrong, in which field, in plain Dutch.

The invariants stand in the models and the database holds them; this reads them out as one named error, and checks
what a column cannot (weekly hours, telephone numbers).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from functools import reduce
from operator import and_
from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samenspel.engine.bsn import holds_bsn

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{1,18}")
_LEAST_DIGITS = 8
"""Of the shortest number that rings somewhere, such as 0800-2000."""
_SHORT = re.compile(r"11[23]|116[0-9]{3}|140[0-9]{2,3}")
"""Emergency and helplines, and the number of a municipality: 14 and its area code."""
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc", "Mn")
"""Signs that show nothing by themselves: a reason of only these is none."""
_HOURS_KEYS = {"weekday", "opens", "closes", "note"}
MAX_NOTE = 120
MAX_HOURS = 50
MAX_TEXT = 4000
"""Characters of a description; a page of paper."""
SHORTEST_WORDS = 80
"""A column with room for fewer characters holds a code, a number or a key."""
_NUMBERED = ("document", "reference", "decision", "source")
"""Where a paper is named; its number may look like that of a person."""


class FactRefused(ValueError):
    """A value was refused: `field` is the field's name, `reason` says in Dutch what is wrong."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class HoursRefused(FactRefused):
    """Weekly hours are not in the form of `AreaContact.hours`."""


class OtherMunicipality(FactRefused):
    """A row of another municipality was named."""


def check_row(row: models.Model, *, skip: Sequence[str] = ()) -> None:
    """Check every field and constraint of an unsaved change; raises FactRefused for the first that fails."""
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if isinstance(value, str):
            _check_text(field, value)
    named = [field.name for field in row._meta.fields if field.is_relation]
    try:
        row.full_clean(exclude=[*named, *skip], validate_unique=False, validate_constraints=False)
        if not _conditions_hold(row, skip):
            row.validate_constraints(exclude=skip)
        for constraint in row._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                constraint.validate(type(row), row, exclude=set(skip))
    except ValidationError as error:
        raise _first(error) from error


def _conditions_hold(row: models.Model, skip: Sequence[str]) -> bool:
    """Ask the database about all conditions at once: one query a row instead of one for each condition."""
    conditions = [
        Q(constraint.condition)
        for constraint in row._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    against = row._get_field_expression_map(meta=row._meta, exclude=skip)  # type: ignore[attr-defined]
    return not conditions or reduce(and_, conditions).check(against)


def _check_text(field: "models.Field[Any, Any]", text: str) -> None:
    if any((ord(sign) < 32 and sign not in "\n\r\t") or "\ud800" <= sign <= "\udfff" for sign in text):
        raise FactRefused(field.name, _("hier staat een teken in dat niet kan"))
    if text and all(category(sign) in _UNSEEN for sign in text):
        raise FactRefused(field.name, _("hier staat niets wat te lezen is"))
    if isinstance(field, models.TextField) and len(text) > MAX_TEXT:
        raise FactRefused(field.name, _("dit is langer dan %(most)s tekens") % {"most": MAX_TEXT})
    if _holds_words(field) and holds_bsn(text):
        raise FactRefused(field.name, _("hier lijkt een burgerservicenummer te staan; haal dat weg"))


def _holds_words(field: "models.Field[Any, Any]") -> bool:
    return (
        type(field) in (models.CharField, models.TextField)
        and (field.max_length or MAX_TEXT) >= SHORTEST_WORDS
        and field.name not in _NUMBERED
    )


def _first(error: ValidationError) -> FactRefused:
    field, problems = next(iter(error.update_error_dict({}).items()))
    problem = problems[0]
    if field == "__all__":
        field = str(problem.code or "")
    return FactRefused(field, " ".join(problem.messages))


def check_same_municipality(municipality: str, **rows: models.Model | None) -> None:
    """Refuse a related row of another municipality; raises OtherMunicipality naming the field."""
    for field, row in rows.items():
        if row is not None and getattr(row, "municipality", municipality) != municipality:
            raise OtherMunicipality(field, _("dit hoort bij een andere gemeente"))


def check_phone(field: str, number: str) -> None:
    """Refuse what nobody can dial ("" is allowed); raises FactRefused."""
    digits = re.sub(r"[^0-9]", "", number)
    rings = len(digits) >= _LEAST_DIGITS or _SHORT.fullmatch(digits)
    if number and not (_PHONE.fullmatch(number) and rings):
        raise FactRefused(field, _("dit is geen telefoonnummer: gebruik cijfers, zoals 0320-555000"))


def check_hours(field: str, hours: Any) -> None:
    """Refuse weekly hours that are not a list of {weekday, opens, closes, note}; raises HoursRefused."""
    if not isinstance(hours, list) or len(hours) > MAX_HOURS:
        raise HoursRefused(field, _("dit is geen lijst van openingstijden"))
    for number, line in enumerate(hours, 1):
        if problem := _problem_of_hours(line):
            raise HoursRefused(field, _("regel %(number)s: %(problem)s") % {"number": number, "problem": problem})


def _problem_of_hours(line: Any) -> str:
    if not isinstance(line, Mapping) or not {"weekday", "opens", "closes"} <= set(line) <= _HOURS_KEYS:
        return _("geef weekday, opens en closes, en niets anders dan note")
    if type(line["weekday"]) is not int or not 0 <= line["weekday"] <= 6:
        return _("weekday is 0 (maandag) tot en met 6 (zondag)")
    clocks = (line["opens"], line["closes"])
    if not all(isinstance(clock, str) and _CLOCK.fullmatch(clock) for clock in clocks):
        return _("schrijf een tijd als 09:00")
    if time.fromisoformat(clocks[0]) >= time.fromisoformat(clocks[1]):
        return _("het sluit voordat het open gaat")
    if not isinstance(line.get("note", ""), str) or len(line.get("note", "")) > MAX_NOTE:
        return _("de opmerking is te lang")
    return ""


def whole_postcode(text: str) -> str:
    """A postcode as it is stored: "1234 ab" becomes "1234AB"."""
    return text.replace(" ", "").upper()


def free_slug(rows: models.QuerySet[Any], name: str, *, longest: int, otherwise: str) -> str:
    """A slug of `name` that no row of `rows` has; one query. `otherwise` serves a name without Latin letters."""
    stem = slugify(name)[: longest - 4].strip("-") or otherwise
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if slug not in taken)
