"""Asking another to take over or to help, and answering that."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from samenspel.engine.bsn import holds_bsn
from samenspel.handover.grounds import grounds_of_sharing
from samenspel.handover.handing import Proposal
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.handover.shared import LONGEST, Shared
from samenspel.people.contacts import manned_teams
from samenspel.people.models import Organization, User
from samenspel.staff.forms import WorkForm

TEAM, ORGANIZATION, PERSON = "team", "organisatie", "persoon"
CARD, SPOKEN = "kaart", "gesproken"
YES = "ja"
_WHO = ((ORGANIZATION, "Een organisatie of groep"), (TEAM, "Een ander team"), (PERSON, "Iemand met een e-mailadres"))
_YES = ((SPOKEN, "De inwoner zei ja tegen mij"), (CARD, "Vraag het de inwoner via de kaart"))
_KINDS = (
    (Handover.Kind.PARTNER.value, "Meehelpen. De vraag blijft bij ons."),
    (Handover.Kind.HOLDER.value, "Het stokje overnemen. Pas na hun ja."),
)
_LIKELY_FIRST = ("-for_keeping", "-is_consent", "name")
"""The ground on which the question itself is kept, then a yes; danger to life, which is neither, comes last."""
_NO_BSN = "hier lijkt een burgerservicenummer te staan. Haal dat nummer weg. Wij vragen daar nooit om"


@dataclass(frozen=True)
class Asked:
    """What the form says: the proposal, and whether the resident already said yes."""

    proposal: Proposal
    spoken: bool


class OrganizationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Organizations to choose from; of those that are not asked by mail it says how then."""

    manned: frozenset[UUID] = frozenset()
    """Those of which somebody has an account, and reads the question there."""

    def label_from_instance(self, obj: Any) -> str:
        contact = obj.public_contact
        if obj.pk in self.manned or contact["email"]:
            return str(obj.name)
        if contact["phone"]:
            return f"{obj.name} (geen e-mail: bel {contact['phone']})"
        return f"{obj.name} (geen e-mail of nummer: ga langs, of vraag het wijkteam)"


class AskForm(WorkForm):
    """Who is asked for what, with which words, on which ground and until when."""

    who = forms.ChoiceField(label="Wie vraagt u", choices=_WHO, widget=forms.RadioSelect)
    organization = OrganizationField(
        label="Organisatie, als u die koos",
        queryset=Organization.objects.none(),
        required=False,
        empty_label="Kies",
        help_text="Alleen wie op de kaart wil staan. Heeft een groep geen e-mail? Dan belt u zelf, en noteert u het "
        "antwoord.",
    )
    team = forms.ModelChoiceField(
        label="Team, als u dat koos", queryset=manned_teams(""), required=False, empty_label="Kies"
    )
    receiver = forms.CharField(label="Naam, als u iemand koos", max_length=80, required=False)
    email = forms.EmailField(
        label="E-mailadres, als u iemand koos",
        required=False,
        error_messages={"invalid": "dit is geen e-mailadres. Het lijkt op naam@voorbeeld.nl"},
    )
    kind = forms.ChoiceField(label="Wat vraagt u", choices=_KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Wat vertelt u",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Een paar zinnen, hoogstens {LONGEST} tekens. De ander leest dit vóór het ja. "
        "Zet er geen naam, adres, nummer of ziekte in.",
    )
    ground = forms.ModelChoiceField(
        label="Waarom mag dit", queryset=LegalGround.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    sees = forms.ChoiceField(label="Wat ziet de ander na het ja", choices=Handover.Sees, widget=forms.RadioSelect)
    until = forms.DateField(
        label="Tot en met welke dag",
        widget=forms.DateInput(attrs={"type": "date", "class": "utrecht-textbox"}, format="%Y-%m-%d"),
        error_messages={"invalid": "kies een dag"},
    )
    yes = forms.ChoiceField(
        label="Het ja van de inwoner",
        choices=_YES,
        widget=forms.RadioSelect,
        help_text="De inwoner hoort eerst wat u vertelt, en aan wie.",
    )

    def __init__(self, data: QueryDict | None, *, row: HelpRequest, today: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.today, self.row = today, row
        organizations = Organization.objects.listed().filter(municipality=row.municipality)
        manned = User.objects.filter(organization__in=organizations, is_active=True).values_list("organization")
        self.fields["organization"].queryset = organizations.order_by("name")  # type: ignore[attr-defined]
        self.fields["organization"].manned = frozenset(pk for (pk,) in manned)  # type: ignore[attr-defined]
        teams = manned_teams(row.municipality).exclude(pk=row.team_id).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        grounds = grounds_of_sharing(row.municipality).order_by(*_LIKELY_FIRST)
        self.fields["ground"].queryset = grounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say what is missing for who is asked, and refuse a BSN wherever it stands."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {TEAM: ("team",), ORGANIZATION: ("organization",), PERSON: ("receiver", "email")}
        for name in needed.get(given.get("who", ""), ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, "vul dit in")
        for name in ("text", "receiver"):
            if holds_bsn(given.get(name, "")):
                self.add_error(name, _NO_BSN)
        if given.get("who") == PERSON and given.get("kind") == Handover.Kind.HOLDER:
            self.add_error("kind", "het stokje kan alleen naar een team of organisatie die te bellen is")
        if (until := given.get("until")) and not self.today <= until <= self.row.ends_on:
            self.add_error("until", f"kies een dag van vandaag tot en met {self.row.ends_on:%d-%m-%Y}")
        return given

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        to = given["who"]
        person = {"receiver": given["receiver"], "email": given["email"]} if to == PERSON else {}
        proposal = Proposal(
            kind=given["kind"],
            shared=Shared(text=given["text"], **person),
            ground=given["ground"],
            until=given["until"],
            team=given["team"] if to == TEAM else None,
            organization=given["organization"] if to == ORGANIZATION else None,
            sees=given["sees"],
        )
        return Asked(proposal, given["yes"] == SPOKEN)


class WarmForm(forms.Form):
    """How and when the three met or spoke."""

    how = forms.ChoiceField(choices=Handover.WarmHow, error_messages={"required": "Kies hoe het ging."})
    on = forms.DateField(error_messages={"required": "Kies de dag waarop het was.", "invalid": "Kies een dag."})


class AnswerForm(WorkForm):
    """Yes, or no with a reason."""

    refusal = forms.ChoiceField(label="Waarom niet", choices=Handover.Refusal, widget=forms.RadioSelect)


class SpokenAnswerForm(forms.Form):
    """What somebody without an account said on the phone."""

    answer = forms.ChoiceField(
        choices=[(YES, "Ja"), *Handover.Refusal.choices],
        error_messages={"required": "Kies wat zij zeiden.", "invalid_choice": "Kies wat zij zeiden."},
    )
