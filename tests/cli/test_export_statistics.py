"""`samenspel export statistics`: the public figures on the screen or in a folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run
from tests.people.rows import GM
from tests.policy.block_rows import a_town
from tests.strength.test_statistics import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.MUNICIPALITY = GM


def test_the_figures_go_to_the_screen_or_to_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    a_town()
    counted(1)
    assert run("export_statistics", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert run("export_statistics", "--out", tmp_path / "uit") == 0

    assert shown["license"] == "CC0-1.0"
    assert json.loads((tmp_path / "uit" / "cijfers.json").read_text(encoding="utf-8")) == shown
    rows = (tmp_path / "uit" / "cijfers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == len(shown["items"]) + 1
    assert f"{len(shown['items'])} cijfers" in capsys.readouterr().out


def test_without_a_folder_or_json_it_asks_for_one(capsys: pytest.CaptureFixture[str]):
    assert run("export_statistics") == 1
    assert "geef een map met --out, of --json" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "bezet").write_text("x")
    assert run("export_statistics", "--out", tmp_path / "bezet") == 1
    assert "niet te schrijven" in capsys.readouterr().err


def test_without_a_municipality_it_says_so(settings: Any, capsys: pytest.CaptureFixture[str]):
    settings.MUNICIPALITY = ""
    assert run("export_statistics", "--json") == 1
    assert "welke gemeente" in capsys.readouterr().err
