"""What is written about Markerwaard: believable, harmless, readable and without contradictions."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import Any

import pytest

from samenspel.demo.load import FOLDER
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import PyramidLayer, Theme

FILES = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.toml"))}
REAL_NUMBERS = {"0800-2000", "0800-0432"}
"""Veilig Thuis and the Kindertelefoon; 112 and 113 are too short to look like the number of a person."""
INVENTED_NUMBER = re.compile(r"0320-55 5\d \d\d")
TEXTS = ("name", "summary", "description", "text", "note", "cost_note", "access_note", "host_note", "first_contact")
MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def entries(table: str) -> list[dict[str, Any]]:
    return [entry for text in FILES.values() for entry in tomllib.loads(text).get(table, [])]


OFFERINGS, PLACES, ORGANIZATIONS = entries("offerings"), entries("places"), entries("organizations")
REFUSED = {one["key"] for one in ORGANIZATIONS if not one.get("listed", True)}
SHOWN = [one for one in OFFERINGS if "active_until" not in one and one["organization"] not in REFUSED]


def texts(*names: str) -> Iterator[str]:
    for table in (*map(entries, ("contacts", "teams", "entrances", "recourse")), OFFERINGS, PLACES, ORGANIZATIONS):
        for entry in table:
            yield from (entry[name] for name in names if name in entry)


def wijken() -> dict[str, str]:
    """The wijk of every place, by the postcode."""
    with (FOLDER / "postcodes.csv").open(encoding="utf-8") as file:
        neighborhood = {row["pc6"]: row["buurtcode_2024"] for row in csv.DictReader(file)}
    return {place["key"]: "WK" + neighborhood[place["postcode"]][2:8] for place in PLACES}


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if re.search(r"\w", one)]


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def test_nobody_real_can_be_called_or_written_to():
    for name, text in FILES.items():
        numbers = set(re.findall(r"\b0\d{2,3}[- ]?\d[\d ]{3,}\d", text)) - REAL_NUMBERS
        assert [number for number in numbers if not INVENTED_NUMBER.fullmatch(number)] == [], name
        assert [mail for mail in re.findall(r"@[\w.-]+", text) if mail not in ("@example.nl", "@example.org")] == []
        assert [site for site in re.findall(r"https?://[^\"/]+", text) if not site.endswith(".example.nl")] == []
        assert re.findall(r"(?<!\d)\d{9}(?!\d)", text) == [], "nine digits look like a BSN"
    assert all(one["kvk_number"].startswith("99") for one in ORGANIZATIONS if "kvk_number" in one)


def test_people_have_a_first_name_only():
    first_name = re.compile(r"(Ds\. )?\w+(, [\w ,’-]+)?")
    named = [*texts("contact_name"), *(one["host"] for one in entries("entrances"))]
    contacts = [*(one["name"] for one in entries("contacts")), *texts("deputy_name")]

    assert [one for one in named if not first_name.fullmatch(one) and not one.startswith("Team ")] == []
    assert [one for one in contacts if " " in one and one != "Wijkteam Markerwaard"] == []


def test_a_group_that_shields_its_contact_gives_none():
    shielded = [one for one in ORGANIZATIONS if one.get("contact_shielded")]

    assert shielded
    assert not any({"contact_name", "phone", "email"} & one.keys() for one in shielded)


def test_texts_are_short_and_plain():
    assert max(len(one["summary"]) for one in OFFERINGS) <= 200
    for name, longest in (("summary", 16), ("description", 20), ("text", 20)):
        lengths = [len(words(sentence)) for text in texts(name) for sentence in sentences(text)]
        assert mean(lengths) <= 12, name
        assert max(lengths) <= longest, name


def test_no_two_texts_and_no_two_names_are_alike():
    for name in ("name", "summary", "description"):
        assert [text for text, times in Counter(one[name] for one in OFFERINGS).items() if times > 1] == []


def test_no_text_names_a_date_because_the_dates_move():
    assert [text for text in texts(*TEXTS) if re.search(rf"\b\d{{1,2}} ({MONTH})|(?<![\d-])20\d\d\b", text)] == []


def test_every_theme_layer_and_need_has_something():
    themes, needs = (Counter(key for one in SHOWN for key in one[field]) for field in ("themes", "needs"))

    assert min(themes[theme] for theme in Theme.values) >= 20
    assert [need for need in vocabulary().needs if not needs[need]] == []
    assert {one["layer"] for one in SHOWN} == set(PyramidLayer.values)


def test_every_place_is_in_use_except_the_dorpshuis_that_closed():
    in_use = {one.get("place") for one in SHOWN} | {place["key"] for place in PLACES if place.get("hours")}
    closed = [place for place in PLACES if place["key"] not in in_use]

    assert [place["key"] for place in closed] == ["de-noordster"]
    assert [place["key"] for place in PLACES if "closed_on" in place] == ["de-noordster"]


def test_who_is_away_has_a_deputy_that_is_there_and_nobody_else_leans_on_them():
    contacts = entries("contacts")
    away = [one for one in contacts if one.get("away")]

    assert [(one["name"], one["deputy_name"]) for one in away] == [("Wietske", "Arjan")]
    assert not {one["phone"] for one in away} & {one.get("deputy_phone") for one in contacts}


def test_nothing_in_de_boomgaarden_is_open_in_the_evening():
    here = {key for key, wijk in wijken().items() if wijk == "WK990104"}
    closing = [line["closes"] for place in PLACES if place["key"] in here for line in place.get("hours", [])]
    ending = [line["ends"] for one in SHOWN if one.get("place") in here for line in one.get("schedules", [])]

    assert closing
    assert max(closing + ending) <= "18:00"


def test_the_ingang_of_a_wijk_is_open_when_it_says_so():
    hours = {place["key"]: place["hours"] for place in PLACES if "hours" in place}
    for entrance in entries("entrances"):
        for line in entrance["hours"]:
            assert any(
                line["weekday"] == open_["weekday"]
                and open_["opens"] <= line["opens"]
                and line["closes"] <= open_["closes"]
                for open_ in hours[entrance["place"]]
            ), (entrance["area"], line)


def test_one_wijk_has_its_ingang_elsewhere_for_now():
    wijk_of = wijken()
    elsewhere = [one for one in entries("entrances") if wijk_of[one["place"]] != one["area"]]

    assert any("Tijdelijk" in one.get("note", "") for one in elsewhere)


def test_every_wijk_has_something_and_none_has_everything():
    wijk_of = wijken()
    there = {(wijk_of[one["place"]], theme) for one in SHOWN if "place" in one for theme in one["themes"]}
    found = Counter(wijk for wijk, _ in there)

    assert len(found) == 9
    assert sum(len(Theme.values) - themes for themes in found.values()) >= 5
    big = ("WK990101", "WK990102", "WK990103", "WK990104", "WK990105", "WK990106", "WK990107")
    assert min(found[wijk] for wijk in big) >= 8


@pytest.mark.parametrize("key", ["is_full", "volunteers_wanted"])
def test_some_entries_say_that_they_are_full_or_short_of_hands(key: str):
    assert sum(bool(one.get(key)) for one in SHOWN) >= 10


def test_some_entries_are_years_old():
    last = [max(line["on"] for line in one["verifications"]) for one in SHOWN if one.get("verifications")]

    assert sum(day < "2024-12-01" for day in last) >= 10
