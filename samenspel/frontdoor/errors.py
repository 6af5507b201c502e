"""Error pages in plain Dutch: what happened, a number to call, a way back. `config/urls.py` names them as handlers."""

import sys
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor.frame import Frame, empty_frame, frame, switched

RETRY_AFTER = 5
"""Seconds after which a busy store is worth another try."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, HTTPStatus.BAD_REQUEST, _frame_if_possible())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, HTTPStatus.FORBIDDEN, _frame_if_possible())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, HTTPStatus.NOT_FOUND, _frame_if_possible())


def server_error(request: HttpRequest) -> HttpResponse:
    """Show a fault, or that it is too busy when the store did not answer in time; never asks the store itself."""
    if not isinstance(sys.exc_info()[1], OperationalError):
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, empty_frame())
    response = _page(request, HTTPStatus.SERVICE_UNAVAILABLE, empty_frame())
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _frame_if_possible() -> Frame:
    try:
        return frame(timezone.now())
    except OperationalError:
        return empty_frame()


def _page(request: HttpRequest, status: HTTPStatus, around: Frame) -> HttpResponse:
    heading, text = _words(status)
    context = {
        "frame": around,
        "switch": switched(request.path, around.other_language),
        "heading": heading,
        "text": text,
        "of_council": request.path.startswith(f"{around.home}raad/"),
        "typed": _typed(request) if status == HTTPStatus.SERVICE_UNAVAILABLE else {},
    }
    response = render(request, "frontdoor/error.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _typed(request: HttpRequest) -> dict[str, str]:
    """Keep what was typed, so that nobody has to write it twice."""
    return {name: request.POST[name] for name in ("vraag", "plaats") if name in request.POST}


def _words(status: HTTPStatus) -> tuple[str, str]:
    return {
        HTTPStatus.BAD_REQUEST: (
            gettext("Dit konden wij niet lezen"),
            gettext("Er ging iets mis met wat er werd verstuurd. Begin opnieuw, of bel ons."),
        ),
        HTTPStatus.FORBIDDEN: (
            gettext("Hier kunt u niet bij"),
            gettext("Deze pagina is niet voor iedereen. Zoekt u hulp? Stel dan uw vraag."),
        ),
        HTTPStatus.NOT_FOUND: (
            gettext("Deze pagina is er niet"),
            gettext("Misschien is het gestopt, of staat het adres verkeerd. Stel uw vraag, dan zoeken wij opnieuw."),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (
            gettext("Het is nu te druk"),
            gettext("Wij konden niet op tijd antwoorden. Probeer het over een paar tellen nog eens."),
        ),
    }.get(
        status,
        (
            gettext("Er ging iets mis bij ons"),
            gettext("Dat ligt niet aan u. Probeer het straks nog eens, of bel ons."),
        ),
    )
