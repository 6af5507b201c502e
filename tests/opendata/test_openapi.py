"""The OpenAPI document says what the API does, in the way the Dutch API Design Rules ask."""

import json
import re
from typing import Any

import pytest
from django.test import Client

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


def test_a_refusal_is_about_the_method_and_not_about_a_form(document: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(ADDRESS).status_code == 405
    assert strict.post("/api/v1/offerings").status_code == 405
    assert strict.post("/api/v1/onbekend").status_code == 404


def test_it_is_openapi_3_1_with_a_contact_and_its_own_address(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {"name", "url"} <= set(document["info"]["contact"])
    assert document["servers"] == [{"url": "http://testserver/api/v1"}]


def test_every_operation_declares_its_errors_in_their_own_form(document: dict[str, Any]) -> None:
    everything = {"200", "400", "404", "405", "406", "500", "503"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            more = {"304", "412"} if method == "get" else {"413", "415"}
            assert set(operation["responses"]) == everything | more, path
            for status, response in operation["responses"].items():
                assert "API-Version" in response["headers"]
                expected = (
                    {"application/problem+json"} if status >= "400" else {"application/json", "application/geo+json"}
                )
                assert set(response.get("content", ())) <= expected


def test_the_document_names_the_resources_and_head_goes_with_get(document: dict[str, Any]) -> None:
    assert {path: list(operations) for path, operations in document["paths"].items()} == {
        "/areas": ["get"],
        "/areas/{code}": ["get"],
        "/areas/{code}/boundary": ["get"],
        "/areas/{code}/blocks": ["get"],
        "/statistics": ["get"],
        "/offerings": ["get"],
        "/offerings/{id}": ["get"],
        "/places": ["get"],
        "/places/{id}": ["get"],
        "/organizations": ["get"],
        "/organizations/{id}": ["get"],
        "/match": ["post"],
        "/role-advice": ["post"],
    }


def test_every_reference_in_the_document_can_be_followed(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)))

    assert {"components/schemas/Boundary", "components/schemas/OfferingData"} <= named
    for reference in named:
        found: Any = document
        for part in reference.split("/"):
            found = found[part]
        assert found


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"question": "samen wandelen"}, 200, "application/json"),
        ({"question": "ik wil niet meer leven"}, 200, "application/json"),
        ({"question": "xylofoonkwartet"}, 200, "application/json"),
        ({}, 400, "application/problem+json"),
    ],
)
def test_answers_are_as_declared(client: Client, town: Town, body: Any, status: int, kind: str) -> None:
    response = send(client, body)

    assert response.status_code == status
    assert response.headers["Content-Type"].partition(";")[0] == kind


def test_the_document_is_plain_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document
