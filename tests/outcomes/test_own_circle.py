"""How often one's own people helped, without a small number to be read or worked out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samenspel.outcomes.counting import count_own_circle
from samenspel.outcomes.models import OwnCircle
from samenspel.outcomes.own_circle import own_circle
from samenspel.outcomes.periods import quarter_of_weeks, year_of_weeks
from samenspel.outcomes.retention import forget_old_counts
from samenspel.outcomes.unmet import periods_of
from tests.outcomes.rows import SUMMER
from tests.people.rows import GM, an_area

pytestmark = pytest.mark.django_db
QUARTER, YEAR = quarter_of_weeks(2026, 3), year_of_weeks(2026)


def a_row(times: int, area: str = "WK990101", week: date = SUMMER, municipality: str = GM) -> OwnCircle:
    return OwnCircle.objects.create(municipality=municipality, week=week, area=area, times=times)


def test_a_wijk_is_named_and_rounded_down_and_the_weeks_of_a_quarter_add_up():
    an_area("WK990101", "district", name="Wijk 01 Zeestede")
    a_row(20)
    a_row(13, week=SUMMER + timedelta(weeks=1))
    a_row(12, area=GM)
    figures = own_circle(GM, QUARTER)
    assert [figure for _, figure in figures.areas] == [30, 10]
    assert figures.areas[-1][0] == "Plaats niet genoemd"
    assert figures.total == 45


def test_a_small_number_is_hidden_in_its_wijk_in_the_total_and_in_the_year():
    a_row(9)
    assert own_circle(GM, QUARTER).areas == (("WK990101", None),)
    assert own_circle(GM, QUARTER).total is None
    assert own_circle(GM, YEAR).total is None


def test_a_year_has_no_wijken():
    a_row(40)
    figures = own_circle(GM, YEAR)
    assert (figures.areas, figures.total) == ((), 40)


def test_nothing_counted_is_nothing_and_no_secret():
    assert own_circle(GM, QUARTER).total == 0


def test_another_municipality_does_not_count_along():
    a_row(40, municipality="GM9902")
    assert own_circle(GM, QUARTER).total == 0


def test_a_first_count_opens_the_periods_too():
    a_row(40)
    assert [one.label for one in periods_of(GM, at=datetime(2026, 11, 22, tzinfo=UTC))] == ["Derde kwartaal 2026"]


def test_counting_adds_to_the_row_of_its_week():
    at = datetime(2026, 8, 5, 12, tzinfo=UTC)
    for area in ("WK990101", "WK990101", ""):
        count_own_circle(municipality=GM, area=area, at=at)
    assert sorted(OwnCircle.objects.values_list("week", "area", "times")) == [(SUMMER, GM, 1), (SUMMER, "WK990101", 2)]


def test_a_count_goes_after_its_term():
    a_row(40)
    a_row(40, week=date(2020, 6, 1))
    assert forget_old_counts(at=datetime(2026, 11, 22, tzinfo=UTC)) == 1
    assert OwnCircle.objects.get().week == SUMMER
