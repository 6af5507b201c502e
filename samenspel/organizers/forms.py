"""What an organization may mend itself, in simple fields: text, phone, cost and times."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspel.engine.calendar import RecurrenceInvalid, parts_of
from samenspel.people.checks import FactRefused, check_phone
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.mending import Mended
from samenspel.socialmap.models import Offering, Schedule
from samenspel.socialmap.schedules import in_words

FUNCTION = "functie"
"""The field in which a visitor says what they do at the organization."""
CHOOSE = _("Kies wat u bij de groep doet.")
_DAYS = {
    "MO": _("maandag"),
    "TU": _("dinsdag"),
    "WE": _("woensdag"),
    "TH": _("donderdag"),
    "FR": _("vrijdag"),
    "SA": _("zaterdag"),
    "SU": _("zondag"),
}
_COSTS = (
    ("free", _("gratis")),
    ("voluntary", _("u geeft wat u kunt missen")),
    ("paid", _("het kost geld")),
    ("unknown", _("weten wij nog niet")),
)
_EUROS = re.compile(r"(?:€\s*)?(\d{1,4})(?:[.,](\d{2}))?")
_NEW = "nieuw"
_LOOKS = {forms.ChoiceField: "samenspel-select", forms.BooleanField: ""}
DATES = ("%d-%m-%Y", "%Y-%m-%d")
_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")


def function_of(data: Mapping[str, Any]) -> str:
    """The function that was chosen, "" for none or one that is not in the list."""
    chosen = str(data.get(FUNCTION, ""))
    return chosen if chosen in FUNCTIONS else ""


class MendForm(forms.Form):
    """One entry; each line of its times has its own fields, and one line more is empty.

    A weekly line may move to another day and an event to another date; of a line that recurs otherwise only the hours
    change here.
    """

    tekst = forms.CharField(
        label=_("Wat is het?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "class": "utrecht-textarea"}),
        error_messages={
            "required": _("Schrijf in een paar woorden wat het is."),
            "max_length": _("De tekst is te lang. Gebruik hooguit 200 tekens."),
        },
    )
    telefoon = forms.CharField(
        label=_("Telefoonnummer"),
        required=False,
        max_length=20,
        error_messages={"max_length": _("Het telefoonnummer is te lang.")},
    )
    kosten = forms.ChoiceField(
        label=_("Kost het geld?"), choices=_COSTS, error_messages={"invalid_choice": _("Kies een van de antwoorden.")}
    )
    bedrag = forms.CharField(
        label=_("Hoeveel per keer?"),
        help_text=_("Alleen als het geld kost. Bijvoorbeeld: 3,50"),
        required=False,
        max_length=12,
        error_messages={"max_length": _("Schrijf het bedrag als 3,50.")},
    )
    bedrag_uitleg = forms.CharField(
        label=_("Nog iets over de kosten?"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("De uitleg over de kosten is te lang. Gebruik hooguit 120 tekens.")},
    )

    def __init__(self, offering: Offering, today: date, data: QueryDict | None, *, function: str = "") -> None:
        self._today = today
        self._lines = dict(enumerate(sorted(offering.schedules.all(), key=lambda line: (line.starts_on, line.starts))))
        initial = {
            "tekst": offering.summary,
            "telefoon": offering.phone,
            "kosten": offering.cost_kind,
            "bedrag": f"{offering.cost_cents / 100:.2f}".replace(".", ",") if offering.cost_cents else "",
            "bedrag_uitleg": offering.cost_note,
            FUNCTION: function,
        }
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.fields["telefoon"].help_text = _phone_hint(offering)
        for number, line in self._shown():
            self._add_line(str(number), line)
        self._add_line(_NEW, None)
        self.fields[FUNCTION] = forms.ChoiceField(
            label=_("Wat doet u bij de groep?"),
            help_text=_("Uw naam hoeft niet. Dit komt bij het aanbod te staan."),
            choices=[("", _("Kies…")), *((one, one) for one in FUNCTIONS)],
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", _LOOKS.get(type(field), "utrecht-textbox"))

    def _shown(self) -> Iterator[tuple[int, Schedule]]:
        """The lines that are not over; the others stay as they are."""
        for number, line in self._lines.items():
            last = line.until if line.rrule else line.starts_on
            if last is None or last >= self._today:
                yield number, line

    def _add_line(self, key: str, line: Schedule | None) -> None:
        if line is None or (day := weekday_of(line)):
            days = [("", _("Kies…")), *_DAYS.items()] if line is None else list(_DAYS.items())
            self.fields[f"dag-{key}"] = forms.ChoiceField(
                label=_("Dag"), choices=days, required=line is not None, initial=day if line else ""
            )
        elif not line.rrule:
            self.fields[f"datum-{key}"] = forms.DateField(
                label=_("Datum"),
                initial=line.starts_on,
                input_formats=DATES,
                widget=forms.DateInput(format="%d-%m-%Y"),
                error_messages={"invalid": _("Schrijf een datum als 31-12-2026."), "required": _("Vul de datum in.")},
            )
        self.fields[f"van-{key}"] = _time(gettext("Van"), line.starts if line else None, is_needed=line is not None)
        self.fields[f"tot-{key}"] = _time(gettext("Tot"), line.ends if line else None, is_needed=line is not None)
        if line is not None:
            self.fields[f"weg-{key}"] = forms.BooleanField(label=_("Haal deze tijd weg"), required=False)

    def lines(self) -> list[dict[str, Any]]:
        """What the page shows of each line: its words and its fields; the last is the empty one."""
        shown = [(str(number), in_words(line, today=self._today)) for number, line in self._shown()]
        return [
            {
                "words": words,
                "fields": [
                    self[f"{name}-{key}"] for name in ("dag", "datum", "van", "tot") if f"{name}-{key}" in self.fields
                ],
                "remove": self[f"weg-{key}"] if f"weg-{key}" in self.fields else None,
            }
            for key, words in [*shown, (_NEW, "")]
        ]

    def clean_telefoon(self) -> str:
        typed: str = self.cleaned_data["telefoon"]
        try:
            check_phone("phone", typed)
        except FactRefused as refused:
            raise forms.ValidationError(refusal(refused)) from refused
        return typed

    def clean_bedrag(self) -> int | None:
        typed = self.cleaned_data["bedrag"]
        if not typed:
            return None
        match = _EUROS.fullmatch(typed)
        if not match:
            raise forms.ValidationError(_("Schrijf het bedrag als 3,50."))
        return int(match[1]) * 100 + int(match[2] or 0)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for key in [*(str(number) for number, _line in self._shown()), _NEW]:
            starts, ends = given.get(f"van-{key}"), given.get(f"tot-{key}")
            if starts and ends and starts >= ends and not given.get(f"weg-{key}"):
                self.add_error(f"tot-{key}", _("Het eindigt voordat het begint."))
        new = [given.get(f"{name}-{_NEW}") for name in ("dag", "van", "tot")]
        if any(new) and not all(new):
            self.add_error(f"dag-{_NEW}", _("Vul bij een nieuwe tijd de dag en beide tijden in."))
        return given

    def mended(self) -> Mended:
        """The facts as they are from now on; only of a valid form."""
        given = self.cleaned_data
        is_paid = given["kosten"] == Offering.CostKind.PAID
        return Mended(
            summary=given["tekst"],
            phone=given["telefoon"],
            cost_kind=given["kosten"],
            cost_cents=given["bedrag"] if is_paid else None,
            cost_note=given["bedrag_uitleg"],
            schedules=tuple(self._schedules()),
        )

    def _schedules(self) -> Iterator[ScheduleFacts]:
        given, shown = self.cleaned_data, dict(self._shown())
        for number, line in self._lines.items():
            if number not in shown:
                yield ScheduleFacts.of(line)
            elif not given[f"weg-{number}"]:
                yield self._mended_line(line, str(number))
        if given[f"dag-{_NEW}"]:
            yield ScheduleFacts(
                starts_on=self._today,
                starts=given[f"van-{_NEW}"],
                ends=given[f"tot-{_NEW}"],
                rrule=f"FREQ=WEEKLY;BYDAY={given[f'dag-{_NEW}']}",
            )

    def _mended_line(self, line: Schedule, key: str) -> ScheduleFacts:
        given = self.cleaned_data
        facts = replace(ScheduleFacts.of(line), starts=given[f"van-{key}"], ends=given[f"tot-{key}"])
        if f"datum-{key}" in given:
            return replace(facts, starts_on=given[f"datum-{key}"])
        day = given.get(f"dag-{key}", "")
        return facts if day == weekday_of(line) else replace(facts, rrule=f"FREQ=WEEKLY;BYDAY={day}")

    def refuse(self, refused: FactRefused) -> None:
        """Put a refusal of the layers below beside its field."""
        fields = {
            "summary": "tekst",
            "phone": "telefoon",
            "cost_kind": "kosten",
            "cost_cents": "bedrag",
            "cost_note": "bedrag_uitleg",
            "confirmed_by": FUNCTION,
        }
        self.add_error(fields.get(refused.field, f"van-{_NEW}"), refusal(refused))


def refusal(refused: FactRefused) -> str:
    """A refusal as a sentence."""
    return f"{refused.reason[:1].upper()}{refused.reason[1:]}."


def _phone_hint(offering: Offering) -> str:
    organization = offering.organization
    if organization.contact_shielded:
        return gettext("Uw contact is afgeschermd. Alleen het team van de buurt ziet dit nummer.")
    if organization.phone:
        return gettext("Dit nummer ziet iedereen. Laat u het leeg? Dan staat er: %(phone)s.") % {
            "phone": organization.phone
        }
    return gettext("Dit nummer ziet iedereen.")


def _time(label: str, value: time | None, *, is_needed: bool) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        initial=value,
        required=is_needed,
        input_formats=_TIMES,
        widget=forms.TimeInput(format="%H:%M"),  # a browser's own clock may speak of AM and PM
        error_messages={
            "required": _("Vul de tijd in, of haal deze regel weg."),
            "invalid": _("Schrijf een tijd als 10:00."),
        },
    )


def weekday_of(line: Schedule) -> str:
    """The one day ("TU") of a line that is simply every week; "" for any other."""
    try:
        parts = parts_of(line.rrule) if line.rrule else {}
    except RecurrenceInvalid:
        return ""
    if parts.get("FREQ") != "WEEKLY" or not set(parts) <= {"FREQ", "BYDAY"}:
        return ""
    day = parts.get("BYDAY", list(_DAYS)[line.starts_on.weekday()])
    return day if day in _DAYS else ""


class PauseForm(forms.Form):
    """Until when an entry is not there."""

    tot = forms.DateField(
        label=_("Vanaf welke dag is het er weer?"),
        help_text=_("Bijvoorbeeld: 31-12-2026"),
        input_formats=DATES,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "utrecht-textbox"}),
        error_messages={"invalid": _("Schrijf een datum als 31-12-2026."), "required": _("Vul de datum in.")},
    )
    use_required_attribute = False
