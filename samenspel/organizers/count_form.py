"""What a group notes of one meeting: numbers only, no names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenspel.organizers.forms import DATES, refusal
from samenspel.outcomes.models import MOST
from samenspel.outcomes.own_counts import Counted
from samenspel.people.checks import FactRefused

LOADS = {
    1: _("licht"),
    2: _("goed te doen"),
    3: _("het gaat net"),
    4: _("zwaar"),
    5: _("te zwaar"),
}
"""How heavy it is, in the words beside the pictograms."""
_FIELDS = {"on": "dag", "came": "kwamen", "helpers": "hielpen", "members": "leden", "load": "zwaar"}


def _number(label: Any, *, is_needed: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=is_needed,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "utrecht-textbox"}),
        error_messages={
            "required": _("Vul een getal in. Kwam er niemand? Vul dan 0 in."),
            "invalid": _("Schrijf alleen een getal, zoals 12."),
            "min_value": _("Een getal kan niet onder 0 liggen."),
            "max_value": _("Dit getal is te groot. Het meeste is 10.000."),
        },
    )


class CountForm(forms.Form):
    """One meeting; all but the day and who came may stay empty."""

    use_required_attribute = False
    dag = forms.DateField(
        label=_("Welke dag?"),
        help_text=_("Bijvoorbeeld: 31-12-2026"),
        input_formats=DATES,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "utrecht-textbox"}),
        error_messages={"invalid": _("Schrijf een datum als 31-12-2026."), "required": _("Vul de datum in.")},
    )
    kwamen = _number(_("Hoeveel mensen kwamen er?"), is_needed=True)
    hielpen = _number(_("Hoeveel mensen helpen mee?"))
    leden = _number(_("Hoeveel leden heeft de groep?"))
    zwaar = forms.TypedChoiceField(
        label=_("Hoe zwaar is het voor wie het doet?"),
        choices=[*LOADS.items()],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Kies een van de antwoorden.")},
    )

    def counted(self) -> Counted:
        """The numbers; only of a valid form."""
        given = self.cleaned_data
        return Counted(came=given["kwamen"], helpers=given["hielpen"], members=given["leden"], load=given["zwaar"])

    def loads(self) -> list[dict[str, Any]]:
        """Each choice with the pictogram that repeats it."""
        return [{"option": option, "pictogram": f"load{number}"} for number, option in enumerate(self["zwaar"], 1)]

    def refuse(self, refused: FactRefused) -> None:
        """Put a refusal of the layers below beside its field."""
        self.add_error(_FIELDS[refused.field], refusal(refused))
