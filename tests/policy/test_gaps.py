"""Actions about a gap: an owner, a day, money that is known, unknown or not needed, and how it ended."""

from datetime import date
from typing import Any

import pytest

from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.gaps import GapFacts, actions_due, end_gap_action, gap_actions, set_gap_action
from samenspel.policy.models import GapAction
from tests.people.rows import BY, ELSEWHERE, GM, an_organization
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_gap_action, a_wijk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


@pytest.mark.parametrize("amount", [None, 0, 2500], ids=["unknown", "free", "amount"])
def test_unknown_money_is_not_no_money(amount: int | None):
    a_gap_action(amount=amount)
    kept = GapAction.objects.get()
    assert (kept.amount, kept.began_on, kept.status) == (amount, TODAY, "planned")


def test_an_action_goes_on_and_ends_with_what_came_of_it():
    row = a_gap_action()
    facts = GapFacts(**{**vars(GapFacts.of(row)), "status": "busy", "amount": 300})
    set_gap_action(municipality=GM, facts=facts, gap_action=row, by=BY, at=AT)
    end_gap_action(gap_action=row, status="done", result="De zaal is open.", by=BY, at=AT)
    kept = GapAction.objects.get()

    assert (kept.status, kept.result, kept.amount) == ("done", "De zaal is open.", 300)


@pytest.mark.parametrize(
    ("status", "result", "field"),
    [("busy", "Klaar.", "status"), ("done", "  ", "result"), ("stopped", "", "result"), ("weg", "Klaar.", "status")],
    ids=["not an end", "done without words", "stopped without words", "no such status"],
)
def test_an_action_does_not_end_without_what_came_of_it(status: str, result: str, field: str):
    row = a_gap_action()
    with pytest.raises(FactRefused) as refused:
        end_gap_action(gap_action=row, status=status, result=result, by=BY, at=AT)

    assert refused.value.field == field
    assert GapAction.objects.get().status == "planned"


def test_an_action_that_is_over_does_not_change():
    row = a_gap_action()
    facts = GapFacts.of(row)
    end_gap_action(gap_action=row, status="stopped", result="Geen geld.", by=BY, at=AT)
    with pytest.raises(FactRefused):
        set_gap_action(municipality=GM, facts=facts, gap_action=row, by=BY, at=AT)
    with pytest.raises(FactRefused):
        end_gap_action(gap_action=row, status="done", result="Toch.", by=BY, at=AT)
    assert GapAction.objects.get().result == "Geen geld."


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"area": "WK990199"}, "area"), ({"status": "done"}, "status"), ({"owner": ""}, "owner"), ({"block": 6}, "block")],
    ids=["no such wijk", "done at once", "no owner", "no such block"],
)
def test_an_action_that_cannot_be_is_refused_by_field(facts: dict[str, Any], field: str):
    with pytest.raises(FactRefused) as refused:
        a_gap_action(**facts)
    assert refused.value.field == field


def test_nothing_of_another_municipality_comes_in():
    with pytest.raises(OtherMunicipality):
        a_gap_action(organization=an_organization(municipality=ELSEWHERE))
    a_wijk("WK990206", municipality=ELSEWHERE)
    elsewhere = a_gap_action(area="WK990206", municipality=ELSEWHERE)
    with pytest.raises(OtherMunicipality):
        set_gap_action(municipality=GM, facts=GapFacts.of(elsewhere), gap_action=elsewhere, by=BY, at=AT)
    assert gap_actions(GM, TODAY) == []


def test_what_is_due_is_not_over_and_late_or_soon():
    a_gap_action("Laat", due_on=date(2026, 11, 18))
    a_gap_action("Straks", due_on=date(2026, 12, 21))
    a_gap_action("Veel later", due_on=date(2027, 6, 1))
    over = a_gap_action("Over", due_on=date(2026, 11, 1))
    end_gap_action(gap_action=over, status="done", result="Klaar.", by=BY, at=AT)

    found = actions_due(GM, WIJK, on=TODAY, until=date(2026, 12, 21))
    assert [(one.action.what, one.days_late) for one in found] == [("Laat", 3), ("Straks", 0)]
    assert {one.action.what: one.days_late for one in gap_actions(GM, TODAY)}["Over"] == 0
