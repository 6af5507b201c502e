"""HSDS without loss: our own store out and in again, and the specification's own examples in and out again."""

import csv
import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from samenspel.audit.action import Actor, action, record
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.actions import confirm_offering, confirm_place, end_offering, mark_full
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.hsds.export import as_json, write_folder
from samenspel.socialmap.hsds.feed import organization_records, package, service_records
from samenspel.socialmap.hsds.importer import import_hsds
from samenspel.socialmap.hsds.remainder import CONTACT_FIELDS
from samenspel.socialmap.hsds.tables import FILES, cell_of, flat
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, SourceRecord, Verification
from tests.people.rows import AT, BY, GM, an_area, an_organization
from tests.places.conftest import REAL
from tests.socialmap.hsds_feed import list_all, missing
from tests.socialmap.rows import a_neighborhood, a_place, an_offering, tuesdays

pytestmark = pytest.mark.django_db
EXAMPLES = REAL / "hsds-3"


@pytest.fixture
def everything() -> None:
    """A store with every column of every model filled somewhere, and almost empty rows beside it."""
    neighborhood = a_neighborhood(province="Flevoland")
    district = an_area("WK990101", "district")
    host = an_organization(
        name="Buurthuis Rust & Roer", description="Een huis.\n\nVoor <iedereen>.", kvk_number="12345678",
        website="https://example.nl/huis", email="huis@example.nl", phone="0320-555001", contact_name="Sjoukje",
        postcode="1234AB",
    )  # fmt: skip
    place = a_place(
        host=host, host_note="bel aan", street="Dijk 3 hoog", house_number="12 a", postcode="1234AB", city="Oosterdam",
        description="Warm.", phone="+31 320 555002", website="https://example.nl/plek", step_free="yes",
        accessible_toilet="no", hearing_loop="yes", access_note="drempel bij de zijdeur",
        hours=[{"weekday": 0, "opens": "09:00", "closes": "12:00"},
               {"weekday": 6, "opens": "13:00", "closes": "17:30", "note": "soms dicht"}],
        rooms=[{"name": "grote zaal", "capacity": 60}, {"name": "keuken"}], closed_on=date(2027, 8, 1),
    )  # fmt: skip
    a_place(name="Zonder iets")
    full = an_offering(
        organization=host, name="Eettafel", kind="initiative", summary="Samen eten.", description="Drie gangen.",
        delivery="at_place", place=place, serves=(neighborhood, district), themes=["eat", "meet"], needs=[],
        audiences=["older_people", "men"], minimum_age=18, maximum_age=99, cost_kind="paid", cost_cents=275,
        cost_note="drankje erbij", step_free="yes", languages=["nl", "tr"], alone_welcome=False, sign_up="required",
        first_contact="vraag naar Bea", phone="0320-555003", email="eten@example.nl", website="https://example.nl/eten",
        capacity=24, volunteers_wanted=True, sphere="community", layer=2, municipal_role=1,
        active_from=date(2026, 1, 5),
        schedules=[
            tuesdays(until=date(2027, 6, 1), skips_school_holidays=True, skips_public_holidays=True,
                     exdates=["2026-12-22"], note="inloop vanaf tien uur"),
            ScheduleFacts(starts_on=date(2026, 9, 4), starts=time(17), ends=time(19),
                          rrule="FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1"),
            ScheduleFacts(starts_on=date(2026, 9, 1), starts=time(8, 15), ends=time(9), rrule="FREQ=DAILY;INTERVAL=3"),
        ],
    )  # fmt: skip
    mark_full(offering=full, by=BY, at=AT)
    end_offering(offering=full, on=date(2028, 1, 1), by=BY, at=AT)
    confirm_offering(offering=full, method="visit", confirmed_by="verbinder", by=BY, at=AT)
    confirm_place(place=place, method="phone", confirmed_by="gastheer", by=BY, at=AT)
    an_offering(organization=host, name="Koffie", delivery="remote", cost_kind="free", alone_welcome=True)
    an_offering(
        organization=host, name="Lampionnenoptocht", audiences=[], themes=[], needs=[],
        schedules=[ScheduleFacts(starts_on=date(2026, 11, 11), starts=time(17), ends=time(18))],
    )  # fmt: skip
    an_offering(organization=an_organization(name="Stille groep", listed=False), name="Onzichtbaar")


@action
def empty_the_store(*, by: Actor, at: Any) -> None:
    record(action="empty", on=Organization(), by=by, at=at, municipality=GM)
    for model in (SourceRecord, Verification, Schedule, Offering, MeetingPlace, Organization):
        model._default_manager.all().delete()


def document() -> dict[str, Any]:
    return package(municipality=GM, at=AT)


def from_elsewhere(tmp_path: Path, *, form: str) -> Path:
    """Write our own open data, in one of its two forms, and empty the store."""
    if form == "csv":
        write_folder(document(), tmp_path)
        path = tmp_path
    else:
        path = tmp_path / "hsds.json"
        path.write_text(as_json(document()), encoding="utf-8")
    empty_the_store(by=BY, at=AT)
    return path


@pytest.mark.parametrize("form", ["json", "csv"])
def test_our_own_store_comes_back_byte_for_byte(everything: None, tmp_path: Path, form: str):
    before = as_json(document())
    path = from_elsewhere(tmp_path, form=form)

    report = import_hsds(path, municipality=GM, by=BY, at=AT + timedelta(days=3))
    list_all()

    assert (report.refused, report.noted) == (0, 0), list(report.sentences())
    assert as_json(document()) == before


