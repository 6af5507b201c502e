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
    assert [row.shift.verdict for row in table.areas] == [Verdict.NO_GAIN, Verdict.NOT_MEASURED, Verdict.LIGHTER]
    assert [(row.key, row.name, row.shift.collective) for row in table.themes] == [
        ("care", "zorg en mantelzorg", 60), ("grief", "verlies en zorgen", None),
    ]  # fmt: skip
    care = table.themes[0].shift
    assert (care.toward, care.movement, care.verdict) == (1.0, None, Verdict.NOT_MEASURED)
    assert (table.whole.movement, table.whole.return_rate, table.whole.collective) == (1.05, 0.25, 100)
    assert (table.whole.asked.layers, table.whole.asked.n) == ((0, 0, 0, 100, None), None)


def test_more_that_comes_back_than_the_quarter_before_is_no_gain():
    a_quarter("2026Q1", returned=10)
    a_quarter("2026Q2", returned=25)
    a_quarter("2026Q3", returned=25)

    assert [table.whole.verdict for table in shift_of(GM, at=AT)] == [
        Verdict.LIGHTER, Verdict.NO_GAIN, Verdict.LIGHTER,
    ]  # fmt: skip


def test_what_weighs_too_much_on_the_groups_that_shared_it_is_no_gain():
    a_quarter("2026Q2")
    a_quarter("2026Q3")
    offerings = [an_offering(organization=an_organization(name=f"Groep {n}"), name=f"Soep {n}") for n in range(5)]
    shared(offerings=offerings, loads=[4, 4, 5, 3, 4], quarter=2, by=BY, at=AT)
    shared(offerings=offerings[:4], loads=[5, 5, 5, 5], quarter=3, by=BY, at=AT)

    newest, before = shift_of(GM, at=AT)

    assert (before.load, before.whole.verdict) == (Load(4.0, 5), Verdict.NO_GAIN)
    assert (newest.load, newest.whole.verdict) == (None, Verdict.LIGHTER)


def test_money_is_told_with_the_prices_that_held_in_the_quarter():
    a_quarter()
    a_price(2, 100, 200)
    assert shift_of(GM, at=AT)[0].money is None
    a_price(3, 600, 900)
    a_price(3, 9000, 9000, since=date(2026, 10, 1))
    a_price(4, 1, 2)

    table = shift_of(GM, at=AT)[0]

    assert table.money is not None
    unsure = 50 * 0.1 * (900 - 1)
    assert (table.money.low, table.money.high) == (50 * (600 - 200) - unsure, 50 * (900 - 100) + unsure)
    assert [(price.layer, price.low) for price in table.prices] == [(2, 100), (3, 600), (4, 1)]


@pytest.mark.parametrize("areas", [1, 30])
def test_however_many_areas_it_takes_four_queries(areas: int, django_assert_num_queries):
    for number in range(areas):
        a_quarter(area=f"WK{number}")
    a_price(3, 1, 2)

    with django_assert_num_queries(4):
        shift_of(GM, at=AT)


def test_a_price_is_kept_with_its_source_and_the_log_tells_no_sum():
    a_price(3, 600, 900)
    newer = a_price(3, 700, 950, since=date(2026, 7, 1))
    later = a_price(3, 800, 990, since=date(2027, 1, 1))
    a_price(3, 1, 2, municipality=ELSEWHERE)

    assert in_force(prices_of(GM), date(2025, 12, 31)) == {}
    assert in_force(prices_of(GM), date(2026, 12, 31)) == {3: newer}
    assert in_force(prices_of(GM), date(2027, 1, 1)) == {3: later}
    assert AuditEvent.objects.filter(action="set_unit_price").values_list("detail", flat=True)[0] == {}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"layer": 3, "low": 600, "high": 900}, "since"),
        ({"layer": 5, "low": 1, "high": 2}, "high"),
        ({"layer": 2, "low": 3, "high": 2}, "high"),
        ({"layer": 2, "low": -1, "high": 2}, "low"),
        ({"layer": 2, "low": 1, "high": 2, "source": "  "}, "source"),
    ],
    ids=["twice a day", "no such layer", "wrong way round", "below nothing", "no source"],
)
def test_a_price_that_cannot_be_is_refused_by_field(facts: dict, field: str):
    a_price(3, 600, 900)

    with pytest.raises(FactRefused) as refused:
        a_price(**facts)
    assert refused.value.field == field
    assert UnitPrice.objects.count() == 1


def test_labels_follow_the_language():
    a_quarter()
    with translation.override("en"):
        table = shift_of(GM, at=AT)[0]

    assert table.themes[0].name != "zorg en mantelzorg"
