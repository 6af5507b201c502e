"""The days off: school holidays of a region (dated data in `data/school_holidays.toml`) and Dutch public holidays."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from holidays import country_holidays

from samenspel.engine.calendar import Period
from samenspel.places.models import Area

_FILE = Path(__file__).with_name("data") / "school_holidays.toml"


class Region(StrEnum):
    """Vakantieregio: schools are not all free at once."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


class HolidaysInvalid(ValueError):
    """The file of school holidays has a mistake; the message names the holiday and the region."""


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One school holiday of one region; `advisory` when schools may differ or the date could not be confirmed."""

    name: str
    school_year: str
    region: Region
    period: Period
    advisory: bool


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What a schedule may skip. `region` is None when the province of the municipality is not known."""

    region: Region | None
    school: tuple[Period, ...]
    public: frozenset[date]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def school_holidays() -> tuple[SchoolHoliday, ...]:
    """Every school holiday in the file; raises HolidaysInvalid."""
    return tuple(_read(entry, region) for entry in _data()["holidays"] for region in Region)


def _read(entry: Mapping[str, Any], region: Region) -> SchoolHoliday:
    named = f"{entry.get('name')} {entry.get('school_year')}, {region}"
    try:
        period = Period(entry[region]["first"], entry[region]["last"])
        in_order = period.first < period.last
    except (KeyError, TypeError) as error:
        raise HolidaysInvalid(f"{named}: geef first en last als datum") from error
    if not in_order or (period.last - period.first).days > 50:
        raise HolidaysInvalid(f"{named}: de laatste dag klopt niet bij de eerste")
    return SchoolHoliday(entry["name"], entry["school_year"], region, period, entry.get("advisory", False))


def region_of(municipality: str, province: str) -> Region | None:
    """The region of a municipality (CBS code), by itself or by its province; None when neither is known."""
    data = _data()
    found = data["municipalities"].get(municipality) or data["provinces"].get(province)
    return Region(found) if found else None


@lru_cache(maxsize=8)
def of_region(region: Region | None) -> DaysOff:
    """The days off in a region; without a region only the public holidays."""
    school = tuple(holiday.period for holiday in school_holidays() if holiday.region == region)
    return DaysOff(region, school, _public())


@lru_cache(maxsize=1)
def _public() -> frozenset[date]:
    """Dutch public holidays (the `holidays` package), 10 years around those of the schools.

    5 May counts in years that end in 0 or 5, as in most collective labour agreements; Good Friday always does.
    """
    years = [holiday.period.first.year for holiday in school_holidays()]
    return frozenset(country_holidays("NL", years=range(min(years) - 5, max(years) + 6)))


def days_off(municipality: str) -> DaysOff:
    """The days off in a municipality; one query. Give the answer on to `schedules` when there are more offerings."""
    areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY)
    province = areas.exclude(province="").order_by("-year").values_list("province", flat=True).first()
    return of_region(region_of(municipality, province or ""))
