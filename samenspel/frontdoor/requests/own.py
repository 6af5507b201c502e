"""What a resident sees and decides with the card and a second code: the text, the circle, and who looked.

Every page is a POST with both codes in hidden fields: nothing of it is in an address, a cookie or a history.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor.frame import show
from samenspel.frontdoor.print import as_pdf
from samenspel.frontdoor.requests import own_pages, pages
from samenspel.frontdoor.requests.forms import CodeForm, OwnForm
from samenspel.frontdoor.requests.views import RESIDENT, bad, private, unknown, with_code
from samenspel.handover.asking import say_yes
from samenspel.handover.handing import AlreadyAnswered, end_handover
from samenspel.handover.holding import keep_longer
from samenspel.handover.keys import Unreadable
from samenspel.handover.letters import TEMPLATE, confirmation_letter
from samenspel.handover.melding import confirm_on_paper
from samenspel.handover.models import Handover
from samenspel.handover.second_code import Own, TooManyCodes, end_codes, mail_code, open_own
from samenspel.handover.states import StepRefused, Word
from samenspel.handover.steps import NotThere
from samenspel.handover.terms import DAYS_KEPT
from samenspel.ui.print.pdf import pdf


@dataclass(frozen=True)
class Opened:
    """A question that its resident opened, with the codes that the next page needs again."""

    own: Own
    code: str
    second: str


OwnView = Callable[[HttpRequest, Opened], HttpResponse]


def own_page(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
    """Open the question with both codes; a wrong second one costs a try and is asked again."""

    @private
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("frontdoor:request-status"))
        form = OwnForm(request.POST)
        if not form.is_valid():
            return _again(request, form)
        code, second = form.cleaned_data["code"], form.cleaned_data["tweede"]
        try:
            own = open_own(municipality=settings.MUNICIPALITY, code=code, digits=second, by=RESIDENT, at=timezone.now())
        except (NotThere, Unreadable):
            return unknown(request, form)
        if own is None:
            form.add_error("tweede", gettext("Deze code klopt niet, of hij werkt niet meer. Vraag een nieuwe code."))
            return _again(request, form)
        return view(request, Opened(own, code, second))

    return opened


@private
def second_code(request: HttpRequest) -> HttpResponse:
    """Tell how to get a second code, mail one when asked, and take it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("frontdoor:request-status"))
    form = CodeForm(request.POST)
    found = with_code(form.cleaned_data["code"]) if form.is_valid() else None
    if found is None:
        return unknown(request, form)
    if "mailen" not in request.POST:
        return show(request, "frontdoor/request_second.html", pages.second(form, team=found.team))
    try:
        mail_code(municipality=settings.MUNICIPALITY, code=form.cleaned_data["code"], by=RESIDENT, at=timezone.now())
    except TooManyCodes:
        context = pages.second(form, team=found.team, is_too_often=True)
        return show(request, "frontdoor/request_second.html", context, status=429)
    except (NotThere, Unreadable):
        return unknown(request, form)
    return show(request, "frontdoor/request_second.html", pages.second(form, team=found.team, is_sent=True))


@own_page
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The text, who is asked and who takes part, and what was done with the question."""
    return _shown(request, opened)


@own_page
def circle(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Say yes or no to somebody who would be asked, or take somebody out, which is asked once more."""
    chosen, wish, now = _chosen(opened, request.POST.get("wie", "")), request.POST.get("doe"), timezone.now()
    if chosen is None or wish not in ("ja", "nee", "stop"):
        return _shown(request, opened, said=gettext("Dat is al veranderd. Kijk hieronder hoe het nu is."))
    if wish == "stop" and "zeker" not in request.POST:
        context = own_pages.sure_to_stop(opened.own, chosen, code=opened.code, second=opened.second)
        return show(request, "frontdoor/request_sure.html", context)
    try:
        if wish == "ja":
            say_yes(handover=chosen, word=Word.CARD, by=RESIDENT, at=now)
            return _shown(request, opened, said=gettext("U zei ja. Wij vragen het nu."))
        end_handover(handover=chosen, word=Word.CARD, by=RESIDENT, at=now)
    except (AlreadyAnswered, StepRefused):
        return _shown(request, opened, said=gettext("Dat is al veranderd. Kijk hieronder hoe het nu is."))
    return _shown(request, opened, said=gettext("Gedaan. Deze ander ziet niets meer van uw vraag."))


@own_page
def longer(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Keep the question longer."""
    days = request.POST.get("dagen", "")
    if days not in map(str, DAYS_KEPT):
        return _shown(request, opened)
    try:
        keep_longer(request=opened.own.request, days=int(days), word=Word.CARD, by=RESIDENT, at=timezone.now())
    except StepRefused:
        return _shown(request, opened)
    return _shown(request, opened, said=gettext("Gedaan. Hieronder staat tot wanneer wij uw vraag bewaren."))


@own_page
def sheet(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The agreements with everybody who takes part, on paper."""
    data = own_pages.sheet(opened.own)
    return as_pdf(request, "afspraken.pdf", lambda: pdf("frontdoor/paper/agreements.typ", data))


@own_page
def letter(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The letter that confirms a melding, for who wants it on paper."""
    now, reference = timezone.now(), request.POST.get("kenmerk", "")
    found = opened.own.request.meldingen.filter(reference=reference, closed_on=None).first()
    if found is None:
        return _shown(request, opened, said=gettext("Dat is al veranderd. Kijk hieronder hoe het nu is."))
    data = confirmation_letter(confirm_on_paper(melding=found, by=RESIDENT, at=now), at=now)
    return as_pdf(request, "bevestiging.pdf", lambda: pdf(TEMPLATE, data))


@own_page
def done(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Close: whoever sits at this screen next cannot open it again."""
    end_codes(request=opened.own.request, by=RESIDENT, at=timezone.now())
    return show(request, "frontdoor/request_done.html")


def _again(request: HttpRequest, form: OwnForm) -> HttpResponse:
    """Ask for the second code again, with whom to call for one."""
    found = with_code(form.data.get("code", ""))
    context = pages.second(form, team=found.team if found else None)
    return bad(request, "frontdoor/request_second.html", context)


def _chosen(opened: Opened, typed: str) -> Handover | None:
    """The handover of this question with this id."""
    try:
        rows = Handover.objects.filter(pk=UUID(typed), request=opened.own.request)
    except ValueError:
        return None
    return rows.select_related("request__team", "organization", "team").first()


def _shown(request: HttpRequest, opened: Opened, *, said: str = "") -> HttpResponse:
    opened.own.request.refresh_from_db()
    context = own_pages.own(opened.own, code=opened.code, second=opened.second)
    return show(request, "frontdoor/request_own.html", context | {"said": said})
