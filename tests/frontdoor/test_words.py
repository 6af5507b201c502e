"""Times, days, distances and money in words."""

from datetime import date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samenspel.frontdoor import words

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=words.LOCAL)


def hours(*days: int, opens: str = "09:00", closes: str = "12:00") -> list[dict[str, str | int]]:
    return [{"weekday": day, "opens": opens, "closes": closes, "note": ""} for day in days]


@pytest.mark.parametrize(
    ("at", "dutch", "english"),
    [
        (datetime(2026, 11, 21, 20, 5, tzinfo=words.LOCAL), "vandaag om 20.05 uur", "today at 20:05"),
        (datetime(2026, 11, 22, 9, 30, tzinfo=words.LOCAL), "morgen om 9.30 uur", "tomorrow at 9:30"),
        (
            datetime(2026, 11, 24, 10, tzinfo=words.LOCAL),
            "dinsdag 24 november om 10.00 uur",
            "Tuesday 24 November at 10:00",
        ),
        (datetime(2027, 1, 5, 10, tzinfo=words.LOCAL), "dinsdag 5 januari 2027 om 10.00 uur", None),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: datetime, dutch: str, english: str | None):
    with override("nl"):
        assert words.moment(at, today=NOW.date()) == dutch
    with override("en"):
        assert english is None or words.moment(at, today=NOW.date()) == english


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((0, 1, 2, 3, 4), "Maandag tot en met vrijdag: 9.00 tot 12.00 uur"),
        ((0, 1), "Maandag en dinsdag: 9.00 tot 12.00 uur"),
        ((0, 1, 3), "Maandag, dinsdag en donderdag: 9.00 tot 12.00 uur"),
        ((6,), "Zondag: 9.00 tot 12.00 uur"),
    ],
)
def test_days_with_the_same_hours_stand_together(days: tuple[int, ...], said: str):
    with override("nl"):
        assert words.hours_in_short(hours(*days)) == (words.Hours(said),)


def test_a_week_has_seven_rows_and_a_break_is_two_times():
    split = hours(2) + hours(2, opens="13:00", closes="17:00")
    with override("nl"):
        rows = dict(words.hours_by_day(split))

    assert len(rows) == 7
    assert rows["Woensdag"] == "9.00 tot 12.00 uur en 13.00 tot 17.00 uur"
    assert rows["Donderdag"] == "gesloten"


@pytest.mark.parametrize(
    ("kind", "cents", "said"),
    [
        ("free", None, "gratis"),
        ("paid", 350, "€ 3,50 per keer"),
        ("paid", 300, "€ 3 per keer"),
        ("paid", None, "niet gratis"),
        ("voluntary", None, "u geeft wat u kunt missen"),
        ("unknown", None, "niet bekend"),
    ],
)
def test_costs_are_said_in_euros(kind: str, cents: int | None, said: str):
    with override("nl"):
        assert words.cost(kind, cents) == said


def test_what_an_organization_says_about_the_cost_stays_in_its_own_words():
    with override("en"):
        assert words.cost_fact("paid", 300, "Met pas gratis.") == ("Cost", "€ 3 each time.", "Met pas gratis.")
        assert words.cost_fact("free", None, "") == ("Cost", "Free", "")


@given(st.integers(min_value=0, max_value=100_000))
def test_an_amount_keeps_its_cents(cents: int):
    with override("nl"):
        said = words.euros(cents).removeprefix("€ ")

    whole, _, rest = said.partition(",")
    assert int(whole) * 100 + int(rest or 0) == cents


def test_a_phone_link_holds_only_what_can_be_dialled():
    assert words.dialled("0320-55 50 10") == "tel:0320555010"
    assert words.dialled("+31 (0)320") == "tel:+310320"


def test_a_day_is_named_in_the_language_of_the_request():
    with override("nl"):
        assert words.day(date(2026, 10, 12)) == "12 oktober 2026"
    with override("en"):
        assert words.day(date(2026, 10, 12)) == "12 October 2026"
