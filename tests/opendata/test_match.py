"""`POST /api/v1/match`: the four questions, and what the Dutch API Design Rules ask of every answer."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from samenspel.opendata import match as match_module
from samenspel.opendata.problems import api_conventions
from samenspel.socialmap.ask import as_data, ask
from tests.opendata.answers import check
from tests.socialmap.index_cast import AT, Town, bring_up_to_date, town_with_offerings

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/match"


@pytest.fixture
def town(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    settings.DATA = tmp_path
    settings.MUNICIPALITY = "GM9901"
    monkeypatch.setattr(match_module.timezone, "now", lambda: AT)
    found = town_with_offerings()
    bring_up_to_date()
    return found


def send(client: Client, body: Any, *, content_type: str = "application/json", **rest: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    address = rest.pop("address", ADDRESS)
    response = client.post(address, data=data, content_type=content_type, **rest)
    if address == ADDRESS:
        check(response, address, "post")
    return response


def test_it_answers_as_the_front_door_does(client: Client, town: Town) -> None:
    response = send(client, {"question": "samen wandelen", "postcode": "Oosterkwartier", "limit": 2})

    assert response.status_code == 200
    assert response.json() == as_data(ask("samen wandelen", near=town.near(), at=AT, limit=2))
    assert len(response.json()["results"]) == 2


def test_without_a_postcode_it_looks_around_the_middle_of_the_municipality(client: Client, town: Town) -> None:
    assert send(client, {"question": "schaken"}).json()["near"] == "Gemeente 9901"


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_another_method_is_refused_as_a_problem(client: Client, town: Town, method: str) -> None:
    response = getattr(client, method)(ADDRESS)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        ({}, "question", "ontbreekt"),
        ({"question": "  "}, "question", "is leeg"),
        ({"question": "x" * 2001}, "question", "is te lang"),
        ({"question": 3}, "question", "is geen tekst"),
        ('{"question": "\\ud800"}', "question", "is geen goede tekst"),
        ({"question": "schaken", "limit": 0}, "limit", "is te klein"),
        ({"question": "schaken", "limit": 51}, "limit", "is te groot"),
        ({"question": "schaken", "limit": "3"}, "limit", "is geen heel getal"),
        ({"question": "schaken", "plaats": "hier"}, "plaats", "kennen wij niet"),
        ({"question": "schaken", "postcode": "9999ZZ"}, "postcode", "Postcode 9999 ZZ kennen wij niet"),
    ],
)
def test_a_mistake_names_the_field(client: Client, town: Town, body: Any, field: str, detail: str) -> None:
    response = send(client, body)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert (found["type"], found["title"], found["status"]) == ("about:blank", "De vraag klopt niet", 400)
    assert [one["field"] for one in found["errors"]] == [field]
    assert found["errors"][0]["detail"].startswith(detail)


@pytest.mark.parametrize("body", ["{", b"\xff\xfe", "[]", '"schaken"', "null", "[" * 10_000])
def test_what_is_no_json_object_is_refused(client: Client, town: Town, body: Any) -> None:
    response = send(client, body)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_refused(client: Client, town: Town, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert send(client, {"question": "x" * 200}).status_code == 413


@pytest.mark.parametrize(
    ("status", "rest"),
    [
        (415, {"content_type": "text/plain"}),
        (415, {"content_type": "application/x-www-form-urlencoded"}),
        (406, {"headers": {"Accept": "text/html"}}),
        (400, {"address": f"{ADDRESS}?vraag=schaken"}),
        (404, {"address": f"{ADDRESS}/"}),
        (404, {"address": "/api/v1/onbekend"}),
        (404, {"address": "/api/v2/match"}),
    ],
)
def test_every_refusal_is_a_problem(client: Client, town: Town, status: int, rest: dict[str, Any]) -> None:
    response = send(client, {"question": "schaken"}, **rest)

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert int(response.headers["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "text/html, application/json;q=0.5"])
def test_every_way_to_accept_json_is_understood(client: Client, town: Town, accept: str) -> None:
    assert send(client, {"question": "schaken"}, headers={"Accept": accept}).status_code == 200


def test_a_charset_behind_the_media_type_does_no_harm(client: Client, town: Town) -> None:
    assert send(client, {"question": "schaken"}, content_type="application/json; charset=utf-8").status_code == 200


def test_our_own_failure_is_a_problem_that_tells_nothing_of_the_question(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(match_module, "ask", fail)
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        response = send(client, {"question": "mijn geheime zorg"})

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": "Er ging bij ons iets mis", "status": 500}
    assert "broken" in caplog.text
    assert "geheime" not in caplog.text


@pytest.mark.parametrize("question", ["mijn geheime zorg", ""])
def test_the_question_is_never_logged(
    client: Client, town: Town, caplog: pytest.LogCaptureFixture, question: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, {"question": question, "onbekend": "mijn geheime zorg"})

    assert "geheime" not in caplog.text


def test_an_index_that_is_not_there_yet_says_when_to_come_back(client: Client, town: Town, settings: Any) -> None:
    settings.DATA = settings.DATA / "elsewhere"

    response = send(client, {"question": "schaken"})

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Zoeken lukt nu even niet" in response.json()["detail"]


@pytest.mark.parametrize(
    "sent",
    [
        {"question": "ik wil niet meer leven" + " en ook nog iets anders" * 100},
        {"question": "wie gaat er mee wandelen " * 100 + "ik wil niet meer leven"},
        {"question": "ik wil niet meer leven", "limit": 0},
        {"question": "ik wil niet meer leven", "postcode": "9999ZZ"},
        {"question": "ik wil niet meer leven", "plaats": "hier"},
    ],
    ids=["too long", "too long, cry last", "limit", "place", "unknown key"],
)
def test_a_refusal_carries_the_help_that_must_come_at_once(client: Client, town: Town, sent: dict[str, Any]) -> None:
    response = send(client, sent)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"]
    assert {one["phone"] for one in response.json()["urgent"]} == {"113"}
    assert int(response.headers["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("question", ["x" * 2001, 3, None, {}], ids=["too long", "number", "nothing", "object"])
def test_a_refusal_without_a_cry_for_help_carries_none(client: Client, town: Town, question: Any) -> None:
    assert "urgent" not in send(client, {"question": question}).json()


def test_urgent_help_is_given_even_without_an_index(client: Client, town: Town, settings: Any) -> None:
    settings.DATA = settings.DATA / "elsewhere"

    response = send(client, {"question": "ik wil niet meer leven"})

    assert response.status_code == 200
    assert response.json()["urgent"][0]["phone"]


@pytest.mark.parametrize("body", [{"question": "schaken"}, {}])
def test_every_answer_has_a_version_is_not_stored_and_sets_no_cookie(client: Client, town: Town, body: Any) -> None:
    response = send(client, body)

    assert response.headers["API-Version"] == "1.1.0"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies


def test_the_number_of_queries_is_constant(client: Client, town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert send(client, {"question": "samen wandelen"}).json()["results"]
    with django_assert_num_queries(2) as nothing:
        assert not send(client, {"question": "xylofoonkwartet"}).json()["results"]
    assert isinstance(nothing, CaptureQueriesContext)


def test_a_cookie_that_anything_sets_never_leaves_by_the_api(rf: RequestFactory) -> None:
    def sets_cookie(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("spoor", "1")
        return response

    assert not api_conventions(sets_cookie)(rf.get("/api/v1/match")).cookies
    assert api_conventions(sets_cookie)(rf.get("/elders")).cookies


def test_other_pages_keep_their_own_errors(client: Client, town: Town) -> None:
    response = client.get("/onbekend")

    assert response.status_code == 404
    assert "problem" not in response.headers["Content-Type"]
    assert "API-Version" not in response.headers
