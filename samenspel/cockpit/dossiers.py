"""The dossier of a process: an open choice of an organizational form and strategic partners."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.cockpit.agenda import a_process
from samenspel.cockpit.forms import a_day, edited
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.policy.agenda import in_order
from samenspel.policy.dossiers import (
    CHOOSERS,
    ChoiceFacts,
    DossierFacts,
    OptionFacts,
    choose_option,
    lines,
    publish_dossier,
    set_dossier,
    set_option,
)
from samenspel.policy.models import FormDossier, FormOption, PolicyDocument, PolicyProcess
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, sent


class DossierForm(WorkForm):
    question = forms.CharField(label="Wat moet er gekozen worden", max_length=300)
    tasks = forms.CharField(
        label="Taken", max_length=4000, widget=forms.Textarea, help_text="Wat moet er gebeuren? Elke taak op een regel."
    )
    criteria = forms.CharField(
        label="Criteria",
        max_length=4000,
        widget=forms.Textarea,
        help_text="Waarop vergelijkt u? Elk op een regel. Na openbaar maken verandert dit niet meer.",
    )
    procedure = forms.CharField(
        label="Hoe gaat het",
        max_length=4000,
        widget=forms.Textarea,
        help_text="Wie kan meedoen, en hoe maakt u bezwaar?",
    )


class OptionForm(WorkForm):
    kind = forms.ChoiceField(label="Soort", choices=FormOption.Kind.choices)
    name = forms.CharField(label="Naam", max_length=120)
    organization = forms.ModelChoiceField(
        label="Organisatie", queryset=Organization.objects.none(), required=False, empty_label="Geen"
    )
    tasks = forms.CharField(
        label="Welke taken wel, en welke niet", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    continuity = forms.CharField(
        label="Wat betekent het voor kleine clubs",
        max_length=4000,
        widget=forms.Textarea,
        help_text="En voor wat er nu al loopt.",
    )
    speaks_for = forms.CharField(label="Wat pleit ervoor", max_length=4000, required=False, widget=forms.Textarea)
    speaks_against = forms.CharField(label="Wat pleit ertegen", max_length=4000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.filter(municipality=municipality).order_by("name")


class ChooseForm(WorkForm):
    body = forms.ChoiceField(
        label="Wie besloot", choices=[(body.value, body.label) for body in CHOOSERS], widget=forms.RadioSelect
    )
    decided_on = a_day("Op welke dag")
    reference = forms.CharField(
        label="Waar staat het besluit", max_length=120, help_text="Het nummer van het besluit, zoals B&W 2026-118."
    )
    because = forms.CharField(
        label="Waarom deze", max_length=4000, widget=forms.Textarea, help_text="Loop de criteria langs."
    )


@page(may_see_policy)
def dossier(request: HttpRequest, process_id: UUID) -> HttpResponse:
    """The whole dossier; prints for who asks for it."""
    process = a_process(request, process_id)
    row = _dossier(process)
    today = timezone.localdate()
    options = [{"row": option, "tasks": lines(option.tasks)} for option in row.options.order_by("kind", "name")]
    context = {
        "process": process,
        "dossier": row,
        "tasks": lines(row.tasks),
        "criteria": lines(row.criteria),
        "steps": in_order(process.moments.all(), today),
        "options": options,
        "decisions": process.documents.filter(kind=PolicyDocument.Kind.DECISION),
        "is_chosen": any(one["row"].chosen_because for one in options),
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/dossier.html", context)


@page(may_make_policy, "GET", "POST")
def edit(request: HttpRequest, process_id: UUID) -> HttpResponse:
    """Begin the dossier of a process, or change it as long as it is not public."""
    process = a_process(request, process_id)
    row: FormDossier | None = getattr(process, "dossier", None)
    form = DossierForm(sent(request), initial=vars(DossierFacts.of(row)) if row else {})

    def act() -> str:
        facts = DossierFacts(**form.cleaned_data)
        set_dossier(process=process, facts=facts, dossier=row, by=actor(request), at=timezone.now())
        return "Het dossier is opgeslagen. Het is nog niet openbaar."

    return edited(request, form, act, "cockpit/dossier_edit.html", {"process": process}, "cockpit:dossier", process.pk)


@page(may_make_policy, "POST")
def publish(request: HttpRequest, process_id: UUID) -> HttpResponse:
    """Make question, tasks and criteria public; from then on they stay as they are."""
    process = a_process(request, process_id)
    try:
        publish_dossier(dossier=_dossier(process), by=actor(request), at=timezone.now())
    except FactRefused as problem:
        return refused(request, f"Dit kan niet: {problem.reason}.", status=409)
    say(request, "De criteria zijn openbaar. Nu kunt u mogelijkheden toevoegen.")
    return redirect("cockpit:dossier", process.pk)


@page(may_make_policy, "GET", "POST")
def option(request: HttpRequest, process_id: UUID, option_id: UUID | None = None) -> HttpResponse:
    """Add an option, or change one."""
    process = a_process(request, process_id)
    owner = _dossier(process)
    row = get_object_or_404(owner.options, pk=option_id) if option_id else None
    form = OptionForm(
        sent(request), initial=vars(OptionFacts.of(row)) if row else {}, municipality=process.municipality
    )

    def act() -> str:
        facts = OptionFacts(**form.cleaned_data)
        saved = set_option(dossier=owner, facts=facts, option=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.name}."

    context = {"process": process, "option": row}
    return edited(request, form, act, "cockpit/dossier_option.html", context, "cockpit:dossier", process.pk)


@page(may_make_policy, "GET", "POST")
def choose(request: HttpRequest, process_id: UUID, option_id: UUID) -> HttpResponse:
    """Write down that an option was chosen: who decided, when, where that can be read, and why."""
    process = a_process(request, process_id)
    owner = _dossier(process)
    row = get_object_or_404(owner.options, pk=option_id)
    form = ChooseForm(sent(request))

    def act() -> str:
        facts = ChoiceFacts(**form.cleaned_data)
        choose_option(option=row, facts=facts, by=actor(request), at=timezone.now())
        return f"Gekozen: {row.name}. Het besluit staat ook op de agenda."

    context = {"process": process, "option": row, "criteria": lines(owner.criteria)}
    return edited(request, form, act, "cockpit/dossier_choose.html", context, "cockpit:dossier", process.pk)


def _dossier(process: PolicyProcess) -> FormDossier:
    row: FormDossier | None = getattr(process, "dossier", None)
    if row is None:
        raise Http404
    return row
