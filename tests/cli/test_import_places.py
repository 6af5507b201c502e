"""`samenspel import areas | figures | postcodes`: report, JSON and exit code."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from samenspel.places.models import Area, AreaFigures, Postcode
from samenspel.socialmap.models import Change
from tests.cli.running import run
from tests.places import make
from tests.places.conftest import real

__all__ = ["real"]
pytestmark = pytest.mark.django_db


def test_a_file_with_one_bad_object_is_read_and_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0), 7)

    assert run("import_areas", file) == 0

    out = capsys.readouterr().out
    assert "2 gelezen, 1 nieuw" in out
    assert "geweigerd: object 2: geen GeoJSON-Feature" in out


def test_json_is_the_report_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = make.geojson(tmp_path / "b.geojson", make.neighborhood(0), 7)

    assert run("import_areas", file, "--year", "2024", "--json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["read"], answer["new"], answer["refused"]) == (2, 1, 1)
    assert answer["files"][0]["refusals"][0]["line"] == 2


def test_a_file_of_which_nothing_can_be_read_ends_with_1_after_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    good = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0))

    assert run("import_areas", tmp_path / "weg_2024.geojson", good) == 1

    captured = capsys.readouterr()
    assert "bestaat niet" in captured.out
    assert "weg_2024.geojson" in captured.err
    assert Area.objects.count() == 1


def test_a_missing_year_says_how_to_give_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_figures", make.table(tmp_path / "kwb.csv", "code,naam,inwoners", "GM9901,M,5")) == 1

    assert "--year 2024" in capsys.readouterr().out


@pytest.mark.parametrize("year", ["tweeduizend", "1", "20240"])
def test_a_wrong_year_is_a_typing_error(tmp_path: Path, year: str):
    with pytest.raises(CommandError, match="geen jaar zoals 2024"):
        call_command(load_command_class("samenspel.cli", "import_figures"), str(tmp_path / "kwb.csv"), "--year", year)


def test_working_areas_are_read_after_the_buurten_they_are_made_of(tmp_path: Path):
    toml = make.table(
        tmp_path / "areas.toml", '[[areas]]\ncode = "KERN-A"\nname = "A"\nbuurten = ["BU99010100", "BU99010101"]'
    )
    buurten = make.geojson(tmp_path / "b.geojson", make.neighborhood(0), make.neighborhood(1))

    assert run("import_areas", toml, buurten, "--year", 2024, "--source", "verzonnen") == 0

    assert set(Area.objects.values_list("code", "source")) == {
        ("BU99010100", "verzonnen"), ("BU99010101", "verzonnen"), ("KERN-A", "verzonnen"),
    }  # fmt: skip


def test_the_search_index_is_told_that_names_of_areas_changed(tmp_path: Path):
    run("import_areas", make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0)))

    assert list(Change.objects.values_list("municipality", "object_id")) == [("GM9901", "")]


def test_progress_is_shown_on_a_terminal_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    file = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0))
    run("import_areas", file)
    silent = capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    run("import_areas", file)

    assert silent == ""
    assert "1 gelezen" in capsys.readouterr().err


@pytest.mark.real_data
def test_all_dutch_areas_figures_and_postcodes_are_read_and_fit_together(
    real: Path, capsys: pytest.CaptureFixture[str]
):
    geojson = [real / "cbs-gebieden" / f"{kind}_2024.geojson.gz" for kind in ("buurten", "wijken", "gemeenten")]
    tables = ("pc4_buurt_overlap_2024", "pc6_steekproef_2023", "pc4_geonames")

    assert run("import_areas", *geojson) == 0
    assert run("import_figures", real / "cbs-kerncijfers" / "kwb_2024_gemeente_wijk_buurt.csv.gz") == 0
    assert run("import_postcodes", *(real / "postcodes" / f"{name}.csv.gz" for name in tables)) == 0

    out = capsys.readouterr().out
    kinds = {kind: Area.objects.filter(kind=kind).exclude(boundary=None).count() for kind in Area.Kind}
    assert (kinds[Area.Kind.MUNICIPALITY], kinds[Area.Kind.DISTRICT], kinds[Area.Kind.NEIGHBORHOOD]) == (
        342,
        3_393,
        14_566,
    )
    assert not Area.objects.exclude(kind=Area.Kind.MUNICIPALITY).filter(parent=None).exists()
    assert AreaFigures.objects.count() == 18_309
    assert Area.objects.filter(boundary=None).count() == 8
    assert out.count("heeft geen grens") == 8
    assert Postcode.objects.filter(code__regex=r"^[0-9]{4}$").count() == 4_086
    assert Postcode.objects.filter(code__regex=r"[A-Z]$").count() == 8_829
    assert Postcode.objects.filter(neighborhood=None).count() < 20
