"""Asking the open API in tests: every answer is held against the API's own document, whatever the test looks at."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import jsonschema
from django.test import Client
from django.urls import resolve

from samenspel.opendata.openapi import document

ROOT = "/api/v1"


def read(client: Client, address: str, *, method: str = "get", **headers: str) -> Any:
    """GET an address ("/offerings?kind=activity", or a whole one) and check the answer against the document."""
    whole = address if address.startswith(("http", ROOT)) else ROOT + address
    response = getattr(client, method)(whole, headers=headers)
    check(response, whole, method)
    return response


def items(client: Client, address: str) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    while address:
        body = read(client, address).json()
        found += body["items"]
        address = body["links"]["next"]
    return found


def check(response: Any, address: str, method: str = "get") -> None:
    """What every answer must be: declared, of the declared type and form, with its version, problem+json on errors."""
    declared = _operation(urlsplit(address).path, method)["responses"].get(str(response.status_code))
    assert declared is not None, f"{method} {address} gave {response.status_code}, which is not declared"
    missing = set(declared.get("headers", ())) - set(response.headers)
    assert not missing, f"{method} {address}: no {missing}"
    if "content" not in declared:
        assert response.content == b""
        return
    kind = response.headers["Content-Type"].partition(";")[0]
    assert kind in declared["content"], f"{method} {address}: {kind}"
    if method != "head":
        validator(declared["content"][kind]["schema"]).validate(response.json())


def _operation(path: str, method: str) -> dict[str, Any]:
    """The operation of the document that answers a path; HEAD goes with GET."""
    route = resolve(path).route.removeprefix(ROOT.removeprefix("/"))
    named = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    found: dict[str, Any] = document()["paths"][named]["get" if method == "head" else method]
    return found


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """A validator of a schema of the document; formats (date, uuid …) count."""
    return jsonschema.Draft202012Validator(
        {**schema, "components": _components()}, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


@lru_cache(maxsize=1)
def _components() -> Any:
    return document()["components"]
