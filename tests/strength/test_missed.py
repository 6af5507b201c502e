"""What was often missed, put forward once, with figures that may be told."""

from datetime import UTC, date, datetime

import pytest

from samenspel.outcomes.periods import quarter_of_weeks
from samenspel.strength.missed import often_missed
from tests.outcomes.rows import FULL, SUMMER, UNCLEAR, a_count
from tests.people.rows import ELSEWHERE, GM, an_area
from tests.policy.test_questions import AT, a_question, answered

pytestmark = pytest.mark.django_db


def test_what_was_often_missed_is_put_forward_with_figures_that_may_be_told():
    an_area("WK990101", "district", name="Wijk 01 Dorp")
    a_count(42, need="coffee", area="WK990101")
    a_count(20, need="coffee", area=GM)
    a_count(31, need="transport", why=FULL, area="WK990101")
    a_count(9, need="sport", area="WK990101")
    a_count(99, need="", why=UNCLEAR, area="WK990101")
    found = often_missed(GM, at=AT)

    assert [(one.total, one.areas) for one in found] == [(60, (("Dorp", 40),)), (30, (("Dorp", 30),))]
    assert found[1].title == "Vervoer en meerijden: alles vol"
    assert found[1].key == "vervoer-en-meerijden-alles-vol"
    assert found[0].period == quarter_of_weeks(2026, 3)
    assert often_missed(ELSEWHERE, at=AT) == []


def test_what_was_brought_in_is_not_put_forward_again_for_that_quarter():
    a_count(42, need="transport", week=SUMMER)
    title = often_missed(GM, at=AT)[0].title
    question = a_question(title, origin="unmet", asked_on=date(2026, 10, 6))
    assert often_missed(GM, at=AT) == []
    answered(question)
    assert often_missed(GM, at=AT) == []

    a_count(42, need="transport", week=date(2026, 11, 2))
    assert [one.title for one in often_missed(GM, at=datetime(2027, 1, 20, tzinfo=UTC))] == [title]
