"""The OpenAPI 3.1 document of `/hsds/v3`: the paths and keys of HSDS 3.0, and what the profile adds."""

from functools import lru_cache
from typing import Any

from samenspel.opendata.problems import MEDIA_TYPE
from samenspel.socialmap.hsds.profile import HSDS_VERSION, PROFILE

SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema"
_PAGING = ("search", "page", "per_page", "format")
_CHOICE = (*_PAGING, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
_TYPES = {
    **dict.fromkeys(("page", "per_page", "proximity"), {"type": "integer", "minimum": 1}),
    **dict.fromkeys(("full", "minimal", "full_service", "top_only"), {"type": "boolean"}),
    "format": {"type": "string", "enum": ["json", "ndjson"]},
}
_LISTS = {
    "services": ("compiled/service_list.json", "compiled/service.json", (*_CHOICE, "minimal", "full"), ()),
    "events": ("compiled/service_list.json", "compiled/service.json", (*_CHOICE, "minimal", "full"), ()),
    "organizations": (
        "compiled/organization_list.json",
        "compiled/organization.json",
        (*_PAGING, "full_service", "full"),
        ("full_service",),
    ),
    "service_at_locations": (
        "compiled/service_at_location_list.json",
        "compiled/service_at_location.json",
        (*_CHOICE, "full", "postcode", "proximity"),
        (),
    ),
    "taxonomies": ("taxonomy.json", "taxonomy.json", _PAGING, ()),
    "taxonomy_terms": (
        "taxonomy_term.json",
        "taxonomy_term.json",
        (*_PAGING, "taxonomy_id", "top_only", "parent_id"),
        (),
    ),
}
"""Address: schema of an entry in the list, schema of one with its id, keys of the list, keys of one."""
_PAGE = {
    "total_items": "integer",
    "total_pages": "integer",
    "page_number": "integer",
    "size": "integer",
    "first_page": "boolean",
    "last_page": "boolean",
    "empty": "boolean",
}


def at(root: str) -> dict[str, Any]:
    """The document of the API that answers at `root`, an absolute address."""
    return _document() | {"servers": [{"url": root.rstrip("/")}]}


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {"/": {"get": _operation("about", {"type": "object"}, ())}}
    for name, (entry, one, list_keys, one_keys) in _LISTS.items():
        paths[f"/{name}"] = {"get": _operation(f"list_{name}", _page_of(entry), list_keys)}
        key = {"in": "path", "name": "id", "required": True, "schema": {"type": "string"}}
        operation = _operation(f"get_{name}", {"$ref": f"{SCHEMAS}/{one}"}, one_keys)
        paths[f"/{name}/{{id}}"] = {"parameters": [key], "get": operation}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Samenspel HSDS",
            "version": HSDS_VERSION,
            "description": f"Open Referral HSDS {HSDS_VERSION} met het profiel {PROFILE}.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": paths,
    }


def _operation(name: str, schema: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    parameters = [{"in": "query", "name": key, "schema": _TYPES.get(key, {"type": "string"})} for key in keys]
    error = {"description": "Een fout (RFC 9457)", "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    answer = {"description": "Het antwoord", "content": {"application/json": {"schema": schema}}}
    return {"operationId": name, "parameters": parameters, "responses": {"200": answer, "default": error}}


def _page_of(entry: str) -> dict[str, Any]:
    properties: dict[str, Any] = {name: {"type": kind} for name, kind in _PAGE.items()}
    contents = {"type": "array", "items": {"$ref": f"{SCHEMAS}/{entry}"}}
    return {"type": "object", "required": [*_PAGE, "contents"], "properties": {**properties, "contents": contents}}
