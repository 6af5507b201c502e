"""What people type in a cell and how it is read."""

from datetime import date, time

import pytest

from samenspel.engine.calendar import Rule, check_rule
from samenspel.socialmap.importers import values
from samenspel.socialmap.importers.formulas import protected, unprotected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("elke dinsdag", "FREQ=WEEKLY;BYDAY=TU"),
        ("Dinsdags", "FREQ=WEEKLY;BYDAY=TU"),
        ("di, do", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("iedere maandag en donderdag", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("om de week op woensdag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("elke twee weken op vrijdag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("eerste maandag van de maand", "FREQ=MONTHLY;BYDAY=1MO"),
        ("elke 1e en 3e vrijdag van de maand", "FREQ=MONTHLY;BYDAY=1FR,3FR"),
        ("laatste zondag van de maand", "FREQ=MONTHLY;BYDAY=-1SU"),
        ("werkdagen", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("dagelijks", "FREQ=DAILY"),
        ("12-10-2026", date(2026, 10, 12)),
    ],
)
def test_days_in_plain_dutch_become_a_rule_that_the_calendar_takes(text: str, rule: str | date):
    assert values.recurrence(text) == rule
    if isinstance(rule, str):
        check_rule(Rule(date(2026, 1, 5), time(10), time(11), rrule=rule))


@pytest.mark.parametrize(
    "text", ["", "soms", "maandelijks", "elke dinsdag behalve de eerste", "31-02-2026", "om de week"]
)
def test_days_that_cannot_be_understood_are_refused_with_an_example(text: str):
    with pytest.raises(values.Unreadable, match=r"schrijf (elke dinsdag|dd-mm-jjjj)"):
        values.recurrence(text)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("gratis", ("free", None, "")),
        ("€ 2,50", ("paid", 250, "")),
        ("2.5", ("paid", 250, "")),
        ("€ 5,- per keer", ("paid", 500, "per keer")),
        ("10 euro", ("paid", 1000, "")),
        ("vrijwillige bijdrage", ("voluntary", None, "")),
        ("onbekend", ("unknown", None, "")),
    ],
)
def test_costs_are_read_in_cents(text: str, cost: tuple[str, int | None, str]):
    assert values.money(text) == cost


@pytest.mark.parametrize("text", ["duur", "2,505", "1.000,00", "-5", "€", "1e5"])
def test_an_amount_that_is_none_is_refused(text: str):
    with pytest.raises(values.Unreadable, match="geen bedrag"):
        values.money(text)


@pytest.mark.parametrize(
    ("text", "read"), [("10:00", time(10)), ("10.30 uur", time(10, 30)), ("9u", time(9)), ("19", time(19))]
)
def test_times_are_read_as_people_write_them(text: str, read: time):
    assert values.clock(text) == read


@pytest.mark.parametrize("text", ["25:00", "10:61", "tien", "10:0"])
def test_a_time_that_is_none_is_refused(text: str):
    with pytest.raises(values.Unreadable, match="schrijf 10:00"):
        values.clock(text)


def test_a_sign_that_turns_the_reading_direction_is_refused_and_hidden_ones_are_dropped():
    with pytest.raises(values.Unreadable, match="leesrichting"):
        values.clean("koffie\u202eeiffok")
    assert values.clean(" kof\u200bfie\u00a0drinken ") == "koffie drinken"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+31", "-5", "@SUM(A1)", "\t=1", "\rx", "＝1", "'=1", "''+x", "'gewoon", "tekst", ""]
)
def test_a_cell_that_would_calculate_is_kept_as_text_and_comes_back_as_it_was(cell: str):
    assert unprotected(protected(cell)) == cell
    assert not protected(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
