"""A pause: known but not going on until a day, then back by itself, in pages and in what is found."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused
from samenspel.socialmap import answers
from samenspel.socialmap.actions import end_offering, pause_offering
from samenspel.socialmap.catalogue import Document, documents
from samenspel.socialmap.columns import active
from samenspel.socialmap.importers.states import offering_facts, state_of
from samenspel.socialmap.models import Change, Offering
from samenspel.socialmap.schedules import next_dates
from tests.people.rows import AT, BY
from tests.socialmap.asking import DAY, a_club, ask, the_request

pytestmark = pytest.mark.django_db
BACK = date(2027, 1, 12)
"""A Tuesday, the day on which the club meets."""


@pytest.fixture
def offering() -> Offering:
    return a_club().offerings.get()


def paused(offering: Offering, until: date | None = BACK) -> Offering:
    return pause_offering(offering=offering, until=until, by=BY, at=AT)


def found(day: date) -> bool:
    """Whether a question on this day would find it, with the index of that day."""
    (made,) = documents(day=day)
    return _is_active(made, day)


def _is_active(made: Document, day: date) -> bool:
    return bool(active({"period": np.array([made.columns["period"]], dtype=np.uint64)}, day)[0])


def test_until_the_day_it_is_not_found_and_on_the_day_it_is(offering: Offering):
    paused(offering)

    assert [found(day) for day in (AT.date(), BACK - DAY, BACK, BACK + DAY)] == [False, False, True, True]


def test_it_comes_back_in_an_index_that_was_made_before(offering: Offering):
    paused(offering)
    (made,) = documents(day=BACK - DAY)

    assert (_is_active(made, BACK - DAY), _is_active(made, BACK)) == (False, True)


def test_no_date_is_told_before_it_goes_on(offering: Offering):
    paused(offering)

    assert next_dates(offering, at=AT, count=1)[0].start.date() == BACK
    (made,) = documents(day=BACK - 7 * DAY)
    assert str(int(datetime(2027, 1, 12, 10, tzinfo=ZONE).timestamp())) in made.entry.decode()
    assert str(int(datetime(2027, 1, 5, 10, tzinfo=ZONE).timestamp())) not in made.entry.decode()


def test_it_stays_visible_by_its_address(offering: Offering):
    assert Offering.objects.visible(AT).get() == paused(offering)


@pytest.mark.parametrize(
    ("at", "is_paused"),
    [
        (datetime(2027, 1, 11, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 1, 11, 23, 0, tzinfo=UTC), False),
    ],
    ids=["last minute of the day before", "first minute of the day, in Amsterdam"],
)
def test_the_day_begins_at_midnight_in_amsterdam(offering: Offering, at: datetime, is_paused: bool):
    assert paused(offering).is_paused(at) is is_paused


@pytest.mark.parametrize(
    "until", [AT.date(), AT.date() - DAY, AT.date() + timedelta(days=367)], ids=["today", "past", "over a year"]
)
def test_a_day_that_makes_no_pause_is_refused(offering: Offering, until: date):
    with pytest.raises(FactRefused, match="na vandaag en binnen een jaar"):
        paused(offering, until)


def test_what_stops_before_that_day_cannot_be_paused_until_it(offering: Offering):
    end_offering(offering=offering, on=BACK, by=BY, at=AT)

    with pytest.raises(FactRefused, match="al gestopt"):
        paused(offering)
    paused(offering, BACK - DAY)


def test_what_is_paused_can_stop(offering: Offering):
    paused(offering)
    end_offering(offering=offering, on=AT.date(), by=BY, at=AT)

    assert not Offering.objects.visible(AT).exists()


def test_going_on_sooner_tells_the_index(offering: Offering):
    paused(offering)
    Change.objects.all().delete()

    paused(offering, None)

    assert found(AT.date())
    assert Change.objects.get().object_id == str(offering.pk)


def test_undoing_an_import_sees_a_pause_that_came_after_and_leaves_facts_alone(offering: Offering):
    before = state_of(offering)
    after = state_of(paused(offering))

    assert before != after
    assert offering_facts(after, offering.organization, None, {}) == offering_facts(
        before, offering.organization, None, {}
    )


def test_a_group_pauses_its_own_entry_by_its_link_and_that_is_an_answer():
    club, other = a_club(), a_club("Koor")
    ask(club)
    given = {"request": the_request(club), "until": BACK, "by": BY, "at": AT + DAY}

    with pytest.raises(FactRefused, match="andere groep"):
        answers.pause_entry(**given, offering=other.offerings.get())
    answers.pause_entry(**given, offering=club.offerings.get())

    assert club.offerings.get().paused_until == BACK
    assert the_request(club).answered_at == AT + DAY
