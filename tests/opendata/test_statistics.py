"""All public figures in the open API: a page at a time, the same rows as the file."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.strength.statistics import document
from tests.opendata.answers import items, read
from tests.people.rows import AT, GM
from tests.policy.block_rows import WEST, a_town
from tests.strength.test_statistics import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MUNICIPALITY = GM
    monkeypatch.setattr(timezone, "now", lambda: AT)
    a_town()
    counted(1)


def test_all_pages_together_are_the_file(client: Client):
    assert items(client, "/statistics?pageSize=100") == document(GM, at=AT)["items"]


def test_a_page_says_how_many_there_are_and_where_the_next_is(client: Client):
    found = read(client, "/statistics?pageSize=3&measure=unmet").json()
    assert len(found["items"]) == 3
    assert found["total"] > 3
    assert "measure=unmet" in found["links"]["next"]


@pytest.mark.parametrize(
    ("keys", "name", "value"),
    [
        ("measure=shift_solved", "measure", "shift_solved"),
        ("period=2026Q2", "period", "2026Q2"),
        (f"area={WEST}", "area", WEST),
    ],
    ids=["measure", "period", "area"],
)
def test_figures_are_filtered(client: Client, keys: str, name: str, value: str):
    found = items(client, f"/statistics?{keys}&pageSize=100")
    assert found == [one for one in document(GM, at=AT)["items"] if one[name] == value]
    assert found


@pytest.mark.parametrize("keys", ["page=2", "pageSize=0", "pageSize=101", "after=" + "x" * 201])
def test_what_we_do_not_know_is_refused(client: Client, keys: str):
    assert read(client, f"/statistics?{keys}").status_code == 400


def test_what_did_not_change_costs_no_bytes(client: Client):
    etag = read(client, "/statistics").headers["ETag"]
    assert read(client, "/statistics", **{"If-None-Match": etag}).status_code == 304


def test_a_head_has_the_headers_and_no_body(client: Client):
    assert read(client, "/statistics", method="head").content == b""
