"""What an administrator fills in: a team, an ingang, the contact of an area, a way to independent help."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from samenspel.people.facts import ContactFacts, RecourseFacts, TeamFacts
from samenspel.people.models import HOLDING_ROLES, AreaContact, Organization, User
from samenspel.places.models import Area
from samenspel.socialmap.entrances import EntranceFacts
from samenspel.socialmap.models import MeetingPlace
from samenspel.staff.forms import WorkForm
from samenspel.workspace.week import WeekField

PHONE_HINT = "Bijvoorbeeld 0320-555000."


class Named(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes none when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.get_kind_display()})" if isinstance(obj, Area) else str(obj.name)


def areas_of(municipality: str) -> QuerySet[Area]:
    """The areas that can have a team, an ingang or a contact: the municipality, kernen, working areas and wijken."""
    kinds = [Area.Kind.MUNICIPALITY, Area.Kind.VILLAGE, Area.Kind.WORKING_AREA, Area.Kind.DISTRICT]
    newest = Area.objects.newest().filter(municipality=municipality, kind__in=kinds)
    return newest.defer("boundary").order_by("kind", "name")


class TeamForm(WorkForm):
    name = forms.CharField(label="Naam van het team", max_length=120)
    phone = forms.CharField(label="Telefoon", max_length=20, help_text=f"Dit nummer ziet de inwoner. {PHONE_HINT}")
    email = forms.EmailField(label="E-mailadres", required=False)
    areas = Named(
        label="Gebieden",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kiest u niets? Dan is dit team voor de hele gemeente.",
    )
    members = Named(
        label="Medewerkers",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen zij kunnen vragen van inwoners openen.",
    )

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = User.objects.filter(municipality=municipality, access_role__in=HOLDING_ROLES)
        cast(Named, self.fields["areas"]).queryset = areas_of(municipality)
        cast(Named, self.fields["members"]).queryset = workers.order_by("name")

    def facts(self) -> TeamFacts:
        given = self.cleaned_data
        return TeamFacts(**{**given, "areas": tuple(given["areas"]), "members": tuple(given["members"])})


class EntranceForm(WorkForm):
    place = forms.ModelChoiceField(label="Plek", queryset=MeetingPlace.objects.none(), empty_label="Kies een plek")
    host = forms.CharField(label="Wie ontvangt u daar", max_length=120, help_text="Voornaam en functie.")
    phone = forms.CharField(label="Telefoon", max_length=20, help_text=PHONE_HINT)
    hours = WeekField(label="Wanneer kan iemand binnenlopen")
    note = forms.CharField(label="Opmerking", max_length=200, required=False)

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = MeetingPlace.objects.filter(municipality=municipality).order_by("name")
        cast("forms.ModelChoiceField[MeetingPlace]", self.fields["place"]).queryset = places

    def facts(self) -> EntranceFacts:
        return EntranceFacts(**self.cleaned_data)


class ContactForm(WorkForm):
    name = forms.CharField(label="Naam", max_length=120, help_text="Een voornaam is genoeg.")
    job_title = forms.ChoiceField(label="Functie", choices=AreaContact.JobTitle.choices)
    phone = forms.CharField(label="Telefoon", max_length=20, help_text=PHONE_HINT)
    email = forms.EmailField(label="E-mailadres", required=False)
    organization = forms.ModelChoiceField(
        label="Werkt bij", queryset=Organization.objects.none(), required=False, empty_label="Niet ingevuld"
    )
    hours = WeekField(label="Wanneer bereikbaar", required=False)
    walk_in = forms.CharField(label="Waar kan iemand binnenlopen", max_length=200, required=False)
    deputy_name = forms.CharField(label="Vervanger", max_length=120, required=False)
    deputy_phone = forms.CharField(label="Telefoon van de vervanger", max_length=20, required=False)
    away = forms.BooleanField(
        label="Is er nu niet; de vervanger neemt over",
        required=False,
        help_text="Inwoners zien dan de naam en het nummer van de vervanger. Waarom zegt u niet.",
    )

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Organization.objects.filter(municipality=municipality).order_by("name")
        cast("forms.ModelChoiceField[Organization]", self.fields["organization"]).queryset = employers

    def facts(self) -> ContactFacts:
        return ContactFacts(**self.cleaned_data)


class RecourseForm(WorkForm):
    name = forms.CharField(label="Naam", max_length=120)
    text = forms.CharField(label="Uitleg in gewone woorden", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(label="Telefoon", max_length=20, required=False, help_text=PHONE_HINT)
    email = forms.EmailField(label="E-mailadres", required=False)
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    address = forms.CharField(label="Adres", max_length=200, required=False)

    def facts(self, kind: str) -> RecourseFacts:
        return RecourseFacts(kind=kind, **self.cleaned_data)
