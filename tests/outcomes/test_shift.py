"""The shift ledger as a table: whole quarters, few queries, nothing small, and money only with prices."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils import translation

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.engine.shift import Load, Verdict
from samenspel.outcomes.models import ReleasedFigure, ShiftCount, UnitPrice
from samenspel.outcomes.periods import quarter_of_weeks
from samenspel.outcomes.prices import in_force, prices_of, set_unit_price
from samenspel.outcomes.shift import QUARTERS, shift_of
from samenspel.people.checks import FactRefused
from samenspel.socialmap.models import Offering
from tests.people.rows import BY, ELSEWHERE, GM, an_area, an_organization
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def a_count(moment: str, layer: int, times: int, **given: str) -> None:
    facts = {"municipality": GM, "quarter": "2026Q3", "area": "WK990101", "form": "unknown", **given}
    ShiftCount.objects.create(moment=moment, layer=layer, times=times, **facts)


def a_quarter(quarter: str = "2026Q3", *, returned: int = 10, area: str = "WK990101") -> None:
    """Asked 50 times with professionals, solved 50 times among volunteers, of which some came back."""
    where = {"quarter": quarter, "area": area}
    a_count("asked", 3, 50, theme="care", **where)
    a_count("offered", 2, 30, theme="care", form="collective", **where)
    a_count("offered", 2, 20, theme="care", form="individual", **where)
    a_count("solved", 2, 50, form="collective", **where)
    if returned:
        a_count("returned", 3, returned, **where)


@action
def shared(*, offerings: list[Offering], loads: list[int], quarter: int, by: Actor, at: datetime) -> None:
    period = quarter_of_weeks(2026, quarter)
    for offering, load in zip(offerings, loads, strict=True):
        ReleasedFigure.objects.create(
            municipality=GM, offering=offering, begins=period.begins, ends=period.ends, meetings=9, came=12, load=load,
            released_at=at, by_request=uuid4(),
        )  # fmt: skip
    record(action="share", on=offerings[0], by=by, at=at, municipality=GM)


def a_price(layer: int, low: int, high: int, since: date = date(2026, 1, 1), **given: str) -> UnitPrice:
    facts = {"municipality": GM, "source": "begroting 2026", **given}
    return set_unit_price(layer=layer, low=low, high=high, since=since, by=BY, at=AT, **facts)


def test_nothing_counted_is_no_table():
    assert shift_of(GM, at=AT) == ()


def test_only_quarters_that_are_over_of_this_municipality_are_told_newest_first():
    for quarter in ("2026Q4", "2026Q3", "2026Q1", "2024Q4", "2024Q3"):
        a_count("asked", 3, 40, quarter=quarter)
    a_count("asked", 3, 40, quarter="2026Q2", municipality=ELSEWHERE)

    assert [table.quarter for table in shift_of(GM, at=AT)] == ["2026Q3", "2026Q1", "2024Q4"]
    assert shift_of(GM, at=datetime(2027, 1, 1, tzinfo=UTC))[0].label == "Vierde kwartaal 2026"
    assert QUARTERS == 8


def test_a_table_names_areas_and_themes_and_judges_each():
    an_area("WK990101", "district", name="Wijk 01 Dorp")
    a_quarter(returned=25)
    a_quarter(area=GM, returned=0)
    a_count("asked", 4, 9, area="WK990102", theme="grief")

    (table,) = shift_of(GM, at=AT)

    assert (table.label, table.load, table.money) == ("Derde kwartaal 2026", None, None)
    assert [(row.key, row.name) for row in table.areas] == [
        ("WK990101", "Dorp"), ("WK990102", "WK990102"), (GM, "Zonder plaats, of in een kleine wijk"),
    ]  # fmt: skip
    assert {row.shift.verdict for row in table.areas} == {Verdict.FEW_QUARTERS}
    assert [(row.key, row.name, row.shift.collective) for row in table.themes] == [
        ("care", "zorg en mantelzorg", 60), ("grief", "verlies en zorgen", None),
    ]  # fmt: skip
    care = table.themes[0].shift
    assert (care.movement, care.offered.mean) == (None, 2.0)
    assert (table.whole.movement, table.whole.return_rate, table.whole.collective) == (1.05, 0.25, 100)
    assert (table.whole.asked.layers, table.whole.asked.n) == ((0, 0, 0, 100, None), None)


YEARS = tuple(f"{year}Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4))[3:11]
"""The eight quarters before the one of AT."""


def two_years(*, area: str = "WK990101", returned: int = 10) -> None:
    """Solved with professionals in the first year, half of it among volunteers in the second."""
    for number, quarter in enumerate(YEARS):
        where = {"quarter": quarter, "area": area}
        a_count("asked", 3, 100, theme="care", **where)
        a_count("offered", 3 if number < 4 else 2, 100, theme="care", **where)
        a_count("solved", 3, 100 if number < 4 else 50, **where)
        if number >= 4:
            a_count("solved", 2, 50, **where)
        a_count("returned", 3, 10 if number < 4 else returned, **where)


def test_the_newest_quarter_is_judged_on_what_changed_and_no_other():
    two_years()
    newest, *older = shift_of(GM, at=AT)
    areas, themes = ({row.key: row.shift for row in rows} for rows in (newest.areas, newest.themes))

    assert newest.whole.change.nearer is not None
    assert round(newest.whole.change.nearer.value, 2) == 0.5
    assert (newest.whole.verdict, areas["WK990101"].verdict) == (Verdict.LIGHTER, Verdict.LIGHTER)
    assert themes["care"].verdict == Verdict.LIGHTER
    assert {table.whole.verdict for table in older} == {Verdict.FEW_QUARTERS}


def test_more_that_comes_back_than_before_is_no_gain_and_says_nothing_of_a_theme():
    two_years(returned=60)
    newest = shift_of(GM, at=AT)[0]

    assert newest.whole.verdict == Verdict.NO_GAIN
    assert newest.themes[0].shift.verdict == Verdict.LIGHTER


def test_when_the_last_quarter_has_no_count_there_is_no_verdict():
    two_years()
    ShiftCount.objects.filter(quarter="2026Q3").delete()

    assert shift_of(GM, at=AT)[0].quarter == "2026Q2"
    assert shift_of(GM, at=AT)[0].whole.verdict == Verdict.FEW_QUARTERS


def test_an_area_of_which_a_figure_is_hidden_has_no_verdict():
    two_years()
    two_years(area="WK990102")
    a_count("solved", 4, 7, quarter="2026Q2", area="WK990102")
    verdicts = {row.key: row.shift.verdict for row in shift_of(GM, at=AT)[0].areas}

    assert verdicts == {"WK990101": Verdict.LIGHTER, "WK990102": Verdict.FEW_QUESTIONS}


def test_what_weighs_too_much_on_the_groups_that_shared_it_is_no_gain():
    two_years()
    offerings = [an_offering(organization=an_organization(name=f"Groep {n}"), name=f"Soep {n}") for n in range(5)]
    shared(offerings=offerings, loads=[4, 4, 5, 3, 4], quarter=2, by=BY, at=AT)
    shared(offerings=offerings[:4], loads=[1, 1, 1, 1], quarter=3, by=BY, at=AT)

    newest, before, *_older = shift_of(GM, at=AT)

    assert (before.load, newest.load) == (Load(4.0, 5), None)
    assert (newest.whole.verdict, newest.areas[0].shift.verdict) == (Verdict.NO_GAIN, Verdict.NO_GAIN)


def test_money_is_of_the_change_with_the_prices_that_held_in_the_last_quarter():
    two_years()
    a_price(2, 100, 100)
    assert shift_of(GM, at=AT)[0].money is None
    a_price(3, 600, 600)
    a_price(4, 1, 2)
    a_price(3, 9000, 9000, since=date(2026, 12, 1))

    table, *older = shift_of(GM, at=AT)

    assert table.money is not None
    assert table.money.low < 4 * 50 * 500 < table.money.high
    assert [(price.layer, price.low) for price in table.prices] == [(2, 100), (3, 600), (4, 1)]
    assert {one.money for one in older} == {None}


@pytest.mark.parametrize("areas", [1, 30])
def test_however_many_areas_it_takes_four_queries_and_one_when_something_was_counted(
    areas: int, django_assert_num_queries
):
    for number in range(areas):
        a_quarter(area=f"WK{number}")
    a_price(3, 1, 2)

    with django_assert_num_queries(5):
        shift_of(GM, at=AT)
    with django_assert_num_queries(4):
        shift_of(GM, at=AT)


def test_a_count_more_is_seen_at_the_next_look():
    a_quarter()
    before = shift_of(GM, at=AT)
    a_quarter(area="WK990102")

    assert shift_of(GM, at=AT) != before


def test_a_price_is_kept_with_its_source_and_the_log_tells_no_sum():
    first = a_price(3, 600, 900)
    newer = a_price(3, 700, 950, since=date(2026, 11, 22))
    later = a_price(3, 800, 990, since=date(2027, 1, 1))
    a_price(3, 1, 2, municipality=ELSEWHERE)

    assert in_force(prices_of(GM), date(2025, 12, 31)) == {}
    assert in_force(prices_of(GM), date(2026, 11, 21)) == {3: first}
    assert in_force(prices_of(GM), date(2026, 12, 31)) == {3: newer}
    assert in_force(prices_of(GM), date(2027, 1, 1)) == {3: later}
    assert AuditEvent.objects.filter(action="set_unit_price").values_list("detail", flat=True)[0] == {}


@pytest.mark.parametrize("since", [date(2026, 11, 21), date(2026, 7, 1), date(2025, 1, 1)], ids=str)
def test_money_that_was_told_keeps_its_price(since: date):
    two_years()
    a_price(2, 100, 100)
    a_price(3, 600, 600)
    told = shift_of(GM, at=AT)[0].money

    with pytest.raises(FactRefused, match="vanaf 01-01-2026 geldt al een prijs voor deze laag") as refused:
        a_price(3, 900, 900, since=since)
    a_price(3, 900, 900, since=date(2026, 11, 22))
    assert refused.value.field == "since"
    assert shift_of(GM, at=AT)[0].money == told is not None


def test_while_no_price_holds_the_first_may_begin_earlier():
    a_price(3, 800, 990, since=date(2027, 1, 1))
    first = a_price(3, 600, 900, since=date(2025, 1, 1))

    assert in_force(prices_of(GM), date(2026, 1, 1)) == {3: first}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"layer": 3, "low": 600, "high": 900, "since": date(2027, 1, 1)}, "since"),
        ({"layer": 5, "low": 1, "high": 2}, "high"),
        ({"layer": 2, "low": 3, "high": 2}, "high"),
        ({"layer": 2, "low": -1, "high": 2}, "low"),
        ({"layer": 2, "low": 1, "high": 2, "source": "  "}, "source"),
    ],
    ids=["twice a day", "no such layer", "wrong way round", "below nothing", "no source"],
)
def test_a_price_that_cannot_be_is_refused_by_field(facts: dict, field: str):
    a_price(3, 600, 900, since=date(2027, 1, 1))

    with pytest.raises(FactRefused) as refused:
        a_price(**facts)
    assert refused.value.field == field
    assert UnitPrice.objects.count() == 1


def test_labels_follow_the_language():
    a_quarter()
    with translation.override("en"):
        table = shift_of(GM, at=AT)[0]

    assert table.themes[0].name != "zorg en mantelzorg"
