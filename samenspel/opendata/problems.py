"""What every answer under /api and /hsds has in common: errors as problem+json (RFC 9457), a version, no cookie.

Nothing is stored unless the view says how. Every site may read (CORS), and none may write.
Rules: the Dutch API Design Rules (NL GOV ADR), among others `problem-details`, `version-header` and `cors`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

API_VERSION = "1.1.0"
"""Version of the interface, not of the software; it stands in the document and in every answer."""

PREFIXES = ("/api/", "/hsds/")
JSON = "application/json"
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "60"

READING = ("GET", "HEAD")
_EVERY_SITE_READS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "API-Version, ETag, Retry-After",
}

_TITLES: Mapping[int, str] = {
    200: "Het antwoord",
    304: "Er is niets veranderd",
    400: "De vraag klopt niet",
    403: "Geen toegang",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm van antwoord is er niet",
    412: "De voorwaarde klopt niet",
    413: "De vraag is te groot",
    415: "Deze vorm van vraag is er niet",
    503: "Even niet beschikbaar",
}
_OTHER_REFUSAL = "De vraag kan niet worden beantwoord"
_OUR_FAULT = "Er ging bij ons iets mis"


class Refused(Exception):
    """A request that cannot be answered; `errors` are [{"field": …, "detail": …}]."""

    def __init__(self, status: int, detail: str, errors: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


def title(status: int) -> str:
    """What a status says, in Dutch."""
    return _TITLES.get(status, _OUR_FAULT if status >= 500 else _OTHER_REFUSAL)


def problem(status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The body of an error; it names fields and never repeats a question."""
    body: dict[str, Any] = {"type": "about:blank", "title": title(status), "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return body


def refuse(refused: Refused) -> HttpResponse:
    """The answer to a request that cannot be answered."""
    body = problem(refused.status, refused.detail, refused.errors)
    content = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(content, status=refused.status, content_type=MEDIA_TYPE)
    if refused.status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def api_conventions(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whatever answers under PREFIXES, also a refusal of Django itself, gets the same form."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path_info.startswith(PREFIXES):
            _conform(request, response)
        return response

    return respond


def _may_read(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    """Whether a browser asks, for a script of another site, to read what can be read (CORS preflight)."""
    return (
        request.method == "OPTIONS"
        and request.headers.get("Access-Control-Request-Method") in READING
        and isinstance(response, HttpResponseNotAllowed)
        and "GET" in response.headers["Allow"]
    )


def _conform(request: HttpRequest, response: HttpResponseBase) -> None:
    if _may_read(response, request):
        response.status_code = 204
        response.content = b""
    is_problem = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
    if response.status_code >= 400 and not is_problem and isinstance(response, HttpResponse):
        content = json.dumps(problem(response.status_code), ensure_ascii=False).encode()
        response.headers["Content-Type"] = MEDIA_TYPE
        response.headers["Content-Length"] = str(len(content))
        response.content = b"" if request.method == "HEAD" else content
    if response.status_code >= 400 or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if request.method in (*READING, "OPTIONS"):
        for name, value in _EVERY_SITE_READS.items():
            response.headers[name] = value
    response.headers["API-Version"] = API_VERSION
    response.headers["Vary"] = "Accept"  # the one header of the asker that counts; not the language
    response.cookies.clear()
