"""Forms of the agenda: a process, a moment, a document."""

from django import forms

from samenspel.cockpit.forms import a_day
from samenspel.policy.models import DecisionMoment, PolicyDocument, PolicyProcess
from samenspel.staff.forms import WorkForm

A_YEAR_LIKE = {"inputmode": "numeric"}


class ProcessForm(WorkForm):
    title = forms.CharField(label="Proces", max_length=160, help_text="Bijvoorbeeld: herijking subsidies.")
    text = forms.CharField(label="Waar gaat het over", max_length=4000, required=False, widget=forms.Textarea)
    framework_use = forms.ChoiceField(label="Gebruik van het kader", choices=PolicyProcess.FrameworkUse.choices)
    ended_on = a_day("Klaar sinds", required=False)


class MomentForm(WorkForm):
    what = forms.CharField(label="Wat gebeurt er", max_length=200, help_text="Bijvoorbeeld: raadsinformatieavond.")
    body = forms.ChoiceField(label="Wie is aan zet", choices=DecisionMoment.Body.choices)
    planned_on = a_day("Gepland op", help_text="Is alleen de maand of het kwartaal bekend? Kies dan een dag daarin.")
    precision = forms.ChoiceField(label="Hoe precies is dat", choices=DecisionMoment.Precision.choices)
    held_on = a_day("Geweest op", required=False)
    result = forms.CharField(label="Wat kwam eruit", max_length=4000, required=False, widget=forms.Textarea)


class DocumentForm(WorkForm):
    kind = forms.ChoiceField(label="Soort stuk", choices=PolicyDocument.Kind.choices)
    title = forms.CharField(label="Titel", max_length=200)
    dated_on = a_day("Datum van het stuk")
    year = forms.IntegerField(
        label="Jaar van het actieplan",
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs=A_YEAR_LIKE),
        help_text="Alleen bij een actieplan.",
        error_messages={
            "invalid": "schrijf een jaar als 2027",
            "min_value": "schrijf een jaar als 2027",
            "max_value": "schrijf een jaar als 2027",
        },
    )
    website = forms.URLField(
        label="Waar staat het",
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": "dit is geen webadres"},
    )
