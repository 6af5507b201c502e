"""Whether one total is shown for a wijk: what was chosen and why, and choosing again."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from samenspel.cockpit.forms import edited
from samenspel.policy.permissions import may_see_blocks, may_set_norms
from samenspel.policy.strength_choice import choice_of, choose_total
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent

_YES, _NO = "ja", "nee"


class TotalForm(WorkForm):
    shows = forms.ChoiceField(
        label="Toont uw gemeente een totaalcijfer",
        choices=[(_NO, "Nee, elk onderdeel apart"), (_YES, "Ja, ook een totaalcijfer")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Waarom",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Iedereen kan dit lezen. Noem het besluit, als dat er is.",
    )


@page(may_see_blocks)
def total(request: HttpRequest) -> HttpResponse:
    """What was chosen, since when and why."""
    context = {"choice": choice_of(who(request).municipality), "may_set": may_set_norms(who(request)).allowed}
    return show(request, "cockpit/areas/total.html", context)


@page(may_set_norms, "GET", "POST")
def edit(request: HttpRequest) -> HttpResponse:
    """Choose, with a reason."""
    home = who(request).municipality
    known = choice_of(home)
    form = TotalForm(sent(request), initial={"shows": _YES if known and known.shows_total else _NO})

    def act() -> str:
        given = form.cleaned_data
        shows = given["shows"] == _YES
        choose_total(municipality=home, shows_total=shows, reason=given["reason"], by=actor(request), at=timezone.now())
        return "Vastgelegd: u toont een totaalcijfer." if shows else "Vastgelegd: u toont geen totaalcijfer."

    context = {
        "heading": "Kies over het totaalcijfer",
        "back": (reverse("areas:total"), "Totaalcijfer"),
        "button": "Vastleggen",
    }
    return edited(request, form, act, "cockpit/areas/total_edit.html", context, "areas:total")
