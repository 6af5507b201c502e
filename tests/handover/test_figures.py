"""Hands beside outcomes: of what was erased and what is there, nothing under ten, in the same number of queries."""

from datetime import timedelta

import pytest

from samenspel.audit.action import Actor
from samenspel.handover.counting import count_ended
from samenspel.handover.figures import Days, HandFigures, hands_of
from samenspel.handover.holding import close, say
from samenspel.handover.models import EndedQuestion
from samenspel.people.models import User
from samenspel.places.models import Area, AreaFigures
from tests.handover.rows import AT, RESIDENT, a_person, a_request, a_team
from tests.people.rows import GM, an_area

pytestmark = pytest.mark.django_db
WIJK = "WK990101"
NEXT_QUARTER = AT + timedelta(days=60)


@pytest.fixture
def buurt() -> Area:
    wijk = an_area(WIJK, "district")
    buurt = an_area("BU99010101", "neighborhood", parent=wijk)
    a_team("West", buurt, members=(a_person("lianne"),))
    return buurt


def erased(number: int, *, wijk: str = WIJK, quarter: str = "2026Q3", **facts: object) -> None:
    row = {"outcome": "helped", "hands": 1, "returned": 0, "days_to_contact": 1, "days_to_helped": 12, **facts}
    EndedQuestion.objects.bulk_create(
        EndedQuestion(municipality=GM, area_code=wijk, quarter=quarter, warm=0, referred=0, **row)
        for _ in range(number)
    )


def figures(*codes: str) -> HandFigures | None:
    return hands_of(codes or (WIJK,), municipality=GM, at=NEXT_QUARTER)


@pytest.mark.parametrize(("erased_before", "there_now", "shown"), [(9, 0, False), (8, 1, False), (9, 1, True)])
def test_nine_questions_show_nothing_and_the_tenth_does(buurt: Area, erased_before: int, there_now: int, shown: bool):
    erased(erased_before)
    for _ in range(there_now):
        a_request(buurt)

    assert (figures() is not None) == shown


def test_a_question_of_the_running_quarter_changes_nothing(buurt: Area):
    erased(20)
    before = hands_of([WIJK], municipality=GM, at=AT)
    erased(20, quarter="2026Q4", hands=4, days_to_contact=30)
    for _ in range(10):
        a_request(buurt)

    assert before is not None
    assert hands_of([WIJK], municipality=GM, at=AT + timedelta(days=1)) == before
    assert figures() != before


def test_hands_days_and_outcomes_are_counted_together(buurt: Area):
    erased(20)
    erased(12, hands=2, outcome="moved", returned=1, days_to_contact=3, days_to_helped=None)
    erased(10, hands=4, days_to_contact=5)

    found = figures()

    assert found is not None
    assert (found.number, found.mean, found.median) == (40, 2.0, 2)
    assert found.through == (20, 10, 10)
    assert found.became == (30, 0, 0, 10)
    assert found.returned == 10
    assert (found.to_contact, found.to_helped) == (Days(3, 40), Days(12, 30))


def test_what_is_small_is_hidden_with_what_would_give_it_away(buurt: Area):
    erased(30)
    erased(3, hands=2)

    found = figures()

    assert found is not None
    assert found.through[1] is None
    assert found.through[0] is None


def test_a_median_of_fewer_than_ten_is_not_told(buurt: Area):
    erased(30, days_to_helped=None)
    erased(9)

    found = figures()

    assert found is not None
    assert found.to_helped is None


def test_questions_that_are_still_there_count_with_their_state(buurt: Area):
    erased(20)
    for _ in range(10):
        a_request(buurt)
    for _ in range(10):
        _, code = a_request(buurt)
        say(municipality=GM, code=code, verb="say_helped", by=RESIDENT, at=AT + timedelta(days=2))

    found = figures()

    assert found is not None
    assert found.became == (30, 0, 10, 0)


def test_other_wijken_other_years_and_what_was_asked_without_a_place_do_not_count(buurt: Area):
    erased(9)
    erased(20, wijk="WK990102")
    erased(20, wijk="")
    erased(20, quarter="2025Q4")

    assert figures() is None
    assert figures(WIJK, "WK990102") is not None


def test_it_takes_two_queries_however_much_there_is(buurt: Area, django_assert_num_queries):
    erased(60)
    for _ in range(4):
        a_request(buurt)

    with django_assert_num_queries(2):
        figures()


@pytest.mark.parametrize(
    ("residents", "verb", "named"),
    [(1000, "say_helped", WIJK), (999, "say_helped", ""), (None, "say_helped", ""), (9000, "close_moved", "")],
    ids=["large", "small", "unknown", "moved"],
)
def test_a_row_is_of_a_wijk_only_where_many_live_and_neighbours_cannot_know_whose_it_was(
    buurt: Area, residents: int | None, verb: str, named: str
):
    if residents:
        AreaFigures.objects.create(
            municipality=GM, area=buurt, year=2024, source="CBS", values={"residents": residents}
        )
    request, _ = a_request(buurt)
    by = Actor("person", str(User.objects.get(name="lianne").pk))
    close(request=request, verb=verb, by=by, at=AT + timedelta(days=2))

    assert count_ended(request).area_code == named
