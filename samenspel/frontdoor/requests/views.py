"""Leaving a question and following it: no account, no cookie, no JavaScript, nothing of it in an address."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.frontdoor.crowd import Crowded, admit, later, reason_of
from samenspel.frontdoor.frame import language, show
from samenspel.frontdoor.requests import pages, standing
from samenspel.frontdoor.requests.forms import ABOUT, UNAWARE, CardForm, CodeForm, StartForm, TellForm
from samenspel.handover.actions import (
    AlreadyAsked,
    AlreadyMailed,
    NoTeam,
    ask_for_help,
    mail_card,
    withdraw_help,
)
from samenspel.handover.melding import mark
from samenspel.handover.models import HelpRequest
from samenspel.handover.states import WITHOUT_TEXT, Word
from samenspel.handover.steps import NotThere
from samenspel.mail.outbox import TooMuchMail
from samenspel.people.contacts import team_for

RESIDENT = Actor("resident")
SHOWN_AGAIN = timedelta(hours=1)
"""How long the same form, sent again, still shows its card."""

View = Callable[[HttpRequest], HttpResponse]


def private(view: View) -> View:
    """Open to all, kept by no browser, cache or log, and told to no other site.

    Without a token against forgery: nobody is signed in, so a forged request could do no more than its sender can.
    """

    @login_not_required
    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def kept_private(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return kept_private


@private
def start(request: HttpRequest) -> HttpResponse:
    """Ask for whom and where; then show the team with the form, or whom to talk with first."""
    if "verder" not in request.POST:  # a first look, or a question that was typed on another page
        return show(request, "frontdoor/request_start.html", pages.start(StartForm(), typed=request.POST))
    form = StartForm(request.POST)
    is_valid = form.is_valid()
    if form.cleaned_data.get("voor") == UNAWARE:
        return show(request, "frontdoor/request_worry.html", pages.worry(form, begin=reverse("frontdoor:request")))
    if not is_valid:
        return bad(request, "frontdoor/request_start.html", pages.start(form, typed=request.POST))
    return _tell(request, form)


@private
def send(request: HttpRequest) -> HttpResponse:
    """Leave the question, and show its card."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("frontdoor:request"))
    form = TellForm(request.POST)
    if not form.is_valid():
        return _tell_again(request, form)
    try:
        admit(request)
        asked, code = _ask(form)
    except AlreadyAsked as known:
        if not known.request.is_open or timezone.now() - known.request.asked_at > SHOWN_AGAIN:
            return HttpResponseRedirect(reverse("frontdoor:request-status"))
        asked, code = known.request, known.code
        if form.melding:  # sent again, now with the wish that the municipality looks into it
            mark(request=asked, kind=form.melding, word=Word.CARD, by=RESIDENT, at=timezone.now())
    except NoTeam:
        return show(request, "frontdoor/request_no_team.html", pages.no_team(form))
    except (OperationalError, Crowded) as error:
        return _busy(request, form, error)
    return show(request, "frontdoor/request_card.html", pages.card(asked, code, text=form.cleaned_data["vraag"]))


@private
def follow(request: HttpRequest) -> HttpResponse:
    """Show how it stands to who has the code: the state, the next date and the team's phone."""
    if request.method != "POST":
        return show(request, "frontdoor/request_follow.html", pages.follow(CodeForm()))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return bad(request, "frontdoor/request_follow.html", pages.follow(form))
    found = with_code(form.cleaned_data["code"])
    if found is None:
        return unknown(request, form)
    return show(request, "frontdoor/request_status.html", standing.status(found, form.cleaned_data["code"]))


