"""What every operation that reads has in common: keys, forms, ETag, CORS, errors."""

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from samenspel.opendata import resources
from samenspel.socialmap.actions import mark_full
from tests.opendata.answers import read
from tests.socialmap.index_cast import AT, BY, Town

LISTS = ["/areas", "/offerings", "/places", "/organizations"]
PROBLEM = "application/problem+json"
NOBODY = "00000000-0000-4000-8000-000000000000"


def every_address(town: Town) -> list[str]:
    return [
        *LISTS,
        "/areas/BU99010101",
        "/areas/BU99010101/boundary",
        f"/offerings/{town.offerings['walk'].pk}",
        f"/places/{town.places['house'].pk}",
        f"/organizations/{town.groups['club'].pk}",
    ]


def test_every_answer_may_be_kept_but_is_asked_again(client: Client, open_town: Town) -> None:
    for address in every_address(open_town):
        answer = read(client, address)

        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["ETag"].startswith('"')
        assert answer.headers["Vary"] == "Accept"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert not answer.cookies


def test_what_stayed_the_same_costs_no_bytes(client: Client, open_town: Town) -> None:
    for address in every_address(open_town):
        etag = read(client, address).headers["ETag"]
        for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = read(client, address, **{"If-None-Match": asked})

            assert again.status_code == 304
            assert again.headers["ETag"] == etag
            assert again.headers["Cache-Control"] == "public, no-cache"
        assert read(client, address, **{"If-None-Match": '"other"'}).status_code == 200
        assert read(client, address, **{"If-Match": '"other"'}).status_code == 412


def test_an_etag_follows_from_the_data_and_not_from_the_time(
    client: Client, open_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = open_town.offerings["walk"]
    addresses = ("/offerings", f"/offerings/{walk.pk}")
    before = [read(client, address).headers["ETag"] for address in addresses]

    monkeypatch.setattr(resources.timezone, "now", lambda: AT.replace(year=2027))
    assert [read(client, address).headers["ETag"] for address in addresses] == before

    mark_full(offering=walk, by=BY, at=AT)
    after = [read(client, address, **{"If-None-Match": etag}) for address, etag in zip(addresses, before, strict=True)]
    assert [answer.status_code for answer in after] == [200, 200]
    assert not {answer.headers["ETag"] for answer in after} & set(before)


def test_a_change_elsewhere_leaves_an_etag_as_it_was(client: Client, open_town: Town) -> None:
    address = f"/offerings/{open_town.offerings['walk'].pk}"
    before = read(client, address).headers["ETag"]

    mark_full(offering=open_town.offerings["chess"], by=BY, at=AT)

    assert read(client, address).headers["ETag"] == before


def test_head_answers_as_get_does(client: Client, open_town: Town) -> None:
    for address in every_address(open_town):
        whole, head = read(client, address), read(client, address, method="head")

        assert head.status_code == 200
        assert head.headers["ETag"] == whole.headers["ETag"]
        assert read(client, address, method="head", **{"If-None-Match": head.headers["ETag"]}).status_code == 304
    assert read(client, f"/offerings/{NOBODY}", method="head").status_code == 404


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_can_be_written(client: Client, open_town: Town, address: str, method: str) -> None:
    response = getattr(client, method)(f"/api/v1{address}")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Cache-Control"] == "no-store"


def preflight(client: Client, address: str, method: str) -> Any:
    return client.options(f"/api/v1{address}", headers={"Access-Control-Request-Method": method, "Origin": "https://x"})


def test_a_script_of_another_site_may_ask_with_a_condition_and_nothing_else(client: Client, open_town: Town) -> None:
    for address in every_address(open_town):
        response = preflight(client, address, "GET")
        assert response.status_code == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert preflight(client, "/offerings", "POST").status_code == 405
    assert preflight(client, "/match", "POST").status_code == 405
    assert preflight(client, "/match", "GET").status_code == 405


@pytest.mark.parametrize(
    ("address", "field", "detail"),
    [
        ("/offerings?soort=activity", "soort", "kennen wij niet"),
        ("/offerings?page_size=3", "page_size", "kennen wij niet"),
        ("/offerings?pagesize=3", "pagesize", "kennen wij niet"),
        ("/areas/GM9901?kind=district", "kind", "kennen wij niet"),
        ("/organizations?theme=meet", "theme", "kennen wij niet"),
        ("/offerings?kind=activity&kind=activity", "kind", "staat er twee keer"),
        ("/offerings?kind=", "kind", "is geen waarde die wij kennen"),
        ("/offerings?theme=vrolijk", "theme", "is geen waarde die wij kennen"),
        ("/offerings?layer=5", "layer", "is geen waarde die wij kennen"),
        ("/offerings?place=hier", "place", "is geen id"),
        ("/offerings?after=1", "after", "is geen id"),
        ("/offerings?pageSize=0", "pageSize", "is te klein"),
        ("/offerings?pageSize=101", "pageSize", "is te groot"),
        ("/offerings?pageSize=veel", "pageSize", "is geen heel getal"),
        ("/offerings?area=" + "x" * 41, "area", "is te lang"),
        ("/places?area=a%00b", "area", "klopt niet"),
        ("/areas?year=99999999999999999999999", "year", "is te groot"),
        ("/areas?year=1889", "year", "is te klein"),
    ],
)
def test_a_key_or_value_that_is_wrong_is_named(
    client: Client, open_town: Town, address: str, field: str, detail: str
) -> None:
    response = read(client, address)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Cache-Control"] == "no-store"
    assert {"field": field, "detail": detail} in response.json()["errors"]


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("/offerings", "text/html", 406),
        ("/offerings", "application/geo+json", 406),
        ("/offerings", "*/*", 200),
        ("/offerings", "text/html, application/json;q=0.1", 200),
        ("/areas/BU99010101/boundary", "application/json", 406),
        ("/areas/BU99010101/boundary", "application/geo+json", 200),
        ("/areas/BU99010101/boundary", "application/*", 200),
    ],
)
def test_another_form_of_answer_is_refused(
    client: Client, open_town: Town, address: str, accept: str, status: int
) -> None:
    response = read(client, address, Accept=accept)

    assert response.status_code == status
    if status == 406:
        assert "er alleen als application/" in response.json()["detail"]


