"""What a resident can ask: a question in own words near a place, or a theme with filters."""

from typing import Any, Literal
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from samenspel.engine.matching import MAX_QUESTION
from samenspel.frontdoor.near import near
from samenspel.places.lookup import Near, UnknownPlace
from samenspel.socialmap.ask import Filters
from samenspel.sources.vocabulary import Theme

FIRST, MORE = 10, 50
"""How many offerings a page shows, and how many when the resident asks for more."""

WHEN: dict[str, Literal["", "today", "this_week"]] = {"": "", "vandaag": "today", "deze-week": "this_week"}


def _themes() -> list[tuple[str, str]]:
    """Give the themes that may be chosen; as a function, for a form copies its fields at every request."""
    return [("", ""), *((theme, theme) for theme in Theme.values)]


def _times() -> list[tuple[str, str]]:
    return [(key, key) for key in WHEN]


class BrowseForm(forms.Form):
    """Theme, filters and place; the only keys that an address may hold."""

    thema = forms.ChoiceField(
        required=False,
        choices=_themes,
        error_messages={"invalid_choice": gettext_lazy("Dit onderwerp kennen wij niet.")},
    )
    gratis = forms.BooleanField(required=False)
    drempelvrij = forms.BooleanField(required=False)
    wanneer = forms.ChoiceField(
        required=False,
        choices=_times,
        error_messages={"invalid_choice": gettext_lazy("Kies vandaag of deze week.")},
    )
    plaats = forms.CharField(
        required=False,
        max_length=80,
        error_messages={
            "max_length": gettext_lazy("De plaats is te lang. Typ alleen een postcode of de naam van een dorp of wijk.")
        },
    )
    meer = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.near: Near

    def clean_plaats(self) -> str:
        """Find the place; without one the centre of the municipality is meant."""
        typed: str = self.cleaned_data["plaats"]
        here = settings.MUNICIPALITY
        try:
            self.near = near(typed, at=timezone.now())
        except UnknownPlace as unknown:
            raise forms.ValidationError(str(unknown)) from unknown
        if self.near.municipality != here:
            raise forms.ValidationError(
                gettext("%(place)s ligt in een andere gemeente. Wij kennen alleen wat er hier is.")
                % {"place": self.near.label}
            )
        return typed

    @property
    def filters(self) -> Filters:
        chosen = self.cleaned_data
        return Filters(
            themes=(chosen["thema"],) if chosen["thema"] else (),
            free_only=chosen["gratis"],
            step_free_only=chosen["drempelvrij"],
            when=WHEN[chosen["wanneer"]],
            professional=chosen.get("professional", False),
        )

    @property
    def limit(self) -> int:
        return MORE if self.cleaned_data["meer"] else FIRST

    def kept(self, **changes: str) -> dict[str, str]:
        """Give what was chosen as plain pairs, with `changes`; an empty value leaves the key out."""
        chosen = {name: str(self.data.get(name, "")) for name in self.fields}
        return {name: value for name, value in (chosen | changes).items() if value}


class OwnWords(forms.CharField):
    """Text of a resident; the line ends of every browser count as one character."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class QuestionForm(BrowseForm):
    """A question in own words, always sent in the body: never in an address."""

    vraag = OwnWords(
        max_length=MAX_QUESTION,
        error_messages={
            "required": gettext_lazy("Typ eerst uw vraag. Een paar woorden is genoeg."),
            "max_length": gettext_lazy("Uw vraag is te lang. Maak hem korter: hooguit %(limit_value)d tekens."),
            "null_characters_not_allowed": gettext_lazy("In uw vraag staat een teken dat wij niet kunnen lezen."),
        },
    )
    professional = forms.BooleanField(required=False)
    opnieuw = forms.BooleanField(required=False)
    """The same question again: for more, in the other language, or on the way back."""

    def kept(self, **changes: str) -> dict[str, str]:
        """Give what was asked as plain pairs, marked as asked before."""
        return super().kept(**changes) | {"opnieuw": "1"}

    @property
    def is_again(self) -> bool:
        return bool(self.cleaned_data["opnieuw"] or self.cleaned_data["meer"])


def clean_address(path: str, data: QueryDict) -> str | None:
    """Give the address without keys that do not belong in one, or None when it is clean already."""
    known = {name: data[name] for name in data if name in BrowseForm.base_fields and data[name]}
    if len(known) == len(data) and all(len(values) == 1 for _name, values in data.lists()):
        return None
    return f"{path}?{urlencode(known)}" if known else path


def errors_of(form: forms.Form) -> list[dict[str, Any]]:
    """Give each error with the field it belongs to, in the order of the page."""
    order = ("vraag", "plaats", "thema", "wanneer")
    return [{"field": name, "text": form.errors[name][0]} for name in order if name in form.errors]
