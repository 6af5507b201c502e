"""What someone sees whose form came without its token: usually one that stood open for too long."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was not handled and how to go on; named by `CSRF_FAILURE_VIEW`."""
    text = (
        "Dit formulier stond te lang open. Er is niets opgeslagen. Ga terug, ververs de pagina en probeer het opnieuw."
    )
    return render(request, "staff/refused.html", {"reason": text}, status=HTTPStatus.FORBIDDEN)
