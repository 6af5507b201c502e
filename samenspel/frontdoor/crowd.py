"""What to say when a page that is open to all cannot take something in now: too much from one network, or too busy."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor.errors import RETRY_AFTER
from samenspel.people.accounts import seconds_for_network
from samenspel.ui.network import network

_OURSELVES = ("127.0.0.1", "::1")


class Crowded(Exception):
    """Much was left from this network just now; `seconds` until the next."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


def admit(request: HttpRequest) -> None:
    """Count what somebody leaves; raises Crowded.

    From our own machine comes a proxy that does not tell for whom: one limit would then be for everybody together.
    """
    here = network(request)
    if here in _OURSELVES:
        return
    if wait := seconds_for_network(network=here, at=timezone.now()):
        raise Crowded(wait)


def reason_of(error: Exception) -> str:
    """Why it was not taken in, for beside the field."""
    if isinstance(error, Crowded):
        return gettext(
            "Van uw netwerk kwam net heel veel. Wij hebben dit nog niet. "
            "Wacht %(seconds)d seconden en stuur het nog een keer. Of bel ons."
        ) % {"seconds": error.seconds}
    return gettext("Het is nu te druk. Wij hebben dit nog niet. Stuur het nog een keer.")


def later(response: HttpResponse, error: Exception) -> HttpResponse:
    """Say to browser and program when to come back; the page keeps what was typed, so that it is one press."""
    is_crowded = isinstance(error, Crowded)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS if is_crowded else HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(error.seconds if isinstance(error, Crowded) else RETRY_AFTER)
    return response
