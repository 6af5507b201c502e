"""Berkelland with its real areas, figures and public buildings: as read, with invented hosts, and one dorpshuis less.

Real: areas, residents and buildings (CBS and polling places, see docs/voorbeelden/berkelland.md). Invented, since no
public file says it: who is the host of a dorpshuis, when it is open, and that somebody confirmed it.
"""

import csv
import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from samenspel.engine.coverage.states import State
from samenspel.places.geometry import shape_of, spread_over
from samenspel.places.importers.areas import import_areas
from samenspel.places.importers.figures import import_figures
from samenspel.places.models import Area
from samenspel.policy.blocks import judge
from samenspel.policy.blocks.exploring import explore
from samenspel.policy.blocks.judging import Judgement
from samenspel.policy.blocks.reading import SPREAD
from samenspel.policy.blocks.steps import AddHours, ClosePlace
from samenspel.policy.norms import EXAMPLE_NORMS, set_norm
from samenspel.socialmap.actions import change_meeting_place, confirm_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.importers import carry_out, preview
from samenspel.socialmap.models import MeetingPlace
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import BY, an_organization
from tests.places.conftest import real

__all__ = ["real"]
pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
BERKELLAND, AT, METRES = "GM1859", datetime(2026, 11, 22, 12, tzinfo=UTC), 800
PAGE = Path(__file__).resolve().parents[2] / "docs" / "voorbeelden" / "berkelland.md"
DORPSHUIS = re.compile(r"dorps|kulturhus|gemeenschap|wijkgebouw|ontmoeting|centrum d'n hof|spieker", re.IGNORECASE)
"""Names of buildings that are there to meet, as typed by the municipality."""
WORKDAYS = [{"weekday": day, "opens": "09:00", "closes": "17:00", "note": ""} for day in range(5)]
HOURS = [*WORKDAYS, {"weekday": 1, "opens": "19:00", "closes": "22:00", "note": ""}]
"""43 hours a week, with one evening. Invented."""
SIGNS = {
    State.PRESENT: "● aanwezig",
    State.PARTLY: "◐ deels",
    State.MISSING: "○ ontbreekt",
    State.UNKNOWN: "? onbekend",
}


@pytest.fixture
def berkelland(real: Path, tmp_path: Path) -> Path:
    """The public files read by the importers of the product, and the example norms as if the council adopted them."""
    areas, figures = real / "cbs-gebieden", real / "cbs-kerncijfers"
    wijken = only_here(areas / "wijken_2024.geojson.gz", tmp_path / "wijken_2024.geojson")
    import_areas([areas / "buurten_2024_vijf_gemeenten.geojson", wijken], year=2024)
    import_figures(figures / "kwb_2024_vijf_gemeenten.csv", year=2024)
    buildings = real / "stemlokalen-2023" / "stemlokalen_2023.csv.gz"
    run = preview(buildings, file_name=buildings.name, kind="places", municipality=BERKELLAND, by=BY, at=AT)
    carry_out(run=run, by=BY, at=AT)
    for facts in EXAMPLE_NORMS.values():
        adopted = replace(facts, document="Voorbeeld van Samenspel; niemand stelde het vast", since=date(2026, 1, 1))
        set_norm(municipality=BERKELLAND, facts=adopted, by=BY, at=AT)
    return figures / "kwb_2024_vijf_gemeenten.csv"


def only_here(file: Path, to: Path) -> Path:
    """The features of Berkelland of a file of the whole country."""
    told = json.loads(gzip.decompress(file.read_bytes()))
    told["features"] = [one for one in told["features"] if one["properties"]["gemeentecode"] == BERKELLAND]
    to.write_text(json.dumps(told), encoding="utf-8")
    return to


