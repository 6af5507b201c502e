"""The open API, version 1: its operations, and what it says when one cannot be answered."""

import logging

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from samenspel.opendata import blocks, match, resources, role_advice, statistics
from samenspel.opendata.problems import API_VERSION, Refused, refuse

_log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Samenspel",
    version=API_VERSION,
    description=(
        "Wat er in de buurt te doen en te krijgen is: gebieden, aanbod, ontmoetingsplekken en organisaties, "
        "en zoeken met een vraag in gewone woorden."
    ),
    docs_url=None,
    openapi_url=None,  # served by `views.openapi`, with the headers that the API Design Rules ask
    urls_namespace="api-1",
)
api.add_router("", resources.router)
api.add_router("", blocks.router)
api.add_router("", statistics.router)
api.add_router("", match.router)
api.add_router("", role_advice.router)


@api.exception_handler(Refused)
def _refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    return refuse(refused)


@api.exception_handler(ValidationError)
def _refuse_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found: dict[str, str] = {}
    for one in error.errors:
        found.setdefault(_field(one["loc"]), _DETAILS.get(one["type"], "klopt niet"))
    errors = [{"field": name, "detail": detail} for name, detail in found.items()]
    return refuse(Refused(400, "Een of meer velden kloppen niet.", errors))


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse(Refused(error.status_code, "De vraag is geen goede JSON (UTF-8)."))


@api.exception_handler(SuspiciousOperation)
def _refuse_whole(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return refuse(Refused(413 if isinstance(error, RequestDataTooBig) else 400, ""))


@api.exception_handler(Exception)
def _own_mistake(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return refuse(Refused(500, ""))


@api.exception_handler(OperationalError)
def _refuse_for_now(request: HttpRequest, error: OperationalError) -> HttpResponse:
    _log.error("the store does not answer", exc_info=error)
    return refuse(Refused(503, "Wij kunnen even niet bij de gegevens. Probeer het over een minuut nog eens."))


def _field(location: tuple[str | int, ...]) -> str:
    """The name of a field as the asker wrote it: without where ninja puts it, or which of its forms was tried."""
    where, *parts = location
    named = [str(part) for part in parts if part not in ("body", "asked")]
    return ".".join(named[:1] if where == "query" else named)[:80]


_DETAILS = {
    "missing": "ontbreekt",
    "extra_forbidden": "kennen wij niet",
    "string_type": "is geen tekst",
    "string_unicode": "is geen goede tekst",
    "string_too_short": "is leeg",
    "string_too_long": "is te lang",
    "string_pattern_mismatch": "klopt niet",
    "enum": "is geen waarde die wij kennen",
    "uuid_parsing": "is geen id",
    "int_type": "is geen heel getal",
    "int_parsing": "is geen heel getal",
    "int_parsing_size": "is te groot",
    "greater_than_equal": "is te klein",
    "less_than_equal": "is te groot",
}