@private
def mail(request: HttpRequest) -> HttpResponse:
    """Mail the card to the address that is given, once."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("frontdoor:request-status"))
    form = CardForm(request.POST)
    if not form.is_valid():
        return bad(request, "frontdoor/request_mail.html", pages.mailing(form))
    given, now = form.cleaned_data, timezone.now()
    here, found = settings.MUNICIPALITY, with_code(given["code"])
    if found is None:
        return unknown(request, form)
    try:
        found = mail_card(
            municipality=here, code=given["code"], to=given["adres"], language=language(), by=RESIDENT, at=now
        )
    except NotThere:
        return unknown(request, form)
    except AlreadyMailed:
        form.add_error("adres", gettext("Deze kaart is al gemaild. Dat kan één keer."))
        return bad(request, "frontdoor/request_mail.html", pages.mailing(form))
    except TooMuchMail:
        form.add_error(
            "adres", gettext("Dit adres kreeg vandaag al drie kaarten. Print de kaart, of schrijf de code op.")
        )
        return bad(request, "frontdoor/request_mail.html", pages.mailing(form))
    return show(request, "frontdoor/request_status.html", standing.status(found, given["code"], is_mailed=True))


@private
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the question back, after asking once more: its text is destroyed at once."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("frontdoor:request-status"))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return bad(request, "frontdoor/request_follow.html", pages.follow(form))
    code, is_sure = form.cleaned_data["code"], "zeker" in request.POST
    found = _withdrawn(code) if is_sure else with_code(code)
    if found is None:
        return unknown(request, form)
    if not is_sure and found.state not in WITHOUT_TEXT:
        return show(request, "frontdoor/request_sure.html", standing.sure_to_withdraw(found, code))
    return show(request, "frontdoor/request_status.html", standing.status(found, code))


def _withdrawn(code: str) -> HelpRequest | None:
    """Take the question with this code back; one that was taken back before is given as it is."""
    try:
        return withdraw_help(municipality=settings.MUNICIPALITY, code=code, by=RESIDENT, at=timezone.now())
    except NotThere:
        return with_code(code)


def with_code(code: str) -> HelpRequest | None:
    """The question with this code, while it is there."""
    today = timezone.localdate()
    rows = HelpRequest.objects.with_code(code, municipality=settings.MUNICIPALITY, on=today)
    found: HelpRequest | None = rows.select_related("team", "organization").first()
    return found


@transaction.atomic
def _ask(form: TellForm) -> tuple[HelpRequest, str]:
    """Leave the question, at once as a melding where that was chosen: both or neither."""
    assert form.near is not None
    now = timezone.now()
    asked, code = ask_for_help(
        municipality=settings.MUNICIPALITY,
        area=form.near.neighborhood,
        about=ABOUT[form.cleaned_data["voor"]],
        channel=form.channel,
        told=form.told,
        days=int(form.cleaned_data["dagen"]),
        token=form.token,
        by=RESIDENT,
        at=now,
    )
    if form.melding:
        mark(request=asked, kind=form.melding, word=Word.CARD, by=RESIDENT, at=now)
    return asked, code


def _tell(request: HttpRequest, form: StartForm) -> HttpResponse:
    assert form.near is not None
    team = team_for(form.near.neighborhood, municipality=settings.MUNICIPALITY)
    if team is None:
        return show(request, "frontdoor/request_no_team.html", pages.no_team(form))
    return show(request, "frontdoor/request_tell.html", pages.tell(TellForm(), team, typed=request.POST))


def _tell_again(request: HttpRequest, form: TellForm) -> HttpResponse:
    """Show the form with what was wrong; without place or token the start, where they come from."""
    if "kenmerk" in form.errors:
        form.add_error("voor", gettext("Dit formulier werkt niet meer. Kies opnieuw voor wie u hulp zoekt."))
    if form.near is None or "voor" in form.errors:
        return bad(request, "frontdoor/request_start.html", pages.start(form, typed=request.POST))
    team = team_for(form.near.neighborhood, municipality=settings.MUNICIPALITY)
    if team is None:
        return show(request, "frontdoor/request_no_team.html", pages.no_team(form))
    return bad(request, "frontdoor/request_tell.html", pages.tell(form, team, typed=request.POST))


def _busy(request: HttpRequest, form: TellForm, error: Exception) -> HttpResponse:
    form.add_error("vraag", reason_of(error))
    return later(_tell_again(request, form), error)


def unknown(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Say one and the same of a wrong code, a code of long ago and a code that never was."""
    form.add_error("code", gettext("Deze code kennen wij niet, of de vraag is er niet meer. Kijk goed op uw kaart."))
    return bad(request, "frontdoor/request_follow.html", pages.follow(form))


def bad(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Show a form again with what was wrong."""
    return show(request, template, context, status=HTTPStatus.BAD_REQUEST)
