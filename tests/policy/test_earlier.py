"""What was decided before is kept in the process, and says the same as reading everything anew."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Earlier, advise
from samenspel.engine.roles.cases import answers_of
from samenspel.engine.roles.facts import DECIDING, SHAPING
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.table import outcome_of
from samenspel.policy.cases import describe_case
from samenspel.policy.deciding import decide_role
from samenspel.policy.earlier import MOST_EQUAL, Beside, as_case, beside, named, outcome_named
from samenspel.policy.equal import decided_otherwise
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import RoleCase, RoleDecision
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.rows import AT, CHOIR, HELPED, TODAY, a_case, a_framework, decision

pytestmark = pytest.mark.django_db


def decided(case: RoleCase, outcome: str = "1", *, minutes: int = 0, **facts: Any) -> RoleDecision:
    told = decision(outcome, **{"reason": "Het kan hier.", "unequal_reason": "Het is een kern.", **facts})
    return decide_role(case=case, decision=told, by=BY, at=AT + timedelta(minutes=minutes))


def beside_of(case: RoleCase) -> Beside:
    framework = framework_in_force(GM)
    answers = answers_of(as_case(case.title, case.facts, case.measures), framework, TODAY)
    return beside(answers, municipality=GM, framework=framework, leave_out=case)


def shown(found: Beside) -> list[Earlier]:
    return list(named([*found.equal, *found.near]))


def drawn(dice: random.Random) -> dict[str, str]:
    """Facts that have much in common with those of the others."""
    others = dice.sample((*DECIDING[3:], *SHAPING), dice.randrange(4))
    return {**dice.choice((CHOIR, HELPED)), **{fact: dice.choice(("yes", "no", "unknown")) for fact in others}}


def plainly(framework: Framework, leave_out: RoleCase) -> list[Earlier]:
    """The newest decision of every other case, read and judged anew."""
    rows = RoleDecision.objects.exclude(case=leave_out).select_related("case").order_by("decided_on", "recorded_at")
    newest = {row.case_id: row for row in rows}.values()
    answers = [answers_of(as_case("-", row.facts, row.measures), framework, row.decided_on) for row in newest]
    return [
        Earlier(row.case.title, row.reference, said, outcome_of(said), outcome_named(row.decided), pk=str(row.case_id))
        for row, said in zip(newest, answers, strict=True)
    ]


def newest_of_each(equal: list[Earlier]) -> list[tuple[str, Outcome | None]]:
    """Of each outcome the newest few, then all of those by day; where each stands, and what was decided."""
    told = {row.reference: (row.decided_on, row.recorded_at) for row in RoleDecision.objects.all()}
    rows = sorted(equal, key=lambda one: told[one.where], reverse=True)
    places = [sum(other.decided == one.decided for other in rows[:at]) for at, one in enumerate(rows)]
    return [(one.where, one.decided) for one, place in zip(rows, places, strict=True) if place < MOST_EQUAL]


def distances(case: RoleCase, near: list[Earlier]) -> list[int]:
    mine = answers_of(as_case("-", case.facts, case.measures), framework_in_force(GM), TODAY)
    return [sum(mine[fact] != one.answers[fact] for fact in (*DECIDING, *SHAPING)) for one in near]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_says_the_same_as_reading_all_of_it_anew(seed: int) -> None:
    a_framework()
    dice = random.Random(seed)
    mine = a_case("De mijne", dice.choice((CHOIR, HELPED)))
    for number in range(25):
        case = a_case(f"Zaak {number}", drawn(dice), measures={"participants": 3, "target_group": 90})
        for turn in range(dice.randrange(1, 3)):
            day = TODAY - timedelta(days=dice.randrange(300))
            told = {"decided_on": day, "evaluate_on": TODAY + timedelta(days=9), "reference": f"B&W {number}-{turn}"}
            decided(case, dice.choice("123"), minutes=dice.randrange(9_000), **told)
        found, all_of_them = beside_of(mine), plainly(framework_in_force(GM), mine)
        wanted = advise(as_case("De mijne", mine.facts, mine.measures), framework_in_force(GM), TODAY, all_of_them)

        assert [(one.reference, one.decided) for one in found.equal] == newest_of_each(list(wanted.equal_cases))
        assert found.counts == dict(Counter(one.decided for one in wanted.equal_cases))
        assert distances(mine, list(named(found.near))) == distances(mine, list(wanted.precedents))


def test_a_later_decision_about_a_case_takes_the_place_of_the_one_before_it():
    a_framework()
    mine, other = a_case("De mijne", CHOIR), a_case("De andere", CHOIR)
    decided(other, "1")
    assert [one.decided for one in beside_of(mine).equal] == [Outcome.ROLE_1]

    decided(other, "2", minutes=5)
    assert [one.decided for one in beside_of(mine).equal] == [Outcome.ROLE_2]


def test_one_recorded_late_about_an_earlier_day_does_not():
    a_framework()
    mine, other = a_case("De mijne", CHOIR), a_case("De andere", CHOIR)
    decided(other, "1")
    assert len(beside_of(mine).equal) == 1

    decided(other, "2", minutes=5, decided_on=TODAY - timedelta(days=90))
    assert [one.decided for one in beside_of(mine).equal] == [Outcome.ROLE_1]


def test_what_was_rolled_back_is_forgotten_and_what_came_in_its_place_is_seen():
    a_framework()
    mine, other = a_case("De mijne", CHOIR), a_case("De andere", CHOIR)
    with transaction.atomic():
        decided(other, "1")
        assert len(beside_of(mine).equal) == 1
        transaction.set_rollback(True)
    assert beside_of(mine).equal == []

    decided(other, "2")  # at the same moment as the one that is not there
    assert [one.decided for one in beside_of(mine).equal] == [Outcome.ROLE_2]


def test_two_decisions_of_the_same_moment_are_both_seen():
    a_framework()
    mine = a_case("De mijne", CHOIR)
    for number in range(3):
        decided(a_case(f"Zaak {number}", CHOIR))
        assert len(beside_of(mine).equal) == number + 1


def test_another_framework_judges_by_its_own_thresholds():
    a_framework()
    without = {fact: answer for fact, answer in HELPED.items() if fact != "proven"}
    decided(a_case("Al vijf jaar", without, measures={"years_running": 5}), "2")
    framework, mine = framework_in_force(GM), a_case("De mijne", HELPED)
    rule = {"id": "proven", "fact": "proven", "measure": "years_running", "comparison": "at_least", "value": 3.0}
    amended = replace(framework, thresholds=(replace(framework.thresholds[0], since=date(2024, 1, 1), **rule),))
    answers = answers_of(as_case("-", mine.facts, {}), framework, TODAY)

    assert beside(answers, municipality=GM, framework=framework).equal == []
    assert len(beside(answers, municipality=GM, framework=amended).equal) == 1


def test_a_decision_of_another_municipality_stands_beside_nothing_here():
    a_framework()
    a_framework(municipality=ELSEWHERE)
    decided(a_case("Daar", CHOIR, municipality=ELSEWHERE))
    assert shown(beside_of(a_case("De mijne", CHOIR))) == []


def test_a_title_is_the_one_of_today():
    a_framework()
    mine, other = a_case("De mijne", CHOIR), a_case("Koor", CHOIR)
    decided(other)
    assert [one.title for one in shown(beside_of(mine))] == ["Koor"]

    describe_case(case=other, title="Zangkoor", story="", offering=None, goals=(), by=BY, at=AT)
    assert [one.title for one in shown(beside_of(mine))] == ["Zangkoor"]


def test_of_many_equal_cases_the_newest_of_each_outcome_are_shown_and_the_others_are_a_number():
    a_framework()
    mine = a_case("De mijne", CHOIR)
    for number in range(MOST_EQUAL + 2):
        decided(a_case(f"Zaak {number}", CHOIR), "1", decided_on=TODAY - timedelta(days=9 - number))
    decided(a_case("Anders", CHOIR), "2", decided_on=TODAY - timedelta(days=300))
    found = beside_of(mine)

    assert [one.title for one in shown(found)] == ["Zaak 4", "Zaak 3", "Zaak 2", "Anders"]
    assert found.counts == {Outcome.ROLE_1: MOST_EQUAL + 2, Outcome.ROLE_2: 1}
    said = decided_otherwise(
        mine, answers_of(as_case("-", mine.facts, {}), framework_in_force(GM), TODAY), "2", framework_in_force(GM)
    )
    assert said.startswith("“Zaak 4” (B&W 2026-118, ")
    assert said.endswith("; en nog 2")


@pytest.mark.django_db(transaction=True)
def test_a_look_reads_no_decision_again_and_does_see_a_new_one():
    a_framework()
    mine = a_case("De mijne", CHOIR)
    for number in range(4):
        decided(a_case(f"Zaak {number}", CHOIR), minutes=number)
    beside_of(mine)
    with CaptureQueriesContext(connection) as asked:
        beside_of(mine)
    assert len(asked) == 3  # the framework, how many decisions there are, and the last of them

    decided(a_case("Erbij", CHOIR), minutes=9)
    with CaptureQueriesContext(connection) as asked:
        assert [one.reference for one in beside_of(mine).equal][:1] == ["B&W 2026-118"]
    (read,) = [one["sql"] for one in asked if '"facts"' in one["sql"]]
    assert "recorded_at" in read.partition("WHERE")[2].partition("ORDER")[0]  # those that came after
    assert beside_of(mine).counts == {Outcome.ROLE_1: 5}
