"""Forms of the framework: its head, the words of a part, a threshold as a sentence, and an example."""

from typing import Any, cast

from django import forms

from samenspel.cockpit.framework_words import ONE_OF, fact_choices, measure_choices, outcome, sentence
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.cases import OUTCOMES
from samenspel.engine.roles.facts import DECIDING, MEASURES
from samenspel.engine.roles.schema import COMPARED
from samenspel.engine.roles.shipped import names, shipped
from samenspel.policy.drafting import ADDABLE, CaseFacts, HeadFacts, PartFacts, ThresholdFacts
from samenspel.staff.forms import WorkForm

_MOST = 2_000
ANSWERS = (("yes", "Ja"), ("no", "Nee"), ("unknown", "Weet ik niet"))


def _text(label: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=_MOST, required=required, help_text=help_text, widget=widget)


def day(label: str, help_text: str = "") -> forms.DateField:
    """A day, in the browser's own way to choose one."""
    widget = forms.DateInput(attrs={"type": "date", "class": "utrecht-textbox"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, widget=widget, error_messages={"invalid": "kies een dag die bestaat"}
    )


class HeadForm(WorkForm):
    title = forms.CharField(label="Titel", max_length=120)
    of = forms.CharField(label="Van wie", max_length=120, help_text="Bijvoorbeeld: gemeente Markerwaard.")
    document = forms.CharField(
        label="Waar staat de tekst", max_length=200, help_text="Naam en nummer van het stuk, zodat ieder het vindt."
    )
    summary = _text("Kort: wat wil dit kader", rows=5)
    since = day("Geldt vanaf")
    extends = forms.MultipleChoiceField(
        label="Bouwt op",
        widget=forms.CheckboxSelectMultiple,
        help_text="U neemt de woorden van deze kaders over. Daarna kunt u ze veranderen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, f"{shipped(name).title} ({shipped(name).of})") for name in names()]
        cast(forms.MultipleChoiceField, self.fields["extends"]).choices = known

    def facts(self) -> HeadFacts:
        return HeadFacts(**{**self.cleaned_data, "extends": tuple(self.cleaned_data["extends"])})


class PartForm(WorkForm):
    """The words of a part; a question has two more."""

    name = forms.CharField(label="Naam", max_length=120)
    text = _text("Tekst", rows=4, help_text="Schrijf korte zinnen. Iedereen kan dit lezen.")
    question = forms.CharField(label="De vraag in het rolgesprek", max_length=300)
    why = _text("Waarom u dit vraagt", rows=2)
    source = forms.CharField(label="Waar staat dit", max_length=200, help_text="Bijvoorbeeld: §5.B, principe 2.")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != "fact":
            del self.fields["question"], self.fields["why"]

    def facts(self) -> PartFacts:
        return PartFacts(**{key: value for key, value in self.cleaned_data.items() if key != "kind"})


class NewPartForm(PartForm):
    kind = forms.ChoiceField(label="Wat voegt u toe", choices=[(kind, ONE_OF[kind]) for kind in ADDABLE])
    field_order = ("kind", "name", "text", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kind="", **kwargs)


class ThresholdForm(WorkForm):
    """Reads as a sentence: from a day on a fact is true if a measure is at least a number."""

    id = forms.ChoiceField(
        label="Is het een nieuwe drempel",
        required=False,
        help_text="Een oude waarde blijft gelden tot de dag van de nieuwe.",
    )
    since = day("Vanaf")
    fact = forms.ChoiceField(label="is dit waar")
    measure = forms.ChoiceField(label="als", choices=measure_choices)
    comparison = forms.ChoiceField(label="dit is", choices=list(COMPARED.items()))
    value = forms.FloatField(
        label="Getal",
        min_value=0,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "vul een getal in, zoals 10", "min_value": "vul een getal van nul of meer in"},
    )
    text = _text("In uw eigen woorden", rows=2, required=False, help_text="Zo staat het op de pagina voor iedereen.")
    source = forms.CharField(label="Waar staat dit", max_length=200, help_text="Het besluit of de paragraaf.")

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = {each.id: each for each in sorted(framework.thresholds, key=lambda each: each.since)}
        known = [(each.id, f"Nee, in plaats van: {sentence(each, framework)}") for each in newest.values()]
        cast(forms.ChoiceField, self.fields["id"]).choices = [("", "Ja, een nieuwe"), *known]
        cast(forms.ChoiceField, self.fields["fact"]).choices = fact_choices(framework)

    def facts(self) -> ThresholdFacts:
        return ThresholdFacts(**self.cleaned_data)


class CaseForm(WorkForm):
    """An example: what is at stake, the answers, and the advice that is right."""

    title = forms.CharField(label="Titel", max_length=120)
    story = _text("Wat speelt er", help_text="Noem geen personen.")
    shows = _text("Welke zin uit het kader laat dit zien", rows=2)
    source = forms.CharField(label="Waar staat die zin", max_length=200)

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in DECIDING:
            part = framework.part("fact", fact)
            self.fields[fact] = forms.ChoiceField(
                label=part.question or part.name,
                choices=ANSWERS,
                initial="unknown",
                widget=forms.RadioSelect,
            )
        for measure, unit in MEASURES.items():
            self.fields[f"measure_{measure}"] = forms.FloatField(
                label=unit[0].upper() + unit[1:],
                min_value=0,
                required=False,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "utrecht-textbox"}),
                error_messages={"invalid": "vul een getal in", "min_value": "vul een getal van nul of meer in"},
            )
        self.fields["expect"] = forms.ChoiceField(
            label="Welk advies hoort hierbij",
            choices=[(str(key), outcome(key, framework)) for key in OUTCOMES],
            help_text="Komt er iets anders uit? Dan zegt Samenspel dat.",
        )
        self.fields["expect"].widget.attrs["class"] = "samenspel-select"

    def facts(self) -> CaseFacts:
        given = self.cleaned_data
        return CaseFacts(
            **{key: given[key] for key in ("title", "story", "shows", "source", "expect")},
            answers={fact: given[fact] for fact in DECIDING if given[fact] != "unknown"},
            measures={
                measure: given[f"measure_{measure}"] for measure in MEASURES if given[f"measure_{measure}"] is not None
            },
        )

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The fields in parts that fit on a screen."""
        numbers = [self[f"measure_{measure}"] for measure in MEASURES]
        return [
            ("verhaal", "Het verhaal", [self[key] for key in ("title", "story", "shows", "source")]),
            ("antwoorden", "De antwoorden", [self[fact] for fact in DECIDING]),
            ("getallen", "Getallen, als u die heeft", numbers),
            ("advies", "Het advies", [self["expect"]]),
        ]


class PublishForm(WorkForm):
    adopted_by = forms.CharField(
        label="Wie stelde het vast", max_length=120, help_text="College of raad, met het nummer van het besluit."
    )
    note = forms.CharField(
        label="Wat is er anders, en waarom", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdviceForm(WorkForm):
    advice = forms.CharField(label="Het advies", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    advised_on = day("Dag van het advies")


class ReactionForm(WorkForm):
    reaction = forms.CharField(
        label="De reactie van het college", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    reacted_on = day("Dag van de reactie")
