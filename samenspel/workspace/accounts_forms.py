"""What an administrator fills in about an account, and about who takes over from someone who leaves."""

from typing import Any, cast

from django import forms

from samenspel.people.accounts import AccountFacts
from samenspel.people.models import HOLDING_ROLES, AccessRole, Organization, Team, User
from samenspel.staff.forms import WorkForm
from samenspel.workspace.set_up_forms import Named


class AccountForm(WorkForm):
    name = forms.CharField(label="Naam", max_length=120, help_text="Een voornaam is genoeg.")
    email = forms.EmailField(label="E-mailadres", help_text="Hiermee logt iemand in.")
    access_role = forms.ChoiceField(label="Functie", choices=AccessRole.choices)
    organization = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organization.objects.none(),
        required=False,
        empty_label="De gemeente zelf",
        help_text="Alleen bij een partner of een coördinator van vrijwilligers.",
    )
    teams = Named(
        label="Teams",
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen bij een verbinder, preventiewerker of medewerker van een wijkteam.",
    )

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Organization.objects.filter(municipality=municipality).order_by("name")
        cast("forms.ModelChoiceField[Organization]", self.fields["organization"]).queryset = employers
        cast(Named, self.fields["teams"]).queryset = Team.objects.filter(municipality=municipality).order_by("name")

    def facts(self) -> AccountFacts:
        return AccountFacts(**{**self.cleaned_data, "teams": tuple(self.cleaned_data["teams"])})


class CloseForm(WorkForm):
    """Who takes over the teams that would have nobody left, or the plain yes of the administrator."""

    successor = forms.ModelChoiceField(
        label="Wie neemt het over?", queryset=User.objects.none(), required=False, empty_label="Niemand"
    )
    certain = forms.BooleanField(
        label="Ik weet dat deze vragen dan bij niemand liggen, en regel dat vandaag nog", required=False
    )

    def __init__(self, *args: Any, user: User, is_last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = User.objects.filter(
            municipality=user.municipality, access_role__in=HOLDING_ROLES, is_active=True
        ).exclude(pk=user.pk)
        cast("forms.ModelChoiceField[User]", self.fields["successor"]).queryset = workers.order_by("name")
        self.is_last = is_last
        if not is_last:
            del self.fields["successor"], self.fields["certain"]

    def clean(self) -> None:
        if self.is_last and not (self.cleaned_data.get("successor") or self.cleaned_data.get("certain")):
            self.add_error("successor", "kies wie het overneemt, of zet een vinkje bij de laatste regel")
