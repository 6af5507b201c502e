"""The offerings that the benchmark at size makes up: the same every time, spread as people live, all different."""

from collections import Counter
from pathlib import Path

import pytest

from bench.generated import Country, Generator, NoPublicFiles, Spot
from samenspel.socialmap.entry import Entry
from tests.socialmap.index_cast import AT, town_with_offerings

DAY = AT.date()


def spot(postcode: str, residents: float) -> Spot:
    return Spot(
        postcode=postcode,
        city="Zeestede",
        municipality=f"GM{postcode}",
        municipality_name="Waterland",
        latitude=52.5,
        longitude=5.2,
        reach=0.01,
        residents=residents,
        buurten=((f"BU{postcode}0000", "Dorpskern"), (f"BU{postcode}0001", "Buitengebied")),
    )


@pytest.fixture
def generator(db: None) -> Generator:
    town_with_offerings()
    return Generator(Country((spot("1000", 9_000), spot("2000", 1_000)), ()), DAY)


def test_the_same_part_has_the_same_documents_and_another_part_has_others(generator: Generator) -> None:
    first, second = slice(0, 20), slice(20, 40)
    made = list(generator.documents(40, first))

    assert made == list(generator.documents(40, first))
    assert not {one.id for one in made} & {one.id for one in generator.documents(40, second)}


def test_the_documents_of_a_municipality_come_together(generator: Generator) -> None:
    found = [Entry.from_json(one.entry).municipality for one in generator.documents(100)]

    assert found == sorted(found)


def test_offerings_are_spread_as_people_live(generator: Generator) -> None:
    found = Counter(Entry.from_json(one.entry).municipality for one in generator.documents(1_000))

    assert 850 < found["GM1000"] < 950


def test_names_and_summaries_differ_and_every_slot_is_filled_in(generator: Generator) -> None:
    entries = [Entry.from_json(one.entry) for one in generator.documents(100)]

    assert len({entry.name for entry in entries}) > 50
    assert len({entry.summary for entry in entries}) > 80
    assert not [entry for entry in entries if "[" in entry.name + entry.summary]


def test_a_word_of_the_name_is_a_token_of_the_field_of_names(generator: Generator) -> None:
    walk = next(one for one in generator.documents(100) if Entry.from_json(one.entry).name.startswith("Ommetje"))

    assert "thermoskan" in walk.texts["name"]
    assert "thermoskan" not in walk.texts["description"]


def test_without_the_public_files_the_reason_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoPublicFiles, match="no public files at"):
        Country.read(tmp_path / "absent")