@pytest.mark.parametrize("form", ["json", "csv"])
def test_our_columns_alone_hold_all_of_our_own_store(everything: None, tmp_path: Path, form: str):
    """What has a column never leans on the remainder; `last_modified` is the moment of reading here."""
    before = as_json(document())
    path = from_elsewhere(tmp_path, form=form)
    import_hsds(path, municipality=GM, by=BY, at=AT)
    list_all()

    assert SourceRecord.objects.count() == 6
    forget(by=BY, at=AT)

    assert as_json(document()) == before


@action
def forget(*, by: Actor, at: Any) -> None:
    record(action="forget", on=Organization(), by=by, at=at, municipality=GM)
    SourceRecord.objects.all().delete()


def test_ids_and_addresses_stay(everything: None, tmp_path: Path):
    ids = {(row.pk, row.slug) for row in Offering.objects.exclude(name="Onzichtbaar")}
    import_hsds(from_elsewhere(tmp_path, form="json"), municipality=GM, by=BY, at=AT)

    assert {(row.pk, row.slug) for row in Offering.objects.all()} == ids


def test_a_place_that_closed_leaves_the_list_and_stays_with_its_services_with_the_day(everything: None):
    after = package(municipality=GM, at=AT + timedelta(days=400))

    assert [one["name"] for one in after["locations"]] == ["Zonder iets"]
    (named,) = (one["service_at_locations"][0]["location"] for one in after["services"] if one["name"] == "Eettafel")
    assert (named["name"], named["closed_on"]) == ("Het Peilhuis", "2027-08-01")


def test_an_event_is_no_service(everything: None):
    found = document()

    assert [one["name"] for one in found["events"]] == ["Lampionnenoptocht"]
    assert {one["name"] for one in found["services"]} == {"Eettafel", "Koffie"}


def test_who_is_not_listed_is_nowhere_in_the_document(everything: None):
    text = as_json(document())

    assert "Stille groep" not in text
    assert "Onzichtbaar" not in text


def test_an_area_that_is_not_here_is_told_and_comes_back_as_it_came(everything: None, tmp_path: Path):
    before = as_json(document())
    path = from_elsewhere(tmp_path, form="json")
    Area.objects.filter(code="WK990101").delete()

    report = import_hsds(path, municipality=GM, by=BY, at=AT)
    list_all()

    assert [note.field for note in report.notes] == ["service_areas"]
    assert as_json(document()) == before


def examples() -> list[Path]:
    """Every file and folder of records; those of taxonomies and of the validator's dashboard hold none."""
    files = [*EXAMPLES.glob("*/examples/*.json"), *EXAMPLES.glob("oruk-validator-mocks/*/*.json")]
    none = ("taxonomy", "base", "api_details", "dashboard", "tabular", "location.json")
    return sorted(file for file in files if not file.name.startswith(none))


@pytest.mark.real_data
@pytest.mark.parametrize("file", examples(), ids=lambda file: str(file.relative_to(EXAMPLES)))
def test_every_field_of_an_example_comes_back_but_for_who_is_reached_at_a_place(file: Path):
    report = import_hsds(file, municipality=GM, by=BY, at=AT)
    list_all()

    assert report.new
    came = json.loads(file.read_text(encoding="utf-8"))
    offerings = Offering.objects.complete()
    given = [
        *organization_records(Organization.objects.all(), at=AT, full_service=True),
        *service_records(offerings),
        *({**one, "service": service} for service in service_records(offerings)
          for one in service.get("service_at_locations", ())),
    ]  # fmt: skip
    for one in came.get("contents", [came]):
        lost = min((missing(one, other) for other in given if other["id"] == one["id"]), key=len)
        at_place = [path for path in lost if "location" in f"{file.name}{path}"]
        assert {path.rpartition(".")[2] for path in at_place} <= CONTACT_FIELDS
        assert lost == at_place


@pytest.mark.real_data
@pytest.mark.parametrize("version", ["spec-3.0", "uk-profile-3.0", "spec-3.1-dev"])
def test_every_cell_of_the_csv_package_comes_back_but_for_who_is_reached_at_a_place(version: str, tmp_path: Path):
    folder = EXAMPLES / version / "examples" / "csv"
    if not folder.is_dir():
        pytest.skip(f"the public files are not at {EXAMPLES}")
    import_hsds(folder, municipality=GM, by=BY, at=AT)
    list_all()
    write_folder(document(), tmp_path)

    for file in folder.glob("*.csv"):
        name = FILES.get(file.stem, file.name)
        came, given = rows(file), rows(tmp_path / name)
        came = [
            {name: cell for name, cell in one.items() if name != "organization_id" or "location_type" not in one}
            for one in ({name: cell for name, cell in row.items() if name != "attention"} for row in came)
        ]
        assert [one for one in came if not any(one.items() <= other.items() for other in given)] == []


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(text)]


@pytest.mark.real_data
def test_reading_an_example_again_changes_nothing():
    file = EXAMPLES / "spec-3.0" / "examples" / "service_full.json"
    if not file.is_file():
        pytest.skip(f"the public files are not at {EXAMPLES}")
    import_hsds(file, municipality=GM, by=BY, at=AT)

    again = import_hsds(file, municipality=GM, by=BY, at=AT + timedelta(days=1))

    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_a_row_in_several_tables_is_written_once(everything: None):
    tables = flat(document())

    assert [row["id"] for row in tables["location"]] == sorted({row["id"] for row in tables["location"]})
    assert all(isinstance(cell_of(value), str) for row in tables["service"] for value in row.values())