@pytest.mark.parametrize(
    "address",
    [f"/offerings/{NOBODY}", "/areas/BU00000000", "/areas/BU00000000/boundary", f"/places/{NOBODY}",
     f"/organizations/{NOBODY}"],
)  # fmt: skip
def test_what_is_not_there_says_so_in_dutch(client: Client, open_town: Town, address: str) -> None:
    found = read(client, address).json()

    assert (found["status"], found["title"]) == (404, "Niet gevonden")
    assert found["detail"]


@pytest.mark.parametrize("address", ["/", "/offerings/", "/offerings/1", "/onbekend", "/areas/a/b", "/areas/%00"])
def test_an_address_that_does_not_exist_is_a_problem_too(client: Client, open_town: Town, address: str) -> None:
    response = client.get(f"/api/v1{address}")

    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["API-Version"] == "1.1.0"


def test_a_reader_in_english_gets_the_same(client: Client, open_town: Town) -> None:
    for address in (*every_address(open_town), f"/offerings/{NOBODY}", "/offerings?soort=1"):
        dutch, english = read(client, address), read(client, address, **{"Accept-Language": "en"})

        assert english.content == dutch.content
        assert english.headers["Content-Language"] == "nl"


def test_a_store_that_does_not_answer_is_said_with_when_to_come_back(
    client: Client, open_town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**named: Any) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(resources, "open_offerings", fail)
    with caplog.at_level(logging.ERROR):
        response = read(client, "/offerings")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "server closed" in caplog.text
    assert "server closed" not in response.content.decode()


def test_our_own_mistake_is_a_problem(client: Client, open_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**named: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(resources, "open_offerings", fail)
    client.raise_request_exception = False

    assert read(client, "/offerings").status_code == 500
