"""Reading the figures of CBS: empty is unknown, and a wrong cell never loses the rest."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.places.figures import BY_COLUMN, FIGURES
from samenspel.places.importers import files
from samenspel.places.importers.figures import import_figures
from samenspel.places.models import Area, AreaFigures
from tests.places import make

pytestmark = pytest.mark.django_db

HEADER = "code,soort,naam,gemeentecode,inwoners,koopwoningen_pct,afstand_huisarts_km,meest_voorkomende_pc4"
GOOD = "BU99010100,buurt,Buurt,GM9901,1205,45,1.2,1291"


def _values(code: str) -> dict[str, object]:
    return AreaFigures.objects.get(area__code=code).values


def test_columns_become_clear_keys_with_numbers_as_numbers(areas: None, tmp_path: Path):
    import_figures(make.table(tmp_path / "kwb_2024.csv", HEADER, GOOD))

    assert _values("BU99010100") == {
        "residents": 1205, "owner_occupied_percentage": 45, "distance_to_doctor_km": 1.2, "main_postcode": "1291",
    }  # fmt: skip
    assert AreaFigures.objects.get().municipality == "GM9901"


@pytest.mark.parametrize("cell", ["", " ", "."])
def test_an_empty_cell_is_unknown_and_never_zero(areas: None, tmp_path: Path, cell: str):
    import_figures(make.table(tmp_path / "kwb_2024.csv", HEADER, f"BU99010100,buurt,Buurt,GM9901,{cell},0,,"))

    assert _values("BU99010100") == {"owner_occupied_percentage": 0}


def test_a_value_that_became_empty_is_forgotten(areas: None, tmp_path: Path):
    import_figures(make.table(tmp_path / "a_2024.csv", HEADER, GOOD))

    report = import_figures(make.table(tmp_path / "b_2024.csv", HEADER, "BU99010100,buurt,Buurt,GM9901,,45,1.2,1291"))

    assert report.changed == 1
    assert "residents" not in _values("BU99010100")


def test_a_table_with_other_columns_leaves_the_earlier_figures(areas: None, tmp_path: Path):
    import_figures(make.table(tmp_path / "a_2024.csv", "code,inwoners", "BU99010100,100"))

    import_figures(make.table(tmp_path / "b_2024.csv", "code,huishoudens", "BU99010100,40"))

    assert _values("BU99010100") == {"residents": 100, "households": 40}


def test_figures_of_two_years_stand_beside_each_other(areas: None, tmp_path: Path):
    for year in (2023, 2024):
        import_figures(make.table(tmp_path / f"kwb_{year}.csv", "code,naam,inwoners", f"GM9901,M,{year}"))

    assert sorted(AreaFigures.objects.values_list("year", "area__year")) == [(2023, 2023), (2024, 2024)]


def test_a_code_without_boundary_gets_an_area_under_its_wijk_and_is_reported(areas: None, tmp_path: Path):
    line = "BU99010199,buurt,Verspreide huizen,GM9901,5,,,"

    report = import_figures(make.table(tmp_path / "kwb_2024.csv", HEADER, line))

    area = Area.objects.get(code="BU99010199")
    assert area.boundary is None
    assert area.parent
    assert area.parent.code == "WK990101"
    assert (report.new, report.noted) == (1, 1)
    assert "BU99010199" in report.notes[0].reason


def test_a_code_without_area_and_without_name_is_refused(areas: None, tmp_path: Path):
    report = import_figures(make.table(tmp_path / "kwb_2024.csv", "code,inwoners", "BU99010199,5", "BU99010100,7"))

    assert (report.new, report.refused) == (1, 1)
    assert report.refusals[0].line == 2
    assert "onbekend" in report.refusals[0].reason


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("BU99010101,buurt,B,GM9901,-5,,,", "inwoners", "lager dan 0"),
        ('BU99010101,buurt,B,GM9901,"1,5",,,', "inwoners", "punt in plaats van een komma"),
        ("BU99010101,buurt,B,GM9901,1,5,,,", "", "9 cellen waar 8 kolommen"),
        ("BU99010101,buurt,B,GM9901,1.5,,,", "inwoners", "geheel getal"),
        ("BU99010101,buurt,B,GM9901,,101,,", "koopwoningen_pct", "hoger dan 100"),
        ("BU99010101,buurt,B,GM9901,,,ver,", "afstand_huisarts_km", "geen getal"),
        ("BU99010101,buurt,B,GM9901,,,nan,", "afstand_huisarts_km", "geen getal"),
        ("BU99010101,buurt,B,GM9901,,,,12", "meest_voorkomende_pc4", "vier cijfers"),
        (f"BU99010101,buurt,B,GM9901,{'9' * 5000},,,", "inwoners", "geen getal"),
        ("NL00,land,Nederland,,17000000,,,", "code", "geen code"),
        ("BU99010101,buurt,B,GM0001,1,,,", "gemeentecode", "past niet"),
        (f"BU99010177,buurt,{'x' * 121},GM9901,1,,,", "naam", "langer dan 120"),
        (GOOD, "code", "staat al op regel 2"),
        ('BU99010101,buurt,"B,GM9901,1,,,', "", "geen geldige csv-regel"),
        ("BU99010101,buurt,B\x00,GM9901,1,,,", "", "stuurteken"),
        (f"BU99010101,buurt,{'x' * 70_000},GM9901,1,,,", "", "langer dan 65536"),
    ],
)  # fmt: skip
def test_one_bad_line_names_its_field_and_never_loses_the_rest(
    areas: None, tmp_path: Path, line: str, field: str, reason: str
):
    file = make.table(tmp_path / "kwb_2024.csv", HEADER, GOOD, line, "BU99010102,buurt,Buurt,GM9901,5,,,")

    report = import_figures(file)

    assert (report.read, report.new, report.refused) == (3, 2, 1)
    assert (report.refusals[0].line, report.refusals[0].field) == (3, field)
    assert reason in report.refusals[0].reason


def test_a_line_in_another_encoding_is_refused_alone(areas: None, tmp_path: Path):
    file = tmp_path / "kwb_2024.csv"
    file.write_bytes(f"{HEADER}\nBU99010199,buurt,Café,GM9901,5,,,\n{GOOD}\n".encode("cp1252"))

    report = import_figures(file)

    assert (report.new, report.refused) == (1, 1)
    assert "UTF-8" in report.refusals[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "leeg"),
        (b"naam,inwoners\nA,1\n", "kolom code ontbreekt"),
        (b"code;inwoners\nGM9901;1\n", "puntkomma"),
        (b"code,naam\nGM9901,A\n", "geen kolom met cijfers"),
        (b"code,inwoners,inwoners\n", "twee keer"),
        (b'"code,inwoners\n', "geen geldige kopregel"),
        (b"\x00\x01\x02\x03\n", "geen kopregel"),
        ("code,inwoners\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "pdf"),
        (b"x" * 70_000, "geen kopregel"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(tmp_path: Path, content: bytes, reason: str):
    file = tmp_path / "kwb_2024.csv"
    file.write_bytes(content)

    report = import_figures(file)

    assert report.nothing_read
    assert reason in report.error


def test_a_header_with_a_byte_order_mark_and_windows_line_ends_is_read(areas: None, tmp_path: Path):
    file = tmp_path / "kwb_2024.csv"
    file.write_bytes(b"\xef\xbb\xbfcode,inwoners\r\nGM9901,7\r\n\r\n")

    report = import_figures(file)

    assert (report.read, report.new) == (1, 1)


def test_columns_we_do_not_know_are_named(areas: None, tmp_path: Path):
    report = import_figures(make.table(tmp_path / "kwb_2024.csv", "code,inwoners,maanden_zon", "GM9901,7,3"))

    assert report.new == 1
    assert "maanden_zon" in report.notes[0].reason


def test_a_file_over_the_limit_keeps_what_came_before(areas: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MAX_BYTES", 200)
    lines = [f"BU990101{number:02},{number}" for number in range(100)]
    file = tmp_path / "bomb_2024.csv.gz"
    file.write_bytes(gzip.compress("\n".join(["code,inwoners", *lines]).encode()))

    report = import_figures(file)

    assert report.new == 3
    assert any("groter dan" in refusal.reason for refusal in report.refusals)


def test_every_column_belongs_to_one_figure():
    assert len(BY_COLUMN) == sum(len(figure.columns) for figure in FIGURES)
    assert len({figure.key for figure in FIGURES}) == len(FIGURES)


_CODE = st.sampled_from(["GM9901", "WK990101", "BU99010100", "BU99010198", "BU9901", "", "X"])
_CELL = st.one_of(st.sampled_from(["", "0", "12", "-1", "1,5", "3.5", "nan"]), st.text(max_size=4))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_CODE, _CELL, _CELL), max_size=8))
def test_every_line_is_counted_once_and_a_second_reading_changes_nothing(
    areas: None, tmp_path: Path, rows: list[tuple[str, str, str]]
):
    AreaFigures.objects.all().delete()
    lines = [",".join(row) for row in rows]
    file = tmp_path / "x_2024.csv"
    file.write_bytes("\n".join(["code,naam,inwoners", *lines]).encode("utf-8", "surrogatepass"))

    first, second = import_figures(file), import_figures(file)

    for report in (first, second):
        assert report.read == report.new + report.changed + report.unchanged + report.refused
    assert first.read == second.read
    assert (second.new, second.changed) == (0, 0)
    assert AreaFigures.objects.count() == first.new


@pytest.mark.real_data
def test_the_figures_of_five_municipalities_are_read_without_a_refusal(real: Path):
    report = import_figures(real / "cbs-kerncijfers" / "kwb_2024_vijf_gemeenten.csv")

    assert (report.read, report.new, report.refused) == (424, 424, 0)
