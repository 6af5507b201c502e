"""What a resident says of a question with the card alone: it helped or not, or the municipality must look into it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from samenspel.frontdoor.frame import show
from samenspel.frontdoor.requests import pages
from samenspel.frontdoor.requests.forms import MELDINGEN, CodeForm, MeldingForm
from samenspel.frontdoor.requests.standing import SAYS, status, sure_to_say
from samenspel.frontdoor.requests.views import RESIDENT, bad, private, unknown, with_code
from samenspel.handover.holding import say as say_of
from samenspel.handover.melding import mark
from samenspel.handover.models import HelpRequest
from samenspel.handover.states import StepRefused, Word, after
from samenspel.handover.steps import NotThere


@private
def say(request: HttpRequest) -> HttpResponse:
    """It helped, it was solved with one's own people, or it did not help: asked once more, then done."""
    said = request.POST.get("zeg", "")
    if said not in SAYS:
        return HttpResponseRedirect(reverse("frontdoor:request-status"))
    form = CodeForm(request.POST)
    found = with_code(form.cleaned_data["code"]) if form.is_valid() else None
    if found is None:
        return unknown(request, form)
    code = form.cleaned_data["code"]
    if "zeker" in request.POST:
        return _shown(request, _said(found, said, code), code)
    try:
        after(SAYS[said], found.state)
    except StepRefused:
        return _shown(request, found, code)
    return show(request, "frontdoor/request_sure.html", sure_to_say(found, said, code))


@private
def melding(request: HttpRequest) -> HttpResponse:
    """Tell what a melding is, and make the question one: the card is enough, for it is the resident's right."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("frontdoor:request-status"))
    form = MeldingForm(request.POST) if "soort" in request.POST or "zeker" in request.POST else CodeForm(request.POST)
    is_valid = form.is_valid()
    code = form.cleaned_data.get("code", "")
    found = with_code(code) if code else None
    if found is None:
        return unknown(request, form)
    if not isinstance(form, MeldingForm):
        return show(request, "frontdoor/request_melding.html", pages.melding(form, found))
    if not is_valid:
        return bad(request, "frontdoor/request_melding.html", pages.melding(form, found))
    try:
        mark(request=found, kind=MELDINGEN[form.cleaned_data["soort"]], word=Word.CARD, by=RESIDENT, at=timezone.now())
    except StepRefused:
        return _shown(request, found, code)
    return _shown(request, with_code(code) or found, code)


def _said(found: HelpRequest, said: str, code: str) -> HelpRequest:
    """Say it; who says the same twice, or too late, sees how it stands."""
    try:
        return say_of(municipality=settings.MUNICIPALITY, code=code, verb=SAYS[said], by=RESIDENT, at=timezone.now())
    except (StepRefused, NotThere):
        return found


def _shown(request: HttpRequest, found: HelpRequest, code: str) -> HttpResponse:
    return show(request, "frontdoor/request_status.html", status(found, code))
