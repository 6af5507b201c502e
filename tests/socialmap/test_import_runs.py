"""From a file to the map: looked at first, carried out in steps, read again without doubles, and taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.models import Organization
from samenspel.socialmap import listing
from samenspel.socialmap.actions import change_offering
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.importers import (
    KINDS,
    FileRefused,
    NotPossible,
    carry_out,
    preview,
    problems_csv,
    template,
    undo,
)
from samenspel.socialmap.importers.tables import read_table
from samenspel.socialmap.models import Change, ImportRun, Offering, SourceRecord
from samenspel.socialmap.retention import erase_organization, forget_imports
from tests.people.rows import AT, BY, GM, an_area, an_organization
from tests.socialmap.import_files import (
    a_csv,
    a_line,
    an_xlsx,
    counts,
    looked_at,
    problems,
    read_in,
    rows,
)
from tests.socialmap.rows import a_neighborhood, a_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_postcodes")]


def test_looking_at_a_file_changes_nothing_on_the_map():
    run = looked_at(a_csv(a_line()))

    assert (counts(run), run.state, rows()) == ((1, 0, 0, 0), "previewed", (0, 0, 0, 0, 0))
    assert run.report["rows_shown"][0]["Naam"] == "Dinsdagommetje"


def test_a_line_becomes_an_offering_with_its_organization_place_and_times():
    buurt = a_neighborhood()

    run = read_in(a_csv(a_line(doelgroep="ouderen, mantelzorgers", thema="bewegen en gezondheid", drempelvrij="ja")))

    offering = Offering.objects.get()
    (line,) = offering.schedules.all()
    assert run.state == "done"
    assert (offering.organization.name, offering.organization.is_listed) == ("Wandelclub De Ringdijk", False)
    assert (offering.place.name, offering.place.house_number, offering.place.neighborhood) == (
        "Het Peilhuis",
        "1",
        buurt,
    )
    assert (line.rrule, f"{line.starts:%H:%M}-{line.ends:%H:%M}") == ("FREQ=WEEKLY;BYDAY=TU", "10:00-11:30")
    assert (offering.cost_kind, offering.cost_cents, offering.step_free) == ("paid", 250, "yes")
    assert (offering.audiences, offering.themes) == (["older_people", "informal_carers"], ["move"])


def test_every_added_row_leaves_an_event_and_every_offering_a_change_for_the_index():
    read_in(a_csv(a_line(), a_line(naam="Koffie")))

    added = AuditEvent.objects.filter(action__startswith="add_").values_list("action", flat=True)
    assert sorted(added) == ["add_meeting_place", "add_offering", "add_offering", "add_organization"]
    assert set(Change.objects.values_list("object_id", flat=True)) == {str(one.pk) for one in Offering.objects.all()}


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=500)])
def test_reading_the_same_file_again_changes_nothing(later: timedelta):
    data = a_csv(a_line(), a_line(naam="Koffie", dag="om de week op woensdag", vanaf="07-10-2026"))
    read_in(data)
    before, events = rows(), AuditEvent.objects.filter(action__regex="^(add|change|set)_").count()

    again = read_in(data, at=AT + later)

    assert (counts(again), rows()) == ((0, 0, 2, 0), before)
    assert AuditEvent.objects.filter(action__regex="^(add|change|set)_").count() == events


def test_a_changed_line_changes_its_row_and_an_empty_cell_changes_nothing():
    read_in(a_csv(a_line(telefoon="0320-555 123")))

    run = read_in(a_csv(a_line(kosten="gratis", eindtijd="12:00", telefoon="")))

    offering = Offering.objects.get()
    assert counts(run) == (0, 1, 0, 0)
    assert (offering.cost_kind, offering.cost_cents, offering.phone) == ("free", None, "0320-555 123")
    assert f"{offering.schedules.get().ends:%H:%M}" == "12:00"


def test_what_was_edited_by_hand_stays_when_the_same_file_is_read_again():
    data = a_csv(a_line())
    read_in(data)
    offering = Offering.objects.get()
    facts = replace(OfferingFacts.of(offering), summary="Nu met koffie.")
    change_offering(offering=offering, facts=facts, by=BY, at=AT)

    read_in(data)

    assert Offering.objects.get().summary == "Nu met koffie."


def test_with_an_id_a_renamed_line_is_the_same_offering():
    read_in(a_csv(a_line(id="7")))

    read_in(a_csv(a_line(id="7", naam="Woensdagommetje")))

    assert [one.name for one in Offering.objects.all()] == ["Woensdagommetje"]


def test_rows_that_were_on_the_map_already_are_found_by_name_and_address():
    group = an_organization(name="wandelclub de ringdijk")
    place = a_place(name="Peilhuis", postcode="1381AB", house_number="1")

    read_in(a_csv(a_line()))

    offering = Offering.objects.get()
    assert (offering.organization, offering.place, rows()[:2]) == (group, place, (1, 1))


def test_every_problem_of_every_line_is_told_with_line_column_and_reason():
    run = looked_at(
        a_csv(
            a_line(soort="cursus", begintijd="25:00"),
            a_line(naam=""),
            a_line(naam="Goed"),
            a_line(naam="x" * 90),
            a_line(naam="Oud", **{"leeftijd vanaf": "80", "leeftijd tot en met": "60"}),
            a_line(naam="Ver", postcode="9999 ZZ", adres="Ver 9", plek="Elders"),
        )
    )

    assert (counts(run), run.report["read"]) == ((1, 0, 0, 5), 6)
    assert problems(run) == [
        (2, "soort"), (2, "begintijd"), (3, "naam"), (5, "naam"), (6, "leeftijd tot en met"), (7, "plek"),
    ]  # fmt: skip
    assert "kies uit: initiatief van bewoners, activiteit" in run.report["refusals"][0]["reason"]
    assert any("9999ZZ kennen wij niet" in one["reason"] for one in run.report["notes"])


def test_two_times_in_the_cell_of_the_first_are_told_once():
    run = looked_at(a_csv(a_line(begintijd="10:00-11:30", eindtijd="")))

    assert problems(run) == [(2, "begintijd")]


def test_a_column_keeps_the_name_that_it_has_in_the_file():
    line = a_line(prijs="duur")
    del line["kosten"]

    assert problems(looked_at(a_csv(line))) == [(2, "prijs")]


@pytest.mark.parametrize("name", ["omschrijving", "samenvatting", "eerste contact"])
def test_a_citizen_service_number_is_refused(name: str):
    run = looked_at(a_csv(a_line(**{name: "Bel Jan, 1112.22.333"})))

    assert problems(run) == [(2, name)]
    assert "111222333" not in str(run.report)


def test_lines_about_one_offering_become_one_with_several_times():
    run = read_in(a_csv(a_line(), a_line(dag="elke donderdag"), a_line(kosten="gratis")))

    assert Offering.objects.get().schedules.count() == 2
    assert (counts(run), problems(run)) == ((1, 0, 1, 1), [(4, "kosten")])


def test_a_missing_column_refuses_the_file_and_keeps_nothing():
    with pytest.raises(FileRefused, match="ontbreekt: soort, samenvatting, organisatie"):
        looked_at(b"naam;prijs\nKoffie;2\n")
    assert not ImportRun.objects.exists()


def test_an_unknown_postcode_falls_back_on_its_four_digits_and_says_so():
    run = looked_at(a_csv(a_line(postcode="1381ZZ")))

    assert run.report["new"] == 1
    assert any("kijk of dat klopt" in one["reason"] for one in run.report["notes"])


def test_areas_are_named_as_people_name_them():
    area = an_area("WK990101", "district", name="Wijk 01 Zuiderhaven", boundary=None)
    a_neighborhood()
    type(area).objects.filter(pk=area.pk).update(
        boundary=a_neighborhood("BU99010102").boundary, west=5, east=6, south=52, north=53, longitude=5.2, latitude=52.5
    )

    read_in(a_csv(a_line(gebied="zuiderhaven")))

    assert list(Offering.objects.get().serves.all()) == [area]


def test_a_yes_in_the_file_lists_the_group_on_that_day():
    read_in(a_csv(a_line(toestemming="12-10-2026 telefoon")))

    group = Organization.objects.get()
    assert (group.is_listed, group.listing_agreed_via, group.listing_agreed_at.date()) == (
        True, "phone", date(2026, 10, 12),
    )  # fmt: skip
    assert Offering.objects.visible(AT).exists()


@pytest.mark.parametrize("cell", ["12-10-2026", "01-01-2030 telefoon", "ja"])
def test_a_yes_without_day_or_way_or_from_the_future_is_refused(cell: str):
    assert problems(looked_at(a_csv(a_line(toestemming=cell)))) == [(2, "toestemming")]


def test_a_group_that_took_its_yes_back_is_not_listed_again_by_an_older_file():
    data = a_csv(a_line(toestemming="12-10-2026 telefoon"))
    read_in(data)
    listing.withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)

    run = read_in(data, at=AT + timedelta(days=1))

    assert (counts(run), Organization.objects.get().is_listed) == ((0, 0, 0, 1), False)
    assert "niet vermeld staan" in run.report["refusals"][0]["reason"]


def test_a_group_that_withdrew_and_was_erased_since_is_not_listed_by_the_same_file():
    group = [{"naam": "Koor", "soort": "vereniging", "toestemming": "12-10-2026 telefoon"}]
    read_in(a_csv(*group), kind="organizations")
    erase_organization(organization=Organization.objects.get(), by=BY, at=AT)

    read_in(a_csv(*group), kind="organizations")

    assert not Organization.objects.get().is_listed


def test_the_no_of_a_group_that_was_never_listed_outlives_an_older_yes_in_a_file():
    group = {"naam": "Koor", "soort": "vereniging", "telefoon": "0320-555 123"}
    read_in(a_csv(group), kind="organizations")
    listing.withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)

    run = read_in(a_csv(group | {"toestemming": "12-10-2026 telefoon"}), kind="organizations")

    stored = Organization.objects.get()
    assert (counts(run), stored.is_listed, stored.phone) == ((0, 0, 0, 1), False, "")


def test_undoing_after_a_group_was_erased_still_knows_that_it_was_here():
    run = read_in(a_csv({"naam": "Koor", "soort": "vereniging"}), kind="organizations")
    listing.withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)
    erase_organization(organization=Organization.objects.get(), by=BY, at=AT)

    undo(run=run, by=BY, at=AT)

    assert SourceRecord.objects.filter(kind="organization").count() == 1


def test_carrying_out_in_small_pieces_ends_the_same_and_doubles_nothing():
    run = looked_at(a_csv(*(a_line(naam=f"Koffie {n}") for n in range(7))))
    seen = []

    while run.state == "previewed":
        run = carry_out(run=ImportRun.objects.get(pk=run.pk), by=BY, at=AT, most=2)
        seen.append(run.report["carried_out"])

    assert (seen, run.report["to_do"], Offering.objects.count()) == ([2, 4, 6, 8, 9], 9, 7)


def test_two_who_carry_out_the_same_draft_double_nothing():
    run = looked_at(a_csv(*(a_line(naam=f"Koffie {n}") for n in range(4))))
    other = looked_at(a_csv(*(a_line(naam=f"Koffie {n}") for n in range(4))))
    carry_out(run=run, by=BY, at=AT, most=3)

    carry_out(run=other, by=BY, at=AT)
    carry_out(run=run, by=BY, at=AT)

    assert rows()[:3] == (1, 1, 4)


def test_an_import_is_carried_out_once_and_a_draft_that_is_gone_not_at_all():
    run = read_in(a_csv(a_line()))
    with pytest.raises(NotPossible, match="al ingelezen"):
        carry_out(run=run, by=BY, at=AT)

    gone = looked_at(a_csv(a_line(naam="Ander")))
    assert forget_imports(by=BY, at=AT + timedelta(days=2)) == 1
    with pytest.raises(NotPossible, match="verlopen"):
        carry_out(run=gone, by=BY, at=AT)


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_comes_back_without_a_problem_and_its_example_is_a_good_line(kind: str, form: str):
    empty = looked_at(template(kind, form), kind=kind)
    table = read_table(template(kind, form), refuse=lambda *_: None, note=lambda *_: None)
    example = next(cells for _, cells in table.rows if cells[0] == "voorbeeld")
    cells = dict(zip(table.header, example, strict=True)) | {"id": "", "postcode": "1381 AB"}

    filled = looked_at(a_csv(cells), kind=kind)

    assert (empty.report["read"], empty.report["refused"]) == (0, 0)
    assert (counts(filled), filled.report["refusals"]) == ((1, 0, 0, 0), [])


def test_excel_and_csv_give_the_same_row():
    cells = a_line()
    read_in(a_csv(cells))

    assert counts(looked_at(an_xlsx(list(cells), list(cells.values())))) == (0, 0, 1, 0)


def test_problems_leave_as_a_file_in_which_nothing_calculates():
    run = looked_at(a_csv(a_line(soort="=HYPERLINK(1)"), a_line(naam="Koffie")))
    run.report["refusals"][0]["field"] = "=1+1"

    text = problems_csv(run).decode("utf-8-sig")

    assert "2;'=1+1;geweigerd;" in text
    assert "\n=" not in text


def test_text_that_looks_like_html_or_sql_stays_text():
    read_in(a_csv(a_line(naam="<b>Koffie</b>'); DROP TABLE x;--")))

    assert Offering.objects.get().name == "<b>Koffie</b>'); DROP TABLE x;--"


def test_a_file_of_another_municipality_touches_nothing_of_ours():
    read_in(a_csv(a_line()))

    run = preview(a_csv(a_line()), file_name="x.csv", kind="offerings", municipality="GM9902", by=BY, at=AT)
    carry_out(run=run, by=BY, at=AT)

    assert (
        Offering.objects.filter(municipality=GM).count() == Offering.objects.filter(municipality="GM9902").count() == 1
    )
