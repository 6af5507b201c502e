"""Opening hours as a week, in a form."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?: *uur)?")
_FEWEST, _MOST = 2, 10
"""How often a day may open: the page shows two, and more when there are more."""

WeekRow = dict[str, Any]
"""One day as it was typed: {"day", "weekday", "slots": [(opens, closes)], "note"}."""


class WeekTable(forms.Widget):
    """A table of seven days, each with two times from and to, and a remark."""

    template_name = "workspace/week.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, dict(attrs or {}))
        rows = value or rows_of([])
        context["widget"] |= {"rows": rows, "times": [n + 1 for n in range(len(rows[0]["slots"]))]}
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[WeekRow]:
        times = next((n for n in range(_MOST, _FEWEST, -1) if f"{name}-0-{n}-opens" in data), _FEWEST)
        return [
            {
                "day": str(WEEKDAYS[day]),
                "weekday": day,
                "slots": [
                    tuple(data.get(f"{name}-{day}-{n}-{edge}", "").strip() for edge in ("opens", "closes"))
                    for n in range(1, times + 1)
                ],
                "note": data.get(f"{name}-{day}-note", "").strip(),
            }
            for day in range(7)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False


class WeekField(forms.Field):
    """Weekly hours, in the form of `people.AreaContact.hours`."""

    widget = WeekTable

    def prepare_value(self, value: Any) -> Any:
        return rows_of(value) if value and "slots" not in value[0] else value

    def clean(self, value: list[WeekRow]) -> list[dict[str, Any]]:
        problems: list[str] = []
        lines = [line for row in value for line in _lines(row, problems)]
        if self.required and not lines and not problems:
            problems.append("vul ten minste één dag in")
        if problems:
            raise forms.ValidationError(problems)
        return lines


def rows_of(lines: list[dict[str, Any]]) -> list[WeekRow]:
    """Weekly hours as the seven rows of the table; remarks of one day stand in one cell."""
    per_day = [[line for line in lines if line["weekday"] == day] for day in range(7)]
    times = max(_FEWEST, *(len(day) for day in per_day))
    return [
        {
            "day": str(WEEKDAYS[number]),
            "weekday": number,
            "slots": [(line["opens"], line["closes"]) for line in day] + [("", "")] * (times - len(day)),
            "note": "; ".join(dict.fromkeys(line["note"] for line in day if line.get("note"))),
        }
        for number, day in enumerate(per_day)
    ]


def _lines(row: WeekRow, problems: list[str]) -> list[dict[str, Any]]:
    lines = []
    for typed in row["slots"]:
        if not any(typed):
            continue
        opens, closes = (_clock(text) for text in typed)
        if opens and closes and opens < closes:
            lines.append({"weekday": row["weekday"], "opens": opens, "closes": closes, "note": row["note"]})
        elif opens and closes:
            problems.append(f"{row['day']}: het sluit voordat het open gaat")
        else:
            problems.append(f"{row['day']}: vul een tijd in bij van en bij tot, zoals 9:00")
    return lines


def _clock(typed: str) -> str:
    """A time as it is kept: "9", "9.30" and "9:30 uur" become "09:00" and "09:30"; "" when it is no time."""
    found = _CLOCK.fullmatch(typed.lower())
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else ""
