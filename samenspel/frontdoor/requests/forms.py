"""What is asked of someone who leaves a question: for whom and where, then what, and how to react safely."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from samenspel.engine.bsn import holds_bsn
from samenspel.engine.matching import MAX_QUESTION
from samenspel.frontdoor.forms import OwnWords
from samenspel.frontdoor.near import near
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.terms import DAYS_KEPT
from samenspel.handover.told import ContactWay, Told
from samenspel.people.checks import FactRefused, check_phone
from samenspel.places.lookup import Near, UnknownPlace

MYSELF, KNOWS, UNAWARE = "mijzelf", "weet-ervan", "weet-het-niet"
ABOUT = {MYSELF: HelpRequest.About.SELF, KNOWS: HelpRequest.About.KNOWS}
WAYS = {"bellen": ContactWay.PHONE, "mailen": ContactWay.EMAIL, "post": ContactWay.POST, "langs": ContactWay.VISIT}
CHANNELS = {"": HelpRequest.Channel.WEB, "balie": HelpRequest.Channel.DESK, "telefoon": HelpRequest.Channel.PHONE}
MELDINGEN = {"hulp": Melding.Kind.WMO, "gezin": Melding.Kind.YOUTH, "schulden": Melding.Kind.DEBT}
NO_MELDING = "nee"
FIELDS_IN_ORDER = (
    "voor", "akkoord", "plaats", "vraag", "manier", "bereik", "naam", "bericht", "tijd", "onderzoek", "dagen", "code",
    "tweede", "soort", "hoort", "eigen", "adres",
)  # fmt: skip

_FEWEST_DIGITS = 10
_UNREADABLE = gettext_lazy("Hier staat een teken dat wij niet kunnen lezen.")
NO_BSN = gettext_lazy("Hier lijkt een burgerservicenummer te staan. Haal dat nummer weg. Wij vragen daar nooit om.")


def kept(longest: int, *, required: Any = "") -> OwnWords:
    """A text that is sealed; `required` is what to say when it is empty."""
    return OwnWords(
        required=bool(required),
        max_length=longest,
        error_messages={
            "required": required,
            "max_length": gettext_lazy("Dit is te lang. Houd het bij %(limit_value)d tekens."),
            "null_characters_not_allowed": _UNREADABLE,
        },
    )


def choice(keys: Any, text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(key, key) for key in keys],
        error_messages={"required": text, "invalid_choice": text},
    )


class PlaceForm(forms.Form):
    """Where the resident lives, which names the team."""

    plaats = kept(80)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.near: Near | None = None

    def clean_plaats(self) -> str:
        """Find the place of the question; who only wants advice may leave it out."""
        typed = str(self.cleaned_data["plaats"])
        try:
            self.near = _find(typed)
        except forms.ValidationError:
            if not self.is_only_advice:
                raise
        return typed

    @property
    def is_only_advice(self) -> bool:
        """Whether the resident does not know of it yet: then nothing is kept."""
        return False


class StartForm(PlaceForm):
    """For whom, and where."""

    field_order = ("voor", "plaats")

    voor = choice((MYSELF, KNOWS, UNAWARE), gettext_lazy("Kies voor wie u hulp zoekt."))

    @property
    def is_only_advice(self) -> bool:
        return self.cleaned_data.get("voor") == UNAWARE

    @property
    def channel(self) -> str:
        return CHANNELS.get(self.data.get("kanaal", ""), HelpRequest.Channel.WEB)


class TellForm(StartForm):
    """The question itself and the safe way to react."""

    voor = choice(ABOUT, gettext_lazy("Kies voor wie u hulp zoekt."))
    vraag = kept(MAX_QUESTION, required=gettext_lazy("Schrijf op waar het over gaat. Een paar woorden is genoeg."))
    manier = choice(WAYS, gettext_lazy("Kies hoe wij u kunnen bereiken."))
    bereik = kept(200)
    naam = kept(80)
    bericht = choice(("ja", "nee"), gettext_lazy("Kies of er een bericht mag achterblijven."))
    tijd = kept(200)
    onderzoek = forms.ChoiceField(
        required=False,
        choices=[(key, key) for key in (NO_MELDING, *MELDINGEN)],
        error_messages={"invalid_choice": gettext_lazy("Kies uit de lijst, of kies nee.")},
    )
    dagen = choice(map(str, DAYS_KEPT), gettext_lazy("Kies hoe lang wij uw vraag bewaren."))
    kenmerk = forms.UUIDField()

    def clean(self) -> dict[str, Any]:
        """Check the address for the chosen way, and refuse a BSN wherever it stands."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if problem := _problem_of_reach(given.get("manier", ""), given.get("bereik", "")):
            self.add_error("bereik", problem)
        for name in ("vraag", "bereik", "naam", "tijd"):
            if name in given and holds_bsn(given[name]):
                self.add_error(name, NO_BSN)
        return given

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            text=given["vraag"],
            name=given["naam"],
            way=WAYS[given["manier"]],
            reach=given["bereik"],
            may_leave_message=given["bericht"] == "ja",
            when=given["tijd"],
            language="en" if self.data.get("taal") == "en" else "nl",
        )

    @property
    def melding(self) -> Melding.Kind | None:
        """What the municipality is asked to look into; None when nothing."""
        return MELDINGEN.get(self.cleaned_data["onderzoek"])

    @property
    def token(self) -> UUID:
        token: UUID = self.cleaned_data["kenmerk"]
        return token


