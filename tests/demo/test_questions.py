"""The norms and the questions of Markerwaard are loaded once; their days move along, so that one stays late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.demo.questions import load_questions
from samenspel.policy.models import PublicQuestion
from samenspel.policy.norms import EXAMPLE_NORMS, norms_in_force
from samenspel.policy.questions import late, questions_of
from samenspel.sources.vocabulary import BuildingBlock
from tests.policy.wijk_rows import a_wijk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PLACES = BuildingBlock.MEETING_PLACES


@pytest.fixture(autouse=True)
def wijken() -> None:
    for number in range(1, 10):
        a_wijk(f"WK99010{number}", f"Wijk {number}", municipality=MARKERWAARD)


@pytest.mark.parametrize("weeks", [0, 30], ids=["now", "later"])
def test_nine_questions_some_answered_one_late_and_one_of_before_whenever_it_is_loaded(weeks: int):
    at = AT + timedelta(weeks=weeks)
    load_questions(MARKERWAARD, BY, at)
    events = AuditEvent.objects.count()
    load_questions(MARKERWAARD, BY, at)
    assert AuditEvent.objects.count() == events

    found = questions_of(MARKERWAARD)
    waiting = [one for one in found if not one.answered_on]
    origins = PublicQuestion.Origin
    assert [sum(one.origin == origin for one in found) for origin in origins] == [4, 3, 2]
    assert (len(waiting), sum(late(one, at.date()) for one in waiting)) == (4, 1)
    assert sum(late(one, at.date()) for one in found if one.answered_on) == 1
    assert sum(one.entered_on is not None for one in found) == 1


def test_every_block_has_a_norm_with_its_document_and_one_was_renewed():
    load_questions(MARKERWAARD, BY, AT)
    before, now = norms_in_force(MARKERWAARD, date(2026, 6, 30)), norms_in_force(MARKERWAARD, AT.date())
    assert set(before) == set(now) == set(BuildingBlock)
    assert (before[PLACES].amount, now[PLACES].amount) == (15, EXAMPLE_NORMS[PLACES].amount)
    assert all("Raadsbesluit" in norm.document for norm in now.values())
