"""The list of legal grounds, which the FG fixes."""

from http import HTTPStatus

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.handover.grounds import GroundFacts, end_ground, fix_ground, proposal
from samenspel.handover.models import LegalGround
from samenspel.handover.permissions import may_fix_grounds
from samenspel.people.facts import stated
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary


class GroundForm(WorkForm):
    name = forms.CharField(label="Naam", max_length=120, help_text="Zo kiest een medewerker hem.")
    article = forms.CharField(label="Artikel", max_length=120, help_text="Bijvoorbeeld AVG art. 6 lid 1 onder e.")
    explanation = forms.CharField(
        label="Uitleg voor de inwoner", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_keeping = forms.BooleanField(label="Om een vraag te bewaren", required=False)
    for_sharing = forms.BooleanField(label="Om iets van een vraag te delen", required=False)
    is_consent = forms.BooleanField(
        label="Dit is toestemming",
        required=False,
        help_text="Alleen als de inwoner vrij is om nee te zeggen, en het terug kan nemen.",
    )

    def clean(self) -> None:
        super().clean()
        if not (self.cleaned_data.get("for_keeping") or self.cleaned_data.get("for_sharing")):
            self.add_error("for_keeping", "kies waar de grondslag voor is")


@page(may_fix_grounds)
def grounds(request: HttpRequest) -> HttpResponse:
    """The list in force, and what Samenspel proposes beside it."""
    fixed = list(_in_force(request).order_by("name"))
    keys = {ground.key for ground in fixed}
    context = {"fixed": fixed, "proposed": [facts for facts in proposal() if facts.key not in keys]}
    return show(request, "workspace/grounds.html", context)


@page(may_fix_grounds, "GET", "POST")
def ground(request: HttpRequest, key: str) -> HttpResponse:
    """Fix a ground as it is proposed, or in other words; or take it off the list."""
    known: LegalGround | None = _in_force(request).filter(key=key).first()
    proposed = next((facts for facts in proposal() if facts.key == key), None)
    if known is None and proposed is None:
        raise Http404
    if known is not None and "weg" in request.POST:
        end_ground(ground=known, by=actor(request), at=timezone.now())
        say(request, f"Van de lijst: {known.name}.")
        return redirect("workspace:grounds")
    form = GroundForm(sent(request), initial=stated(GroundFacts, known) if known else vars(proposed))

    def act() -> None:
        facts = GroundFacts(key=key, **form.cleaned_data)
        fix_ground(municipality=who(request).municipality, facts=facts, by=actor(request), at=timezone.now())

    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, f"Vastgesteld: {form.cleaned_data['name']}.")
        return redirect("workspace:grounds")
    context = {"form": form, "errors": summary(form), "known": known}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/ground.html", context, status=status)


def _in_force(request: HttpRequest) -> "QuerySet[LegalGround]":
    return LegalGround.objects.filter(municipality=who(request).municipality, ended_at=None)
