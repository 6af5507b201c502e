"""Reading boundaries: any order, any mistake, and the same file twice."""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.places.importers import files
from samenspel.places.importers.areas import import_areas
from samenspel.places.models import Area
from tests.places import make

pytestmark = pytest.mark.django_db


def test_parents_are_linked_whatever_the_order_of_the_files(tmp_path: Path):
    parts = [
        make.geojson(tmp_path / "b.geojson", make.neighborhood(0), make.neighborhood(1)),
        make.geojson(tmp_path / "w.geojson", make.district()),
        make.geojson(tmp_path / "g.geojson", make.municipality()),
    ]

    for part in parts:
        import_areas([part], year=2024)

    buurt = Area.objects.get(code="BU99010100")
    assert buurt.parent
    assert buurt.parent.code == "WK990101"
    assert buurt.parent.parent == Area.objects.get(code="GM9901", kind=Area.Kind.MUNICIPALITY)
    assert {area.municipality for area in Area.objects.all()} == {"GM9901"}


def test_a_buurt_gets_the_wijk_of_its_own_year(tmp_path: Path):
    file = make.geojson(tmp_path / "all.geojson", make.neighborhood(0), make.district())

    for year in (2023, 2024):
        import_areas([file], year=year)

    assert {(area.year, area.parent.year) for area in Area.objects.exclude(parent=None) if area.parent} == {
        (2023, 2023),
        (2024, 2024),
    }


def test_an_area_knows_its_box_and_a_point_inside(areas: None):
    buurt = Area.objects.get(code="BU99010201")

    assert (buurt.west, buurt.south, buurt.east, buurt.north) == (5.21, 52.51, 5.22, 52.52)
    assert buurt.latitude == pytest.approx(52.515)
    assert buurt.longitude == pytest.approx(5.215)
    assert buurt.source == "CBS/Kadaster, CC BY 4.0"


def test_the_point_of_a_hollow_shape_lies_inside_it(tmp_path: Path):
    horseshoe = [
        [[5.2, 52.5], [5.5, 52.5], [5.5, 52.6], [5.49, 52.6], [5.49, 52.51], [5.21, 52.51], [5.2, 52.6], [5.2, 52.5]]
    ]

    import_areas(
        [make.geojson(tmp_path / "h_2024.geojson", make.feature(horseshoe, gemeentecode="GM9901", gemeentenaam="H"))]
    )

    area = Area.objects.get()
    assert area.latitude is not None
    assert area.latitude < 52.51 or (area.longitude or 0) > 5.49 or (area.longitude or 9) < 5.21


def test_reading_again_changes_nothing(tmp_path: Path):
    file = make.geojson(tmp_path / "g_2024.geojson", make.neighborhood(0), make.district(), make.municipality())
    import_areas([file])
    before = list(Area.objects.order_by("pk").values())

    (report,) = import_areas([file])

    assert (report.read, report.unchanged) == (3, 3)
    assert list(Area.objects.order_by("pk").values()) == before


def test_a_changed_name_is_counted_and_stored(tmp_path: Path):
    import_areas([make.geojson(tmp_path / "a_2024.geojson", make.neighborhood(0), make.neighborhood(1))])

    renamed = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0, buurtnaam="’t Hôf"), make.neighborhood(1))
    (report,) = import_areas([renamed])

    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert Area.objects.get(code="BU99010100").name == "’t Hôf"


def test_another_year_is_another_area(tmp_path: Path):
    file = make.geojson(tmp_path / "g.geojson", make.municipality())

    import_areas([file], year=2023)
    import_areas([file], year=2024)

    assert sorted(Area.objects.values_list("code", "year")) == [("GM9901", 2023), ("GM9901", 2024)]


def test_a_file_without_a_year_in_its_name_asks_for_it(tmp_path: Path):
    (report,) = import_areas([make.geojson(tmp_path / "gemeenten.geojson", make.municipality())])

    assert report.nothing_read
    assert "--year" in report.error
    assert not Area.objects.exists()


def test_gzip_is_seen_by_its_content_and_not_its_name(tmp_path: Path):
    file = tmp_path / "g_2024.geojson"
    file.write_bytes(gzip.compress(json.dumps({"features": [make.municipality()]}).encode()))

    (report,) = import_areas([file])

    assert report.new == 1


