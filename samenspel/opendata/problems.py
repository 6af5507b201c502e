"""What every answer under /api has in common: errors as problem+json (RFC 9457), a version, no cookie, no storing.

Rules: the Dutch API Design Rules (NL GOV ADR), among others `problem-details` and `version-header`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

API_VERSION = "1.0.0"
"""Version of the interface, not of the software; it stands in the document and in every answer."""

PREFIXES = ("/api/",)
MEDIA_TYPE = "application/problem+json"

_TITLES: Mapping[int, str] = {
    400: "De vraag klopt niet",
    403: "Geen toegang",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm van antwoord is er niet",
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


def problem(status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The body of an error; never repeats what was asked."""
    title = _TITLES.get(status, _OUR_FAULT if status >= 500 else _OTHER_REFUSAL)
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return body


def api_conventions(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whatever answers under /api, also a refusal of Django itself, gets the same form."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path_info.startswith(PREFIXES):
            _conform(request, response)
        return response

    return respond


def _conform(request: HttpRequest, response: HttpResponseBase) -> None:
    is_problem = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
    if response.status_code >= 400 and not is_problem and isinstance(response, HttpResponse):
        content = json.dumps(problem(response.status_code), ensure_ascii=False).encode()
        response.headers["Content-Type"] = MEDIA_TYPE
        response.headers["Content-Length"] = str(len(content))
        response.content = b"" if request.method == "HEAD" else content
    response.headers["API-Version"] = API_VERSION
    response.headers["Cache-Control"] = "no-store"
    response.cookies.clear()
