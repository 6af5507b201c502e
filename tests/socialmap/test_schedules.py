"""When it happens: the next dates, and the times in plain words."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import translation

from samenspel.engine.calendar import ZONE
from samenspel.socialmap.holidays import Region, of_region
from samenspel.socialmap.models import Offering, Schedule
from samenspel.socialmap.schedules import in_words, next_dates, occurrences_of, times_in_words
from tests.people.rows import AT, GM, an_area
from tests.socialmap.rows import an_offering, tuesdays

TODAY = date(2026, 11, 21)
NORTH = of_region(Region.NORTH)


def line(rrule: str = "FREQ=WEEKLY;BYDAY=TU", **facts: object) -> Schedule:
    return Schedule(
        **{"starts_on": date(2026, 9, 1), "starts": time(10), "ends": time(11, 30), "rrule": rrule, **facts}
    )


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "elke dinsdag"),
        ("FREQ=WEEKLY", "elke dinsdag"),
        ("FREQ=WEEKLY;BYDAY=TH,MO,TU", "elke maandag, dinsdag en donderdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "elke werkdag"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "elke werkdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "elke dag"),
        ("FREQ=DAILY", "elke dag"),
        ("FREQ=DAILY;INTERVAL=2", "om de dag"),
        ("FREQ=DAILY;INTERVAL=3", "eens in de 3 dagen"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "om de week op vrijdag"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "eens in de 3 weken op vrijdag"),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=7,6", "elke dinsdag in juni en juli"),
        ("FREQ=MONTHLY;BYDAY=1MO", "elke eerste maandag van de maand"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "elke eerste maandag van de maand"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "elke eerste maandag en derde maandag van de maand"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "elke laatste vrijdag van de maand"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "elke 15e dag van de maand"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "elke laatste dag van de maand"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2SA", "eens in de 2 maanden op de tweede zaterdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "op wisselende dagen"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", "elk jaar op 5 december"),
        ("FREQ=YEARLY", "elk jaar op 1 september"),
        ("FREQ=YEARLY;BYDAY=1MO;BYMONTH=5", "op wisselende dagen"),
        ("nonsense", "op wisselende dagen"),
    ],
)
def test_a_rule_in_plain_words(rrule: str, words: str):
    assert in_words(line(rrule), today=TODAY) == f"{words} van 10.00 tot 11.30 uur"


def test_one_event_says_its_date():
    event = line("", starts_on=date(2026, 12, 18))

    assert in_words(event, today=TODAY) == "vrijdag 18 december 2026 van 10.00 tot 11.30 uur"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"skips_school_holidays": True}, "niet in schoolvakanties"),
        ({"skips_public_holidays": True}, "niet op feestdagen"),
        (
            {"skips_school_holidays": True, "skips_public_holidays": True},
            "niet in schoolvakanties en op feestdagen",
        ),
        ({"starts_on": date(2027, 1, 5)}, "vanaf 5 januari 2027"),
        ({"until": date(2027, 3, 30)}, "tot en met 30 maart 2027"),
        ({"note": "Neem een handdoek mee"}, "Neem een handdoek mee"),
    ],
)
def test_the_limits_follow_the_times(facts: dict[str, object], words: str):
    assert in_words(line(**facts), today=TODAY) == f"elke dinsdag van 10.00 tot 11.30 uur, {words}"


@pytest.mark.django_db
def test_lines_that_are_over_are_not_told():
    offering = an_offering(
        schedules=[
            tuesdays(until=date(2026, 11, 20)),
            tuesdays(rrule="", starts_on=date(2026, 11, 20)),
            tuesdays(until=date(2026, 11, 21)),
        ]
    )

    assert times_in_words(offering, at=AT) == ("elke dinsdag van 10.00 tot 11.30 uur, tot en met 21 november 2026",)


def days(offering: Offering, **more: object) -> list[date]:
    return [one.start.date() for one in next_dates(offering, at=AT, off=NORTH, **more)]


@pytest.mark.django_db
def test_the_next_dates_skip_the_school_holidays_of_the_region():
    offering = an_offering(schedules=[tuesdays(skips_school_holidays=True)])

    found = days(offering, count=6)

    assert found == [
        date(2026, 11, 24),
        *(date(2026, 12, day) for day in (1, 8, 15)),
        date(2027, 1, 5),
        date(2027, 1, 12),
    ]


@pytest.mark.django_db
def test_a_date_in_half_a_year_is_found_too_and_one_in_two_years_is_not():
    offering = an_offering(
        schedules=[tuesdays(rrule="", starts_on=date(2027, 5, 4)), tuesdays(rrule="", starts_on=date(2028, 11, 1))]
    )

    assert days(offering) == [date(2027, 5, 4)]


@pytest.mark.django_db
def test_dates_before_it_begins_and_after_it_ended_are_no_dates():
    offering = an_offering(schedules=[tuesdays()], active_from=date(2026, 12, 1))
    offering.active_until = date(2026, 12, 8)

    assert days(offering) == [date(2026, 12, 1)]


@pytest.mark.django_db
def test_without_given_days_off_the_region_of_the_municipality_is_used():
    an_area(GM, "municipality", province="Flevoland")
    offering = an_offering(schedules=[tuesdays(skips_school_holidays=True)])
    christmas = datetime(2026, 12, 19, tzinfo=ZONE)

    assert occurrences_of(offering, start=christmas, end=christmas + timedelta(days=16)) == []


@pytest.mark.django_db
def test_prefetched_offerings_take_no_query(django_assert_num_queries):
    organization = an_offering(schedules=[tuesdays(skips_school_holidays=True)]).organization
    an_offering(organization=organization, schedules=[tuesdays()])
    offerings = list(Offering.objects.complete())

    with django_assert_num_queries(0):
        assert all(next_dates(offering, at=AT, off=NORTH) for offering in offerings)
        assert all(times_in_words(offering, at=AT) for offering in offerings)


def test_the_words_follow_the_language_of_the_reader():
    with translation.override("en"):
        assert "Tuesday" in in_words(line(), today=TODAY)