BOW_TIE = [[[5.20, 52.50], [5.21, 52.51], [5.21, 52.50], [5.20, 52.51], [5.20, 52.50]]]
SWAPPED = [[[52.50, 5.20], [52.51, 5.20], [52.51, 5.21], [52.50, 5.20]]]
BELGIAN = [[[4.40, 50.10], [4.41, 50.10], [4.41, 50.11], [4.40, 50.10]]]
IN_METRES = [[[140000.0, 490000.0], [141000.0, 490000.0], [141000.0, 491000.0], [140000.0, 490000.0]]]


def _without(name: str) -> dict[str, Any]:
    one = copy.deepcopy(make.neighborhood(0))
    del one["properties"][name]
    return one


@pytest.mark.parametrize(
    ("bad", "field", "reason"),
    [
        (make.feature(BOW_TIE, gemeentecode="GM9901", gemeentenaam="A"), "geometry", "snijdt zichzelf"),
        (make.feature(SWAPPED, gemeentecode="GM9901", gemeentenaam="A"), "geometry", "verwisseld"),
        (make.feature(BELGIAN, gemeentecode="GM9901", gemeentenaam="A"), "geometry", "buiten Nederland"),
        (make.feature(IN_METRES, gemeentecode="GM9901", gemeentenaam="A"), "geometry", "RD-coördinaten"),
        (make.feature([], gemeentecode="GM9901", gemeentenaam="A"), "geometry", "leeg"),
        (make.feature("abc", gemeentecode="GM9901", gemeentenaam="A"), "geometry", "geen geldige Polygon"),
        (make.feature([[[1e400, 52.5]] * 4], gemeentecode="GM9901", gemeentenaam="A"), "geometry", "geen geldige"),
        ({**make.municipality(), "geometry": None}, "geometry", "geen geldige Polygon"),
        ({**make.municipality(), "geometry": {"type": "Point", "coordinates": [5.2, 52.5]}}, "geometry", "geen Point"),
        (make.neighborhood(0, buurtcode="BU1"), "buurtcode", "'BU1' is geen buurtcode"),
        (make.neighborhood(0, buurtcode="WK990101"), "buurtcode", "geen buurtcode"),
        (make.neighborhood(0, buurtcode=17), "buurtcode", "ontbreekt"),
        (make.neighborhood(0, gemeentecode="GM0001"), "gemeentecode", "past niet bij BU99010100"),
        (make.neighborhood(0, wijkcode="WK990109"), "wijkcode", "ligt in WK990101"),
        (make.neighborhood(0, buurtnaam=" "), "buurtnaam", "leeg"),
        (make.neighborhood(0, buurtnaam="x" * 121), "buurtnaam", "langer dan 120"),
        (make.neighborhood(0, buurtnaam="a\x00b"), "buurtnaam", "stuurteken"),
        (make.neighborhood(0, buurtnaam="\ud800"), "buurtnaam", "UTF-8"),
        (_without("buurtnaam"), "buurtnaam", "ontbreekt"),
        (make.feature(make.square(0), naam="niets"), "properties", "ontbreekt"),
        (make.neighborhood(1), "code", "staat al bij object 1"),
        (["geen object"], "", "geen GeoJSON-Feature"),
    ],
)  # fmt: skip
def test_one_bad_object_names_its_number_and_field_and_never_loses_the_rest(
    tmp_path: Path, bad: Any, field: str, reason: str
):
    file = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(1), bad, make.neighborhood(2))

    (report,) = import_areas([file])

    assert (report.read, report.new, report.refused) == (3, 2, 1)
    assert report.refusals[0].line == 2
    assert report.refusals[0].field == field
    assert reason in report.refusals[0].reason
    assert sorted(Area.objects.values_list("code", flat=True)) == ["BU99010101", "BU99010102"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "leeg"),
        (b"   \n  ", "leeg"),
        (b"code,naam\n", "geen GeoJSON"),
        (b'{"type": "Topology"}', "FeatureCollection"),
        (b"PK\x03\x04rest", "zip"),
        (b"SQLite format 3\x00", "GeoPackage"),
        ('{"features": []}'.encode("utf-16"), "UTF-16"),
        (b"\x1f\x8bno gzip at all", "niet te lezen"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused_as_a_whole(tmp_path: Path, content: bytes, reason: str):
    file = tmp_path / "x_2024.geojson"
    file.write_bytes(content)

    (report,) = import_areas([file])

    assert report.nothing_read
    assert reason in report.error


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path):
    absent, folder = import_areas([tmp_path / "weg_2024.geojson", tmp_path], year=2024)

    assert "bestaat niet" in absent.error
    assert "niet te lezen" in folder.error


