"""`POST /api/v1/role-advice`: the advice of the command line, refused by field, and nothing kept."""

import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.engine.roles.facts import FACTS
from samenspel.opendata import role_advice as role_advice_module
from samenspel.opendata.openapi import document
from tests.cli.running import run
from tests.opendata.answers import check

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/role-advice"
CHOIR = {
    "title": "Een koor vraagt een piano",
    "facts": {
        "individual_right": "no", "statutory_task": "nee", "own_circle": False, "residents_decide": True,
        "can_alone": {"answer": "yes", "by": "het bestuur", "on": "2026-01-01", "evidence": "kasboek"},
        "proven": "unknown",
    },
    "measures": {"participants": 40, "target_group": 1000, "amount": 1500.5},
    "now": {"role": 2, "review_on": "2026-01-01"},
    "on": "2026-06-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.MUNICIPALITY = "GM9901"


def send(client: Client, body: Any, *, content_type: str = "application/json", **rest: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    address = rest.pop("address", ADDRESS)
    response = client.post(address, data=data, content_type=content_type, **rest)
    if address == ADDRESS:
        check(response, address, "post")
    return response


def test_it_gives_the_advice_and_all_that_led_to_it_to_a_site_without_a_form() -> None:
    response = send(Client(enforce_csrf_checks=True), CHOIR)
    found = response.json()

    assert response.status_code == 200
    assert (found["advice"], found["owner"]) == (1, "community")
    assert found["rules"][0]["id"] == "able"
    assert {each["id"] for each in found["conditions"]} == {"not_automatic", "transition"}
    assert {each["id"] for each in found["review"]} == {"few_participants", "review_due"}
    assert not response.cookies


@pytest.mark.parametrize(
    "body", [CHOIR, {"title": "Nog niets bekend"}, {"title": "Recht", "facts": {"individual_right": "yes"}}],
    ids=["choir", "nothing known", "right"],
)  # fmt: skip
def test_the_command_line_gives_the_same_answer(
    body: dict[str, Any], client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "casus.toml"
    file.write_text(as_toml(body))
    assert run("advise", file, "--json") == 0

    assert send(client, body).json() == json.loads(capsys.readouterr().out)


def as_toml(value: Any) -> str:
    """The same as TOML: a document, in which every table below it is inline."""
    return "".join(f"{name} = {inline(each)}\n" for name, each in value.items())


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {inline(each)}" for name, each in value.items()) + "}"
    return json.dumps(value)


def test_the_day_is_today_where_none_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"title": "x", "now": {"review_on": "2026-02-01"}}
    for day, due in ((date(2026, 1, 31), False), (date(2026, 2, 1), True)):
        monkeypatch.setattr(role_advice_module.timezone, "localdate", lambda day=day: day)
        assert bool(send(client, body).json()["review"]) is due


WRONG: list[tuple[Any, str, str]] = [
    ({}, "title", "title ontbreekt"),
    ({"title": "  "}, "title", "title ontbreekt"),
    ({"title": 3}, "title", "title ontbreekt of is geen tekst"),
    ({"title": "x" * 2001}, "title", "title is langer dan 2000 tekens"),
    ({"title": "x", "facts": {"proven": "misschien"}}, "facts.proven", "proven is “yes”, “no” of “unknown”"),
    ({"title": "x", "facts": {"proven": 1}}, "facts.proven", "proven is “yes”"),
    ({"title": "x", "facts": {"proven": None}}, "facts.proven", "proven is “yes”"),
    ({"title": "x", "facts": {"proven": {"answer": "yes", "wie": "ik"}}}, "facts.proven", "“wie” hoort niet"),
    ({"title": "x", "facts": {"proven": {"answer": "yes", "on": "2026-02-30"}}}, "facts.proven.on", "on is een"),
    ({"title": "x", "facts": {"proven": {"answer": "yes", "on": None}}}, "facts.proven.on", "is leeg"),
    ({"title": "x", "facts": {"bla": "yes"}}, "facts.bla", "“bla” is geen feit"),
    ({"title": "x", "facts": []}, "facts", "facts is een tabel"),
    ({"title": "x", "measures": {"bla": 1}}, "measures.bla", "“bla” is geen maat"),
    ({"title": "x", "measures": {"volunteers": -1}}, "measures.volunteers", "volunteers is een getal van nul"),
    ({"title": "x", "measures": {"volunteers": True}}, "measures.volunteers", "volunteers is een getal"),
    ('{"title": "x", "measures": {"volunteers": NaN}}', "measures.volunteers", "volunteers is een getal"),
    ({"title": "x", "measures": {"participants": 2, "target_group": 1}}, "measures.participants", "er zijn meer"),
    (
        {"title": "x", "measures": {"years_running": 10}, "facts": {"new_initiative": True}},
        "facts.new_initiative",
        "new_initiative is “yes”, maar het is al 10 jaar",
    ),
    (
        {"title": "x", "on": "2026-06-01", "now": {"review_on": "2026-06-01"}, "facts": {"review_due": "no"}},
        "facts.review_due",
        "review_due is “no”, maar de dag",
    ),
    ({"title": "x", "now": {"role": 5}}, "now.role", "role is 1, 2, 3 of 4"),
    ({"title": "x", "now": {"role": True}}, "now.role", "role is 1, 2, 3 of 4"),
    ({"title": "x", "now": {"role": None}}, "now.role", "is leeg"),
    ({"title": "x", "now": {"bla": 1}}, "now.bla", "“bla” hoort niet"),
    ({"title": "x", "on": "1 januari"}, "on", "on is een datum"),
    ({"title": "x", "on": "20260101"}, "on", "on is een datum"),
    ({"title": "x", "on": None}, "on", "is leeg"),
    ({"title": "x", "bla": 1}, "bla", "“bla” hoort niet in een casus"),
    ({"title": "x", "story": "van mij"}, "story", "kennen wij niet"),
    ({"title": "x", "expect": {"advice": 1}}, "expect", "kennen wij niet"),
    ('{"title": "x", "facts": {"\\ud800": "yes"}}', "facts.?", "“?” is geen feit"),
]


@pytest.mark.parametrize(("body", "field", "detail"), WRONG, ids=[field for _, field, _ in WRONG])
def test_what_is_wrong_is_refused_by_field(client: Client, body: Any, field: str, detail: str) -> None:
    response = send(client, body)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [one["field"] for one in response.json()["errors"]] == [field]
    assert response.json()["errors"][0]["detail"].startswith(detail)


def test_a_fact_that_a_number_contradicts_is_refused_at_the_fact(client: Client) -> None:
    body = CHOIR | {"facts": {"few_participants": "no"}}
    error = send(client, body).json()["errors"][0]

    assert error["field"] == "facts.few_participants"
    assert "participants_share is 4 en drempel few_participants (below 5 vanaf 2025-01-01)" in error["detail"]


@pytest.mark.parametrize("body", ["{", b"\xff\xfe", "[]", '"koor"', "null", "[" * 10_000, '{"a":' * 5_000])
def test_what_is_no_json_object_is_refused(client: Client, body: Any) -> None:
    assert send(client, body).status_code == 400


def test_a_body_that_is_too_large_is_refused(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert send(client, {"title": "x" * 200}).status_code == 413


@pytest.mark.parametrize(
    ("status", "rest"),
    [
        (415, {"content_type": "text/plain"}),
        (406, {"headers": {"Accept": "text/html"}}),
        (400, {"address": f"{ADDRESS}?titel=koor"}),
        (404, {"address": f"{ADDRESS}/"}),
    ],
    ids=["form", "answer", "address", "slash"],
)
def test_every_refusal_is_a_problem(client: Client, status: int, rest: dict[str, Any]) -> None:
    response = send(client, CHOIR, **rest)

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_nothing_that_was_sent_is_kept(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        send(client, CHOIR)
        send(client, CHOIR | {"facts": {"zorg": "geheim"}})

    assert all(query["sql"].startswith("SELECT") for query in queries)
    own = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "koor" not in own
    assert "geheim" not in own


def test_the_document_explains_every_fact() -> None:
    schema = document()["components"]["schemas"]["RoleCase"]
    facts = schema["properties"]["facts"]["properties"]

    assert set(schema["properties"]) == {"title", "facts", "measures", "now", "on"}
    assert set(facts) == set(FACTS)
    assert all("?" in fact["description"] and "Bron: " in fact["description"] for fact in facts.values())
