"""The demo has a ledger to show: quarters that are over, some figures hidden, and loads it once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samenspel.demo import shift
from samenspel.demo.load import MARKERWAARD
from samenspel.demo.shift import load_shift
from samenspel.engine.shift import Verdict
from samenspel.outcomes.models import HandoverLink, ReleasedFigure, ShiftCount, UnitPrice
from samenspel.outcomes.shift import shift_of
from samenspel.policy.models import BlockEvidence
from tests.people.rows import an_organization
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def its_organizations(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few rows of the demo as its ledger names, without loading all of it."""
    read = shift._read

    def few() -> dict[str, Any]:
        data = read()
        club = an_organization(municipality=MARKERWAARD, name="Club")
        other = an_organization(municipality=MARKERWAARD, name="Steunpunt")
        for name in ("soep", "thee", "brei", "zang", "dans"):
            an_offering(municipality=MARKERWAARD, organization=club, name=name)
        data["link"] = [{"giver": "", "receiver": club.slug}, {"giver": other.slug, "receiver": club.slug}]
        figures = {"meetings": 12, "came": 9, "helpers": 2, "load": 2}
        data["shared"] = dict.fromkeys(("soep", "thee", "brei", "zang", "dans"), figures)
        return data

    monkeypatch.setattr(shift, "_read", few)


@pytest.mark.parametrize("day", [(2026, 11, 22), (2027, 1, 1), (2027, 1, 4), (2028, 2, 29)], ids=str)
def test_two_years_of_quarters_that_are_over_are_filled_once(day: tuple[int, int, int]):
    at = datetime(*day, 12, tzinfo=UTC)
    load_shift(at)
    before = ShiftCount.objects.count()
    load_shift(at + timedelta(days=3))

    assert len(shift_of(MARKERWAARD, at=at + timedelta(days=7))) == 8
    assert ShiftCount.objects.count() == before
    assert UnitPrice.objects.count() == 5


def test_the_newest_quarter_shows_a_change_its_brake_and_money_and_hides_what_is_small():
    load_shift(AT)
    newest, *_earlier = shift_of(MARKERWAARD, at=AT)
    verdicts = {row.shift.verdict for row in newest.areas}

    assert newest.quarter == "2026Q3"
    assert newest.whole.verdict == Verdict.LIGHTER
    assert newest.load is not None
    assert newest.money is not None
    assert verdicts == {Verdict.UNPROVEN, Verdict.UNSURE, Verdict.FEW_QUESTIONS}
    assert any(None in row.shift.solved.layers for row in newest.areas)
    assert len(newest.themes) == 10


def test_links_evidence_and_what_groups_shared_are_of_quarters_that_are_over():
    load_shift(AT)

    assert HandoverLink.objects.count() == 5 + 4
    assert {str(row.on) for row in BlockEvidence.objects.all()} == {
        "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01",
    }  # fmt: skip
    assert max(ReleasedFigure.objects.values_list("ends", flat=True)) <= AT.date()
