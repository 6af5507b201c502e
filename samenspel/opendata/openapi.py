"""The OpenAPI document of the API: what django-ninja makes of the code, with what the Dutch API Design Rules add."""

from functools import lru_cache
from typing import Any

from samenspel.opendata.api import api
from samenspel.opendata.problems import API_VERSION, MEDIA_TYPE

_VERSION_HEADER = {
    "API-Version": {
        "description": "Versie van de API",
        "required": True,
        "schema": {"type": "string", "examples": [API_VERSION]},
    }
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
    found["tags"] = []
    for path in found["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                _declare(str(status), response)
    return found


def _declare(status: str, response: dict[str, Any]) -> None:
    response["headers"] = _VERSION_HEADER
    if not status.startswith("2"):
        response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}


def at(root: str) -> dict[str, Any]:
    """The document of the API that answers at `root`, an absolute address."""
    return document() | {"servers": [{"url": root}]}
