"""The building blocks of a wijk in the open API: what the command says too."""

from typing import Any

import pytest
from django.test import Client

from samenspel.policy.blocks import refresh
from samenspel.socialmap.listing import withdraw_listing
from samenspel.strength.blocks import blocks_data
from tests.opendata.answers import read
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area, an_organization
from tests.policy.block_rows import IN_WEST, WEST, a_meeting_place, a_town, the_norms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.MUNICIPALITY = GM


def test_a_wijk_has_its_five_blocks_with_the_keys_of_the_command(client: Client):
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    found = read(client, f"/areas/{WEST}/blocks").json()

    assert found == next(one for one in blocks_data(GM, at=AT) if one["area"] == WEST)
    assert [one["state"] for one in found["blocks"]] == ["unknown", "unknown", "present", "unknown", "unknown"]


@pytest.mark.parametrize("norms", [True, False], ids=["nothing known", "no norms"])
def test_of_what_is_unknown_no_figure_is_given(client: Client, norms: bool):
    a_town()
    if norms:
        the_norms()
        a_meeting_place(**IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    blocks = read(client, f"/areas/{WEST}/blocks").json()["blocks"]

    figures = ("reached", "reached_older", "amount", "per_thousand")
    unknown = [one for one in blocks if one["state"] == "unknown"]
    assert len(unknown) == (4 if norms else 5)
    assert {one[name] for one in unknown for name in figures} == {None}
    assert all(one["reached"] == 1 for one in blocks if one["state"] == "present")


@pytest.mark.parametrize("code", ["WK000000", "GM9901", "WK990201"], ids=["unknown", "no wijk", "elsewhere"])
def test_what_is_no_wijk_here_is_not_found(client: Client, code: str):
    a_town()
    an_area("WK990201", "district", municipality=ELSEWHERE)
    assert read(client, f"/areas/{code}/blocks").status_code == 404


def test_an_unknown_key_is_refused(client: Client):
    a_town()
    assert read(client, f"/areas/{WEST}/blocks?block=3").status_code == 400


def test_what_did_not_change_costs_no_bytes(client: Client):
    a_town()
    etag = read(client, f"/areas/{WEST}/blocks").headers["ETag"]
    assert read(client, f"/areas/{WEST}/blocks", **{"If-None-Match": etag}).status_code == 304


def test_a_host_that_is_not_listed_is_not_named_beside_what_could_help(client: Client):
    a_town()
    the_norms(meeting_places={"amount": 100.0})
    host = an_organization(name="Stille Stichting")
    a_meeting_place(name="De Stille Zaal", host=host, confirmed=None, **IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    remedies = read(client, f"/areas/{WEST}/blocks").json()["blocks"][2]["remedies"]
    assert "Stille Stichting" in {one["organization"] for one in remedies}
    withdraw_listing(organization=host, by=BY, at=AT)

    remedies = read(client, f"/areas/{WEST}/blocks").json()["blocks"][2]["remedies"]
    assert "Stille Stichting" not in {one["organization"] for one in remedies}