def test_broken_json_in_the_middle_loses_only_that_object(tmp_path: Path):
    good = [json.dumps(make.neighborhood(column)) for column in (0, 1)]
    file = tmp_path / "b_2024.geojson"
    file.write_text('{"features":[' + good[0] + ',{"type":"Feature", oeps},' + good[1] + "]}")

    (report,) = import_areas([file])

    assert (report.new, report.refused) == (2, 1)
    assert report.refusals[0].line == 2


def test_a_file_cut_short_keeps_what_came_before(tmp_path: Path):
    file = make.geojson(tmp_path / "b_2024.geojson", make.neighborhood(0), make.neighborhood(1))
    file.write_bytes(file.read_bytes()[:-100])

    (report,) = import_areas([file])

    assert (report.new, report.refused) == (1, 1)
    assert report.refusals[0].line == 2


def test_a_gzip_cut_short_keeps_what_came_before(tmp_path: Path):
    whole = json.dumps({"features": [make.neighborhood(column % 99, column // 99) for column in range(9_000)]})
    file = tmp_path / "b_2024.geojson.gz"
    file.write_bytes(gzip.compress(whole.encode())[:-20_000])

    (report,) = import_areas([file])

    assert report.new > 1_000
    assert report.refused == 1
    assert "breekt" in report.refusals[0].reason


def test_an_endless_nesting_is_refused(tmp_path: Path):
    file = tmp_path / "b_2024.geojson"
    file.write_text('{"features":[' + "[" * 100_000)

    (report,) = import_areas([file])

    assert (report.read, report.refused) == (1, 1)


def test_a_file_of_several_reading_pieces_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "_PIECE", 64)
    file = make.geojson(tmp_path / "b_2024.geojson", *(make.neighborhood(column) for column in range(20)))

    (report,) = import_areas([file])

    assert (report.read, report.new) == (20, 20)


def test_an_object_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "_PIECE", 64)
    monkeypatch.setattr(files, "MAX_FEATURE", 2_000)
    huge = make.neighborhood(0, toelichting="x" * 10_000)
    file = make.geojson(tmp_path / "b_2024.geojson", huge, make.neighborhood(1))

    (report,) = import_areas([file])

    assert (report.new, report.refused) == (1, 1)


def test_a_name_in_another_encoding_is_refused_alone(tmp_path: Path):
    file = tmp_path / "b_2024.geojson"
    text = json.dumps({"features": [make.neighborhood(0, buurtnaam="Café"), make.neighborhood(1)]}, ensure_ascii=False)
    file.write_bytes(text.encode("cp1252"))

    (report,) = import_areas([file])

    assert (report.new, report.refused) == (1, 1)
    assert "UTF-8" in report.refusals[0].reason


_PROPERTY = st.one_of(
    st.none(), st.integers(), st.text(max_size=12), st.sampled_from(["BU99010101", "WK990101", "GM9901"])
)
_COORDINATE = st.one_of(st.floats(5.1, 5.4), st.floats(), st.text(max_size=3))
_RING = st.lists(st.lists(_COORDINATE, max_size=3), max_size=6)
_FEATURE = st.one_of(
    st.integers(0, 8).map(make.neighborhood),
    st.builds(
        lambda rings, properties: make.feature(rings, **properties),
        st.lists(_RING, max_size=2),
        st.dictionaries(st.sampled_from(["buurtcode", "buurtnaam", "wijkcode", "gemeentecode"]), _PROPERTY),
    ),
    st.integers(),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(features=st.lists(_FEATURE, max_size=8))
def test_every_object_is_counted_once_and_a_second_reading_changes_nothing(tmp_path: Path, features: list[Any]):
    Area.objects.all().delete()
    file = make.geojson(tmp_path / "x_2024.geojson", *features)

    (first,) = import_areas([file])
    (second,) = import_areas([file])

    for report in (first, second):
        assert report.read == len(features) == report.new + report.changed + report.unchanged + report.refused
    assert (second.new, second.changed) == (0, 0)
    assert second.refusals == first.refusals
    assert Area.objects.count() == first.new


@pytest.mark.real_data
def test_the_five_municipalities_are_read_without_a_refusal(real: Path):
    (report,) = import_areas([real / "cbs-gebieden" / "buurten_2024_vijf_gemeenten.geojson"])

    assert (report.read, report.new, report.refused) == (359, 359, 0)
