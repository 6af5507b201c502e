"""The OpenAPI document says what the API does, in the way the Dutch API Design Rules ask."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from samenspel.opendata import api as api_module
from tests.opendata.test_match import send
from tests.opendata.test_match import town as town
from tests.socialmap.index_cast import Town

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/openapi.json"


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(ADDRESS).json()
    return found


def test_every_site_may_read_it(client: Client) -> None:
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["API-Version"] == response.json()["info"]["version"]
    assert not response.cookies


def test_head_answers_and_other_methods_are_refused_as_a_problem(client: Client) -> None:
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405
    assert client.post(ADDRESS).headers["Content-Type"] == "application/problem+json"


def test_it_is_openapi_3_1_with_a_contact_and_its_own_address(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {"name", "url"} <= set(document["info"]["contact"])
    assert document["servers"] == [{"url": "http://testserver/api/v1"}]


def test_paths_have_no_slash_at_the_end_and_every_operation_declares_its_errors(document: dict[str, Any]) -> None:
    assert list(document["paths"]) == ["/match"]
    for path in document["paths"].values():
        for operation in path.values():
            assert {"200", "400", "404", "406", "415"} <= {str(status) for status in operation["responses"]}
            for status, response in operation["responses"].items():
                assert "API-Version" in response["headers"]
                kind = "application/json" if str(status) == "200" else "application/problem+json"
                assert list(response["content"]) == [kind]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"question": "samen wandelen"}, 200, "application/json"),
        ({"question": "ik wil niet meer leven"}, 200, "application/json"),
        ({"question": "xylofoonkwartet"}, 200, "application/json"),
        ({}, 400, "application/problem+json"),
    ],
)
def test_answers_are_as_declared(
    client: Client, town: Town, document: dict[str, Any], body: Any, status: int, kind: str
) -> None:
    response = send(client, body)
    declared = document["paths"]["/match"]["post"]["responses"][str(status)]["content"][kind]["schema"]

    assert response.status_code == status
    jsonschema.validate(response.json(), {**declared, "components": document["components"]})


def test_the_document_is_plain_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document
    assert api_module.api.version == document["info"]["version"]
    assert Path(ADDRESS).suffix == ".json"
