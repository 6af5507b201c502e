"""Recurring times on the wall clock of the Netherlands; dateutil's own reading is the yardstick."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samenspel.engine.calendar import (
    MAX_COUNT,
    ZONE,
    Period,
    RecurrenceInvalid,
    Rule,
    check_rule,
    occurrences,
    parts_of,
)

START = datetime(2026, 1, 1, tzinfo=ZONE)
END = datetime(2027, 1, 1, tzinfo=ZONE)


def rule(rrule: str = "FREQ=WEEKLY;BYDAY=TU", **facts: object) -> Rule:
    return Rule(**{"starts_on": date(2026, 1, 1), "starts": time(10), "ends": time(11, 30), "rrule": rrule, **facts})


def days(one: Rule, start: datetime = START, end: datetime = END, **off: object) -> list[date]:
    return [found.start.date() for found in occurrences([one], start=start, end=end, **off)]


def test_a_tuesday_at_ten_stays_at_ten_in_summer_and_winter():
    found = occurrences([rule()], start=START, end=END)

    assert {one.start.time() for one in found} == {time(10)}
    assert {one.start.utcoffset() for one in found} == {timedelta(hours=1), timedelta(hours=2)}
    assert {one.start.weekday() for one in found} == {1}
    assert len(found) == 52


def test_the_hour_that_summer_time_skips_becomes_the_next():
    night = rule("FREQ=DAILY", starts=time(2, 30), ends=time(4))

    found = occurrences([night], start=datetime(2026, 3, 29, tzinfo=ZONE), end=datetime(2026, 3, 30, tzinfo=ZONE))

    assert [(one.start.hour, one.start.minute) for one in found] == [(3, 30)]
    assert found[0].end - found[0].start == timedelta(minutes=30)


def test_the_hour_that_comes_twice_happens_once():
    night = rule("FREQ=DAILY", starts=time(2, 30), ends=time(4))

    found = occurrences([night], start=datetime(2026, 10, 25, tzinfo=ZONE), end=datetime(2026, 10, 26, tzinfo=ZONE))

    assert [one.start.astimezone(UTC).hour for one in found] == [0]


def test_one_event_happens_once_and_has_no_holidays():
    party = rule("", starts_on=date(2026, 12, 25), skips_public_holidays=False)

    assert days(party, public_holidays={date(2026, 12, 25)}) == [date(2026, 12, 25)]


def test_the_window_takes_its_start_and_leaves_its_end():
    ten = datetime(2026, 1, 6, 10, tzinfo=ZONE)

    assert len(days(rule(), ten, ten + timedelta(seconds=1))) == 1
    assert days(rule(), ten - timedelta(hours=1), ten) == []


def test_the_window_may_be_given_in_another_zone():
    late = rule("", starts_on=date(2026, 7, 1), starts=time(0, 30), ends=time(1))
    utc = datetime(2026, 6, 30, 22, tzinfo=UTC)

    assert days(late, utc, utc + timedelta(hours=1)) == [date(2026, 7, 1)]


def test_exceptions_and_days_off_are_skipped_only_when_asked():
    off = {
        "school_holidays": [Period(date(2026, 2, 21), date(2026, 3, 1))],
        "public_holidays": {date(2026, 5, 5)},
    }
    all_days = days(rule(exdates=(date(2026, 1, 6),)), **off)

    assert date(2026, 1, 6) not in all_days
    assert {date(2026, 2, 24), date(2026, 5, 5)} <= set(all_days)
    assert date(2026, 2, 24) not in days(rule(skips_school_holidays=True), **off)
    assert date(2026, 5, 5) not in days(rule(skips_public_holidays=True), **off)


def test_the_first_and_last_day_of_a_school_holiday_are_in_it():
    daily = rule("FREQ=DAILY", skips_school_holidays=True)
    holiday = [Period(date(2026, 2, 21), date(2026, 3, 1))]

    found = days(daily, datetime(2026, 2, 20, tzinfo=ZONE), datetime(2026, 3, 3, tzinfo=ZONE), school_holidays=holiday)

    assert found == [date(2026, 2, 20), date(2026, 3, 2)]


def test_two_lines_for_one_moment_give_one_occurrence():
    assert len(occurrences([rule(), rule("FREQ=WEEKLY;BYDAY=TU,WE")], start=START, end=END)) == 104


def test_the_last_day_is_the_smaller_of_until_and_the_rule():
    assert days(rule(until=date(2026, 1, 13))) == [date(2026, 1, 6), date(2026, 1, 13)]
    assert days(rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260107T000000Z", until=date(2026, 1, 20))) == [date(2026, 1, 6)]


@pytest.mark.parametrize(
    ("rrule", "first"),
    [
        ("FREQ=MONTHLY;BYDAY=1MO", [date(2026, 1, 5), date(2026, 2, 2)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", [date(2026, 1, 30), date(2026, 2, 27)]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", [date(2026, 1, 31), date(2026, 3, 31)]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", [date(2026, 1, 1), date(2026, 1, 15)]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", [date(2026, 12, 5)]),
        ("rrule:freq=daily;count=2", [date(2026, 1, 1), date(2026, 1, 2)]),
    ],
)
def test_the_rules_that_people_use(rrule: str, first: list[date]):
    assert days(rule(rrule))[:2] == first


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=", "", "INTERVAL=2", "dinsdag", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYSECOND=1", "FREQ=WEEKLY;BYHOUR=1,2,3", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99", "FREQ=DAILY;INTERVAL=٣", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=60MO",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
        "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101", f"FREQ=DAILY;COUNT={MAX_COUNT + 1}", "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;UNTIL=20261301", "FREQ=DAILY;UNTIL=morgen", "FREQ=DAILY;" * 2000,
        "FREQ=WEEKLY\nRRULE:FREQ=DAILY", "FREQ=WEEKLY;BYDAY=" + "MO," * 10_000,
    ],
)  # fmt: skip
def test_a_rule_that_is_wrong_or_hostile_is_refused(text: str):
    with pytest.raises(RecurrenceInvalid):
        parts_of(text)


@pytest.mark.parametrize(
    "one",
    [
        rule("FREQ=WEEKLY;UNTIL=20990101"),
        rule(until=date(2099, 1, 1)),
        rule("FREQ=YEARLY;BYDAY=5MO;BYMONTH=2;INTERVAL=4", starts_on=date(2027, 1, 1)),
        rule("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", starts_on=date(2026, 1, 1)),
        rule("FREQ=WEEKLY;BYDAY=MO", until=date(2026, 1, 2)),
    ],
)
def test_a_rule_without_an_end_in_sight_or_without_a_day_is_refused(one: Rule):
    with pytest.raises(RecurrenceInvalid):
        check_rule(one)


def test_a_leap_day_is_a_day():
    check_rule(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", starts_on=date(2026, 3, 1)))


weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True).map(",".join)
ordinals = st.sampled_from([1, 2, 3, 4, -1, -2])
rules = st.one_of(
    st.integers(1, 9).map(lambda n: f"FREQ=DAILY;INTERVAL={n}"),
    st.tuples(st.integers(1, 6), weekdays).map(lambda p: f"FREQ=WEEKLY;INTERVAL={p[0]};BYDAY={p[1]}"),
    st.tuples(st.integers(1, 6), weekdays, st.sampled_from(["MO", "SU"])).map(
        lambda p: f"FREQ=WEEKLY;INTERVAL={p[0]};BYDAY={p[1]};WKST={p[2]}"
    ),
    st.tuples(st.integers(1, 4), ordinals, st.sampled_from(["MO", "FR", "SU"])).map(
        lambda p: f"FREQ=MONTHLY;INTERVAL={p[0]};BYDAY={p[1]}{p[2]}"
    ),
    st.tuples(weekdays, ordinals).map(lambda p: f"FREQ=MONTHLY;BYDAY={p[0]};BYSETPOS={p[1]}"),
    st.tuples(weekdays, st.integers(1, 12)).map(lambda p: f"FREQ=WEEKLY;BYDAY={p[0]};BYMONTH={p[1]}"),
    st.integers(1, 28).map(lambda n: f"FREQ=MONTHLY;BYMONTHDAY={n}"),
    st.tuples(weekdays, st.integers(1, 60)).map(lambda p: f"FREQ=WEEKLY;BYDAY={p[0]};COUNT={p[1]}"),
)
parts = st.from_regex(r"\A(FREQ|BYDAY|COUNT|UNTIL|INTERVAL|BYMONTHDAY|BYSETPOS)=[A-Z0-9,+-]{0,8}\Z")
dates = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@settings(max_examples=300, deadline=None)
@given(text=rules, starts_on=dates, first=dates, length=st.integers(0, 120))
@example(text="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", starts_on=date(2020, 1, 5), first=date(2026, 1, 1), length=60)
def test_the_days_are_those_that_dateutil_reads(text: str, starts_on: date, first: date, length: int):
    start = datetime.combine(first, time(0), tzinfo=ZONE)
    end = datetime.combine(first + timedelta(days=length), time(0), tzinfo=ZONE)

    found = days(rule(text, starts_on=starts_on), start, end)

    whole = rrulestr(text, dtstart=datetime.combine(starts_on, time(0)))
    before = datetime.combine(first + timedelta(days=length), time(0))
    expected = [moment.date() for moment in whole.between(datetime.combine(first, time(0)), before, inc=True)]
    assert found == [day for day in expected if day < before.date()]


@settings(max_examples=100, deadline=None)
@given(text=rules, starts_on=dates, first=dates, cut=st.integers(0, 60))
def test_two_windows_side_by_side_give_what_one_gives(text: str, starts_on: date, first: date, cut: int):
    one = rule(text, starts_on=starts_on)
    begin = datetime.combine(first, time(0), tzinfo=ZONE)
    middle, end = begin + timedelta(days=cut), begin + timedelta(days=60)

    assert days(one, begin, middle) + days(one, middle, end) == days(one, begin, end)


@settings(max_examples=100, deadline=None)
@given(text=rules, starts_on=dates, off=st.sets(dates, max_size=20))
def test_days_off_only_take_days_away(text: str, starts_on: date, off: set[date]):
    one = rule(text, starts_on=starts_on, skips_public_holidays=True)

    assert days(one, public_holidays=off) == [day for day in days(one) if day not in off]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.lists(parts, max_size=4).map(";".join))
def test_any_text_is_a_rule_or_is_refused(text: str):
    try:
        found = occurrences([rule(text or "x")], start=START, end=END)
    except RecurrenceInvalid:
        return
    assert len(found) <= 366
