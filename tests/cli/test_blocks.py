"""`samenspel blocks`: the matrix with evidence, reason, gap and remedy, for people and for programs."""

import json
from typing import Any

import pytest

from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockState
from tests.cli.running import run
from tests.people.rows import AT, BY, GM
from tests.policy.block_rows import EAST, IN_EAST, IN_WEST, WEST, a_meeting_place, a_town, the_norms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.MUNICIPALITY = GM


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run("blocks", *words, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_every_wijk_has_its_five_blocks_with_reason_and_evidence(capsys: pytest.CaptureFixture[str]):
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    found = {one["area"]: one for one in told(capsys)["areas"]}

    assert [one["block"] for one in found[WEST]["blocks"]] == [1, 2, 3, 4, 5]
    meeting = found[WEST]["blocks"][2]
    assert (meeting["state"], meeting["fresh"], meeting["is_gap"]) == ("present", 1, False)
    assert meeting["reason"] == "100 % van de inwoners woont dichtbij genoeg, en er is genoeg."


def test_nothing_kept_yet_is_worked_out_now(capsys: pytest.CaptureFixture[str]):
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    found = told(capsys, "--area", WEST)

    assert found["areas"][0]["blocks"][2]["state"] == "present"
    assert not BlockState.objects.exists()


def test_a_gap_names_what_could_help(capsys: pytest.CaptureFixture[str]):
    a_town()
    the_norms(meeting_places={"amount": 100.0})
    a_meeting_place(**IN_WEST)
    a_meeting_place(name="De Kantine", hours=[], **{**IN_EAST, "longitude": 5.24})
    assert run("blocks", "--area", WEST) == 0
    lines = capsys.readouterr().out

    assert "3. ontmoetingsplekken: deels (1 bevestigd)" in lines
    assert "Er is gemiddeld 65 binnen bereik; de norm is 100." in lines
    assert "Zou kunnen helpen: ruimte De Kantine, Stichting De Kantine, 101" in lines


def test_what_is_no_wijk_here_ends_with_2_and_names_what_is(capsys: pytest.CaptureFixture[str]):
    a_town()
    assert run("blocks", "--area", "WK000000") == 2
    assert f"--area WK000000: deze wijk kennen wij niet. Wel: {EAST}, {WEST}" in capsys.readouterr().err


def test_without_areas_it_says_what_to_do(capsys: pytest.CaptureFixture[str]):
    assert run("blocks") == 0
    assert "lees eerst de gebieden in" in capsys.readouterr().out


def test_without_a_municipality_it_says_so(settings: Any, capsys: pytest.CaptureFixture[str]):
    settings.MUNICIPALITY = ""
    assert run("blocks") == 1
    assert "welke gemeente" in capsys.readouterr().err
