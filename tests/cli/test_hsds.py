"""`samenspel import hsds` and `samenspel export hsds`: report, forms and exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class

from tests.people.rows import GM
from tests.socialmap.hsds_feed import a_service_record, list_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.MUNICIPALITY = GM


def run(name: str, *words: Any) -> None:
    call_command(load_command_class("samenspel.cli", name), *map(str, words))


def a_feed(folder: Path, *records: Any) -> Path:
    file = folder / "feed.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    return file


def test_a_feed_is_read_and_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run("import_hsds", a_feed(tmp_path, a_service_record(), {"id": 3, "name": "x"}))

    out = capsys.readouterr().out
    assert "4 gelezen, 3 nieuw" in out
    assert "geweigerd: record 2, id:" in out


def test_json_is_the_report_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run("import_hsds", a_feed(tmp_path, a_service_record()), "--source", "buren", "--json")

    assert json.loads(capsys.readouterr().out)["new"] == 3


def test_a_file_of_which_nothing_can_be_read_ends_with_1(tmp_path: Path):
    with pytest.raises(CommandError, match=r"niets gelezen uit weg\.json"):
        run("import_hsds", tmp_path / "weg.json")


def test_the_document_goes_to_the_screen_or_to_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run("import_hsds", a_feed(tmp_path, a_service_record()))
    list_all()
    capsys.readouterr()

    run("export_hsds", "--json")
    document = json.loads(capsys.readouterr().out)
    run("export_hsds", tmp_path / "uit", "--json")
    run("export_hsds", tmp_path / "csv")

    assert [one["name"] for one in document["services"]] == ["Koffie"]
    assert json.loads((tmp_path / "uit" / "hsds.json").read_text(encoding="utf-8")) == document
    assert "Koffie" in (tmp_path / "csv" / "services.csv").read_text(encoding="utf-8")
    about = json.loads((tmp_path / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in about["resources"]} == {file.name for file in (tmp_path / "csv").glob("*.csv")}
    assert "1 services" in capsys.readouterr().out


def test_without_a_place_to_write_it_says_how(tmp_path: Path):
    with pytest.raises(CommandError, match="geef een map, of --json"):
        run("export_hsds")
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(CommandError, match="niet te schrijven"):
        run("export_hsds", tmp_path / "bestand" / "map")


@pytest.mark.parametrize(("name", "words"), [("import_hsds", ["feed.json"]), ("export_hsds", ["--json"])])
def test_without_a_municipality_it_says_what_to_set(name: str, words: list[str], settings: Any):
    settings.MUNICIPALITY = ""

    with pytest.raises(CommandError, match="SAMENSPEL_MUNICIPALITY"):
        run(name, *words)
