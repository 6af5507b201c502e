"""Reading postcodes: the buurt follows from the point, and a wrong point is put right."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.places.importers.figures import import_figures
from samenspel.places.importers.postcodes import import_postcodes
from samenspel.places.models import Postcode
from tests.places import make

pytestmark = pytest.mark.django_db

PC4 = "pc4,plaats,provincie,gemeente_geonames,gemeentecode_4,lat,lon"
PC6 = "pc6,lat,lon,buurtcode_2024,gemeentecode,n"
OVERLAP = "pc4,buurtcode,aandeel_pc4_opp"
IN_FIRST, IN_LAST = "52.505,5.205", "52.515,5.225"
NOWHERE = "52.6,5.35"


def _buurt(code: str) -> str:
    neighborhood = Postcode.objects.select_related("neighborhood").get(code=code).neighborhood
    return neighborhood.code if neighborhood else ""


def test_a_postcode_gets_the_buurt_that_its_point_lies_in(areas: None, tmp_path: Path):
    file = make.table(tmp_path / "pc6.csv", PC6, f"1291AA,{IN_FIRST},,GM9901,1", f"1291 ab,{IN_LAST},,GM9901,1")

    (report,) = import_postcodes([file])

    assert report.new == 2
    assert (_buurt("1291AA"), _buurt("1291AB")) == ("BU99010100", "BU99010202")
    assert Postcode.objects.get(code="1291AA").municipality == "GM9901"


def test_outside_every_boundary_the_codes_of_the_file_count(areas: None, tmp_path: Path):
    lines = [f"1291AA,{NOWHERE},BU99010101,GM9901,1", f"1291AB,{NOWHERE},,GM9901,1", f"1291AC,{NOWHERE},,,1"]

    (report,) = import_postcodes([make.table(tmp_path / "pc6.csv", PC6, *lines)])

    assert (_buurt("1291AA"), _buurt("1291AB")) == ("BU99010101", "")
    assert (report.new, report.refused) == (2, 1)
    assert report.refusals[0].field == "gemeentecode"


def test_places_that_share_a_postcode_are_one_postcode_with_both_names(areas: None, tmp_path: Path):
    file = make.table(
        tmp_path / "pc4.csv", PC4, f"1291,Dorp,,,9901,{IN_FIRST}", f"1292,Stad,,,9901,{IN_LAST}",
        f"1291,Gehucht,,,9901,{IN_LAST}",
    )  # fmt: skip

    (report,) = import_postcodes([file])

    assert (report.read, report.new) == (3, 3)
    assert Postcode.objects.count() == 2
    assert Postcode.objects.get(code="1291").place_name == "Dorp / Gehucht"
    assert _buurt("1291") == "BU99010100"


def test_without_areas_postcodes_are_kept_and_get_their_buurt_when_read_again(db: None, tmp_path: Path):
    file = make.table(tmp_path / "pc6.csv", PC6, f"1291AA,{IN_FIRST},,GM9901,1")

    (report,) = import_postcodes([file])

    assert report.new == 1
    assert "geen buurten" in report.notes[0].reason


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (f"129,{IN_FIRST},,GM9901,1", "pc6", "geen postcode zoals 1234AB"),
        (f"0291AA,{IN_FIRST},,GM9901,1", "pc6", "geen postcode"),
        ("1291AB,5.205,52.505,,GM9901,1", "lat, lon", "verwisseld"),
        ("1291AB,48.85,2.35,,GM9901,1", "lat, lon", "buiten Nederland"),
        ("1291AB,490000,140000,,GM9901,1", "lat, lon", "RD-coördinaten"),
        ('1291AB,"52,5",5.2,,GM9901,1', "lat", "punt"),
        ("1291AB,,5.2,,GM9901,1", "lat", "geen getal"),
        (f"1291AB,{IN_FIRST},,9901,1", "gemeentecode", "geen code van een gemeente"),
        (f"1291AB,{IN_FIRST},WK990101,GM9901,1", "buurtcode_2024", "geen code van een buurt"),
        (f"1291AA,{IN_FIRST},,GM9901,1", "pc6", "staat al op regel 2"),
    ],
)  # fmt: skip
def test_one_bad_line_names_its_field_and_never_loses_the_rest(
    areas: None, tmp_path: Path, line: str, field: str, reason: str
):
    good = [f"1291AA,{IN_FIRST},,GM9901,1", f"1291AZ,{IN_LAST},,GM9901,1"]

    (report,) = import_postcodes([make.table(tmp_path / "pc6.csv", PC6, good[0], line, good[1])])

    assert (report.read, report.new, report.refused) == (3, 2, 1)
    assert (report.refusals[0].line, report.refusals[0].field) == (3, field)
    assert reason in report.refusals[0].reason


def test_a_point_outside_its_own_buurten_moves_to_where_most_people_are(areas: None, tmp_path: Path):
    import_figures(
        make.table(tmp_path / "kwb_2024.csv", "code,bevolkingsdichtheid_km2", "BU99010201,10", "BU99010202,2000")
    )
    pc4 = make.table(tmp_path / "pc4.csv", PC4, f"1291,Dorp,,,9901,{IN_FIRST}", f"1292,Stad,,,9901,{IN_LAST}")
    overlap = make.table(
        tmp_path / "overlap.csv", OVERLAP, "1291,BU99010201,0.9", "1291,BU99010202,0.1", "1292,BU99010202,1"
    )

    report, _ = import_postcodes([overlap, pc4])  # in this order: the overlap is read last all the same

    assert (report.changed, report.unchanged) == (1, 2)
    moved = Postcode.objects.get(code="1291")
    assert (moved.latitude, moved.longitude) == pytest.approx((52.515, 5.225))
    assert _buurt("1291") == "BU99010202"


def test_without_figures_the_largest_share_decides(areas: None, tmp_path: Path):
    pc4 = make.table(tmp_path / "pc4.csv", PC4, f"1291,Dorp,,,9901,{IN_FIRST}")
    overlap = make.table(tmp_path / "overlap.csv", OVERLAP, "1291,BU99010201,0.9", "1291,BU99010202,0.1")

    import_postcodes([pc4, overlap])

    assert _buurt("1291") == "BU99010201"


def test_reading_both_files_again_leaves_a_point_that_was_put_right(areas: None, tmp_path: Path):
    pc4 = make.table(tmp_path / "pc4.csv", PC4, f"1291,Dorp,,,9901,{IN_FIRST}")
    overlap = make.table(tmp_path / "overlap.csv", OVERLAP, "1291,BU99010201,0.9")
    import_postcodes([pc4, overlap])
    before = list(Postcode.objects.values())

    reports = import_postcodes([pc4]) + import_postcodes([overlap])

    assert [report.unchanged for report in reports] == [1, 1]
    assert list(Postcode.objects.values()) == before


@pytest.mark.parametrize(
    ("line", "field"),
    [("9999,BU99010201,0.5", "pc4"), ("1291,BU00000000,0.5", "buurtcode"), ("1291,BU99010202,half", "aandeel_pc4_opp")],
)
def test_a_bad_share_names_its_field(areas: None, tmp_path: Path, line: str, field: str):
    pc4 = make.table(tmp_path / "pc4.csv", PC4, f"1291,Dorp,,,9901,{IN_LAST}")
    overlap = make.table(tmp_path / "overlap.csv", OVERLAP, line, "1291,BU99010201,0.5")

    _, report = import_postcodes([pc4, overlap])

    assert (report.read, report.refused, report.refusals[0].field) == (2, 1, field)


@pytest.mark.parametrize(
    ("header", "reason"),
    [("naam,adres", "kolom pc4, lat, lon ontbreekt"), ("pc6,lat", "kolom lon ontbreekt"), ("pc6;lat;lon", "puntkomma")],
)
def test_a_file_of_another_form_is_refused_as_a_whole(areas: None, tmp_path: Path, header: str, reason: str):
    (report,) = import_postcodes([make.table(tmp_path / "x.csv", header, "1,2,3")])

    assert report.nothing_read
    assert reason in report.error


_LINE = st.tuples(
    st.sampled_from(["1291AA", "1291AB", "1292AA", "12", ""]),
    st.sampled_from([IN_FIRST, IN_LAST, NOWHERE, "5.2,52.5", "x,y"]),
    st.sampled_from(["GM9901", "", "9901"]),
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINE, max_size=8))
def test_every_line_is_counted_once_and_a_second_reading_changes_nothing(
    areas: None, tmp_path: Path, lines: list[tuple[str, str, str]]
):
    Postcode.objects.all().delete()
    file = make.table(tmp_path / "x.csv", PC6, *(f"{code},{point},,{place},1" for code, point, place in lines))

    (first,), (second,) = import_postcodes([file]), import_postcodes([file])

    for report in (first, second):
        assert report.read == len(lines) == report.new + report.changed + report.unchanged + report.refused
    assert (second.new, second.changed) == (0, 0)
    assert Postcode.objects.count() == first.new
