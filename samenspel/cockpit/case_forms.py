"""Forms of a case at work: what it is about, who says a fact, the numbers, and the decision."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.formats import date_format

from samenspel.cockpit.conversation import heading, question
from samenspel.cockpit.forms import a_day
from samenspel.cockpit.numbers import as_typed, measure_labels, number_of
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice
from samenspel.people.models import Mandate
from samenspel.policy.deciding import Decided
from samenspel.policy.earlier import outcome_named
from samenspel.policy.mandates import about_roles, mandates_of_the_college
from samenspel.policy.models import Outcome, PolicyGoal, RoleCase, RoleDecision
from samenspel.socialmap.models import Offering
from samenspel.staff.forms import WorkForm

FOUND = 8
"""Activities that a search on the page shows."""
YEARS = 5
"""Years that the form of a decision has a field for: last year, this year and the three after it."""
ANSWERS = (("yes", "Ja"), ("no", "Nee"), ("unknown", "Weet ik niet"))
ABOUT_ROLES = "Over de rol van de gemeente"
ABOUT_OTHERS = "Noemt de rol niet: lees eerst of het past"
MAY_DECIDE = tuple(value for value in Outcome.values if value != Outcome.NOT_ENOUGH_KNOWN)


class Activity(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An activity of the social map, by its name and who offers it."""

    def label_from_instance(self, offering: Offering) -> str:
        return f"{offering.name} ({offering.organization.name})"


class CaseForm(WorkForm):
    title = forms.CharField(
        label="Waar gaat het over", max_length=120, help_text="In één regel, zonder namen van mensen."
    )
    story = forms.CharField(
        label="Wat er speelt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In gewone woorden. Schrijf niets over een persoon.",
    )
    goals = forms.ModelMultipleChoiceField(
        label="Doelen waar het aan bijdraagt",
        queryset=PolicyGoal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    search = forms.CharField(label="Zoek een activiteit van de sociale kaart", max_length=80, required=False)
    offering = Activity(
        label="Activiteit van de sociale kaart",
        queryset=Offering.objects.none(),
        required=False,
        empty_label="Geen",
        blank=True,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, municipality: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = PolicyGoal.objects.filter(municipality=municipality).order_by("title")
        kept = [goal.pk for goal in self.initial.get("goals", ())]
        holds = Q(ended_on__isnull=True) | Q(ended_on__gt=today) | Q(pk__in=kept)
        cast("forms.ModelMultipleChoiceField[PolicyGoal]", self.fields["goals"]).queryset = goals.filter(holds)
        cast(Activity, self.fields["offering"]).queryset = self._offerings(municipality)

    def _offerings(self, municipality: str) -> Any:
        """The one that was chosen, and the few that the search on the page found."""
        wanted = (
            (self.data.get("search", "") if self.is_bound else self.initial.get("search", ""))
            .replace("\x00", "")
            .strip()[:80]
        )
        rows = Offering.objects.filter(municipality=municipality).select_related("organization")
        ids = list(
            rows.filter(name__icontains=wanted).order_by("name").values_list("pk", flat=True)[:FOUND] if wanted else ()
        )
        chosen = self.data.get("offering") if self.is_bound else self.initial.get("offering")
        try:
            return rows.filter(pk__in=[*ids, *([chosen] if chosen else [])]).order_by("name")
        except ValidationError:  # what was sent as an id is none
            return rows.filter(pk__in=ids).order_by("name")


class SayForm(WorkForm):
    """One answer, with who said so and what shows it."""

    by = forms.CharField(
        label="Wie zegt dit", max_length=120, help_text="Een functie of organisatie, geen naam van een persoon."
    )
    evidence = forms.CharField(
        label="Waar blijkt dat uit",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: jaarverslag 2025, of een gesprek met het bestuur.",
    )


class NumberField(forms.CharField):
    """A number as people type it; "" where nothing was typed."""

    def clean(self, value: str) -> float | None:
        text = super().clean(value)
        number = number_of(text) if text else None
        if text and number is None:
            raise forms.ValidationError(f"“{text}” is geen getal van nul of meer")
        return number


class NumbersForm(WorkForm):
    """The numbers of a case and the facts that shape it; one source for what changed."""

    by = forms.CharField(
        label="Wie zegt dit",
        max_length=120,
        help_text="Een functie of organisatie. Dit geldt voor wat u hier verandert.",
    )
    evidence = forms.CharField(label="Waar blijkt dat uit", max_length=400, required=False)

    def __init__(self, *args: Any, case: RoleCase, facts: tuple[str, ...], framework: Framework, **kwargs: Any) -> None:
        initial = {name: as_typed(number) for name, number in case.measures.items()}
        initial |= {fact: case.facts.get(fact, {}).get("answer", "unknown") for fact in facts}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.case, self.named = case, facts
        for name, label in measure_labels().items():
            self.fields[name] = NumberField(
                label=label,
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "utrecht-textbox"}),
            )
        for fact in facts:
            asked = question(fact, framework)
            self.fields[fact] = forms.ChoiceField(
                label=asked.question,
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                help_text=f"{asked.why} ({asked.source})",
            )

    def numbers(self) -> Iterator[Any]:
        return (self[name] for name in measure_labels())

    def asked(self) -> Iterator[Any]:
        return (self[fact] for fact in self.named)

    def measures(self) -> dict[str, float]:
        found = {name: self.cleaned_data[name] for name in measure_labels()}
        return {name: number for name, number in found.items() if number is not None}

    def changed(self, on: date) -> dict[str, dict[str, str]]:
        """The facts that were answered otherwise than what is kept."""
        given = self.cleaned_data
        return {
            fact: {"answer": given[fact], "by": given["by"], "on": on.isoformat(), "evidence": given["evidence"]}
            for fact in self.named
            if given[fact] and given[fact] != self.case.facts.get(fact, {}).get("answer", "unknown")
        }


