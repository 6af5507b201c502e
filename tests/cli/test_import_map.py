"""`samenspel import organizations | offerings | places | template | undo`: report, JSON and exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import ImportRun, MeetingPlace, Offering
from tests.cli.running import run
from tests.places.conftest import real
from tests.socialmap.import_files import a_csv, a_line, postcodes

__all__ = ["real"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    postcodes("1381AB", "1381")
    file = tmp_path / "aanbod.csv"
    file.write_bytes(a_csv(a_line(), a_line(naam="Koffie", soort="cursus")))
    return file


def test_a_file_with_a_bad_line_is_read_and_says_which(file: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_offerings", file) == 0

    out = capsys.readouterr().out
    assert "2 gelezen, 1 nieuw, 0 gewijzigd, 0 gelijk, 1 geweigerd" in out
    assert "geweigerd: regel 3, soort: 'cursus' kennen wij hier niet" in out
    assert f"samenspel import undo {ImportRun.objects.get().pk}" in out


def test_only_looking_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_offerings", file, "--preview") == 0

    assert "er is nog niets veranderd" in capsys.readouterr().out
    assert not Offering.objects.exists()


def test_json_has_the_keys_of_every_import(file: Path, capsys: pytest.CaptureFixture[str]):
    run("import_offerings", file, "--json")

    answer = json.loads(capsys.readouterr().out)
    assert (answer["read"], answer["new"], answer["refused"]) == (2, 1, 1)
    assert answer["files"][0]["refusals"][0]["field"] == "soort"


def test_a_file_that_is_no_table_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"\x89PNG\r\n")

    assert run("import_organizations", picture) == 1

    captured = capsys.readouterr()
    assert "afbeelding" in captured.out
    assert "foto.csv" in captured.err


@override_settings(MUNICIPALITY="")
def test_without_a_municipality_it_says_how_to_set_it(file: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_offerings", file) == 1
    assert "SAMENSPEL_MUNICIPALITY" in capsys.readouterr().err


def test_undo_takes_the_last_import_back_and_then_there_is_nothing_more(file: Path, capsys: pytest.CaptureFixture[str]):
    run("import_offerings", file)
    capsys.readouterr()

    assert (run("import_undo"), run("import_undo")) == (0, 1)

    captured = capsys.readouterr()
    assert "3 weggehaald, 0 teruggezet, 0 blijven staan" in captured.out
    assert "niets ingelezen" in captured.err
    assert not Offering.objects.exists()


def test_undo_by_number_of_an_import_that_was_undone_says_so(file: Path, capsys: pytest.CaptureFixture[str]):
    run("import_offerings", file)
    number = ImportRun.objects.get().pk
    run("import_undo", number)

    assert run("import_undo", number) == 1
    assert "al teruggedraaid" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_written_and_read_back(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / f"aanbod.{form}"

    assert run("import_template", "offerings", "--form", form, "--to", file) == 0

    run("import_offerings", file, "--json")
    assert json.loads(capsys.readouterr().out)["refused"] == 0


def test_a_template_that_cannot_be_written_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_template", "places", "--to", tmp_path / "weg" / "x.xlsx") == 1
    assert "niet te schrijven" in capsys.readouterr().err


@pytest.mark.real_data
def test_a_real_municipality_is_up_from_an_empty_store_with_three_commands(real: Path, tmp_path: Path):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env = kept | {"SAMENSPEL_DATA": str(tmp_path / "data"), "SAMENSPEL_MUNICIPALITY": "GM1859"}
    areas = [real / "cbs-gebieden" / f"{kind}_2024.geojson.gz" for kind in ("buurten", "wijken", "gemeenten")]
    figures = real / "cbs-kerncijfers" / "kwb_2024_gemeente_wijk_buurt.csv.gz"
    buildings = real / "stemlokalen-2023" / "stemlokalen_2023.csv.gz"

    for words in (["areas", *areas], ["figures", figures], ["places", buildings]):
        done = subprocess.run(
            [sys.executable, "-m", "samenspel", "import", *map(str, words), "--json"],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip

    answer = json.loads(done.stdout)
    assert (answer["new"], answer["refused"]) == (27, 0)
    look = (
        "from samenspel.socialmap.models import MeetingPlace as M; print(M.objects.exclude(neighborhood=None).count())"
    )
    shell = subprocess.run(
        [sys.executable, "-m", "django", "shell", "-v", "0", "-c", look],
        env=env | {"DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shell.stdout.strip() == "27"


def test_organizations_and_places_have_commands_of_their_own(tmp_path: Path):
    postcodes("1381AB")
    groups, places = tmp_path / "o.csv", tmp_path / "p.csv"
    groups.write_text("naam;soort\nKoor;vereniging\n", encoding="utf-8")
    places.write_text("naam;adres;postcode\nDe Ark;Dorpsstraat 1;1381AB\n", encoding="utf-8")

    assert (run("import_organizations", groups), run("import_places", places)) == (0, 0)

    assert (Organization.objects.get().name, MeetingPlace.objects.get().house_number) == ("Koor", "1")
    assert not Area.objects.exists()