def open_the_dorpshuizen() -> list[MeetingPlace]:
    """Give every dorpshuis an invented host and invented hours, confirmed by an invented call."""
    found = [one for one in MeetingPlace.objects.order_by("name") if DORPSHUIS.search(one.name)]
    for place in found:
        host = an_organization(name=f"Beheer {place.name} (verzonnen)", municipality=BERKELLAND, kind="foundation")
        facts = replace(PlaceFacts.of(place), host=host, hours=HOURS)
        change_meeting_place(place=place, facts=facts, by=BY, at=AT)
        confirm_place(place=place, method="phone", confirmed_by="verzonnen", by=BY, at=AT)
    return found


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the globe between two points (longitude, latitude), by the haversine formula."""
    (east, north), (east2, north2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * 6_371_009 * asin(sqrt(half))


def counted(file: Path, places: list[MeetingPlace]) -> dict[str, tuple[float, float, float, float]]:
    """By wijk all residents, those of 65 and over, and of both who live within 800 metres of a place.

    By hand from the file of CBS: nothing of the product but the points inside a buurt over which its people are spread.
    """
    rows = Area.objects.filter(municipality=BERKELLAND, kind="neighborhood")
    points = {row.code: spread_over(shape_of(row), SPREAD) for row in rows}  # type: ignore[arg-type]
    found: dict[str, tuple[float, float, float, float]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        if row["gemeentecode"] == BERKELLAND and row["soort"] == "buurt" and row["code"] in points:
            here = points[row["code"]]
            near = sum(
                min(metres(point, (place.longitude, place.latitude)) for place in places) <= METRES for point in here
            ) / len(here)
            people, older = int(row["inwoners"]), int(row["inwoners_65plus"] or 0)
            before = found.get(row["wijkcode"], (0, 0, 0, 0))
            found[row["wijkcode"]] = tuple(
                map(sum, zip(before, (people, older, people * near, older * near), strict=True))
            )  # type: ignore[assignment]
    return found


def table(rows: list[Judgement], names: dict[str, str]) -> list[str]:
    """The matrix as the lines of the page in docs."""
    lines = []
    for code, name in sorted(names.items()):
        cells = {one.block: one for one in rows if one.area == code}
        near, hours = cells[3].reached or 0, cells[3].amount or 0
        lines.append(f"| {name} | {' | '.join(SIGNS[cells[block].state] for block in range(1, 6))} "
                     f"| {near:.0%} | {hours:.0f} |".replace("%", " %"))  # fmt: skip
    return lines


def names_of() -> dict[str, str]:
    rows = Area.objects.filter(municipality=BERKELLAND, kind="district")
    return {code: re.sub(r"Wijk \d+ ", "", name) for code, name in rows.values_list("code", "name")}


def test_as_read_nothing_is_known_and_nothing_is_called_missing(berkelland: Path):
    assert MeetingPlace.objects.count() == 27

    found = judge(BERKELLAND, at=AT)

    assert len(found) == 5 * len(BuildingBlock)
    assert {(one.state, one.why) for one in found} == {("unknown", "nothing_known")}
    assert all(one.remedies for one in found if one.block == 3), "the buildings themselves are what could help"


def test_with_open_dorpshuizen_the_shares_are_those_of_a_count_by_hand(berkelland: Path):
    places = open_the_dorpshuizen()
    assert len(places) == 12

    found = {one.area: one for one in judge(BERKELLAND, at=AT) if one.block == 3}

    by_hand = counted(berkelland, places)
    assert set(found) == set(by_hand)
    for code, (people, older, near, near_older) in by_hand.items():
        assert found[code].reached == pytest.approx(near / people)
        assert found[code].reached_older == pytest.approx(near_older / older)


def test_the_page_in_docs_says_what_is_worked_out(berkelland: Path):
    open_the_dorpshuizen()
    lines = table(judge(BERKELLAND, at=AT), names_of())
    page = PAGE.read_text(encoding="utf-8")

    assert [line for line in lines if line not in page] == [], "write these lines in docs/voorbeelden/berkelland.md"


@pytest.mark.parametrize("name", ["Kulturhus Beltrum", "Kulturhus 't Stieltjen", "Wijkgebouw De Koppel"])
def test_who_loses_a_dorpshuis_is_who_a_count_by_hand_says(name: str, berkelland: Path):
    places = open_the_dorpshuizen()
    closed = next(place for place in places if place.name == name)
    left = [place for place in places if place != closed]

    found = explore(BERKELLAND, [ClosePlace(closed.pk)], at=AT)

    before, after = counted(berkelland, places), counted(berkelland, left)
    lost = {code: (before[code][2] - after[code][2], before[code][3] - after[code][3]) for code in before}
    assert {one.area: (one.lost, one.lost_older) for one in found.shifts} == {
        code: pytest.approx(number) for code, number in lost.items() if any(number)
    }
    (total,) = found.totals
    assert total.lost == pytest.approx(sum(number for number, _ in lost.values()))
    page = PAGE.read_text(encoding="utf-8")
    said = f"| {name} | {total.lost:.0f} | {total.lost_older:.0f} |"
    assert said in page, f"write this in docs/voorbeelden/berkelland.md: {said}"


def test_the_kulturhus_of_beltrum_takes_its_block_along_and_hours_in_the_sports_hall_keep_it(berkelland: Path):
    places = open_the_dorpshuizen()
    closed = next(place for place in places if place.name == "Kulturhus Beltrum")
    hall = MeetingPlace.objects.get(name__startswith="Sporthal de Sonders")
    beltrum = next(code for code, name in names_of().items() if name == "Beltrum")

    without = explore(BERKELLAND, [ClosePlace(closed.pk)], at=AT)
    instead = explore(BERKELLAND, [ClosePlace(closed.pk), AddHours(hall.pk, 25, evening=True)], at=AT)

    changed = {(one.before.area, one.before.state, one.after.state) for one in without.turned if one.has_another_state}
    assert changed == {(beltrum, State.PARTLY, State.UNKNOWN)}
    assert [one for one in instead.turned if one.has_another_state] == []
    assert [one.lost for one in instead.shifts] == [0]


def test_what_could_help_ruurlo_is_the_nearest_building_without_a_host(berkelland: Path):
    open_the_dorpshuizen()
    names = {str(place.pk): place for place in MeetingPlace.objects.all()}
    ruurlo = next(code for code, name in names_of().items() if name == "Ruurlo")

    (found,) = [one for one in judge(BERKELLAND, at=AT) if (one.area, one.block) == (ruurlo, 3)]

    room = names[next(one.id for one in found.remedies if one.kind == "room")]
    assert (room.city, room.host) == ("Ruurlo", None)
