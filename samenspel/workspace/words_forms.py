"""What an editor fills in about words."""

from typing import Any, cast

from django import forms

from samenspel.engine.matching import MAX_QUESTION
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.wording import PhraseFacts
from samenspel.staff.forms import WorkForm

NOT_OF_ONE = "Schrijf hier geen woorden van één bewoner over."

_EFFECTS = (
    (OwnPhrase.Effect.NAMES, "Wie dit zegt, bedoelt precies deze behoefte"),
    (OwnPhrase.Effect.HINTS, "Wie dit zegt, heeft vaak deze behoefte (telt voor 60%)"),
    (OwnPhrase.Effect.TAKES_BACK, "Wie dit zegt, bedoelt deze behoefte juist niet"),
    (OwnPhrase.Effect.ALARMS, "Wie dit zegt, moet meteen een hulplijn zien"),
)


class PhraseForm(WorkForm):
    text = forms.CharField(label="Zin of woord", max_length=100, help_text=f"Zoals mensen het zeggen. {NOT_OF_ONE}")
    effect = forms.ChoiceField(
        label="Wat betekent het",
        choices=[(one.value, label) for one, label in _EFFECTS],
        widget=forms.RadioSelect,
        initial=OwnPhrase.Effect.NAMES.value,
    )
    target = forms.ChoiceField(
        label="Behoefte of hulplijn", help_text="Een hulplijn kiest u alleen bij de laatste keus."
    )
    reason = forms.CharField(
        label="Waarom",
        max_length=200,
        help_text="Eén regel, voor uw collega's. Bijvoorbeeld: zo noemen wij hier het buurthuis.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = vocabulary()
        needs = sorted(((one.key, one.label) for one in words.needs.values()), key=lambda choice: choice[1].lower())
        helps = [(one.key, one.title) for one in words.urgent]
        choices = [("", "Kies"), ("Behoeften", needs), ("Dringende hulp", helps)]
        cast(forms.ChoiceField, self.fields["target"]).choices = choices

    def facts(self) -> PhraseFacts:
        return PhraseFacts(**self.cleaned_data)


class SearchForm(WorkForm):
    words = forms.CharField(label="Welke zin of welk woord?", max_length=100)


class QuestionForm(WorkForm):
    question = forms.CharField(
        label="Een vraag",
        max_length=MAX_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Verzin een vraag. {NOT_OF_ONE} Wij bewaren hem niet.",
    )


class PublicationForm(WorkForm):
    """The note, and which drafts the page showed: what changed meanwhile is looked at again first."""

    note = forms.CharField(label="Waarom nu", max_length=200, help_text="Eén regel, voor uw collega's.")
    drafts = forms.CharField(widget=forms.HiddenInput)


class WithdrawalForm(WorkForm):
    withdrawn_because = forms.CharField(label="Waarom trekt u dit in", max_length=200)
