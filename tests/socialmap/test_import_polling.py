"""Lists of places as meeting places, that of the polling places among them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.importers import polling, preview, undo
from samenspel.socialmap.models import MeetingPlace, SourceRecord
from tests.people.rows import AT, BY
from tests.places.conftest import real
from tests.socialmap.import_files import a_csv, counts, looked_at, read_in

__all__ = ["real"]

ROW = {
    "id": "1", "gemeente": "Markerwaard", "gemeentecode": "GM9901", "naam": "Dorpshuis De Ark, stembureau 12",
    "type": "regulier", "gebruiksdoel": "bijeenkomstfunctie", "straat": "Dorpsstraat", "huisnummer": "1",
    "huisletter": "a", "postcode": "1381AB", "plaats": "Markerdam", "extra_adres": "", "rd_x": "", "rd_y": "",
    "lat": "52.55", "lon": "5.25", "open": "2023-11-22T07:30:00", "sluit": "2023-11-22T21:00:00",
    "toegankelijk": "ja", "buurtcode_2024": "",
}  # fmt: skip


def a_place(**cells: str) -> dict[str, str]:
    return ROW | cells


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("Dorpshuis De Ark, stembureau 12", "Dorpshuis De Ark"),
        ("Gemeentehuis, stemlokaal 1", "Gemeentehuis"),
        ("Buurthuis De Uitwijk (1)", "Buurthuis De Uitwijk"),
        ("Gemeentehuis Hasselt 1/2", "Gemeentehuis Hasselt"),
        ("Gemeentehuis (nummer 1)", "Gemeentehuis"),
        ("Sporthal De Brug zaal 1", "Sporthal De Brug"),
        ("Zalencentrum de Huve (grote zaal)", "Zalencentrum de Huve"),
        ("t Spieker", "'t Spieker"),
        ("Schoolgebouw Villa 60", "Schoolgebouw Villa 60"),
        ("SV Laren '99", "SV Laren '99"),
        ("Stembureau 7", "Stembureau 7"),
    ],
)
def test_a_name_loses_what_only_election_day_needed(name: str, tidied: str):
    assert polling.tidy(name) == tidied


@pytest.mark.django_db
def test_a_building_becomes_a_place_without_the_hours_of_election_day():
    read_in(a_csv(a_place()), kind="places")

    place = MeetingPlace.objects.get()
    assert (place.name, place.house_number, place.step_free, place.hours, place.host) == (
        "Dorpshuis De Ark", "1a", "yes", [], None,
    )  # fmt: skip
    record = SourceRecord.objects.get()
    assert (record.source, record.source_id, record.remainder["naam"]) == ("stemlokalen-2023", "1", ROW["naam"])


@pytest.mark.django_db
def test_records_of_one_building_are_merged_and_each_keeps_its_source():
    file = a_csv(
        a_place(),
        a_place(id="2", naam="De Ark zaal 2", toegankelijk="nee"),
        a_place(id="3", naam="Dorpshuis De Ark", straat="", huisnummer="", postcode="", lat="52.5501"),
        a_place(id="4", naam="Kerk", straat="Kerkweg", lat="52.5502"),
        a_place(id="5", naam="School", huisnummer="9", lat="52.56"),
    )

    run = read_in(file, kind="places")

    assert sorted(place.name for place in MeetingPlace.objects.all()) == ["Dorpshuis De Ark", "School"]
    assert MeetingPlace.objects.get(name="Dorpshuis De Ark").step_free == "unknown"
    assert SourceRecord.objects.count() == 5
    assert counts(run) == (2, 0, 3, 0)
    assert counts(looked_at(file, kind="places")) == (0, 0, 5, 0)


@pytest.mark.django_db
def test_what_is_mobile_elsewhere_or_no_place_to_meet_is_left_out_with_a_note():
    run = looked_at(
        a_csv(
            a_place(type="mobiel"),
            a_place(id="2", naam="Tent Theemsplein"),
            a_place(id="3", gemeentecode="GM0001"),
            a_place(id="4", naam="Flevoziekenhuis"),
            a_place(id="5", naam="Begraafplaats Holy"),
            a_place(id="6", naam="Inrichting", gebruiksdoel="celfunctie"),
            a_place(id="7", naam="Voormalig politiebureau", huisnummer="7"),
        ),
        kind="places",
    )

    notes = " ".join(one["reason"] for one in run.report["notes"])
    assert counts(run) == (1, 0, 0, 0)
    for said in ("2 mobiele of tijdelijke", "1 regels van andere", "Flevoziekenhuis: niet", "Holy: niet", "gevangenis"):
        assert said in notes


@pytest.mark.django_db
@pytest.mark.parametrize("cells", [{"lat": "x"}, {"lat": "5.25", "lon": "52.55"}, {"lat": "10"}])
def test_a_point_that_cannot_be_is_refused(cells: dict[str, str]):
    run = looked_at(a_csv(a_place(**cells)), kind="places")

    assert (counts(run), run.report["refusals"][0]["field"]) == ((0, 0, 0, 1), "lat, lon")


@pytest.mark.real_data
@pytest.mark.django_db
@pytest.mark.parametrize(("municipality", "places"), [("GM1859", 27), ("GM0363", 380)])
def test_the_real_list_gives_the_public_buildings_of_a_municipality(real: Path, municipality: str, places: int):
    file = real / "stemlokalen-2023" / "stemlokalen_2023.csv.gz"

    run = preview(file, file_name=file.name, kind="places", municipality=municipality, by=BY, at=AT)

    assert run.report["refused"] <= 2  # records without coordinates
    assert run.report["new"] >= places * 0.9


@pytest.mark.django_db
def test_a_place_that_closed_stays_closed_when_a_list_of_places_comes_and_is_undone():
    line = {"naam": "Het Peilhuis", "adres": "Kade 1", "postcode": "1381AB", "lat": "52.55", "lon": "5.25"}
    read_in(a_csv(line | {"telefoon": "0320-555 101"}), kind="places")
    closed = replace(PlaceFacts.of(place := MeetingPlace.objects.get()), closed_on=date(2026, 8, 17))
    change_meeting_place(place=place, facts=closed, by=BY, at=AT)

    run = read_in(a_csv(line | {"telefoon": "0320-555 102"}), kind="places")
    assert PlaceFacts.of(MeetingPlace.objects.get()) == replace(closed, phone="0320-555 102")
    undo(run=run, by=BY, at=AT)
    assert PlaceFacts.of(MeetingPlace.objects.get()) == closed
