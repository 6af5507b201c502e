"""The front door for residents: no account, no cookie, no JavaScript needed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from samenspel.frontdoor import agenda, details, pages, themes, wijken
from samenspel.frontdoor.forms import BrowseForm, QuestionForm, clean_address
from samenspel.frontdoor.frame import language, show
from samenspel.outcomes.missed import Missed, count_missed, missed
from samenspel.outcomes.shift import count_search
from samenspel.places.models import Area
from samenspel.socialmap.ask import NO_FILTERS, Answer, ask, browse
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.pages import OfferingPage, offering_page, place_page
from samenspel.socialmap.schedules import happening
from samenspel.socialmap.wijk import Wijk, find_wijk, offerings_of, wijk_page

_JUDGED_ON = 100
"""Answers that are looked at before the page says that something is not there."""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/home.html", pages.home(QuestionForm()))


@login_not_required
@csrf_exempt  # no cookie, and nothing kept but a count about no one: a forged question has nobody to act for
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Answer a question that came in the body, or show offerings by theme, filter and place from the address."""
    response = _answer(request) if request.method == "POST" else _browse(request)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, "frontdoor/home.html", pages.home(form), status=400)
    now = timezone.now()
    answer = _asked(form, limit=form.limit + 1, at=now)
    if missed(answer) != Missed():  # what the first answers lack may stand further down
        answer = _asked(form, limit=_JUDGED_ON, at=now)
    if not form.is_again and form.filters == NO_FILTERS:
        count_missed(answer, at=now)
        count_search(answer, at=now)
    return _results(request, answer, form, now)


def _asked(form: QuestionForm, *, limit: int, at: datetime) -> Answer:
    return ask(
        form.cleaned_data["vraag"], near=form.near, at=at, limit=limit, filters=form.filters, language=language()
    )


def _browse(request: HttpRequest) -> HttpResponse:
    if clean := clean_address(request.path, request.GET):
        return HttpResponseRedirect(clean)
    form = BrowseForm(request.GET)
    if not form.is_valid():
        return show(request, "frontdoor/results.html", pages.refused(form), status=400)
    now = timezone.now()
    answer = browse(near=form.near, at=now, limit=form.limit + 1, filters=form.filters, language=language())
    return _results(request, answer, form, now)


def _results(request: HttpRequest, answer: Answer, form: BrowseForm, now: datetime) -> HttpResponse:
    status = 200 if answer.is_complete else 503
    return show(request, "frontdoor/results.html", pages.results(answer, form, now=now), status=status)


@login_not_required
@csrf_exempt  # it reads only; the question in the body is for the way back
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def offering(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    page = _offering(slug, now)
    return _with_way_back(request, "frontdoor/offering.html", details.offering_context(page, now=now))


@login_not_required
@require_safe
def offering_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = _offering(slug, now).offering
    coming = happening([found], municipality=settings.MUNICIPALITY, start=now, end=now + agenda.AHEAD)
    return agenda.feed(coming, name=found.name, at=now)


def _offering(slug: str, now: datetime) -> OfferingPage:
    try:
        return offering_page(slug, municipality=settings.MUNICIPALITY, at=now)
    except Offering.DoesNotExist as missing:
        raise Http404 from missing


@login_not_required
@csrf_exempt  # it reads only; the question in the body is for the way back
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    try:
        page = place_page(slug, municipality=settings.MUNICIPALITY, at=now)
    except MeetingPlace.DoesNotExist as missing:
        raise Http404 from missing
    return _with_way_back(request, "frontdoor/place.html", details.place_context(page, now=now))


def _with_way_back(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page that was opened from the answers to a question, with the question in its body as there."""
    if request.method != "POST":
        return show(request, template, context)
    asked = {
        "again": QuestionForm(request.POST).kept().items(),
        "urgent": pages.urgent_in(request.POST.get("vraag", "")),
    }
    response = show(request, template, context | asked)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
def all_wijken(request: HttpRequest) -> HttpResponse:
    context = wijken.wijken_context(municipality=settings.MUNICIPALITY, now=timezone.now())
    return show(request, "frontdoor/wijken.html", context)


@login_not_required
@require_safe
def wijk(request: HttpRequest, municipality: str, slug: str) -> HttpResponse:
    now = timezone.now()
    page = wijk_page(_wijk(municipality, slug), municipality=settings.MUNICIPALITY, at=now)
    context = wijken.wijk_context(page, municipality=settings.MUNICIPALITY, now=now)
    return show(request, "frontdoor/wijk.html", context)


@login_not_required
@require_safe
def wijk_agenda(request: HttpRequest, municipality: str, slug: str) -> HttpResponse:
    now, found = timezone.now(), _wijk(municipality, slug)
    offerings = offerings_of(found, municipality=settings.MUNICIPALITY, at=now)
    coming = happening(offerings, municipality=settings.MUNICIPALITY, start=now, end=now + agenda.AHEAD)
    return agenda.feed(coming, name=gettext("Samenspel in %(place)s") % {"place": found.name}, at=now)


def _wijk(municipality: str, slug: str) -> Wijk:
    try:
        return find_wijk(municipality, slug, municipality=settings.MUNICIPALITY)
    except Area.DoesNotExist as missing:
        raise Http404 from missing


@login_not_required
@require_safe
def all_themes(request: HttpRequest) -> HttpResponse:
    context = themes.themes_context(municipality=settings.MUNICIPALITY, now=timezone.now())
    return show(request, "frontdoor/themes.html", context)


@login_not_required
@require_safe
def help_and_rights(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/rights.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/accessibility.html")
