"""Undoing an import: what came goes, what was changed comes back, what people did since stays."""

from dataclasses import replace

import pytest

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap import listing
from samenspel.socialmap.actions import change_offering, confirm_offering
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.importers import (
    NotPossible,
    undo,
)
from samenspel.socialmap.models import ImportRun, Offering
from tests.people.rows import AT, BY
from tests.socialmap.import_files import (
    a_csv,
    a_line,
    counts,
    looked_at,
    read_in,
    rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_postcodes")]


def test_undoing_takes_away_what_was_added():
    run = read_in(a_csv(a_line(toestemming="12-10-2026 telefoon"), a_line(naam="Koffie", plek="", postcode="", adres="",
                                                                          waar="thuis")))  # fmt: skip

    undo(run=run, by=BY, at=AT)

    assert (run.state, rows(), run.report["undo"]["removed"]) == ("undone", (0, 0, 0, 0, 0), 4)


def test_undoing_brings_back_what_was_changed():
    read_in(a_csv(a_line()))
    before = OfferingFacts.of(Offering.objects.get())
    data = a_csv(a_line(kosten="gratis", dag="elke woensdag"))
    run = read_in(data)

    undo(run=run, by=BY, at=AT)

    offering = Offering.objects.get()
    assert (OfferingFacts.of(offering), offering.schedules.get().rrule) == (before, "FREQ=WEEKLY;BYDAY=TU")
    assert counts(looked_at(data)) == (0, 1, 0, 0)


def test_undoing_leaves_what_was_changed_or_confirmed_since_and_says_so():
    run = read_in(a_csv(a_line(), a_line(naam="Koffie"), a_line(naam="Soep")))
    edited, confirmed, _ = Offering.objects.order_by("name")
    change_offering(offering=edited, facts=replace(OfferingFacts.of(edited), summary="Anders."), by=BY, at=AT)
    confirm_offering(offering=confirmed, method="phone", confirmed_by="penningmeester", by=BY, at=AT)

    undo(run=run, by=BY, at=AT)

    assert {one.name for one in Offering.objects.all()} == {edited.name, confirmed.name}
    assert (run.report["undo"]["removed"], run.report["undo"]["kept"]) == (1, 4)
    notes = " ".join(run.report["undo_notes"])
    assert "daarna nog gewijzigd" in notes
    assert "er hoort al iets anders bij: een bevestiging" in notes
    assert "er hoort al iets anders bij: aanbod" in notes


def test_undoing_never_brings_back_the_contact_of_a_group_that_withdrew():
    organizations = [
        {"naam": "Koor", "soort": "vereniging", "telefoon": "0320-555 123", "toestemming": "1-10-2026 brief"}
    ]
    read_in(a_csv(*organizations), kind="organizations")
    run = read_in(a_csv({**organizations[0], "telefoon": "0320-555 124"}), kind="organizations")
    listing.withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT)

    undo(run=run, by=BY, at=AT)

    assert (OrganizationFacts.of(Organization.objects.get()).phone, run.report["undo"]["kept"]) == ("", 1)


def test_undoing_works_in_pieces_and_only_once():
    run = read_in(a_csv(*(a_line(naam=f"Koffie {n}") for n in range(5))))

    while run.state == "done":
        run = undo(run=ImportRun.objects.get(pk=run.pk), by=BY, at=AT, most=2)

    assert rows() == (0, 0, 0, 0, 0)
    with pytest.raises(NotPossible, match="al teruggedraaid"):
        undo(run=run, by=BY, at=AT)


def test_a_file_that_was_only_looked_at_cannot_be_undone():
    with pytest.raises(NotPossible, match="nog niet ingelezen"):
        undo(run=looked_at(a_csv(a_line())), by=BY, at=AT)
