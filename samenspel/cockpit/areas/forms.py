"""Forms of wijkopgaven, networks and actions: their fields, and what they state."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from samenspel.cockpit.forms import a_day
from samenspel.cockpit.numbers import as_typed, number_of
from samenspel.people.models import Organization
from samenspel.policy.challenges import PartnerFacts, judged
from samenspel.policy.gaps import GapFacts
from samenspel.policy.models import ChallengePartner, GapAction, PartnerPromise
from samenspel.policy.networks import NetworkFacts
from samenspel.socialmap.wijk import wijken
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.forms import WorkForm

MOST = 2_000_000_000
"""Euros; what the column holds."""
NO_PERSONS = "Schrijf geen namen van personen op."
LATER_SAYS_WHY = f"Wordt de dag later? Schrijf hier waarom. Iedereen kan dit lezen. {NO_PERSONS}"


def how_it_goes() -> forms.CharField:
    """The field in which a commitment tells its progress, or why its day moved."""
    return forms.CharField(
        label="Hoe gaat het",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=LATER_SAYS_WHY,
    )


class ChallengeForm(WorkForm):
    area = forms.ChoiceField(label="Wijk")
    title = forms.CharField(
        label="Wijkopgave", max_length=160, help_text="Wat moet hier beter? In een paar woorden, zoals: veilig spelen."
    )
    text = forms.CharField(
        label="Toelichting",
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        help_text=f"Iedereen kan dit lezen. {NO_PERSONS}",
    )
    seen_by = forms.CharField(
        label="Waaraan ziet u dat het beter gaat",
        max_length=200,
        required=False,
        help_text="Een cijfer of een teken, met de bron.",
    )
    began_on = a_day("Begonnen op")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "area", areas)


class EndChallengeForm(WorkForm):
    ended_on = a_day("Klaar op")
    result = forms.CharField(
        label="Wat kwam eruit",
        max_length=4000,
        widget=forms.Textarea,
        help_text=f"Ook als het niet lukte. Iedereen kan dit lezen. {NO_PERSONS}",
    )


class PartnerForm(WorkForm):
    kind = forms.ChoiceField(label="Soort", choices=ChallengePartner.Kind.choices)
    organization = forms.ModelChoiceField(
        label="Organisatie van de kaart",
        queryset=Organization.objects.none(),
        required=False,
        empty_label="Staat niet op de kaart",
    )
    name = forms.CharField(
        label="Naam",
        max_length=120,
        required=False,
        help_text=f"Alleen voor een partner die niet op de kaart staat. {NO_PERSONS}",
    )

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_organizations(self, "organization", municipality)

    def facts(self) -> PartnerFacts:
        return PartnerFacts(**self.cleaned_data)


class PromiseForm(WorkForm):
    what = forms.CharField(
        label="Wat belooft deze partner",
        max_length=200,
        help_text=f"Zo dat u later ziet of het is gedaan. {NO_PERSONS}",
    )
    due_on = a_day("Uiterlijk op")
    progress = how_it_goes()


class ClosePromiseForm(WorkForm):
    outcome = forms.ChoiceField(
        label="Is het nagekomen",
        choices=[one for one in PartnerPromise.State.choices if one[0] != PartnerPromise.State.OPEN],
        widget=forms.RadioSelect,
    )
    progress = forms.CharField(
        label="Wat kwam ervan",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Iedereen kan dit lezen. {NO_PERSONS}",
    )
    on = a_day("Sinds")


class NetworkForm(WorkForm):
    name = forms.CharField(label="Naam", max_length=120)
    members = forms.ModelMultipleChoiceField(
        label="Organisaties in deze wijk",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies wie meedoet. Personen houden wij niet bij.",
    )
    others = forms.ModelMultipleChoiceField(
        label="Organisaties van elders",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "samenspel-select", "size": 8}),
    )
    next_on = a_day("Volgende keer", required=False)

    def __init__(self, *args: Any, municipality: str, here: Iterable[Any], **kwargs: Any) -> None:
        """`here` are the ids of organizations of the wijk, and of members."""
        super().__init__(*args, **kwargs)
        listed, near = Organization.objects.listed().filter(municipality=municipality).order_by("name"), set(here)
        _offer(self, "members", listed.filter(pk__in=near))
        _offer(self, "others", listed.exclude(pk__in=near))

    def facts(self) -> NetworkFacts:
        given = self.cleaned_data
        members = sorted((*given["members"], *given["others"]), key=lambda one: str(one.name))
        return NetworkFacts(name=given["name"], members=tuple(members), next_on=given["next_on"])


class MeetingForm(WorkForm):
    on = a_day("Wanneer kwam het netwerk bij elkaar")
    organizations = forms.IntegerField(
        label="Hoeveel organisaties waren er",
        min_value=2,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "schrijf een getal als 8",
            "min_value": "een netwerk komt bij elkaar met twee of meer organisaties",
            "max_value": "dit zijn te veel organisaties",
        },
    )
    agreed = forms.CharField(
        label="Wat is afgesproken",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"{NO_PERSONS} Schrijf niets over een inwoner.",
    )
    next_on = a_day("Volgende keer", required=False)


class GapForm(WorkForm):
    class Cost:
        UNKNOWN, FREE, AMOUNT = "unknown", "free", "amount"

    area = forms.ChoiceField(label="Wijk")
    block = forms.TypedChoiceField(
        label="Bouwsteen",
        choices=[(number, str(label).capitalize()) for number, label in BuildingBlock.choices],
        coerce=int,
    )
    what = forms.CharField(label="Wat gaat er gebeuren", max_length=200, help_text=NO_PERSONS)
    owner = forms.CharField(
        label="Wie doet het",
        max_length=120,
        help_text="Een functie, geen naam. Bijvoorbeeld: verbinder van de wijk.",
    )
    organization = forms.ModelChoiceField(
        label="Organisatie", queryset=Organization.objects.none(), required=False, empty_label="Geen"
    )
    due_on = a_day("Klaar op")
    progress = how_it_goes()
    cost = forms.ChoiceField(
        label="Wat kost het",
        choices=[(Cost.UNKNOWN, "Nog niet bekend"), (Cost.FREE, "Het kost niets"), (Cost.AMOUNT, "Een bedrag")],
        initial=Cost.UNKNOWN,
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(
        label="Bedrag in hele euro's",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    status = forms.ChoiceField(
        label="Hoever is het",
        choices=[(one.value, str(one.label).capitalize()) for one in (GapAction.Status.PLANNED, GapAction.Status.BUSY)],
        widget=forms.RadioSelect,
        initial=GapAction.Status.PLANNED.value,
    )

    def __init__(self, *args: Any, municipality: str, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "area", areas)
        _offer_organizations(self, "organization", municipality)

    def clean_amount(self) -> int | None:
        typed = self.cleaned_data["amount"]
        if not typed:
            return None
        number = number_of(typed)
        if not number or not number.is_integer():
            raise forms.ValidationError("schrijf hele euro's, zoals 2500")
        if number > MOST:
            raise forms.ValidationError("dit bedrag is te hoog")
        return int(number)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_amount = given.get("amount") is not None
        if given.get("cost") == self.Cost.AMOUNT and not has_amount and "amount" not in self.errors:
            self.add_error("amount", "noem het bedrag")
        if given.get("cost") != self.Cost.AMOUNT and has_amount:
            self.add_error("cost", "kies “Een bedrag”, of haal het bedrag weg")
        return given

    def facts(self) -> GapFacts:
        given = {name: value for name, value in self.cleaned_data.items() if name != "cost"}
        return GapFacts(**{**given, "amount": 0 if self.cleaned_data["cost"] == self.Cost.FREE else given["amount"]})


class EndGapForm(WorkForm):
    status = forms.ChoiceField(
        label="Hoe is het afgelopen",
        choices=[(GapAction.Status.DONE.value, "Klaar"), (GapAction.Status.STOPPED.value, "Gestopt")],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label="Wat kwam eruit, of waarom stopte het",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_PERSONS,
    )


def gap_initial(gap_action: GapAction) -> dict[str, Any]:
    """An action as its form shows it."""
    cost = {None: GapForm.Cost.UNKNOWN, 0: GapForm.Cost.FREE}.get(gap_action.amount, GapForm.Cost.AMOUNT)
    return {
        **vars(GapFacts.of(gap_action)),
        "cost": cost,
        "amount": as_typed(gap_action.amount) if gap_action.amount else "",
    }


def areas_of(municipality: str, stands: str = "") -> list[tuple[str, str]]:
    """The judged wijken as a form offers them, and the other area where something already `stands`; 3 queries."""
    every = wijken(municipality)
    offered = {one.area.code: one.name for one in judged(every)}
    names = {one.area.code: one.name for one in every}
    if stands and stands not in offered:
        offered[stands] = f"{names.get(stands, stands)} (wordt niet bekeken)"
    return list(offered.items())


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _offer_organizations(form: forms.Form, name: str, municipality: str) -> None:
    _offer(form, name, Organization.objects.listed().filter(municipality=municipality).order_by("name"))


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    cast("forms.ModelChoiceField[Organization]", form.fields[name]).queryset = rows
