"""What is known of a building block beside the map: somebody looked, or the work itself left it."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely
from django.db import IntegrityError, transaction

from samenspel.audit.action import Actor, OutsideAction, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.places.geometry import boundary_fields
from samenspel.policy.evidence import note_handover, note_none_found
from samenspel.policy.models import BlockEvidence
from tests.people.rows import BY, ELSEWHERE, GM, an_area
from tests.policy.rows import AT, TODAY

pytestmark = pytest.mark.django_db


def looked(**facts: object) -> BlockEvidence:
    given = {"area": "WK990101", "block": 3, "on": TODAY, "note": "de wijk door gelopen", **facts}
    return note_none_found(municipality=GM, by=BY, at=AT, **given)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def wijk() -> None:
    for municipality in (GM, ELSEWHERE):
        digits = municipality[2:]
        boundary = boundary_fields(np.array([shapely.box(5.2, 52.5, 5.3, 52.6)]))[0]
        district = an_area(f"WK{digits}01", "district", municipality=municipality, **boundary)
        an_area(f"BU{digits}0101", "neighborhood", municipality=municipality, parent=district)


def test_who_looked_and_found_nothing_says_so_and_the_log_has_no_word_of_it():
    row = looked(note="  bij de  dorpsraad gevraagd ")

    assert (row.kind, row.note) == ("none_found", "bij de dorpsraad gevraagd")
    assert AuditEvent.objects.get(action="note_none_found").detail == {"area": "WK990101"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"area": "WK990201"}, "area"),
        ({"area": "BU99010101"}, "area"),
        ({"on": date(2026, 11, 22)}, "on"),
        ({"block": 6}, "block"),
        ({"note": "van 111222333 gehoord"}, "note"),
        ({"note": "x" * 201}, "note"),
    ],
    ids=["elsewhere", "no wijk", "tomorrow", "no block", "a bsn", "too long"],
)
def test_what_cannot_be_is_refused_by_field(facts: dict[str, object], field: str):
    with pytest.raises(FactRefused) as refused:
        looked(**facts)
    assert refused.value.field == field
    assert not BlockEvidence.objects.exists()


def test_the_same_day_is_noted_once():
    looked()
    with pytest.raises(FactRefused):
        looked(note="nog eens")


@action
def given(*, kind: str, when: datetime, by: Actor, at: datetime) -> None:
    """Somebody said yes."""
    note_handover(municipality=GM, area="WK990101", kind=kind, at=when)
    record(action="accept", on=BlockEvidence.objects.get(kind=kind), by=by, at=at, municipality=GM)


def test_handovers_of_a_quarter_are_one_row_without_a_day():
    for when in (datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 31, 22, tzinfo=UTC), AT):
        given(kind="to_informal", when=when, by=BY, at=AT)

    row = BlockEvidence.objects.get()
    assert (row.block, row.kind, row.on, row.note) == (4, "to_informal", date(2026, 10, 1), "")


def test_outside_an_action_nothing_is_noted():
    with pytest.raises(OutsideAction):
        note_handover(municipality=GM, area="WK990101", kind="to_formal", at=AT)


def test_only_the_network_has_evidence_of_handovers():
    row = looked()

    with pytest.raises(IntegrityError), transaction.atomic():
        _as_handover(row=row, by=BY, at=AT)


@action
def _as_handover(*, row: BlockEvidence, by: Actor, at: datetime) -> None:
    row.kind = BlockEvidence.Kind.TO_FORMAL
    row.save()
    record(action="accept", on=row, by=by, at=at, municipality=GM)
