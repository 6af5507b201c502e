"""From what a resident types, or a point, to a place."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from samenspel.places.importers.areas import import_areas
from samenspel.places.importers.figures import import_figures
from samenspel.places.importers.postcodes import import_postcodes
from samenspel.places.lookup import Locator, UnknownPlace, centre_of, find_near
from samenspel.places.models import Area
from samenspel.places.working_areas import define_working_area
from tests.places import make

pytestmark = pytest.mark.django_db

HOME = "GM9901"


@pytest.fixture
def postcodes(areas: None, tmp_path: Path) -> None:
    pc4 = make.table(
        tmp_path / "pc4.csv",
        "pc4,plaats,gemeentecode_4,lat,lon",
        "1291,Zeestede,9901,52.505,5.205",
        "1292,Zeestede,9901,52.515,5.215",
        "1293,Nes aan Zeë,9901,52.515,5.225",
    )
    pc6 = make.table(tmp_path / "pc6.csv", "pc6,lat,lon", "1291AB,52.506,5.216")
    for report in import_postcodes([pc4, pc6]):
        assert report.refused == 0


@pytest.mark.parametrize("typed", ["1291AB", "1291 ab", " 1291-AB ", "1291 AB Zeestede", "1291  aB"])
def test_a_full_postcode_is_understood_however_it_is_typed(postcodes: None, typed: str):
    near = find_near(typed, municipality=HOME)

    assert (near.label, near.latitude, near.longitude) == ("1291 AB Zeestede", 52.506, 5.216)
    assert near.neighborhood
    assert near.neighborhood.code == "BU99010101"


@pytest.mark.parametrize("typed", ["1291", "1291 ZZ", "1291zz", "1291 Zeestede"])
def test_a_postcode_that_is_not_known_in_full_counts_as_its_four_digits(postcodes: None, typed: str):
    near = find_near(typed, municipality=HOME)

    assert (near.label, near.latitude) == ("1291 Zeestede", 52.505)


def test_a_postcode_of_another_municipality_says_so(postcodes: None):
    assert find_near("1291", municipality="GM0001").municipality == "GM9901"


@pytest.mark.parametrize("typed", ["Dorp 1", "dorp 1", "DORP-1", "Wijk 01 Dorp 1", "  dorp   1 "])
def test_a_wijk_is_known_with_and_without_the_number_of_cbs(areas: None, typed: str):
    near = find_near(typed, municipality=HOME)

    assert near.label == "Dorp 1"
    assert near.neighborhood
    assert near.neighborhood.code.startswith("BU990102")


@pytest.mark.parametrize("typed", ["Nes aan Zeë", "nes aan zee", "NES-AAN-ZEE"])
def test_a_place_is_known_by_its_postcodes_without_accents_and_capitals(postcodes: None, typed: str):
    near = find_near(typed, municipality=HOME)

    assert (near.label, near.latitude, near.longitude) == ("Nes aan Zeë", 52.515, 5.225)
    assert near.neighborhood
    assert near.neighborhood.code == "BU99010202"


def test_a_wijk_is_where_its_people_are(areas: None, tmp_path: Path):
    import_figures(
        make.table(tmp_path / "kwb_2024.csv", "code,inwoners", "BU99010100,10", "BU99010101,20", "BU99010102,5000")
    )

    near = find_near("Dorp 0", municipality=HOME)

    assert near.neighborhood
    assert near.neighborhood.code == "BU99010102"
    assert (near.latitude, near.longitude) == pytest.approx((52.505, 5.225))


def test_a_kern_goes_before_a_wijk_of_the_same_name_and_lies_where_its_people_are(areas: None, tmp_path: Path):
    define_working_area(
        municipality=HOME,
        code="KERN-DORP",
        name="Dorp 0",
        kind="village",
        members=["BU99010201", "BU99010202"],
        year=2024,
    )
    import_figures(make.table(tmp_path / "kwb_2024.csv", "code,inwoners", "BU99010100,9000", "BU99010202,5000"))

    near = find_near("Dorp 0", municipality=HOME)

    assert near.neighborhood
    assert near.neighborhood.code == "BU99010202"


def test_the_name_of_a_buurt_gives_that_buurt_of_the_newest_year(areas: None, tmp_path: Path):
    import_areas([make.geojson(tmp_path / "b_2025.geojson", make.neighborhood(0, buurtnaam="Buurt 99010100"))])

    near = find_near("buurt 99010100", municipality=HOME)

    assert near.neighborhood
    assert near.neighborhood.year == 2025


def test_names_of_another_municipality_are_not_found(areas: None):
    with pytest.raises(UnknownPlace):
        find_near("Dorp 0", municipality="GM0001")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Typ een postcode"),
        ("???", "Typ een postcode"),
        ("\x00", "Typ een postcode"),
        ("Verweggistan", "‘Verweggistan’ kennen wij niet in deze gemeente"),
        ("Zeesteede", "Bedoelt u: Zeestede?"),
        ("9999 XX", "Postcode 9999 XX kennen wij niet"),
        ("0123 AB", "kennen wij niet"),
        ("1" * 5_000, "kennen wij niet"),
    ],
)
def test_what_is_not_known_tells_what_can_be_typed(postcodes: None, typed: str, says: str):
    with pytest.raises(UnknownPlace, match=".") as unknown:
        find_near(typed, municipality=HOME)

    assert says in str(unknown.value)
    assert len(str(unknown.value)) < 300


@pytest.mark.parametrize(
    "typed", ["1291AB", "1291ZZ", "Dorp 0", "Zeestede", "Markerwaard", "Buurt 99010100", "onbekend"]
)
def test_two_queries_are_enough_for_any_text(
    postcodes: None, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
):
    with django_assert_max_num_queries(2):
        try:
            near = find_near(typed, municipality=HOME)
            assert near.neighborhood is None or near.neighborhood.name
        except UnknownPlace:
            assert typed == "onbekend"


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_any_text_gives_a_place_or_a_sentence(postcodes: None, typed: str):
    try:
        answer = find_near(typed, municipality=HOME).label
    except UnknownPlace as unknown:
        answer = str(unknown)

    assert answer


def test_the_centre_is_the_middle_of_the_municipality(areas: None):
    centre = centre_of(HOME)

    assert (centre.label, centre.latitude, centre.longitude) == (
        "Markerwaard",
        pytest.approx(52.505),
        pytest.approx(5.205),
    )


def test_without_its_own_boundary_the_centre_is_that_of_its_buurten(areas: None):
    Area.objects.filter(kind=Area.Kind.MUNICIPALITY).update(boundary=None, longitude=None, latitude=None)

    centre = centre_of(HOME)

    assert (centre.latitude, centre.longitude) == (pytest.approx(52.51), pytest.approx(5.215))


def test_a_municipality_without_areas_has_no_centre(db: None):
    with pytest.raises(UnknownPlace):
        centre_of("GM0001")


def test_a_point_lies_in_its_buurt_one_by_one_and_in_bulk(areas: None):
    points = [make.middle(column, row) for row in (0, 1) for column in (0, 1, 2)] + [
        {"latitude": 52.7, "longitude": 5.2}
    ]
    locator = Locator.of(HOME)

    single = [locator.find(**point) for point in points]
    bulk = locator.find_all(
        latitudes=[point["latitude"] for point in points], longitudes=[point["longitude"] for point in points]
    )

    codes = [area.code if area else None for area in single]
    assert codes == [
        "BU99010100", "BU99010101", "BU99010102", "BU99010200", "BU99010201", "BU99010202", None,
    ]  # fmt: skip
    assert bulk == single


def test_where_buurten_meet_or_overlap_the_lowest_code_of_the_newest_year_counts(areas: None, tmp_path: Path):
    corner = {"latitude": 52.51, "longitude": 5.21}
    before = Locator.of().find(**corner)

    wide = make.feature(
        [[[5.19, 52.49], [5.24, 52.49], [5.24, 52.53], [5.19, 52.53], [5.19, 52.49]]],
        buurtcode="BU99020000", buurtnaam="Nieuw", wijkcode="WK990200", gemeentecode="GM9902",
    )  # fmt: skip
    import_areas([make.geojson(tmp_path / "b_2025.geojson", wide)])
    after = Locator.of().find(**corner)

    assert before
    assert before.code == "BU99010100"
    assert after
    assert after.code == "BU99020000"


def test_only_the_newest_year_of_a_municipality_is_looked_in(areas: None, tmp_path: Path):
    import_areas([make.geojson(tmp_path / "b_2025.geojson", make.neighborhood(0))])

    locator = Locator.of(HOME)

    assert len(locator) == 1
    assert locator.find(**make.middle(1)) is None


def test_a_locator_without_areas_finds_nothing(db: None):
    locator = Locator.of()

    assert locator.find(latitude=52.5, longitude=5.2) is None
    assert locator.find_all(latitudes=[52.5], longitudes=[5.2]) == [None]


def test_the_boundaries_are_read_with_one_query(areas: None, django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(1):
        Locator.of(HOME).find_all(latitudes=[52.5] * 50, longitudes=[5.2] * 50)
