"""The OpenAPI document of the API: what django-ninja makes of the code, with what the Dutch API Design Rules add."""

from functools import lru_cache
from typing import Any

from samenspel.opendata.api import api
from samenspel.opendata.problems import API_VERSION, JSON, MEDIA_TYPE, RETRY_AFTER, title
from samenspel.opendata.reading import KEYS, MEDIA_TYPE_KEY


def _header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": "string", "examples": [example]}}


_VERSION = {"API-Version": _header("Versie van de API", API_VERSION)}
_ETAG = {"ETag": _header("Kenmerk van deze inhoud, voor `If-None-Match`", '"5d41402abc4b2a76"')}
_RETRY = {"Retry-After": _header("Over hoeveel seconden u het weer kunt proberen", RETRY_AFTER)}
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "Kenmerk (`ETag`) van wat u al hebt; is er niets veranderd, dan is het antwoord 304 zonder inhoud.",
    "schema": {"type": "string"},
}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The document without its address."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/"))
    found["info"] = found["info"] | {
        "contact": {
            "name": "Samenspel",
            "url": "https://example.org/samenspel",
            "email": "samenspel@example.org",
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    schemas = found["components"]["schemas"]
    found["components"] = {"schemas": {name: one for name, one in schemas.items() if not name.endswith(KEYS)}}
    for path in found["paths"].values():
        path.pop("head", None)  # goes with every GET, and would need an operation id of its own
        for method, operation in path.items():
            _complete(method, operation)
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    if method == "get":
        operation["parameters"] = [*operation["parameters"], _IF_NONE_MATCH]
    operation["responses"] = {str(status): response for status, response in operation["responses"].items()}
    kind = operation.pop(MEDIA_TYPE_KEY, JSON)
    for status, response in operation["responses"].items():
        response["description"] = title(int(status))
        response["headers"] = _VERSION | (_ETAG if method == "get" and status in ("200", "304") else {})
        if status == "503":
            response["headers"] = response["headers"] | _RETRY
        if "content" in response:
            response["content"] = {kind if status == "200" else MEDIA_TYPE: response["content"][JSON]}


def at(root: str) -> dict[str, Any]:
    """The document of the API that answers at `root`, an absolute address."""
    return document() | {"servers": [{"url": root}]}
