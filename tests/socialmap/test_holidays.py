"""School holidays are dated data with a source; every municipality finds its region."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from samenspel.socialmap.holidays import (
    HolidaysInvalid,
    Region,
    _read,
    days_off,
    of_region,
    region_of,
    school_holidays,
)
from tests.people.rows import GM, an_area

NAMES = {"herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie"}


def test_every_school_year_has_the_five_holidays_in_every_region():
    years = {holiday.school_year for holiday in school_holidays()}

    found = {(one.school_year, one.region, one.name) for one in school_holidays()}

    assert years == {"2025-2026", "2026-2027", "2027-2028"}
    assert found == {(year, region, name) for year in years for region in Region for name in NAMES}


@pytest.mark.parametrize("region", Region)
def test_holidays_run_from_saturday_to_sunday_and_never_overlap(region: Region):
    periods = [one.period for one in school_holidays() if one.region == region]

    assert all(one.first.weekday() == 5 and one.last.weekday() == 6 for one in periods)
    assert all(one.last < other.first for one, other in zip(periods, periods[1:], strict=False))


def test_holidays_last_as_long_as_their_name_says():
    weeks = {"herfstvakantie": 1, "kerstvakantie": 2, "voorjaarsvakantie": 1, "meivakantie": 1, "zomervakantie": 6}

    for one in school_holidays():
        assert one.period.last - one.period.first == timedelta(weeks=weeks[one.name], days=1)


def test_all_regions_share_christmas_and_the_summers_start_on_three_days():
    by_name = {
        key: {one.period.first for one in group}
        for key, group in groupby(
            sorted(school_holidays(), key=lambda one: (one.name, one.school_year)),
            key=lambda one: (one.name, one.school_year),
        )
    }

    assert all(len(days) == 1 for (name, _), days in by_name.items() if name in ("kerstvakantie", "meivakantie"))
    assert all(len(days) == 3 for (name, _), days in by_name.items() if name == "zomervakantie")


def test_autumn_and_spring_are_advice():
    assert all(one.advisory for one in school_holidays() if one.name in ("herfstvakantie", "voorjaarsvakantie"))


@pytest.mark.parametrize(
    ("municipality", "province", "region"),
    [
        ("GM9901", "Flevoland", Region.NORTH),
        ("GM0050", "Flevoland", Region.MIDDLE),
        ("GM0363", "Noord-Holland", Region.NORTH),
        ("GM0344", "Utrecht", Region.MIDDLE),
        ("GM0935", "Limburg", Region.SOUTH),
        ("GM1234", "", None),
        ("GM1234", "Vlaanderen", None),
    ],
)
def test_a_municipality_has_the_region_of_its_province_or_its_own(
    municipality: str, province: str, region: Region | None
):
    assert region_of(municipality, province) == region


@pytest.mark.django_db
def test_the_days_off_follow_from_the_municipality_in_one_query(django_assert_num_queries):
    an_area(GM, "municipality", province="Flevoland")

    with django_assert_num_queries(1):
        off = days_off(GM)

    assert off.region == Region.NORTH
    assert any(period.first == date(2026, 10, 10) for period in off.school)


@pytest.mark.django_db
def test_an_unknown_municipality_has_public_holidays_only():
    off = days_off("GM0000")

    assert off.region is None
    assert off.school == ()
    assert date(2026, 12, 25) in off.public


def test_kings_day_is_a_day_off_and_an_ordinary_liberation_day_is_not():
    public = of_region(None).public

    assert date(2027, 4, 27) in public
    assert date(2025, 5, 5) in public
    assert date(2027, 5, 5) not in public


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"first": date(2027, 1, 2)},
        {"first": "2027-01-02", "last": date(2027, 1, 9)},
        {"first": date(2027, 1, 9), "last": date(2027, 1, 2)},
        {"first": date(2027, 1, 2), "last": date(2028, 1, 2)},
    ],
)
def test_a_mistake_in_the_file_is_named(dates: dict[str, object]):
    with pytest.raises(HolidaysInvalid, match="kerstvakantie 2030-2031, noord"):
        _read({"name": "kerstvakantie", "school_year": "2030-2031", "noord": dates}, Region.NORTH)
