"""The drawn map: small, true to the boundaries, with the numbers of the list, and honest when it cannot be drawn."""

import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from samenspel.frontdoor import maps
from samenspel.frontdoor.maps import HEIGHT, WIDTH, Point, map_of
from samenspel.frontdoor.outline import Outline, outline
from samenspel.places.importers.areas import import_areas
from samenspel.places.models import Area
from tests.frontdoor.conftest import HOME, Corner
from tests.frontdoor.test_search import ask

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WIJKEN = Path(__file__).resolve().parents[3] / "shared" / "data" / "cbs-gebieden" / "wijken_2024.geojson.gz"
REAL = "GM1859"


@pytest.fixture
def ground(corner: Corner) -> Outline:
    found = outline(HOME, 0)
    assert found
    return found


def point(number: int, latitude: float = 52.55, longitude: float = 5.25) -> Point:
    return Point(number, f"Iets {number}", f"#aanbod-{number}", latitude, longitude)


def markers(drawn: str) -> list[tuple[str, float, float]]:
    """Label and place in the drawing of every marker."""
    found = re.findall(r'data-label="([^"]*)" transform="translate\(([\d.-]+) ([\d.-]+)\)"', drawn)
    return [(label, float(x), float(y)) for label, x, y in found]


def test_the_corners_of_the_grid_are_those_of_the_municipality(ground: Outline):
    south, west, north, east = ground.corners

    assert (west, east) == pytest.approx((5.2, 5.3), abs=1e-6)
    assert (south, north) == pytest.approx((52.5, 52.6), abs=1e-6)
    assert ground.on_grid(latitude=north, longitude=west) == pytest.approx((0, 0), abs=0.1)
    assert ground.on_grid(latitude=south, longitude=east) == pytest.approx((ground.width, ground.height), abs=0.1)


def test_a_unit_of_the_grid_is_as_many_metres_as_it_says(ground: Outline):
    kilometres = ground.height * ground.metres / 1000

    assert kilometres == pytest.approx(11.1, rel=0.02)  # a tenth of a degree of latitude


def test_the_land_is_drawn_from_corner_to_corner(ground: Outline):
    assert re.fullmatch(r"M\d+,\d+l[-\d,l]+z", ground.land)
    assert set(ground.lines) == {"WK990101"}


def test_points_far_apart_all_lie_inside_the_drawing(corner: Corner):
    drawn = markers(map_of([point(1, 52.501, 5.201), point(2, 52.599, 5.299)], municipality=HOME, at=AT))

    assert [label for label, _, _ in drawn] == ["2", "1"]
    assert all(17 <= x <= WIDTH - 17 and 17 <= y <= HEIGHT - 17 for _, x, y in drawn)
    assert drawn[0][1] > drawn[1][1]  # east is right
    assert drawn[0][2] < drawn[1][2]  # north is up


def test_one_point_stands_in_the_middle_of_a_few_streets(corner: Corner):
    drawn = map_of([point(1)], municipality=HOME, at=AT)

    ((label, x, y),) = markers(drawn)
    assert label == "1"
    assert (x, y) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.5)
    assert "200 meter" in drawn


def test_what_is_at_one_spot_shares_one_marker_with_all_names(corner: Corner):
    drawn = map_of([point(number) for number in (1, 2, 3, 4)], municipality=HOME, at=AT)

    assert [label for label, _, _ in markers(drawn)] == ["1, 2 +2"]
    assert 'data-name="1, 2 +2: Iets 1; Iets 2; Iets 3; Iets 4"' in drawn


def test_where_someone_looks_from_is_in_the_drawing_too(corner: Corner):
    drawn = map_of([point(1)], municipality=HOME, at=AT, home=(52.58, 5.29))

    assert "samenspel-map__home" in drawn
    assert "De ruit is waar u zoekt." in drawn


def test_without_points_or_boundaries_there_is_no_map(corner: Corner):
    assert map_of([], municipality=HOME, at=AT) == ""
    Area.objects.filter(municipality=HOME).update(boundary=None)
    maps.forget()
    assert map_of([point(1)], municipality=HOME, at=AT) == ""


def test_markup_in_a_name_stays_text(corner: Corner):
    drawn = map_of([Point(1, '"><script>', "#aanbod-1", 52.55, 5.25)], municipality=HOME, at=AT)

    assert "<script>" not in drawn
    assert "&quot;&gt;&lt;script&gt;" in drawn


def test_cards_are_numbered_as_on_the_map_and_no_place_is_claimed_that_nobody_gave(client: Client, corner: Corner):
    near, anywhere = ask(client, plaats="1291AA").content.decode(), ask(client).content.decode()
    cards = re.findall(r'id="aanbod-(\d+)"><span class="samenspel-number" aria-hidden="true">(\d+)<', near)

    assert cards == [(str(number), str(number)) for number in range(1, len(cards) + 1)]
    assert len(cards) > 2
    assert [label for label, _, _ in markers(near)] == [f"1, 2 +{len(cards) - 2}"]
    assert "samenspel-map__home" in near
    assert "samenspel-map__home" not in anywhere


def test_tiles_are_off_until_a_municipality_chooses_them(corner: Corner, settings):
    assert "data-tiles" not in map_of([point(1)], municipality=HOME, at=AT)
    settings.TILES, settings.TILES_BY = "https://tegels.example/{z}/{x}/{y}.png", "De makers"
    maps.forget()

    assert 'data-tiles="https://tegels.example/{z}/{x}/{y}.png" data-tiles-by="De makers"' in map_of(
        [point(1)], municipality=HOME, at=AT
    )


def test_the_second_map_of_a_minute_asks_the_store_nothing(corner: Corner, django_assert_num_queries):
    map_of([point(1)], municipality=HOME, at=AT)

    with django_assert_num_queries(0):
        map_of([point(2, 52.51)], municipality=HOME, at=AT)


@pytest.mark.real_data
def test_the_outline_of_a_real_municipality_is_a_few_kilobytes(db: None, tmp_path: Path):
    if not WIJKEN.exists():
        pytest.skip(f"the public files are not at {WIJKEN}")
    with gzip.open(WIJKEN) as file:
        whole = json.load(file)
    whole["features"] = [one for one in whole["features"] if REAL in one["properties"].values()]
    own = tmp_path / "wijken_2024.geojson"
    own.write_text(json.dumps(whole), encoding="utf-8")
    import_areas([own])
    drawn = outline(REAL, 0)

    assert drawn
    assert len(drawn.lines) == len(whole["features"]) > 1
    assert len(drawn.land) + sum(map(len, drawn.lines.values())) < 12_000
