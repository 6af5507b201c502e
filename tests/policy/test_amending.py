"""What another framework would change, before it is published and after."""

from datetime import date, timedelta
from typing import Any

import pytest

from samenspel.engine.roles.facts import Answer
from samenspel.engine.roles.rules import Outcome
from samenspel.policy.amending import changed_advice, counts
from samenspel.policy.drafting import add_case, add_threshold, publish
from samenspel.policy.frameworks import all_cases, framework_in_force, framework_of_version
from samenspel.policy.models import RoleReview
from tests.people.rows import AT, BY, ELSEWHERE, GM
from tests.policy.framework_rows import TODAY, a_draft, adopted, advised, decided, example, threshold

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return adopted(a_draft())


def a_stricter_draft(municipality: str = GM, **given: Any):
    """A draft in which three years make something proven."""
    version = a_draft(municipality, title="Strenger")
    add_threshold(version=version, facts=threshold(**given), by=BY, at=AT)
    return version


def changed(version: Any, on: date = TODAY, cases: Any = ()) -> list[Any]:
    return changed_advice(GM, framework_in_force(GM), framework_of_version(version), on, cases)


def test_a_case_that_a_threshold_makes_proven_goes_to_role_2_and_says_why(first: Any):
    case = decided(version=first, measures={"years_running": 4})
    draft = a_stricter_draft()

    found = changed(draft)

    assert [(each.case_id, each.before, each.after) for each in found] == [
        (case.pk, Outcome.NOT_ENOUGH_KNOWN, Outcome.ROLE_2)
    ]
    (because,) = found[0].because
    assert (because.fact, because.before, because.after) == ("proven", Answer.UNKNOWN, Answer.YES)
    assert because.threshold.value == 3


@pytest.mark.parametrize(
    ("facts", "measures"),
    [
        pytest.param(None, {}, id="no number"),
        pytest.param({"proven": {"answer": "no"}}, {"years_running": 4}, id="somebody said so"),
        pytest.param({"individual_right": {"answer": "yes"}}, {"years_running": 4}, id="a right goes first"),
    ],
)
def test_a_case_of_which_the_advice_stays_is_not_named(first: Any, facts: Any, measures: Any):
    decided(version=first, facts=facts, measures=measures)

    assert changed(a_stricter_draft()) == []


def test_answers_may_be_kept_as_a_word_alone(first: Any):
    words = {"individual_right": "nee", "statutory_task": False, "own_circle": "no", "residents_decide": "ja",
             "can_alone": "no", "fits_policy": True, "new_initiative": "no"}  # fmt: skip
    decided(version=first, facts=words, measures={"years_running": 4})

    assert [each.after for each in changed(a_stricter_draft())] == [Outcome.ROLE_2]


def test_only_the_newest_decision_of_a_case_weighs(first: Any):
    case = decided(version=first, measures={"years_running": 4})
    decided(version=first, case=case, measures={"years_running": 1}, decided_on=date(2026, 4, 1))

    assert [each.after for each in changed(a_stricter_draft())] == [Outcome.NOT_DONE]


def test_a_threshold_changes_nothing_before_its_day(first: Any):
    decided(version=first, measures={"years_running": 4})
    draft = a_stricter_draft(since=TODAY + timedelta(days=30))

    assert changed(draft) == []
    assert len(changed(draft, TODAY + timedelta(days=30))) == 1


def test_a_reason_to_look_again_is_named_without_being_other_advice(first: Any):
    decided(version=first, measures={"participants": 7, "target_group": 100})
    draft = a_stricter_draft(
        id="few_participants", fact="few_participants", measure="participants_share", comparison="below", value=8.0
    )

    (found,) = changed(draft)
    assert not found.is_other
    assert [(each.fact, each.after) for each in found.because] == [("few_participants", Answer.YES)]
    assert counts([found]) == []


def test_cases_of_another_municipality_are_not_looked_at(first: Any):
    other = adopted(a_draft(ELSEWHERE))
    decided(version=other, measures={"years_running": 4})

    assert changed(a_stricter_draft()) == []


def test_the_cases_of_a_framework_are_judged_too(first: Any):
    draft = a_draft()
    answers = dict(example().answers) | {"proven": "unknown"}
    add_case(
        version=draft,
        facts=example(answers=answers, measures={"years_running": 9.0}, expect="not_enough_known"),
        by=BY,
        at=AT,
    )
    add_threshold(version=draft, facts=threshold(), by=BY, at=AT)
    framework = framework_of_version(draft)

    found = changed(draft, cases=all_cases(draft.content, framework))

    assert ("Repaircafé", None, Outcome.ROLE_2) in [(each.title, each.case_id, each.after) for each in found]


def test_what_changes_is_counted_by_from_and_to(first: Any):
    for number in range(3):
        decided(version=first, title=f"Club {number}", measures={"years_running": 4 if number else 1})

    assert counts(changed(a_stricter_draft())) == [
        (Outcome.NOT_ENOUGH_KNOWN, Outcome.ROLE_2, 2),
        (Outcome.NOT_ENOUGH_KNOWN, Outcome.NOT_DONE, 1),
    ]


def test_publishing_opens_a_review_for_each_case_with_other_advice_and_changes_no_role(first: Any):
    case = decided(version=first, measures={"years_running": 4})
    decided(version=first, title="Blijft zo")
    draft = a_stricter_draft()
    advised(draft)

    assert publish(version=draft, adopted_by="raad, besluit 8", note="", by=BY, at=AT) == 1

    review = RoleReview.objects.get()
    assert (review.case, review.trigger, review.closed_on) == (case, "policy_changed", None)
    assert case.decisions.get().decided == "1"
    assert case.decisions.get().framework == first


def test_a_draft_of_which_an_own_case_gets_other_advice_than_it_says_is_not_published(first: Any):
    draft = a_draft()
    answers = dict(example().answers) | {"proven": "unknown"}
    facts = example(answers=answers, measures={"years_running": 9.0}, expect="not_enough_known")
    add_case(version=draft, facts=facts, by=BY, at=AT)
    add_threshold(version=draft, facts=threshold(), by=BY, at=AT)
    advised(draft)

    with pytest.raises(Exception, match="Repaircafé"):
        publish(version=draft, adopted_by="raad", note="", by=BY, at=AT)
