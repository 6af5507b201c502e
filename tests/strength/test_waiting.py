"""What waits is counted for who may see it: what is over its day, and what is not enough while nobody acts."""

from datetime import date, timedelta

import pytest

from samenspel.people.models import AccessRole, User
from samenspel.policy.challenges import close_promise
from samenspel.policy.gaps import end_gap_action
from samenspel.strength.waiting import Waiting, waiting
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.planted import AT, TODAY
from tests.policy.test_questions import a_question, answered
from tests.policy.wijk_rows import a_challenge, a_gap_action, a_partner, a_promise, a_state, a_wijk
from tests.workspace.accounts import an_account

pytestmark = pytest.mark.django_db
LATE = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def adviser(municipality: str = GM) -> User:
    return an_account(AccessRole.POLICY_ADVISER.value, municipality=municipality, email=f"{municipality}@example.nl")


def test_only_what_is_over_its_day_and_still_open_is_counted():
    for due in (LATE, TODAY):
        a_gap_action(due_on=due)
        a_question(f"Vraag {due}", due_on=due, asked_on=date(2026, 11, 1))
        a_promise(a_partner(a_challenge(f"Opgave {due}")), due_on=due)

    assert waiting(adviser(), on=TODAY) == Waiting(actions=1, promises=1, questions=1)


def test_what_ended_waits_no_more():
    end_gap_action(gap_action=a_gap_action(due_on=LATE), status="done", result="Open.", by=BY, at=AT)
    answered(a_question(due_on=LATE, asked_on=date(2026, 11, 1)))
    kept = a_promise(a_partner(a_challenge()), due_on=LATE)
    close_promise(promise=kept, outcome="kept", progress="Gedaan.", on=TODAY, by=BY, at=AT)

    assert not waiting(adviser(), on=TODAY).is_any


def test_a_block_that_is_not_enough_waits_until_an_action_is_about_it():
    planner = adviser()
    a_state("partly", TODAY)
    a_state("missing", TODAY, block=1)
    a_state("unknown", TODAY, block=2)
    a_state("present", TODAY, block=4)
    assert waiting(planner, on=TODAY).gaps == 2

    over = a_gap_action(due_on=TODAY)
    assert waiting(planner, on=TODAY).gaps == 1
    end_gap_action(gap_action=over, status="stopped", result="Geen geld.", by=BY, at=AT)
    assert waiting(planner, on=TODAY).gaps == 2


def test_nobody_sees_what_waits_elsewhere_or_on_pages_of_others():
    a_gap_action(due_on=LATE)

    assert not waiting(adviser(ELSEWHERE), on=TODAY).is_any
    assert not waiting(an_account(AccessRole.SECURITY_OFFICER.value), on=TODAY).is_any
    assert waiting(an_account(AccessRole.CLERK.value), on=TODAY).actions == 1