class CodeForm(forms.Form):
    """The code on the card."""

    code = kept(40, required=gettext_lazy("Typ de code die op uw kaart staat."))


class OwnForm(CodeForm):
    """The second code, beside the one on the card."""

    tweede = kept(20, required=gettext_lazy("Typ de code van 6 cijfers."))


class MeldingForm(CodeForm):
    """What the municipality must look into."""

    soort = choice(MELDINGEN, gettext_lazy("Kies waar het over gaat."))


class CardForm(CodeForm):
    """Where to mail the card."""

    adres = forms.EmailField(
        error_messages={
            "required": gettext_lazy("Typ een e-mailadres."),
            "invalid": gettext_lazy("Dit is geen e-mailadres. Een e-mailadres lijkt op naam@voorbeeld.nl."),
        }
    )


def is_phone(text: str) -> bool:
    try:
        check_phone("bereik", text)
    except FactRefused:
        return False
    return len(re.sub(r"[^0-9]", "", text)) >= _FEWEST_DIGITS


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except forms.ValidationError:
        return False
    return True


def _find(typed: str) -> Near:
    if not typed:
        raise forms.ValidationError(gettext("Vul een postcode, dorp of wijk in. Dan weten wij welk team u helpt."))
    try:
        found = near(typed, at=timezone.now())
    except UnknownPlace as unknown:
        raise forms.ValidationError(str(unknown)) from unknown
    if found.municipality != settings.MUNICIPALITY:
        raise forms.ValidationError(
            gettext("%(place)s ligt in een andere gemeente. Bel met die gemeente.") % {"place": found.label}
        )
    return found


def errors_of(form: forms.Form) -> list[dict[str, str]]:
    """Give each error with its field, in the order of the page."""
    return [{"field": name, "text": str(form.errors[name][0])} for name in FIELDS_IN_ORDER if name in form.errors]


def _problem_of_reach(way: str, reach: str) -> str:
    """Say what is missing for the chosen way; "" when it can be used."""
    if way == "bellen":
        return "" if is_phone(reach) else gettext("Vul uw telefoonnummer in, met 10 cijfers.")
    if way == "mailen":
        return "" if is_email(reach) else gettext("Vul uw e-mailadres in, zoals naam@voorbeeld.nl.")
    if way == "post" and not reach:
        return gettext("Vul uw adres in. Dan sturen wij een brief.")
    return ""
