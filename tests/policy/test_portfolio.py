"""The portfolio: sphere and role from the newest decision, else as stated, else unknown; in as many queries always."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.policy.goals import set_goals_of
from samenspel.policy.portfolio import NO_DECISION, Chosen, Portfolio, goals_of, portfolio
from samenspel.policy.reviews import open_review
from samenspel.socialmap.models import Offering
from samenspel.socialmap.wijk import Wijk
from tests.people.rows import BY, ELSEWHERE, GM, an_area, an_organization
from tests.policy.planted import AT, TODAY, a_case, a_decision, a_goal
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db


def found(**chosen: Any) -> Portfolio:
    return portfolio(GM, Chosen(**chosen), at=AT)


def named(**chosen: Any) -> list[str]:
    return [row.name for row in found(**chosen).rows]


def decided(name: str, decided: str = "2", **given: Any) -> Offering:
    offering = an_offering(name=name)
    a_decision(a_case(name, offering=offering), decided, **given)
    return offering


def test_the_newest_decision_says_sphere_and_role():
    offering = an_offering(name="Koor", sphere="institutional", municipal_role=4)
    case = a_case("Koor", offering=offering)
    a_decision(case, "2", decided_on=date(2025, 1, 1))
    a_decision(case, "1", decided_on=date(2026, 1, 1), evaluate_on=None)

    row = found().rows[0]
    assert (row.sphere, row.role, row.is_decided, row.is_stated) == ("community", "1", True, False)
    assert row.case_pk == case.pk


def test_without_a_decision_it_is_as_stated_or_unknown():
    an_offering(name="A", sphere="institutional", municipal_role=3, layer=3)
    an_offering(name="B")

    stated, unknown = found().rows
    assert (stated.sphere, stated.role, stated.layer, stated.is_stated) == ("institutional", "3", "3", True)
    assert (unknown.sphere, unknown.role, unknown.layer, unknown.is_stated) == ("unknown",) * 3 + (False,)


def test_cells_are_counted_and_sum_to_all():
    decided("A")
    decided("B", "not_done", evaluate_on=None)
    decided("C", sphere="institutional")
    an_offering(name="D")
    counts = found().counts

    assert counts == {
        ("2", "community"): 1,
        ("not_done", "community"): 1,
        ("2", "institutional"): 1,
        ("unknown", "unknown"): 1,
    }
    assert (found().undecided, len(found().rows)) == (1, 4)


def test_only_what_residents_may_see_here_is_there():
    an_offering(name="Van hier")
    an_offering(name="Elders", municipality=ELSEWHERE, organization=an_organization(municipality=ELSEWHERE))
    an_offering(name="Niet vindbaar", organization=an_organization(listed=False, name="Stil"))

    assert named() == ["Van hier"]


def test_filters_choose():
    decided("Besloten")
    an_offering(name="Opgegeven", municipal_role=2, layer=1, themes=["eat"], sphere="community")

    assert named(role="2") == ["Besloten", "Opgegeven"]
    assert named(role=NO_DECISION) == ["Opgegeven"]
    assert named(layer="1") == ["Opgegeven"]
    assert named(theme="eat") == ["Opgegeven"]
    assert named(sphere="institutional") == []


def test_a_goal_chooses_by_the_activity_itself_and_by_its_case():
    goal = a_goal()
    by_itself, by_case = an_offering(name="Zelf"), an_offering(name="Zaak")
    an_offering(name="Geen")
    set_goals_of(offering=by_itself, goals=[goal], by=BY, at=AT)
    a_case(offering=by_case).goals.add(goal)

    assert named(goal=goal.pk) == ["Zaak", "Zelf"]
    assert goals_of([by_itself.pk, by_case.pk]) == {by_itself.pk: [goal.title], by_case.pk: [goal.title]}


def test_a_wijk_chooses_what_is_brought_home_there():
    area = an_area("WK990101", "district")
    wijk = Wijk(area, "Oost", "oost", frozenset({"BU99010101"}))
    an_offering(name="In Oost", serves=(area,))
    an_offering(name="Overal")

    assert named(wijk=wijk) == ["In Oost"]


def test_what_asks_for_a_review_is_chosen():
    decided("Voorbij", evaluate_on=TODAY)
    decided("Later", evaluate_on=TODAY + timedelta(days=1))
    offering = decided("Open", evaluate_on=TODAY + timedelta(days=1))
    open_review(case=offering.role_cases.get(), trigger="policy_changed", by=BY, at=AT)

    assert named(review=True) == ["Open", "Voorbij"]
    assert found().to_review == 2


@pytest.mark.parametrize(
    ("order", "expected"),
    [("naam", ["a", "B", "C"]), ("rol", ["B", "C", "a"]), ("dag", ["C", "a", "B"])],
    ids=["name", "role", "day"],
)
def test_rows_come_in_the_order_that_was_chosen(order: str, expected: list[str]):
    decided("a", "3", evaluate_on=TODAY + timedelta(days=9))
    decided("B", "1", evaluate_on=None)
    decided("C", "2", evaluate_on=TODAY + timedelta(days=3))

    assert named(order=order) == expected


def queries(goal: UUID) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        rows = found(goal=goal, theme="move").rows
        goals_of([row.pk for row in rows])
    return len(seen)


def test_as_many_queries_however_much_there_is():
    goal = a_goal()
    set_goals_of(offering=decided("A"), goals=[goal], by=BY, at=AT)
    few = queries(goal.pk)
    for name in "BCDEFG":
        set_goals_of(offering=decided(name), goals=[goal], by=BY, at=AT)

    assert (queries(goal.pk), few) == (few, 5)
    assert len(found().rows) == 7