class _Grouped(ModelChoiceIterator):  # type: ignore[type-arg]
    """Mandates about roles first, then the others, each under its own words."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        mandates = list(self.queryset)
        marked = about_roles(mandates)
        for words, is_about in ((ABOUT_ROLES, True), (ABOUT_OTHERS, False)):
            if group := [self.choice(one) for one in mandates if (one.pk in marked) == is_about]:
                yield (words, group)


class MandateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A mandate by what it is for, who has it, where it stands and when it holds."""

    iterator = _Grouped

    def label_from_instance(self, mandate: Mandate) -> str:
        days = f"vanaf {date_format(mandate.valid_from, 'j F Y')}"
        if mandate.valid_until:
            days += f" tot en met {date_format(mandate.valid_until, 'j F Y')}"
        return f"{mandate.decision}: {mandate.team.name}, {mandate.reference}, {days}"


class DecisionForm(WorkForm):
    decided = forms.ChoiceField(label="Wat is er besloten", widget=forms.RadioSelect)
    decided_on = a_day("Op welke dag")
    body = forms.ChoiceField(label="Wie besloot", choices=RoleDecision.Body.choices, widget=forms.RadioSelect)
    mandate = MandateField(
        label="Met welk mandaat",
        queryset=Mandate.objects.none(),
        required=False,
        empty_label="Het college besloot zelf",
        help_text="Alleen als een functie met mandaat besloot. Het mandaat moet gelden op de dag van het besluit.",
    )
    reference = forms.CharField(
        label="Waar staat het besluit", max_length=120, help_text="Nummer van het collegebesluit of van de brief."
    )
    reason = forms.CharField(
        label="Waarom anders dan het advies",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig als u afwijkt van het advies.",
    )
    unequal_reason = forms.CharField(
        label="Waarom anders dan in een gelijk geval",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig als bij dezelfde feiten eerder iets anders is besloten.",
    )
    conditions = forms.MultipleChoiceField(
        label="Voorwaarden uit het advies", required=False, widget=forms.CheckboxSelectMultiple
    )
    own_conditions = forms.CharField(
        label="Eigen voorwaarden",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elk op een regel.",
    )
    evaluate_on = a_day(
        "Wanneer kijkt u terug", required=False, help_text="Nodig bij rol 2, 3 en 4: een dag na het besluit."
    )

    def __init__(
        self, *args: Any, municipality: str, advice: Advice, framework: Framework, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (outcome, ": ".join(filter(None, heading(outcome_named(outcome), framework)))) for outcome in MAY_DECIDE
        ]
        cast(forms.ChoiceField, self.fields["decided"]).choices = names
        cast(MandateField, self.fields["mandate"]).queryset = mandates_of_the_college(municipality)
        texts = [one.text for one in advice.conditions]
        cast(forms.MultipleChoiceField, self.fields["conditions"]).choices = [(text, text) for text in texts]
        self.years = [today.year - 1 + number for number in range(YEARS)]
        for year in self.years:
            self.fields[f"year_{year}"] = NumberField(
                label=f"Bijdrage in {year} in euro",
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "utrecht-textbox"}),
            )

    def plain(self) -> Iterator[Any]:
        """The fields before the money, in order."""
        return (field for field in self if not field.name.startswith("year_"))

    def money(self) -> Iterator[Any]:
        return (self[f"year_{year}"] for year in self.years)

    def decision(self) -> Decided:
        given = dict(self.cleaned_data)
        amounts = {year: given.pop(f"year_{year}") for year in self.years}
        own = given.pop("own_conditions").splitlines()
        given["conditions"] = [*given["conditions"], *own]
        return Decided(**given, amounts={year: round(euros) for year, euros in amounts.items() if euros is not None})
