"""The front door for residents: no account, no cookie, no JavaScript needed."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from samenspel.frontdoor import details, pages
from samenspel.frontdoor.forms import BrowseForm, QuestionForm, clean_address
from samenspel.frontdoor.frame import language, show
from samenspel.socialmap.ask import Answer, ask, browse
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.pages import offering_page, place_page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/home.html", pages.home(QuestionForm()))


@login_not_required
@csrf_exempt  # it reads only and sets no cookie: a forged question has nothing to gain and nobody to act for
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
    answer = ask(
        form.cleaned_data["vraag"],
        near=form.near,
        at=now,
        limit=form.limit + 1,
        filters=form.filters,
        language=language(),
    )
    return _results(request, answer, form, now)


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
@require_safe
def offering(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    try:
        page = offering_page(slug, municipality=settings.MUNICIPALITY, at=now)
    except Offering.DoesNotExist as missing:
        raise Http404 from missing
    return show(request, "frontdoor/offering.html", details.offering_context(page, now=now))


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    try:
        page = place_page(slug, municipality=settings.MUNICIPALITY, at=now)
    except MeetingPlace.DoesNotExist as missing:
        raise Http404 from missing
    return show(request, "frontdoor/place.html", details.place_context(page, now=now))


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "frontdoor/accessibility.html")
